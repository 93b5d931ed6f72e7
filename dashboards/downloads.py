"""mẫu 02 as .xlsx and .docx beside the pages, for units whose pages are made anew."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import duckdb

from dashboards.formats import slug
from dashboards.site import Site
from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.content import Content, Place, read_contents
from pipelines.reports.mau_02.docx import WordPrinter
from pipelines.reports.mau_02.xlsx import WorkbookPrinter

FOLDER = "mau-02"
KINDS = ("xlsx", "docx")
MOST = 3000
"""Tables kept as files; of more only those of units that hold others: a paper weighs 30 KB, and printing one
by ``thidua mau02`` takes no longer than opening it."""
MANY = 200
"""From so many tables on, several processes print them."""
AT_ONCE = 500
"""Tables read and printed together: bounds memory."""

Downloads = dict[tuple[str, str], list[str]]
Paper = tuple[Content, str]
"""A table's content and its name without ending."""


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


def write_downloads(site: Site, warehouse: Path, form: Mau02, folder: Path) -> Downloads:
    """Write the files of the units whose pages are made anew.

    Args:
        site: the site whose units are asked for.
        warehouse: the published file.
        form: mẫu 02 of the reference data.
        folder: where they go.

    Returns:
        Addresses of all files offered, by unit and scope.
    """
    found = offered(site)
    wanted = [place for place in found if place[1] in site.stale]
    printers = _Printers(form, folder, len(wanted))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for start in range(0, len(wanted), AT_ONCE):
            contents = read_contents(connection, form, wanted[start : start + AT_ONCE])
            printers.take([(content, f"{slug(place[1])}-{place[2]}") for place, content in contents.items()])
    printers.finish()
    addresses: Downloads = defaultdict(list)
    for (_, unit, scope), paths in found.items():
        addresses[unit, scope] += paths
    return dict(addresses)


class _Printers:
    """Print here, or in processes of their own that take every n-th table each."""

    def __init__(self, form: Mau02, folder: Path, tables: int) -> None:
        """Start as many processes as the number of tables is worth."""
        self._form, self._folder = form, folder
        count = min(os.cpu_count() or 1, 8) if tables >= MANY else 0
        self._started = [
            subprocess.Popen(
                [sys.executable, "-m", "dashboards.downloads", str(folder)], stdin=subprocess.PIPE
            )
            for _ in range(count)
        ]
        for process in self._started:
            self._send(process, form)

    def take(self, papers: list[Paper]) -> None:
        """Print these."""
        if not self._started:
            print_all(self._form, papers, self._folder)
        for number, process in enumerate(self._started):
            self._send(process, papers[number :: len(self._started)])

    def finish(self) -> None:
        """Wait for the last one.

        Raises:
            RuntimeError: a process failed.
        """
        for process in self._started:
            assert process.stdin is not None
            process.stdin.close()
        failed = [process.returncode for process in self._started if process.wait()]
        if failed:
            raise RuntimeError(f"mẫu 02 could not be printed: {len(failed)} processes failed")

    @staticmethod
    def _send(process: subprocess.Popen[bytes], what: object) -> None:
        assert process.stdin is not None
        pickle.dump(what, process.stdin)
        process.stdin.flush()


def print_all(form: Mau02, papers: list[Paper], folder: Path) -> None:
    """Print tables into a folder, each as workbook and as Word file."""
    if not papers:
        return
    workbook, word = WorkbookPrinter(form), WordPrinter(form)
    for content, name in papers:
        (folder / f"{name}.xlsx").write_bytes(workbook.printed(content))
        (folder / f"{name}.docx").write_bytes(word.printed(content))


def _serve(folder: Path) -> None:
    """Print what comes in, until nothing more does."""
    # Papers of the process that started this one, never anyone else's bytes.
    form = pickle.load(sys.stdin.buffer)  # noqa: S301
    while True:
        try:
            papers = pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
        print_all(form, papers, folder)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
