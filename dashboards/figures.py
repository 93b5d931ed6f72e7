"""A figure on a page carries where it is from: mart, keys, column; and in words what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from dashboards.formats import number, percent, share
from dashboards.snapshot import Row
from pipelines.contracts.metrics import Metric, metrics

SMALL = 30
"""A share of fewer is told with its counts and never headlined."""


def shown(row: Row, column: str) -> str:
    """The figure as printed: a share with a sign, several columns (``a+b``) added up."""
    values = [row[name] for name in column.split("+")]
    if column.endswith("_pct"):
        return percent(values[0])
    return number(sum(value or 0 for value in values)) if len(values) > 1 else number(values[0])


def figure(row: Row, mart: str, keys: Sequence[str], column: str) -> Markup:
    """The figure with its origin, which a test compares with the published file.

    Args:
        row: of the mart.
        mart: its name.
        keys: columns that name the row.
        column: the figure's; ``a+b`` for a sum of two.
    """
    place = ";".join(f"{key}={row[key]}" for key in keys)
    return Markup('<span data-mart="{}" data-keys="{}" data-column="{}">{}</span>').format(
        mart, place, column, shown(row, column)
    )


def headline(row: Row, column: str) -> Markup:
    """A figure of ``rpt_headlines``."""
    return figure(row, "rpt_headlines", ["programme_id"], column)


@cache
def _by_column() -> dict[str, Metric]:
    return {metric.column: metric for metric in metrics()}


def defined(mart: str, column: str) -> list[Metric]:
    """What the figure's columns count (metrics.yml)."""
    return [_by_column()[f"{mart}.{name}"] for name in column.split("+")]


def is_small(whole: int | None) -> bool:
    """Whether a share rests on too few to be headlined."""
    return whole is not None and whole < SMALL


def share_or_counts(part: int | None, whole: int | None) -> str:
    """``71,4%``; of too few ``3/7``; without a whole ``-``."""
    if whole and is_small(whole):
        return f"{number(part)}/{number(whole)}"
    return percent(share(part, whole))
