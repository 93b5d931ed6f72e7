"""A unit against its kind over the years: what of each year, beside the middle of the units of its type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboards.formats import number, percent
from dashboards.list_files import Value
from dashboards.pages.comparison_cells import NOTHING, Cell, rate, share
from dashboards.pages.kept import Files, kept
from dashboards.pages.page import Download
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

FEWEST_ALIKE = 3
"""Fewer units of a type have no middle worth telling."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What units are compared by: its columns of ``rpt_unit_years``."""

    name: str
    value: str
    part: str
    whole: str
    alike: str
    """Of how many units the middle is."""

    def cell(self, row: Row) -> Cell:
        """A unit's year."""
        if self.name == "rate":
            return rate(row[self.value], row[self.whole])
        return share(row[self.value], row[self.part], row[self.whole])

    def middle(self, row: Row) -> Cell:
        """The middle of the units of a type."""
        value, alike = row[f"median_{self.value}"], row[self.alike]
        if not alike:
            return NOTHING
        if alike < FEWEST_ALIKE:
            return Cell(text("comparison.no_middle", n=number(alike)), -1.0)
        shown = format_number(value, 1) if self.name == "rate" else percent(value)
        return Cell(text("comparison.middle", share=shown, n=number(alike)), value)


MEASURES = (
    Measure("direct", "direct_individuals_pct", "direct_individuals", "individuals", "units_with_direct"),
    Measure("rate", "awards_per_thousand", "individuals", "people", "units_with_rate"),
    Measure(
        "complete",
        "complete_nominations_pct",
        "complete_nominations",
        "nominations",
        "units_with_nominations",
    ),
    Measure("coverage", "cells_covered_pct", "cells_covered", "cells_due", "units_with_steps"),
)
KEPT = (
    "name", "type", "year", "awarded", "direct", "direct_n", "direct_middle", "rate", "people", "rate_middle",
    "complete", "complete_n", "complete_of", "complete_middle",
    "coverage", "coverage_n", "coverage_of", "coverage_middle",
)  # fmt: skip
"""Columns of the list as a file, ``comparison.column.<name>``."""


@dataclass(frozen=True, slots=True)
class Table:
    """One measure of the units of one type: a column a year, the middle first."""

    measure: str
    years: tuple[int, ...]
    middle: tuple[Cell, ...]
    units: tuple[tuple[str, tuple[Cell, ...]], ...]
    """Code of each unit, a cell a year."""


@dataclass(frozen=True, slots=True)
class Type:
    """The units of one type over the years."""

    code: str
    name: str
    tables: tuple[Table, ...]

    def only(self, shown: Callable[[str], bool]) -> Type:
        """The same of some of its units, told by their codes, beside the middle of all."""
        tables = (
            replace(one, units=tuple((code, cells) for code, cells in one.units if shown(code)))
            for one in self.tables
        )
        return replace(self, tables=tuple(one for one in tables if one.units))

    @property
    def years(self) -> list[int]:
        """Years that any of its tables has."""
        return sorted({year for one in self.tables for year in one.years})

    @property
    def middles(self) -> list[tuple[str, list[Cell]]]:
        """The middle of each measure, a cell a year."""
        told = [(one.measure, dict(zip(one.years, one.middle, strict=True))) for one in self.tables]
        return [(name, [cells.get(year, NOTHING) for year in self.years]) for name, cells in told]


def tables(site: Site, programme: Programme) -> tuple[list[Type], Files, tuple[Download, ...]]:
    """Units of a programme by type, and all their years as files; units that sent nothing are left out."""
    rows = site.snapshot.rows(_YEARS, programme.id)
    rows.sort(key=lambda row: (site.unit_key(row["unit_code"]), row["unit_code"], row["award_year"]))
    by_type: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_type[row["type_name"] or "", row["unit_type"] or ""].append(row)
    types = [
        Type(code, name, tuple(_table(measure, mine) for measure in MEASURES if _is_told(measure, mine)))
        for (name, code), mine in sorted(by_type.items())
    ]
    header = [text(f"comparison.column.{column}") for column in KEPT]
    files, downloads = kept(
        "so-sanh-nam", programme, text("comparison.years_sheet"), header, [*map(_listed, rows)]
    )
    return [one for one in types if one.tables], files, downloads


_YEARS = """
    SELECT y.*, d.name, coalesce(t.name, y.unit_type) AS type_name
    FROM rpt_unit_years AS y
    JOIN dim_units AS d USING (unit_code)
    JOIN rpt_units AS f USING (unit_code)
    LEFT JOIN ref.unit_types AS t ON y.unit_type = t.unit_type
    WHERE y.programme_id = ? AND f.files_used > 0
"""


def _is_told(measure: Measure, rows: list[Row]) -> bool:
    return any(row[measure.value] is not None for row in rows)


def _table(measure: Measure, rows: list[Row]) -> Table:
    told = [row for row in rows if row[measure.value] is not None]
    years = tuple(sorted({row["award_year"] for row in told}))
    of_year = {row["award_year"]: row for row in told}
    units: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in told:
        units[row["unit_code"]][row["award_year"]] = row
    return Table(
        measure.name,
        years,
        tuple(measure.middle(of_year[year]) for year in years),
        tuple(
            (code, tuple(measure.cell(mine[year]) if year in mine else NOTHING for year in years))
            for code, mine in units.items()
        ),
    )


def _listed(row: Row) -> list[Value]:
    return [
        row["name"],
        row["type_name"],
        str(row["award_year"]),  # a number would have the point of thousands
        row["individuals"],
        row["direct_individuals_pct"],
        row["direct_individuals"],
        row["median_direct_individuals_pct"],
        row["awards_per_thousand"],
        row["people"],
        row["median_awards_per_thousand"],
        row["complete_nominations_pct"],
        row["complete_nominations"],
        row["nominations"],
        row["median_complete_nominations_pct"],
        row["cells_covered_pct"],
        row["cells_covered"],
        row["cells_due"],
        row["median_cells_covered_pct"],
    ]
