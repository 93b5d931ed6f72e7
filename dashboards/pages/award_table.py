"""The lines of mẫu 02 as a page shows them: written here, cell by cell, since a page has five hundred cells.

End tags that HTML lets one leave out are left out; a number is a button that opens the rows behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from dashboards.formats import number, percent
from dashboards.snapshot import Row

_COUNTS = ("collectives", "individuals", "households")
_CELLS = (
    *_COUNTS,
    "grassroots_collectives",
    "grassroots_collectives_pct",
    "direct_individuals",
    "direct_individuals_pct",
    "leader_individuals",
    "leader_individuals_pct",
    "unknown_class_collectives",
    "unknown_class_individuals",
)
"""In the order of the form; what its author's column does not have stands last."""
_OURS = "leader_individuals"
"""The first column that is not of the form."""


def lines(rows: Sequence[Row]) -> Markup:
    """Rows of ``rpt_mau_02`` as rows of the table."""
    written = (
        _line(row["row_id"], row["row_type"], row["number"], row["label"], *(row[name] for name in _CELLS))
        for row in rows
    )
    return Markup("\n").join(written)


@lru_cache(maxsize=4096)  # lines without a number are the same for all units
def _line(row_id: str, row_type: str, number_: str | None, label: str, *values: float | None) -> Markup:
    row = dict(zip(_CELLS, values, strict=True))
    zero = "" if any(row[name] for name in _COUNTS) else " zero"
    cells = "".join(_cell(row_id, name, value) for name, value in row.items())
    return Markup(  # noqa: S704 - what is data is escaped
        f'<tr data-row="{escape(row_id)}" class="r-{escape(row_type)}{zero}">'
        f"<td class=tt>{escape(number_ or '')}"
        f"<th scope=row class=name>{escape(label)}{cells}"
    )


def _cell(row_id: str, name: str, value: float | None) -> str:
    start = "<td class=ours>" if name == _OURS else "<td>"
    if name.endswith("_pct"):
        return f"{start}{percent(value, 2)}"
    if not value:
        return f"{start}{number(value)}"
    return f'{start}<button class=n data-key="{escape(row_id)}|{name}">{number(value)}</button>'
