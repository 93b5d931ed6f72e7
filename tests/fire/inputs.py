"""Broken files through the intake: each has a row and a reason, none takes long or much, none ends the night.

``python -m tests.fire.inputs --files 10000`` prints the figures of docs/reliability.md. Time and memory are
those of each file read alone; time is the processor's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from pipelines.common.memory import forget_peak, peak_mb
from pipelines.common.paths import PROJECT
from pipelines.inbox.document import Unreadable
from pipelines.inbox.register import RawFile, fingerprint, scan
from pipelines.reference.load import load_reference
from pipelines.warehouse.read_file import Reader, ReadItem, read_one
from pipelines.warehouse.reading import reader_of
from tests.fire import broken_files

SECONDS, MEGABYTES = 20.0, 1200.0
"""What one file may take: more is a fault."""
BATCH = 100


@dataclass(slots=True)
class Figures:
    """What came of the files."""

    files: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    """Rows by state and rule."""
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)


def _item(file: RawFile) -> ReadItem:
    try:
        hashes = fingerprint(file, {})
        return ReadItem(
            file, hashes.content_sha256, hashes.submission_id, file.problem, dict(file.problem_params), False
        )
    except Unreadable as refused:
        return ReadItem(file, "", file.source_file, refused.rule_id, {}, False)


def read(files: list[RawFile], reader: Reader) -> Figures:
    """Read files one by one and look at what came of each."""
    figures = Figures()
    for file in files:
        figures.files += 1
        name = file.source_file.rsplit("/", 1)[-1]
        forget_peak()
        before, begun = peak_mb(), time.process_time()
        try:
            outcome = read_one(_item(file), reader)
        except Exception as error:
            figures.faults.append(f"{name}: {type(error).__name__}: {error}")
            continue
        seconds, more = time.process_time() - begun, peak_mb() - before
        figures.slowest = max(figures.slowest, (seconds, name))
        figures.largest = max(figures.largest, (more, name))
        if seconds > SECONDS or more > MEGABYTES:
            figures.faults.append(f"{name}: {seconds:.1f} s, {more:.0f} MB")
        if not outcome.submissions:
            figures.faults.append(f"{name}: no row")
        for row in outcome.submissions:
            figures.rows[f"{row['intake']} {row['rule_id'] or ''}".strip()] += 1
            if row["intake"] in ("quarantined", "unrecognised") and not (row["reason"] or "").strip():
                figures.faults.append(f"{name}: no reason")
            if row["rule_id"] == "RD-LOI-DOC":
                figures.faults.append(f"{name}: {row['reason']}")
    return figures


def _batch(files: list[RawFile]) -> Figures:
    return read(files, reader_of(load_reference(PROJECT / "data" / "reference")))


def run(raw: Path, count: int, seed: int, processes: int = 2) -> Figures:
    """Write and read so many broken files."""
    entries = broken_files.write(raw, count, seed)
    files = scan(raw)
    total = Figures()
    if len(files) != entries:
        total.faults.append(f"{entries} entries, {len(files)} found")
    batches = [files[first : first + BATCH] for first in range(0, len(files), BATCH)]
    with get_context("spawn").Pool(processes, maxtasksperchild=4) as pool:
        for one in pool.imap_unordered(_batch, batches):
            total.files += one.files
            total.rows += one.rows
            total.slowest, total.largest = max(total.slowest, one.slowest), max(total.largest, one.largest)
            total.faults += one.faults
    return total


def main() -> None:
    """Print the figures; exit 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        figures = run(Path(folder), asked.files, asked.seed, asked.processes)
    print(f"files {figures.files}, slowest {figures.slowest}, largest {figures.largest}")
    print(*(f"{count:6d} {told}" for told, count in figures.rows.most_common()), sep="\n")
    print(f"faults {len(figures.faults)}", *figures.faults[:40], sep="\n")
    sys.exit(1 if figures.faults else 0)


if __name__ == "__main__":
    main()
