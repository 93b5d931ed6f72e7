"""Reading many files with every core: each file ends as an outcome, whatever is wrong with it."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext, frames, polars_schema
from pipelines.forms.reference_values import ReferenceValues, reference_values
from pipelines.forms.registry import Catalogue, load_catalogue
from pipelines.inbox.archive import is_archive, members
from pipelines.inbox.document import Unreadable
from pipelines.inbox.read import read_document
from pipelines.inbox.register import RawFile, read_bytes, submission_id
from pipelines.reference.load import load_reference
from pipelines.reference.reading_rules import ReadingRule
from pipelines.reference.reference import Reference

CHUNK = 16
"""Files a process reads before it hands over their rows."""
FEW = 2
"""So few chunks are read in this process alone: starting others would take longer."""
AHEAD = 2
"""Chunks each helping process has at hand."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One file of the raw folder and what is already known against reading it."""

    file: RawFile
    content_sha256: str
    submission_id: str
    problem: str | None
    """Reading rule that sends it to quarantine unread."""
    params: dict[str, str]
    waiting: bool
    """Received after the night: recorded, not read."""


@dataclass(slots=True)
class Outcome:
    """One file after reading: rows of ``raw.submissions`` (the file, and each member of a zip), readings."""

    submissions: list[dict[str, Any]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """Data rows of all its forms."""
        return sum(reading.rows_read for reading in self.readings)

    @staticmethod
    def tables(outcomes: Iterable[Outcome]) -> dict[str, pl.DataFrame]:
        """The raw tables of many outcomes."""
        several = list(outcomes)
        tables = frames(reading for outcome in several for reading in outcome.readings)
        rows = [row for outcome in several for row in outcome.submissions]
        tables["submissions"] = pl.DataFrame(rows, schema=polars_schema("submissions"), orient="row")
        return tables


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs to know of the forms and the reference data."""

    catalogue: Catalogue
    values: ReferenceValues
    rules: dict[str, ReadingRule]

    @classmethod
    def of(cls, reference: Reference) -> Reader:
        """The catalogue of forms with the look-up texts of reference data."""
        return cls(load_catalogue(), reference_values(reference), reference.reading_rules)

    def reason(self, rule_id: str, params: dict[str, str]) -> dict[str, Any]:
        """Why a file was not read, in the columns of ``raw.submissions``."""
        rule = self.rules[rule_id]
        told = f"{rule.message_vi} {rule.how_to_fix_vi}".format_map(params)
        return {"rule_id": rule_id, "reason": told, "rows_read": 0}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files after reading: their rows as the raw tables, which travel between processes cheaply."""

    files: int
    rows_read: int
    tables: dict[str, pl.DataFrame]


_READERS: list[Reader] = []
"""The reader of a worker process, set when it starts."""


def read_all(items: list[ReadItem], reference: Path) -> Iterator[Chunk]:
    """Read files with every core: this process reads too, while others start and read their share.

    Chunks come as they are done. A file that kills the process that reads it is set aside; the others of
    its chunk are read again.
    """
    reader = Reader.of(load_reference(reference))
    chunks = deque(items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
    helpers = (os.cpu_count() or 1) - 1
    if len(chunks) < FEW or not helpers:
        yield from (_read_chunk(chunk, reader) for chunk in chunks)
        return
    with _pool(reader, helpers) as pool:
        given: deque[tuple[list[ReadItem], Future[Chunk] | None]] = deque()
        while chunks or given:
            while chunks and len(given) < AHEAD * helpers:
                given.append(_give(pool, chunks.popleft()))
            if chunks and (given[0][1] is None or not given[0][1].done()):
                yield _read_chunk(chunks.popleft(), reader)
            else:
                yield from _taken(*given.popleft(), reader)


def _give(pool: ProcessPoolExecutor, chunk: list[ReadItem]) -> tuple[list[ReadItem], Future[Chunk] | None]:
    """Hand a chunk to a process; None where the pool is broken."""
    try:
        return chunk, pool.submit(_read_in_worker, chunk)
    except BrokenProcessPool:
        return chunk, None


def _taken(chunk: list[ReadItem], future: Future[Chunk] | None, reader: Reader) -> Iterator[Chunk]:
    try:
        if future is not None:
            yield future.result()
            return
    except BrokenProcessPool:
        pass
    for item in chunk:
        yield _read_alone(item, reader)


def _pool(reader: Reader, workers: int | None) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(reader,)
    )


def _start_worker(reader: Reader) -> None:
    _READERS.append(reader)


def _read_in_worker(items: list[ReadItem]) -> Chunk:
    return _read_chunk(items, _READERS[0])


def _read_chunk(items: list[ReadItem], reader: Reader) -> Chunk:
    outcomes = [read_one(item, reader) for item in items]
    return Chunk(len(items), sum(outcome.rows_read for outcome in outcomes), Outcome.tables(outcomes))


def _read_alone(item: ReadItem, reader: Reader) -> Chunk:
    with _pool(reader, 1) as pool:
        try:
            return pool.submit(_read_in_worker, [item]).result()
        except BrokenProcessPool as error:
            refused = _refused(item, reader, "RD-LOI-DOC", {"loi": str(error)})
            return Chunk(1, 0, Outcome.tables([Outcome(submissions=[refused])]))


def read_one(item: ReadItem, reader: Reader) -> Outcome:
    """Read one file; never raises for what is in it."""
    outcome = Outcome()
    if item.waiting:
        outcome.submissions.append(_row(item, "waiting"))
        return outcome
    if item.problem is not None:
        outcome.submissions.append(_refused(item, reader, item.problem, item.params))
        return outcome
    try:
        data = read_bytes(item.file)
        inside = list(members(data)) if is_archive(data) else None
    except Unreadable as refused:
        outcome.submissions.append(_refused(item, reader, refused.rule_id, refused.params))
        return outcome
    if inside is None:
        _read_bytes(outcome, item, reader, data, _row(item, "read"))
        return outcome
    outcome.submissions.append(_row(item, "container") | {"rows_read": 0})
    for member in inside:
        source_file = f"{item.file.source_file}!{member.name}"
        row = _row(item, "read") | {
            "source_file": source_file,
            "submission_id": submission_id(source_file, member.data),
            "file_name": member.name.rsplit("/", 1)[-1],
            "content_sha256": hashlib.sha256(member.data).hexdigest(),
            "byte_size": len(member.data),
        }
        if member.problem is not None:
            told = reader.reason(member.problem.rule_id, member.problem.params)
            outcome.submissions.append(row | told | {"intake": "quarantined"})
        else:
            _read_bytes(outcome, item, reader, member.data, row)
    return outcome


def _read_bytes(outcome: Outcome, item: ReadItem, reader: Reader, data: bytes, row: dict[str, Any]) -> None:
    context = SubmissionContext(
        submission_id=row["submission_id"],
        file_name=row["file_name"],
        programme_id=row["programme_id"],
        unit_code=row["unit_code"],
        received_on=row["received_on"],
    )
    try:
        document = read_document(row["file_name"], data)
        reading = read_submission(document, context, reader.catalogue, reader.values)
    except Unreadable as refused:
        outcome.submissions.append(
            row | reader.reason(refused.rule_id, refused.params) | {"intake": "quarantined"}
        )
        return
    except Exception as error:
        # A file nobody foresaw must not end the night: it is set aside with what went wrong.
        params = {"loi": f"{type(error).__name__}: {error}"[:300]}
        outcome.submissions.append(row | reader.reason("RD-LOI-DOC", params) | {"intake": "quarantined"})
        return
    if not reading.recognised:
        outcome.submissions.append(row | _unrecognised(reader, reading) | {"intake": "unrecognised"})
        return
    outcome.submissions.append(row | {"form_id": reading.form_id, "rows_read": reading.rows_read})
    outcome.readings.append(reading)


def _unrecognised(reader: Reader, reading: Reading) -> dict[str, Any]:
    if reading.nearest_form is None:
        return reader.reason("RD-KHONG-NHAN-DANG", {})
    nearest = reader.catalogue.forms[reading.nearest_form].official_label
    lacks = "; ".join(reading.nearest_lacks)
    return reader.reason("RD-KHONG-NHAN-DANG-GAN", {"bieu": nearest, "thieu": lacks})


def _row(item: ReadItem, intake: str) -> dict[str, Any]:
    file = item.file
    return {
        "submission_id": item.submission_id,
        "source_file": file.source_file,
        "programme_id": file.programme_id,
        "unit_code": file.unit_code,
        "received_on": file.received_on,
        "file_name": file.file_name,
        "content_sha256": item.content_sha256,
        "byte_size": file.byte_size,
        "intake": intake,
        "rule_id": None,
        "reason": None,
        "form_id": None,
        "rows_read": None,
        "is_present": True,
    }


def _refused(item: ReadItem, reader: Reader, rule_id: str, params: dict[str, str]) -> dict[str, Any]:
    return _row(item, "quarantined") | reader.reason(rule_id, params)
