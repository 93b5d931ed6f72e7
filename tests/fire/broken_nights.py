"""Whole nights over broken files beside whole ones: reading, pages, letters, files given back, mail.

``python -m tests.fire.broken_nights --files 10000 --batches 4``: each batch adds its share to the raw folder
and runs a night. Units that sent nothing broken must have what they have without the broken files.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path

import duckdb
from lxml import etree, html

from benchmarks.losses.night import ACROSS
from pipelines.common.paths import PROJECT, Home
from pipelines.inbox.register import scan
from pipelines.night import diary
from pipelines.night.request import today
from pipelines.sentences import text
from tests.fire import broken_files
from tests.fire.machine import COMMAND

OF_UNITS = {
    "fct_awards": "TRUE",
    "fct_nominations": "TRUE",
    "fct_findings": "status <> 'fixed' AND NOT list_contains($across, rule_id)",
    "rpt_mau_02": "scope = 'own'",
}
"""Marts that must be the same for units that sent nothing broken; rows of others left out.

The broken files are copies of theirs, so what looks across units (the same award in lists of two, who is one
person) differs rightly.
"""
NO_REPORTS = text("night.without_reports", why="").strip()
MEGABYTES = 3000
"""What the largest process of a night may take."""
SECONDS_A_FILE = 1.0
"""What a night may take of the processor for each broken file, beside what one without them takes."""
SICK = tuple(unit.name for unit in broken_files.UNITS)


def command(*words: str) -> tuple[int, str]:
    """Run ``thidua``."""
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def used() -> tuple[float, int]:
    """Processor seconds of all commands so far, and the megabytes of the largest of their processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def of_the_well(home: Home) -> dict[str, tuple[int, int]]:
    """Rows and a hash of what is published of units that sent nothing broken."""
    found = {}
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        for table, rows in OF_UNITS.items():
            # days and states go on from night to night; who is one person depends on all lists
            moving = "_on$|_at$|^as_of$|days|^status$|nights|^recipient_id$"
            columns = f"COLUMNS(lambda c: NOT regexp_matches(c, '{moving}'))"
            told = (
                f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM (SELECT {columns} "
                f"FROM marts.{table} WHERE NOT list_contains($sick, unit_code) AND {rows}) AS t"
            )
            given = (
                {"sick": list(SICK), "across": sorted(ACROSS)} if "$across" in rows else {"sick": list(SICK)}
            )
            found[table] = connection.execute(told, given).fetchall()[0]
    return found


def papers(home: Home) -> set[str]:
    """The letters and files given back to units that sent nothing broken, of the newest night."""
    newest = max(path for path in (home.root / "reports").glob("????-??-??"))
    return {
        str(path.relative_to(newest))
        for path in newest.glob("*/*/**/*")
        if path.is_file() and path.relative_to(newest).parts[1] not in SICK
    }


def told_of_others(home: Home) -> set[str]:
    """Units that are told of rows of other units, by which their papers differ."""
    query = "SELECT DISTINCT unit_code FROM marts.fct_findings WHERE list_contains(?, rule_id)"
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return {unit for (unit,) in connection.execute(query, [sorted(ACROSS)]).fetchall()}


def unopened(home: Home) -> list[str]:
    """Files made for people that do not open: packages, mails, pages."""
    found = []
    for path in home.root.rglob("*"):
        if "dagster" in path.parts or not path.is_file():
            continue
        try:
            if path.suffix in (".xlsx", ".docx"):
                with zipfile.ZipFile(path) as package:
                    for name in package.namelist():
                        if name.endswith((".xml", ".rels")):
                            etree.fromstring(package.read(name))
            elif path.suffix == ".eml":
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                if message.defects:
                    found.append(f"{path.name}: {message.defects}")
            elif path.suffix == ".html":
                html.fromstring(path.read_text("utf-8"))
        except Exception as error:
            found.append(f"{path.name}: {type(error).__name__}: {error}")
    return found


def without_a_word(home: Home, raw: Path) -> list[str]:
    """Files of the raw folder that have no row, and rows that were not accepted without a reason."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute("SELECT source_file, status, reason FROM marts.fct_submissions").fetchall()
    known = {source_file for source_file, _, _ in rows}
    found = [f"no row: {file.source_file}" for file in scan(raw) if file.source_file not in known]
    found += [
        f"no reason: {source_file}"
        for source_file, status, reason in rows
        if status in ("quarantined", "unrecognised") and not (reason or "").strip()
    ]
    return [*found, *(f"{reason}: {file}" for file, _, reason in rows if "Error" in (reason or ""))]


def main() -> None:
    """One night without broken files, then one a batch; exit 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--batches", type=int, default=4)
    parser.add_argument("--seed", type=int, default=2)
    asked = parser.parse_args()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        raw, home = Path(folder, "raw"), Home(Path(folder, "home"))
        shutil.copytree(PROJECT / "data" / "raw", raw)
        os.environ |= {"THIDUA_HOME": str(home.root), "THIDUA_RAW": str(raw)}
        share = asked.files // asked.batches
        well: dict[str, tuple[int, int]] = {}
        given: set[str] = set()
        alone = 0.0
        for number in range(asked.batches + 1):
            if number:
                broken_files.write(raw, share, asked.seed + number, first=(number - 1) * share)
            as_of = (today() + timedelta(days=number)).isoformat()
            before, _ = used()
            code, told = command("nightly", "--as-of", as_of)
            after, megabytes = used()
            seconds = after - before
            found = [] if code == 0 else [f"exit {code}: {told[-600:]}"]
            found += [told] if NO_REPORTS in told else []
            sent, lines = command("send")
            found += [f"send: exit {sent}: {lines[-300:]}"] if sent else []
            if number == 0:
                well, given, alone = of_the_well(home), papers(home), seconds
            else:
                if seconds > alone + SECONDS_A_FILE * share or megabytes > MEGABYTES:
                    found.append(f"{seconds:.0f} s, {megabytes} MB")
                now = of_the_well(home)
                found += [f"{table} of a well unit differs" for table in well if now[table] != well[table]]
                others = told_of_others(home)
                differing = sorted(given ^ papers(home))
                found += [
                    f"a paper of a well unit: {name}"
                    for name in differing
                    if Path(name).parts[1] not in others
                ]
            found += unopened(home) + without_a_word(home, raw)
            ended = diary.nights(home)[-1].ended
            print(f"batch {number}: {seconds:.0f} s of the processor, {megabytes} MB", flush=True)
            print(
                ended.stages if ended else "",
                *told.splitlines()[1:3],
                *told.splitlines()[8:12],
                *found[:20],
                sep="\n",
                flush=True,
            )
            faults += found
    print(f"faults {len(faults)}", *faults[:40], sep="\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
