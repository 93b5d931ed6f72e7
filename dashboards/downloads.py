"""mẫu 02 as .xlsx and .docx beside the pages; what did not change since the last build is taken over."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboards.formats import slug
from dashboards.site import Site
from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.content import Content, read_content
from pipelines.reports.mau_02.docx import write_docx
from pipelines.reports.mau_02.xlsx import write_xlsx

FOLDER = "mau-02"
DIGESTS = "digests.json"
MANY = 24
"""From so many files on, several processes write them."""
WRITERS: dict[str, Callable[[Content, Mau02, Path], None]] = {"xlsx": write_xlsx, "docx": write_docx}

Downloads = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file to write."""

    content: Content
    form: Mau02
    kind: str
    out: Path


def write_downloads(
    site: Site, warehouse: Path, form: Mau02, version: str, folder: Path, old: Path
) -> Downloads:
    """Write the files of every unit that has numbers; one whose numbers did not change is copied.

    Args:
        site: the site whose units are asked for.
        warehouse: the published file.
        form: mẫu 02 of the reference data.
        version: of the software; another version writes every file anew.
        folder: the folder of the pages being built.
        old: the folder of the pages they will replace.

    Returns:
        Addresses from the first page, by unit and scope.
    """
    target, before = folder / FOLDER, old / FOLDER
    target.mkdir()
    known: dict[str, str] = json.loads(_text(before / DIGESTS) or "{}")
    digests: dict[str, str] = {}
    papers: list[Paper] = []
    out: Downloads = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for programme, unit, scope in _wanted(site):
            content = read_content(connection, form, unit, programme, scope)
            digest = hashlib.sha256(f"{version} {form!r} {content!r}".encode()).hexdigest()
            for kind in WRITERS:
                name = f"{slug(unit)}-{scope}.{kind}"
                digests[name] = digest
                out.setdefault((unit, scope), []).append(f"{FOLDER}/{name}")
                if known.get(name) == digest and (before / name).exists():
                    shutil.copyfile(before / name, target / name)
                else:
                    papers.append(Paper(content, form, kind, target / name))
    _write_all(papers)
    (target / DIGESTS).write_text(json.dumps(digests, indent=0, sort_keys=True), "utf-8")
    return out


def _wanted(site: Site) -> list[tuple[str, str, str]]:
    """Programme, unit and scope with a number; a roll-up equal to the unit's own table only once."""
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
    return [(row["programme_id"], row["unit_code"], row["scope"]) for row in rows]


def _write_all(papers: list[Paper]) -> None:
    """Write the files; many of them in processes of their own, which take every n-th paper each."""
    workers = min(os.cpu_count() or 1, 8) if len(papers) >= MANY else 1
    if workers == 1:
        for paper in papers:
            WRITERS[paper.kind](paper.content, paper.form, paper.out)
        return
    started = [
        subprocess.Popen([sys.executable, "-m", "dashboards.downloads"], stdin=subprocess.PIPE)
        for _ in range(workers)
    ]
    for number, process in enumerate(started):
        assert process.stdin is not None
        pickle.dump(papers[number::workers], process.stdin)
        process.stdin.close()
    failed = [process.returncode for process in started if process.wait()]
    if failed:
        raise RuntimeError(f"mẫu 02 could not be written: {len(failed)} of {workers} processes failed")


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    # Papers of the process that started this one, never anyone else's bytes.
    for waiting in pickle.load(sys.stdin.buffer):  # noqa: S301
        WRITERS[waiting.kind](waiting.content, waiting.form, waiting.out)
