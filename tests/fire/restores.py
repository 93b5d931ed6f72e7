"""A backup of every kind of moment: restored elsewhere, the next night publishes what it would have.

``python -m tests.fire.restores HOME RAW``: HOME is a home with a published night, best of an earlier state of
RAW.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.common.paths import Home
from tests.fire import forked, night_stages
from tests.fire.killed_nights import Ground
from tests.fire.machine import STAGES
from tests.fire.same import tables

KILLED_IN = ("raw_tables", "findings", "published_snapshot", "quality_reports")


def _killed(ground: Ground, stage: str) -> None:
    before = night_stages.runs(ground.home)
    process = ground.start(ground.home)
    while process.is_alive():
        now = night_stages.stage_of(ground.home, before, list(STAGES))
        if now == night_stages.AFTER or (now in STAGES and STAGES.index(now) >= STAGES.index(stage)):
            break
        time.sleep(0.02)
    time.sleep(ground.seconds[stage] / 2)
    forked.kill(process, alone=False)


def _refused(ground: Ground) -> None:
    """A night over an empty folder: the gate holds it back."""
    empty = ground.home.root.with_name("empty")
    empty.mkdir(exist_ok=True)
    words = ["nightly", "--home", str(ground.home.root), "--raw", str(empty)]
    code = forked.run([*words, "--as-of", ground.as_of.isoformat()], ground.temporary)
    assert code == 1, f"a night over nothing: exit {code}"


def moments() -> Iterator[tuple[str, Callable[[Ground], None]]]:
    """What happens to a home before it is backed up."""
    yield "after a night", lambda ground: None
    for stage in KILLED_IN:
        yield f"after a kill in {stage}", lambda ground, stage=stage: _killed(ground, stage)  # type: ignore[misc]
    yield "after a night that was held back", _refused


def backed_up(ground: Ground, archive: Path) -> int:
    """Back the home up; the exit code."""
    return forked.run(["backup", str(archive), "--home", str(ground.home.root)], ground.temporary)


def during(ground: Ground, archive: Path) -> list[str]:
    """What is wrong with a backup while a night runs: it must say so and leave nothing."""
    before = night_stages.runs(ground.home)
    process = ground.start(ground.home)
    while process.is_alive():
        if night_stages.stage_of(ground.home, before, list(STAGES)) != night_stages.BEFORE:
            break
        time.sleep(0.02)
    code = backed_up(ground, archive)
    running = process.is_alive()
    process.join()
    found = [] if not running or code == 1 else [f"exit {code}"]
    if archive.exists() and running:
        found.append("an archive all the same")
    if process.exitcode:
        found.append(f"the night: exit {process.exitcode}")
    return found


def main() -> None:
    """A line per moment; exit 1 where a restored home publishes something else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("raw", type=Path)
    asked = parser.parse_args()
    good = True
    forked.load_models()
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        place = Path(folder)
        ground = Ground(asked.home, asked.raw, place)
        wanted = tables(ground.calm.warehouse)
        archive, back = place / "saved.tar.gz", place / "back"
        for name, happens in moments():
            ground.begin_again()
            happens(ground)
            found = [f"backup: exit {code}"] if (code := backed_up(ground, archive)) else []
            if not found and forked.run(["restore", str(archive), "--home", str(back)], ground.temporary):
                found.append("not restored")
            if not found:
                process = ground.start(Home(back))
                process.join()
                now = tables(Home(back).warehouse)
                found = [f"exit {process.exitcode}"] if process.exitcode else []
                found += [f"{table} differs" for table in wanted if wanted[table] != now.get(table)]
            print(f"{name}:", found[:10] or "equal", flush=True)
            good &= not found
            shutil.rmtree(back, ignore_errors=True)
            archive.unlink(missing_ok=True)
        ground.begin_again()
        found = during(ground, archive)
        print("during a night:", found or "told and left", flush=True)
        good &= not found
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
