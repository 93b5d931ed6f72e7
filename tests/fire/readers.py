"""Readers beside publications, and publications killed at random moments.

``python -m tests.fire.readers --publications 100 --reads 10000 --kills 50``: figures in docs/reliability.md.
"""

from __future__ import annotations

import argparse
import random
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.common.paths import Home
from tests.fire.small_publication import night_in_file, night_in_pages, night_in_parquet, publish

READS = {
    "warehouse": night_in_file,
    "public_warehouse": night_in_file,
    "parquet": night_in_parquet,
    "dashboards": night_in_pages,
}
"""What is read, by its name in a home."""
LEFTOVERS = (".thidua.next.duckdb", ".thidua-cong-khai.next.duckdb")
LONGEST_SECONDS = 1.5
"""A publication is killed within this time of its begin; one alone takes half of it."""


@dataclass(slots=True)
class Figures:
    """What was done and what was seen."""

    publications: int = 0
    kills: int = 0
    reads: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    """Reads that failed, were mixed, or went back to an earlier night."""


class Publisher:
    """Another process that publishes night after night."""

    def __init__(self, home: Home, first: int) -> None:
        """Begin with night ``first``."""
        command = [sys.executable, "-m", "tests.fire.small_publication", str(home.root), str(first)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.done: list[int] = []

    def look(self, seconds: float = 0) -> None:
        """Take note of what was published meanwhile."""
        out = self._process.stdout
        assert out
        while select.select([out], [], [], seconds)[0] and (line := out.readline()):
            self.done.append(int(line))
            seconds = 0

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        self._process.kill()
        self._process.wait()
        self.look()


def _read(home: Home, newest: dict[str, int], figures: Figures) -> None:
    for name, read in READS.items():
        figures.reads[name] += 1
        try:
            night = read(getattr(home, name))
        except Exception as error:
            figures.failed.append(f"{name}: {type(error).__name__}: {error}")
            continue
        if night < newest.get(name, 0):
            figures.failed.append(f"{name}: night {night} after night {newest[name]}")
        newest[name] = night


def run(home: Home, publications: int, reads: int, kills: int, seed: int) -> Figures:
    """Publish and read until both numbers are reached, killing the publisher meanwhile.

    Args:
        home: an empty home.
        publications: at least so many.
        reads: at least so many of each kind.
        kills: how many of the publishers are killed at a random moment of a publication.
        seed: of the moments.
    """
    moments, figures, newest = random.Random(seed), Figures(), dict[str, int]()
    publish(home, 1)
    number = 1
    while figures.publications < publications or figures.reads["parquet"] < reads or figures.kills < kills:
        publisher = Publisher(home, number + 1)
        publisher.look(60)  # its first: it has started
        at = time.monotonic() + moments.uniform(0, LONGEST_SECONDS)
        while time.monotonic() < at or figures.kills >= kills:  # the last one goes on to the end
            _read(home, newest, figures)
            publisher.look()
            done = figures.publications + len(publisher.done) >= publications
            if figures.kills >= kills and done and figures.reads["parquet"] >= reads:
                break
        publisher.kill()
        figures.kills += 1
        figures.publications += len(publisher.done)
        number = max([number, *publisher.done, *newest.values()]) + 1
        _read(home, newest, figures)
    publish(home, number + 1)
    _read(home, newest, figures)
    if set(newest.values()) != {number + 1}:
        figures.failed.append(f"after the last publication readers found {newest}")
    figures.failed += [name for name in LEFTOVERS if (home.warehouse.parent / name).exists()]
    return figures


def main() -> None:
    """Print the figures; exit 1 where a read failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("publications", 100), ("reads", 10_000), ("kills", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        figures = run(Home(Path(folder)), asked.publications, asked.reads, asked.kills, asked.seed)
    print(f"publications {figures.publications}, killed {figures.kills}, reads {dict(figures.reads)}")
    print(f"failed {len(figures.failed)}", *figures.failed[:20], sep="\n")
    sys.exit(1 if figures.failed else 0)


if __name__ == "__main__":
    main()
