"""What a list of proposals must say of each row, as an award list must: a known award, and a year.

Source: docs/contract.md#forms (LS-DSDN).
"""

from __future__ import annotations

from pipelines.forms.part import Part, short
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.header import Binding
from pipelines.inbox.document import Grid

MOST_ROWS = 10
"""Rows a finding names; one finding a cause, not one a row."""


def ask_of_proposals(
    part: Part,
    grid: Grid,
    binding: Binding,
    body: Body,
    awards: list[tuple[str | None, str | None]],
    years: list[int | None],
    unread_years: list[bool],
) -> None:
    """Tell rows without an award, with an award nobody knows, without a year; each cause once.

    Args:
        part: the part, of a form whose data say ``asks_of_rows``.
        grid: the sheet or table.
        binding: the layout on its header.
        body: its data rows.
        awards: code (or the key, of an unknown award) and rank of each row.
        years: award year of each row.
        unread_years: whether the year of a row was told already, as no year at all.
    """
    if not part.form.data.get("asks_of_rows"):
        return
    known = set(part.reference.awards.values())
    texts = body.columns.get("award", [None] * len(body.rows))
    missing = [n for n, (code, _) in enumerate(awards) if code is None]
    unknown = [n for n, (code, _) in enumerate(awards) if code is not None and code not in known]
    yearless = [n for n, year in enumerate(years) if year is None and not unread_years[n]]
    _tell(part, grid, binding, body, "RD-DN-KHEN", "award", missing)
    for text in dict.fromkeys(str(texts[n]) for n in unknown):
        rows = [n for n in unknown if str(texts[n]) == text]
        _tell(part, grid, binding, body, "RD-DN-MA", "award", rows, gia_tri=short(text))
    _tell(part, grid, binding, body, "RD-DN-NAM", "year", yearless)


def _tell(
    part: Part,
    grid: Grid,
    binding: Binding,
    body: Body,
    rule_id: str,
    field: str,
    rows: list[int],
    **more: str,
) -> None:
    if not rows:
        return
    numbers = [str(body.rows[n] + 1) for n in rows]
    named = ", ".join(numbers[:MOST_ROWS]) + (", …" if len(numbers) > MOST_ROWS else "")
    params = {"so": str(len(rows)), "dong": named, **more}
    part.find(rule_id, grid, body.rows[rows[0]], binding.columns.get(field), field=field, params=params)
