"""The lines of mẫu 02 as a page shows them: written here, cell by cell, since a page has hundreds of cells.

End tags that HTML lets one leave out are left out. Lines in which nothing is counted are the same in every
table: ``site.js`` sets them in, and makes each number a button that opens the rows behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from dashboards.formats import number, percent
from dashboards.snapshot import Row

KINDS = ("collectives", "individuals", "households")
COLUMNS = (
    *KINDS,
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
_ALWAYS = ("group", "total")
"""Kinds of lines that stand in every table."""


def lines(rows: Sequence[Row]) -> Markup:
    """Rows of ``rpt_mau_02`` as rows of the table, without the lines in which nothing is counted."""
    shown = (
        row for row in rows if row["row_type"] in _ALWAYS or any(_is_told(row, name) for name in COLUMNS)
    )
    return Markup("\n").join(
        _line(row["row_id"], row["row_type"], row["number"], row["label"], *(row[name] for name in COLUMNS))
        for row in shown
    )


def _is_told(row: Row, name: str) -> bool:
    """Whether it is something else than in a line without awards: 0 of nothing."""
    return row[name] is not None if name.endswith("_pct") else row[name] != 0


@lru_cache(maxsize=4096)  # small tables have many lines alike
def _line(row_id: str, row_type: str, number_: str | None, label: str, *values: float | None) -> Markup:
    row = dict(zip(COLUMNS, values, strict=True))
    zero = "" if any(row[name] for name in KINDS) else " zero"
    cells = "".join(
        f"<td>{percent(value, 2) if name.endswith('_pct') else number(value)}" for name, value in row.items()
    )
    return Markup(  # noqa: S704 - what is data is escaped
        f'<tr data-row="{escape(row_id)}" class="r-{escape(row_type)}{zero}">'
        f"<td>{escape(number_ or '')}<th scope=row>{escape(label)}{cells}"
    )
