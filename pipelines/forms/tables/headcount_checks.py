"""What a headcount table contradicts in itself: a year twice, a year left out, parts beyond the whole.

Source: docs/contract.md#forms (QS); docs/contract.md#published: the award rate needs every year of the phase.
"""

from __future__ import annotations

from pipelines.forms.part import Part
from pipelines.forms.places import cell_address
from pipelines.forms.tables.header import Binding
from pipelines.inbox.document import Grid
from pipelines.text.row_runs import told_cells, told_runs

SEVERAL = 3
PARTS = ("direct_individuals", "leader_individuals")


def check_headcounts(
    part: Part, grid: Grid, binding: Binding, rows: list[tuple[int, int | None, dict[str, int | None]]]
) -> None:
    """Tell what does not fit; each cause once.

    Args:
        part: the part.
        grid: the sheet or table.
        binding: the layout on its header.
        rows: zero-based row, year and counts of each row.
    """
    seen: dict[int, int] = {}
    again: dict[int, int] = {}
    for row, year, counts in rows:
        if year is not None and year in seen:
            again[row] = year
        elif year is not None:
            seen[year] = row
        _check_parts(part, grid, binding, row, year, counts)
    if again:
        years = sorted({*again.values()})
        params = {
            "nam": ", ".join(map(str, years)),
            "cac_dong": told_runs([seen[year] for year in years]),
            "lap": told_runs([*again]),
        }
        column = binding.columns["year"]
        cells = told_cells(cell_address(grid, row, column) for row in again)
        part.find("RD-QS-TRUNG", grid, min(again), source_cell=cells, field="year", params=params)
    if missing := _left_out(part, set(seen)):
        params = {"nam": ", ".join(map(str, missing))}
        part.find("RD-QS-THIEU", grid, field="year", params=params)


def _check_parts(
    part: Part, grid: Grid, binding: Binding, row: int, year: int | None, counts: dict[str, int | None]
) -> None:
    whole = counts["individuals"]
    if whole is None:
        return
    given = [(name, counts[name]) for name in PARTS if counts[name] is not None]
    total = sum(count or 0 for _, count in given)
    if total <= whole:
        return
    beyond = [name for name, count in given if (count or 0) > whole] or [name for name, _ in given]
    labels = " và ".join(f"«{binding.layout.by_id[name].label}»" for name in beyond)
    shown = total if len(beyond) > 1 else counts[beyond[0]]
    params = {"cot": labels, "so": str(shown), "tong": str(whole), "nam": str(year or "?")}
    part.find("RD-QS-QUA", grid, row, binding.columns.get(beyond[0]), field=beyond[0], params=params)


def _left_out(part: Part, years: set[int]) -> list[int]:
    """Years of the programme's phase that a table of several of its years leaves out.

    A table of one or two years may be one of several that are sent.
    """
    first, last = part.reference.award_years.get(part.context.programme_id, (0, -1))
    phase = range(first, min(last, part.context.received_on.year) + 1)
    if len(years & set(phase)) < SEVERAL:
        return []
    return [year for year in phase if year not in years]
