"""What a registration leaves open: columns it has but does not fill, years that are none of its programme's.

Source: docs/contract.md#published (a year's step counts rows of the year, with goal and solution).
"""

from __future__ import annotations

import re

from pipelines.forms.part import Part, short
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.header import Binding
from pipelines.forms.values.typed import Value
from pipelines.forms.values.values import TEXT, is_unfilled
from pipelines.inbox.document import CellValue, Grid
from pipelines.text.row_runs import told_runs

MOST_YEARS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")


def ask_of_registrations(
    part: Part, grid: Grid, binding: Binding, body: Body, years: list[Value | None]
) -> None:
    """Tell empty cells of columns asked for, years outside the phase, two years in a cell; each cause once.

    Args:
        part: the part, of a form whose rows hold for a year each.
        grid: the sheet or table.
        binding: the layout on its header.
        body: its data rows.
        years: the typed year of each row.
    """
    for name in binding.layout.asks:
        cells = body.columns.get(name, ())
        _tell(
            part,
            grid,
            binding,
            body,
            "RD-CHUA-GHI",
            name,
            [n for n, cell in enumerate(cells) if _is_empty(cell)],
        )
    first, last = part.reference.award_years.get(part.context.programme_id, (0, 9999))
    year = binding.layout.year_column or ""
    beyond = [
        n for n, value in enumerate(years) if value and value.number and not first <= value.number <= last
    ]
    _tell(part, grid, binding, body, "RD-NAM-NGOAI", year, beyond, giai_doan=f"{first} - {last}")
    two = [n for n, value in enumerate(years) if value and len(set(_YEAR.findall(value.raw))) > 1]
    _tell(part, grid, binding, body, "RD-NAM-HAI", year, [n for n in two if n not in beyond])


def _is_empty(cell: CellValue) -> bool:
    text = TEXT[cell]
    return text is None or is_unfilled(text)


def _tell(
    part: Part,
    grid: Grid,
    binding: Binding,
    body: Body,
    rule_id: str,
    field: str,
    numbers: list[int],
    **more: str,
) -> None:
    if not numbers:
        return
    rows = [body.rows[number] for number in numbers]
    texts = list(dict.fromkeys(short(body.columns[field][number]) for number in numbers))
    params = {
        "cot": binding.layout.by_id[field].label,
        "so": str(len(rows)),
        "cac_dong": told_runs(rows),
        "gia_tri": "», «".join(texts[:MOST_YEARS]),
        **more,
    }
    part.find(rule_id, grid, rows[0], binding.columns[field], field=field, params=params)
