"""A home made by an earlier version of the software goes on in place.

``python -m tests.fire.upgrades RAW COMMIT...``: each commit is checked out into a folder that is thrown away,
runs a night there, and tonight's code runs the next one on that home. What it publishes must be what it
publishes in a home of its own, the history of findings aside: an earlier version may have found other things.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import today
from tests.fire.machine import PROGRAM
from tests.fire.same import tables

OF_HISTORY = {
    "marts.fct_findings", "marts.rpt_findings_by_night", "marts.trc_findings", "marts.rpt_headlines",
    "marts.fct_verdicts", "marts.trc_nominations", "marts.rpt_unit_life_cycle", "marts.fct_submissions",
}  # fmt: skip
"""Tables that tell of earlier nights too: compared by what is open tonight."""
OPEN = "SELECT finding_id FROM marts.fct_findings WHERE status IN ('new', 'open', 'reopened') ORDER BY ALL"


def night(project: Path, raw: Path, home: Path, as_of: date) -> str:
    """Run a night with the code of a folder; what went wrong, or nothing."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "nightly", "--raw", str(raw), "--home", str(home),
         "--as-of", as_of.isoformat()],
        cwd=project, capture_output=True, text=True,
    )  # fmt: skip
    return f"exit {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}" if done.returncode else ""


def unlike(old: Home, new: Home) -> list[str]:
    """What tonight's code published otherwise in an old home than in a new one."""
    one, two = tables(new.warehouse), tables(old.warehouse)
    found = [
        f"{name} differs"
        for name in sorted(one.keys() | two.keys())
        if name not in OF_HISTORY and one.get(name) != two.get(name)
    ]
    opened = []
    for home in (old, new):
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            opened.append(connection.execute(OPEN).fetchall())
    if opened[0] != opened[1]:
        found.append(f"open findings: {len(opened[0])} instead of {len(opened[1])}")
    return found


def main() -> None:
    """A line per version; exit 1 where a home did not go on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path)
    parser.add_argument("commits", nargs="+")
    asked = parser.parse_args()
    first, second = today(), today() + timedelta(days=1)
    good = True
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        new = Home(Path(folder, "new"))
        for as_of in (first, second):
            assert not (wrong := night(PROJECT, asked.raw, new.root, as_of)), wrong
        for commit in asked.commits:
            code, home = Path(folder, commit), Home(Path(folder, f"home-{commit}"))
            code.mkdir()
            archive = subprocess.run(
                ["git", "archive", commit], cwd=PROJECT, check=True, capture_output=True
            ).stdout
            subprocess.run(["tar", "x", "-C", str(code)], input=archive, check=True)
            wrong = night(code, asked.raw, home.root, first)
            if wrong:
                print(f"{commit}: its own night does not run with the packages of today: {wrong}")
                continue
            wrong = night(PROJECT, asked.raw, home.root, second)
            found = [wrong] if wrong else unlike(home, new)
            print(f"{commit}:", found[:10] or "went on", flush=True)
            good &= not found
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
