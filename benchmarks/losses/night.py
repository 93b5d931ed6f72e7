"""Files read and judged as one night would do it: the same readers, models and findings, in memory.

Each file is sent by a unit of its own, so that none supersedes or repeats another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.check.bench import Bench
from pipelines.check.built import Built
from pipelines.common.paths import PROJECT
from pipelines.forms.reading import Reading
from pipelines.inbox.register import RawFile
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables
from pipelines.warehouse.read_file import Outcome, ReadItem, read_one
from pipelines.warehouse.reading import reader_of

RECEIVED = date(2025, 6, 1)
WEIGHTY = ("blocking", "warning")
ACROSS = frozenset(
    f"CP-ALL-{name}" for name in ("HAI-CT", "HAI-DE-NGHI", "HAI-LAN", "HAI-NOI", "THU-HOI", "THU-HOI-NHIEU")
)
"""What is judged over units: here many units send one right file, and lists that take back meet all."""


@dataclass(slots=True)
class Sent:
    """A file as a unit sends it, and what the night made of it."""

    programme_id: str
    name: str
    data: bytes
    readings: list[Reading] = field(default_factory=list)
    refused: str | None = None
    findings: list[tuple[str, str]] = field(default_factory=list)
    """Rule and message of each finding of weight."""


def night(files: list[Sent], folder: Path) -> None:
    """Read and judge the files; fills in what became of each.

    Args:
        files: the files.
        folder: an empty folder to lay them in.
    """
    reference = load_reference(PROJECT / "data" / "reference")
    tables = law_tables(reference, load_settings(PROJECT / "settings.yml", reference))
    reader = reader_of(reference)
    outcomes: list[Outcome] = []
    owners: dict[str, Sent] = {}
    units: dict[str, str] = {}
    for number, sent in enumerate(files):
        unit = f"THU-{number:05d}"
        units[unit] = sent.programme_id
        path = folder / f"{number:05d}{Path(sent.name).suffix}"
        path.write_bytes(sent.data)
        source = f"{sent.programme_id}/{unit}/{RECEIVED}/{sent.name}"
        digest = hashlib.sha256(source.encode()).hexdigest()
        raw = RawFile(source, path, sent.programme_id, unit, RECEIVED, len(sent.data), 0)
        outcome = read_one(
            ReadItem(raw, hashlib.sha256(sent.data).hexdigest(), digest, None, {}, False), reader
        )
        sent.readings = outcome.readings
        if not outcome.readings:
            sent.refused = outcome.submissions[-1]["reason"]
            continue
        outcomes.append(outcome)
        owners.update({row["submission_id"]: sent for row in outcome.submissions})
    tables["units"] = _with_units(tables["units"], units)
    findings, _ = Bench(tables, Built(tables)).judged(outcomes, RECEIVED)
    for row in findings.iter_rows(named=True):
        if row["severity"] in WEIGHTY and row["submission_id"] in owners and row["rule_id"] not in ACROSS:
            owners[row["submission_id"]].findings.append((row["rule_id"], row["message_vi"]))


def _with_units(known: pl.DataFrame, units: dict[str, str]) -> pl.DataFrame:
    """The list of units with one more for each file, like the first of its programme below the top."""
    patterns: dict[str, dict[str, object]] = {}
    for row in known.iter_rows(named=True):
        if row["parent_code"]:
            patterns.setdefault(row["programme_id"], row)
    rows = [{**patterns[programme], "unit_code": unit} for unit, programme in units.items()]
    return pl.concat([known, pl.DataFrame(rows, schema=known.schema)])


def by_rule(findings: list[tuple[str, str]]) -> dict[str, int]:
    """How many findings each rule has."""
    found: dict[str, int] = defaultdict(int)
    for rule, _ in findings:
        found[rule] += 1
    return dict(found)
