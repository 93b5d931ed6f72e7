"""A unit beside the others of its type: its shares, and the middle of those of its type.

The middles are said of the night: one list that changes moves the middle of a whole type. So ``dem.js`` has
them, and a page of a unit only their places, filled in when it is opened; it stands while the unit does.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.charts.base import Chart
from dashboards.charts.rows import Mark, both, dots
from dashboards.figures import SMALL, figure, keys_of, of_night, said, shown
from dashboards.formats import number, slug
from dashboards.site import Site, Unit
from dashboards.snapshot import Row
from pipelines.sentences import text

METRICS = {
    "complete_nominations_pct": "nominations-incomplete_nominations%nominations",
    "direct_individuals_pct": "direct_individuals%individuals",
    "cells_covered_pct": "cells_covered%cells_due",
}
"""Shares a unit is compared by, each with its counts: columns of ``rpt_units``."""
FEWEST = 3
"""Fewer units of a type have no middle worth telling."""
MART, KEYS = "rpt_unit_types", ("programme_id", "unit_type")

Types = dict[tuple[str, str], Row]
"""Rows of ``rpt_unit_types`` by programme and type of unit."""


def types_of(site: Site) -> Types:
    """The middle of each type in each programme."""
    rows = site.snapshot.rows("SELECT * FROM rpt_unit_types ORDER BY ALL")
    return {(row["programme_id"], row["unit_type"]): row for row in rows}


def compared(types: Types) -> dict[tuple[str, str], str]:
    """What units are compared by, by programme and type of unit: all that their pages say of the others."""
    return {alike: ", ".join(_told(row)) for alike, row in types.items()}


def middles(types: Types) -> dict[str, Mapping[str, str]]:
    """Figures of the night as they are printed, by their keys, then by their column (``of_night``)."""
    return {
        keys_of(row, KEYS): {
            column: shown(row, column) for metric in told for column in (_counted(metric), f"median_{metric}")
        }
        for row in types.values()
        if (told := _told(row))
    }


def compare(unit: Unit, figures: Row, alike: Row) -> Chart:
    """A unit's shares, each with the place of the middle of its type.

    Args:
        unit: the unit.
        figures: its row of ``rpt_units``.
        alike: the row of its type.
    """
    heads = [text("unit.metric"), text("unit.this"), text("unit.median")]
    by_units = [metric for metric in _told(alike) if figures[metric] is not None]
    id_ = f"so-sanh-{slug(unit.code)}"
    if not by_units:
        return Chart(id_, text("unit.compare"), "", heads, [], None, text("unit.compare_none"))
    told = [metric for metric in METRICS if metric in by_units]
    marks = [
        Mark(
            text(f"unit.metric.{metric}"),
            figures[metric],
            shown(figures, METRICS[metric]),
            tick=f"@{keys_of(alike, KEYS)}@median_{metric}",
            colour="@bar",
        )
        for metric in told
    ]
    return Chart(
        id_,
        said("unit.compare_title", n=of_night(alike, MART, KEYS, _counted(by_units[0]))),
        f"{text('unit.compare_unit')} {text('site.few', n=number(SMALL))}",
        heads,
        [
            [
                text(f"unit.metric.{metric}"),
                figure(figures, "rpt_units", ["unit_code"], METRICS[metric]),
                of_night(alike, MART, KEYS, f"median_{metric}"),
            ]
            for metric in told
        ],
        **both(dots, marks, tick_word=text("unit.median"), words=(text("unit.this"), "")),
        caption=text("unit.compare"),
    )


def _counted(metric: str) -> str:
    """The column that says of how many units the middle is."""
    return f"units_with_{metric.removesuffix('_pct')}"


def _told(alike: Row) -> list[str]:
    """Shares that enough units of a type have, that of most units first."""
    told = [metric for metric in METRICS if alike[_counted(metric)] >= FEWEST]
    return sorted(told, key=lambda metric: -alike[_counted(metric)])
