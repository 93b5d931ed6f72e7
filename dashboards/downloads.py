"""mẫu 02 as .xlsx and .docx beside the pages, for units whose pages are made anew."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import duckdb

from dashboards.formats import slug
from dashboards.site import Site
from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.content import Place, read_contents
from pipelines.reports.mau_02.docx import WordPrinter
from pipelines.reports.mau_02.xlsx import WorkbookPrinter

FOLDER = "mau-02"
KINDS = ("xlsx", "docx")
MOST = 3000
"""Tables kept as files; of more only those of units that hold others: a paper weighs 30 KB, and printing one
by ``thidua mau02`` takes no longer than opening it."""
Downloads = dict[tuple[str, str], list[str]]


def offered(site: Site) -> dict[Place, list[str]]:
    """The files of a site: addresses from the first page, by programme, unit and scope.

    A table without a number is none, nor is a roll-up equal to the unit's own table.
    """
    rows = site.snapshot.rows(
        """
        WITH totals AS (
            SELECT programme_id, unit_code, scope, collectives, individuals, households FROM rpt_mau_02
            WHERE row_type = 'total' AND collectives + individuals + households > 0
        )
        SELECT t.programme_id, t.unit_code, t.scope FROM totals AS t
        WHERE t.scope = 'own' OR NOT EXISTS (
            FROM totals AS o WHERE o.scope = 'own' AND o.unit_code = t.unit_code
            AND (o.collectives, o.individuals, o.households) = (t.collectives, t.individuals, t.households))
        ORDER BY ALL
        """
    )
    places: list[Place] = [(row["programme_id"], row["unit_code"], row["scope"]) for row in rows]
    if len(places) > MOST:
        holding = {unit for _, unit, scope in places if scope == "rollup"}
        places = [place for place in places if place[1] in holding]
    return {place: [f"{FOLDER}/{slug(place[1])}-{place[2]}.{kind}" for kind in KINDS] for place in places}


def offered_by_unit(site: Site) -> Downloads:
    """Addresses of all files offered, by unit and scope."""
    addresses: Downloads = defaultdict(list)
    for (_, unit, scope), paths in offered(site).items():
        addresses[unit, scope] += paths
    return dict(addresses)


class Papers:
    """Prints the papers of units, each as workbook and as Word file."""

    def __init__(self, warehouse: Path, form: Mau02, folder: Path) -> None:
        """Lay out the form.

        Args:
            warehouse: the published file.
            form: mẫu 02 of the reference data.
            folder: where the papers go.
        """
        self._warehouse, self._form, self._folder = warehouse, form, folder
        self._workbook, self._word = WorkbookPrinter(form), WordPrinter(form)

    def print(self, site: Site) -> None:
        """Print what is offered of the units that are made now."""
        wanted = [place for place in offered(site) if place[1] in site.stale]
        if not wanted:
            return
        with duckdb.connect(str(self._warehouse), read_only=True) as connection:
            for (_, unit, scope), content in read_contents(connection, self._form, wanted).items():
                path = self._folder / f"{slug(unit)}-{scope}"
                path.with_suffix(".xlsx").write_bytes(self._workbook.printed(content))
                path.with_suffix(".docx").write_bytes(self._word.printed(content))
