"""So sánh: the units of a programme beside each other, and over the years beside those of their type."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.figures import SMALL
from dashboards.formats import number
from dashboards.list_files import Value
from dashboards.pages import comparison_years
from dashboards.pages.comparison_cells import Cell, count, rate, share
from dashboards.pages.kept import kept
from dashboards.pages.page import Download, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import text

COLUMNS = ("name", "rate", "awarded", "people", "direct", "direct_n", "coverage", "complete", "type")
"""Columns of the page, figures first on a phone; each has its words, ``comparison.column.<name>``."""
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
POLICIES = ["POL-UNIT-HISTORY", "POL-PCT-DENOM"]


def pages(site: Site) -> Iterator[Page | Download]:
    """One page a programme, with its lists as files."""
    for programme in site.programmes:
        rows = site.snapshot.rows(_UNITS, programme.id)
        header = [text(f"comparison.column.{column}") for column in KEPT]
        listed: list[list[Value]] = [[row[column] for column in KEPT.values()] for row in rows]
        files, downloads = kept("so-sanh", programme, text("nav.comparison"), header, listed)
        years, years_files, years_downloads = comparison_years.tables(site, programme)
        yield from (*downloads, *years_downloads)
        context = {
            "programme": programme,
            "sentences": _sentences(rows),
            "header": [(column, text(f"comparison.column.{column}")) for column in COLUMNS],
            "rows": [(row, _cells(row)) for row in rows],
            "files": files,
            "types": years,
            "years_files": years_files,
            "policies": POLICIES,
        }
        yield Page(programme.page("comparison"), "comparison.html.j2", context)


_UNITS = """
    SELECT
        u.unit_code, d.name, coalesce(t.name, d.unit_type) AS type_name,
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
    ORDER BY d.name
"""


def _cells(row: Row) -> list[Cell]:
    """The row's figures, each with of how many it is, and a word where they are few."""
    return [
        rate(row["rate"], row["people"]),
        count(row["individuals"]),
        count(row["people"]),
        share(row["direct_individuals_pct"], row["direct_individuals"], row["individuals"]),
        count(row["direct_individuals"]),
        share(row["cells_covered_pct"], row["cells_covered"], row["cells_due"]),
        share(row["complete_nominations_pct"], row["complete_nominations"], row["nominations"]),
        Cell(row["type_name"] or "", row["type_name"] or ""),
    ]


def _sentences(rows: list[Row]) -> list[str]:
    if not rows:
        return [text("comparison.empty")]
    known = sum(row["rate"] is not None for row in rows)
    return [
        text("comparison.lead", units=number(len(rows)), known=number(known)),
        text("comparison.few_means", few=text("comparison.few"), n=number(SMALL)),
    ]
