"""A figure on a page carries where it is from: mart, keys, column; and in words what it counts.

A column may be an expression over columns of one row: ``a+b`` and ``a-b`` add up and take away, ``a/b``
prints both, ``a%b`` prints the share, or both where the whole is small.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from dashboards.formats import NO_DENOMINATOR, number, percent, share
from dashboards.snapshot import Row
from pipelines.contracts.metrics import Metric, metrics
from pipelines.sentences import text

SMALL = 30
"""A share of fewer is told with its counts and never headlined."""
_NAMES = re.compile(r"[+\-/%]")
"""The signs of an expression."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of a table are from: the last cells of a row are columns of one row of a mart."""

    mart: str
    columns: tuple[str, ...]
    """Of the last cells, in their order; empty for a cell that is no figure."""
    row_key: str
    """The column that names the row; ``Chart.row_keys`` has its values."""
    keys: str = ""
    """``column=value`` of the keys that all rows share, joined by semicolons."""

    @property
    def names(self) -> list[str]:
        """The columns, those of expressions too."""
        return [name for column in self.columns for name in _NAMES.split(column) if name]


def shown(row: Row, column: str) -> str:
    """The figure as printed: a count with its separators, a share with its sign.

    Args:
        row: of the mart.
        column: a column or an expression over columns, see above.
    """
    for sign, printed in (("%", share_or_counts), ("/", _both)):
        if sign in column:
            part, whole = column.split(sign)
            return printed(_counted(row, part), _counted(row, whole))
    if column.endswith("_pct"):
        return percent(row[column])
    return number(_counted(row, column))


def _counted(row: Row, column: str) -> int | None:
    """A column, several added up, or one less another; what is unknown alone stays unknown."""
    if "+" in column:
        return sum(row[name] or 0 for name in column.split("+"))
    first, _, less = column.partition("-")
    counted: int | None = row[first]
    return counted if not less or counted is None else counted - (row[less] or 0)


def figure(row: Row, mart: str, keys: Sequence[str], column: str) -> Markup:
    """The figure with its origin, which a test compares with the published file.

    Args:
        row: of the mart.
        mart: its name.
        keys: columns that name the row.
        column: the figure's, or an expression.
    """
    return Markup(  # noqa: S704 - names of marts and columns are ours, what is data is escaped
        f'<span data-mart="{mart}" data-keys="{escape(keys_of(row, keys))}" data-column="{column}">'
        f"{escape(shown(row, column))}</span>"
    )


def of_night(row: Row, mart: str, keys: Sequence[str], column: str) -> Markup:
    """The place of a figure that is said of the night: ``dem.js`` has it, the page without it says so."""
    return Markup('<span data-mart="{}" data-keys="{}" data-column="{}" data-night>{}</span>').format(
        mart, keys_of(row, keys), column, text("site.not_read")
    )


def keys_of(row: Row, keys: Sequence[str]) -> str:
    """What names a row of a mart: ``column=value`` of its keys."""
    return ";".join(f"{key}={row[key]}" for key in keys)


def headline(row: Row, column: str) -> Markup:
    """A figure of ``rpt_headlines``."""
    return figure(row, "rpt_headlines", ["programme_id"], column)


def said(key: str, /, **values: object) -> Markup:
    """A sentence whose figures keep their origin; whatever else is filled in is escaped.

    Args:
        key: of the sentence.
        values: one per placeholder; figures are Markup.
    """
    return escape(text(key, **{name: f"{{{name}}}" for name in values})).format(**values)


@cache
def _by_column() -> dict[str, Metric]:
    return {metric.column: metric for metric in metrics()}


def defined(mart: str, column: str) -> list[Metric]:
    """What the figure's columns count (metrics.yml)."""
    return [_by_column()[f"{mart}.{name}"] for name in _NAMES.split(column)]


def is_small(whole: int | None) -> bool:
    """Whether a share rests on too few to be headlined."""
    return whole is not None and whole < SMALL


def share_or_counts(part: int | None, whole: int | None) -> str:
    """``71,4%``; of too few ``3/7``; without a whole ``-``."""
    if whole and is_small(whole):
        return f"{number(part)}/{number(whole)}"
    return percent(share(part, whole))


def _both(part: int | None, whole: int | None) -> str:
    """``3/7``; without a whole ``-``."""
    return f"{number(part)}/{number(whole)}" if whole else NO_DENOMINATOR
