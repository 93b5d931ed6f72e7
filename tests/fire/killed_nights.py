"""Whole nights killed in every stage, readers beside them; each few kills one night to the end, compared.

A round is some kills and then a whole night. Rounds in turn begin with the home as it was, so that the night
is of a date never published, and go on with the home of the round before, so that it is that date again.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import psutil

from pipelines.common.paths import Home
from pipelines.night import diary
from pipelines.night.request import today
from pipelines.operate.status import FAILED, FRESH, status_of
from tests.fire import forked, night_stages
from tests.fire.beside import Readers
from tests.fire.same import differences

ROUND = 10
"""Kills before a night is run to its end."""
LEFTOVERS = (".*.next*", "*.wal", ".*.old", ".*.link", ".restore", "*.tmp", ".*.new")
GONE_SECONDS = 5


@dataclass(slots=True)
class Figures:
    """What was killed, and what was seen."""

    kills: Counter[str] = field(default_factory=Counter)
    """By the stage the kill fell in."""
    finished: int = 0
    """Nights that ended before their moment came."""
    whole: int = 0
    """Nights run to the end and compared."""
    orphans: Counter[str] = field(default_factory=Counter)
    """What went on when the night itself was gone, by the stage of the kill."""
    reads: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Ground:
    """Two copies of a home: one whose nights are left alone, one whose nights are killed."""

    def __init__(self, home: Path, raw: Path, folder: Path) -> None:
        """Copy the home and run the night once undisturbed.

        Args:
            home: with a published night, best of an earlier state of ``raw``.
            raw: what the nights read.
            folder: where the copies go.
        """
        self._base, self._raw, self.temporary = home, raw, folder / "tmp"
        self.temporary.mkdir()
        self.calm, self.home = Home(folder / "calm"), Home(folder / "disturbed")
        self.as_of = today() + timedelta(days=1)
        for place in (self.calm, self.home):
            shutil.copytree(home, place.root, symlinks=True)
        before, begun = night_stages.runs(self.calm), datetime.now(UTC).replace(tzinfo=None)
        process = self.start(self.calm)
        process.join()
        assert process.exitcode == 0, f"exit {process.exitcode}"
        (run,) = night_stages.runs(self.calm) - before
        self.seconds = night_stages.seconds(run, begun, datetime.now(UTC).replace(tzinfo=None))

    def begin_again(self) -> None:
        """The disturbed home as it was before any of this."""
        shutil.rmtree(self.home.root)
        shutil.copytree(self._base, self.home.root, symlinks=True)

    def start(self, home: Home) -> BaseProcess:
        """Start a night."""
        words = ["nightly", "--home", str(home.root), "--raw", str(self._raw)]
        return forked.start([*words, "--as-of", self.as_of.isoformat()], self.temporary)

    def leftovers(self) -> list[str]:
        """What a night should have removed."""
        found = [path for pattern in LEFTOVERS for path in self.home.root.rglob(pattern)]
        return [str(path.name) for path in [*found, *self.temporary.iterdir()]]


def run(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """Kill so many nights, each stage as often as any other.

    Args:
        home: with a published night.
        raw: what the nights read.
        kills: how many.
        seed: of moments and order.
        folder: for the copies.
    """
    ground, rng, figures = Ground(home, raw, folder), random.Random(seed), Figures()
    print("undisturbed:", {stage: round(took, 1) for stage, took in ground.seconds.items()}, flush=True)
    steps = [stage for stage in ground.seconds if stage not in (night_stages.BEFORE, night_stages.AFTER)]
    while figures.kills.total() < kills:
        if figures.whole % 2 == 0:
            ground.begin_again()
        with Readers(ground.home) as readers:
            for _ in range(min(ROUND, kills - figures.kills.total())):
                wanted = min(ground.seconds, key=lambda stage: (figures.kills[stage], rng.random()))
                _kill(ground, wanted, steps, rng, figures)
            _whole_night(ground, figures)
        readers.look()
        figures.reads += readers.reads
        figures.faults += readers.faults
        print(f"{figures.kills.total()} killed, {len(figures.faults)} faults", flush=True)
    return figures


def _kill(ground: Ground, wanted: str, steps: list[str], rng: random.Random, figures: Figures) -> None:
    """Kill one night somewhere in a stage: alone, or with all that it started."""
    before, alone = night_stages.runs(ground.home), rng.random() < 0.5
    process = ground.start(ground.home)
    stages = list(ground.seconds)
    while stages.index(night_stages.stage_of(ground.home, before, steps)) < stages.index(wanted):
        if not process.is_alive():
            break
        time.sleep(0.05)
    process.join(rng.random() * ground.seconds[wanted])
    if not process.is_alive():
        figures.finished += 1
        return
    forked.kill(process, alone=alone)
    stage = night_stages.stage_of(ground.home, before, steps)
    figures.kills[stage] += 1
    figures.orphans[stage] += _orphans(ground.temporary)
    found = untrue(ground.home)
    figures.faults += [f"killed in {stage}: {fault}" for fault in found]
    print(figures.kills.total(), stage, *found, flush=True)


def _orphans(mark: Path) -> int:
    """How many processes of a night still run some seconds after it was killed; they are ended."""
    until = time.monotonic() + GONE_SECONDS
    while (left := _of_night(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    for process in left:
        process.kill()
    return len(left)


def _of_night(mark: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(forked.MARK) == str(mark) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def untrue(home: Home) -> list[str]:
    """What ``thidua status`` would say of a home that is not so; no night runs in it."""
    told, nights = status_of(home), diary.nights(home)
    found = []
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        ((run_id,),) = connection.execute("SELECT run_id FROM meta.snapshot").fetchall()
    if told.running:
        found.append("status: a night runs")
    if told.published is None or told.published.run_id != run_id:
        found.append("status: another night is published")
    cut = bool(nights) and nights[-1].ended is None
    if cut and (told.state != FAILED or told.failures[-1] != nights[-1]):
        found.append(f"status: {told.state} after a night that was cut off")
    if nights and nights[-1].ended and not nights[-1].ended.step and told.state != FRESH:
        found.append(f"status: {told.state} after a night that went well")
    return found


def _whole_night(ground: Ground, figures: Figures) -> None:
    process = ground.start(ground.home)
    process.join()
    found = [f"the next night: exit {process.exitcode}"] if process.exitcode else []
    found += differences(ground.calm, ground.home)
    found += [f"left over: {name}" for name in ground.leftovers()]
    if (state := status_of(ground.home).state) != FRESH:
        found.append(f"status after the next night: {state}")
    figures.whole += 1
    figures.faults += found
    print("whole", figures.whole, *found, flush=True)
