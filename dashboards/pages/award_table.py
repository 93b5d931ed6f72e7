"""The lines of mẫu 02 as a page shows them: written here, cell by cell, since a page has hundreds of cells.

End tags that HTML lets one leave out are left out. Lines in which nothing is counted are the same in every
table: ``site.js`` sets them in, and makes each number a button that opens the rows behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

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
_IS_ALWAYS_SHOWN = "row_type IN ('group', 'total')"
_IN_A_LINE_WITHOUT_AWARDS = [
    f"{name} IS NULL" if name.endswith("_pct") else f"{name} IS NOT DISTINCT FROM 0" for name in COLUMNS
]
IS_SHOWN = f"({_IS_ALWAYS_SHOWN} OR NOT ({' AND '.join(_IN_A_LINE_WITHOUT_AWARDS)}))"
"""What is true of the lines of ``rpt_mau_02`` a page has; those in which nothing is counted are set in."""
IS_ZERO = f"NOT {_IS_ALWAYS_SHOWN} AND {' AND '.join(f'coalesce({name}, 0) = 0' for name in KINDS)}"
"""What is true of the lines a reader may hide."""


def lines(rows: Sequence[Row]) -> Markup:
    """Rows of ``rpt_mau_02`` as rows of the table."""
    values = itemgetter("row_id", "row_type", "number", "label", *COLUMNS)
    return Markup("\n").join(_line(*values(row)) for row in rows)


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
