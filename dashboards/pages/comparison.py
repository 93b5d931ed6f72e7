"""So sánh: the units of a programme beside each other, and over the years beside those of their type.

Units of a type with many stand on pages of the type, a part of them at a time; the programme's own page has
the middle of such a type and leads to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.figures import SMALL
from dashboards.formats import number, slug
from dashboards.list_files import Value
from dashboards.pages import comparison_years
from dashboards.pages.comparison_cells import Cell, count, rate, share
from dashboards.pages.comparison_years import Type
from dashboards.pages.kept import kept
from dashboards.pages.page import Download, Page
from dashboards.pages.parts import on_first_page, parted
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text

COLUMNS = ("rate", "awarded", "people", "direct", "direct_n", "coverage", "complete")
"""Columns of figures; each has its words, ``comparison.column.<name>``."""
KEPT = {
    "name": "name",
    "type": "type_name",
    "rate": "rate",
    "awarded": "individuals",
    "people": "people",
    "direct": "direct_individuals_pct",
    "direct_n": "direct_individuals",
    "coverage": "cells_covered_pct",
    "coverage_n": "cells_covered",
    "coverage_of": "cells_due",
    "complete": "complete_nominations_pct",
    "complete_n": "complete_nominations",
    "complete_of": "nominations",
}
"""Columns of the list as a file: each share with its whole and its part in columns of their own."""
TOGETHER = 240
"""Units of one page; with all its years one weighs 0.8 KB, with long names and every measure 1.6."""
POLICIES = ["POL-UNIT-HISTORY", "POL-PCT-DENOM"]


@dataclass(frozen=True, slots=True)
class Apart:
    """A type whose units are too many for the programme's page."""

    name: str
    units: list[Row]
    pages: list[tuple[str, Sequence[Row]]]
    """By name, a part of the units each."""
    years: Type | None

    @property
    def paths(self) -> list[str]:
        """Addresses of its pages."""
        return [path for path, _ in self.pages]


def pages(site: Site) -> Iterator[Page | Download]:
    """The page of each programme, those of its types with many units, and all units as files."""
    for programme in site.programmes:
        rows = site.snapshot.rows(_UNITS, programme.id)
        rows.sort(key=lambda row: (site.unit_key(row["unit_code"]), row["unit_code"]))
        header = [text(f"comparison.column.{column}") for column in KEPT]
        listed: list[list[Value]] = [[row[column] for column in KEPT.values()] for row in rows]
        files, downloads = kept("so-sanh", programme, text("nav.comparison"), header, listed)
        types, years_files, years_downloads = comparison_years.tables(site, programme)
        yield from (*downloads, *years_downloads)
        apart = _apart(programme, rows, types)
        shared = {
            "programme": programme,
            "columns": COLUMNS,
            "files": files,
            "years_files": years_files,
            "policies": POLICIES,
        }
        yield Page(programme.page("comparison"), "comparison.html.j2", shared | _first(rows, types, apart))
        for one in apart:
            for number_, (path, _) in enumerate(one.pages):
                yield Page(path, "comparison_units.html.j2", shared | _part(one, number_))


_UNITS = """
    SELECT
        u.unit_code, d.name, d.unit_type, coalesce(t.name, d.unit_type) AS type_name,
        f.individuals, f.direct_individuals,
        m.unit_individuals AS people, 10 * m.award_rate_individuals_pct AS rate, f.direct_individuals_pct,
        f.cells_due, f.cells_covered, f.cells_covered_pct, f.nominations,
        f.nominations - f.incomplete_nominations AS complete_nominations, f.complete_nominations_pct
    FROM (SELECT unit_code FROM dim_units WHERE programme_id = ?) AS u
    JOIN dim_units AS d USING (unit_code)
    JOIN rpt_units AS f USING (unit_code)
    LEFT JOIN ref.unit_types AS t ON d.unit_type = t.unit_type
    LEFT JOIN rpt_mau_02 AS m ON u.unit_code = m.unit_code AND m.scope = 'own' AND m.row_type = 'total'
    WHERE f.files_used > 0
"""


def _apart(programme: Programme, rows: list[Row], types: list[Type]) -> list[Apart]:
    """Types with too many units, by name."""
    years = {one.code: one for one in types}
    by_type: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_type[row["type_name"] or "", row["unit_type"] or ""].append(row)
    most = on_first_page([len(units) for units in by_type.values()], TOGETHER)
    return [
        Apart(name, units, parted(programme, "comparison", units, TOGETHER, slug(code)), years.get(code))
        for (name, code), units in sorted(by_type.items())
        if len(units) > most
    ]


def _first(rows: list[Row], types: list[Type], apart: list[Apart]) -> dict[str, Any]:
    """What the programme's page has: units of types with few, the middle of those with many."""
    elsewhere = {row["unit_code"] for one in apart for row in one.units}
    here = [one.only(lambda code: code not in elsewhere) for one in types]
    return {
        "sentences": _sentences("lead", rows, *([text("comparison.apart_lead")] if apart else [])),
        "rows": _lines(row for row in rows if row["unit_code"] not in elsewhere),
        "types": [one for one in here if one.tables],
        "apart": apart,
        "apart_type": "",
    }


def _part(one: Apart, number_: int) -> dict[str, Any]:
    """What a page of a type has: a part of its units, or all."""
    units = one.pages[number_][1]
    codes = {row["unit_code"] for row in units}
    place = {"n": number(number_ + 1), "of": number(len(one.pages))}
    names = {"first": units[0]["name"], "last": units[-1]["name"]}
    is_whole = len(one.pages) == 1
    return {
        "apart_type": one.name,
        "sentences": _sentences(
            "type_lead", one.units, *([] if is_whole else [text("comparison.part", **place, **names)])
        ),
        "hint": text("comparison.sort_hint") if is_whole else text("comparison.sort_part", **place),
        "rows": _lines(units),
        "types": [one.years.only(codes.__contains__)] if one.years else [],
        "paths": one.paths,
    }


def _lines(rows: Iterable[Row]) -> list[tuple[Row, list[Cell]]]:
    """Units, each with its figures: of how many each is, and a word where they are few."""
    return [
        (
            row,
            [
                rate(row["rate"], row["people"]),
                count(row["individuals"]),
                count(row["people"]),
                share(row["direct_individuals_pct"], row["direct_individuals"], row["individuals"]),
                count(row["direct_individuals"]),
                share(row["cells_covered_pct"], row["cells_covered"], row["cells_due"]),
                share(row["complete_nominations_pct"], row["complete_nominations"], row["nominations"]),
            ],
        )
        for row in rows
    ]


def _sentences(lead: str, rows: list[Row], *more: str) -> list[str]:
    """How many units there are, what else is to be said, and what the word for few means."""
    if not rows:
        return [text("comparison.empty")]
    known = sum(row["rate"] is not None for row in rows)
    return [
        text(f"comparison.{lead}", units=number(len(rows)), known=number(known)),
        *more,
        text("comparison.few_means", few=text("comparison.few"), n=number(SMALL)),
    ]
