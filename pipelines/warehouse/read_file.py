"""Reading one file, or some of them: each ends as an outcome, whatever is wrong with it.

Processes that help reading import this module and little else, so that they start quickly.
"""

from __future__ import annotations

import gc
import hashlib
import json
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext, frames, polars_schema
from pipelines.forms.registry import Catalogue
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.inbox.archive import is_archive, members
from pipelines.inbox.document import Unreadable
from pipelines.inbox.read import read_document
from pipelines.inbox.register import RawFile, read_bytes, submission_id


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
    sentences: dict[str, str]
    """Reading rule -> why a file was not read, and what to do; {names} in it are filled in."""

    def reason(self, rule_id: str, params: dict[str, str]) -> dict[str, Any]:
        """Why a file was not read, in the columns of ``raw.submissions``."""
        return {
            "rule_id": rule_id,
            "reason": self.sentences[rule_id].format_map(params),
            "params": json.dumps({**params, "said_by": rule_id}, ensure_ascii=False, sort_keys=True),
            "rows_read": 0,
        }


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files after reading: their rows as the raw tables, which travel between processes cheaply."""

    files: int
    rows_read: int
    tables: dict[str, pl.DataFrame]


@lru_cache(maxsize=1)
def unpacked(reader: bytes) -> Reader:
    """A pickled reader, unpacked once in a process."""
    found: Reader = pickle.loads(reader)  # noqa: S301 -- made by the process that started this one
    gc.freeze()  # it stays as long as the process does: no collection of what files leave looks at it
    return found


def start() -> None:
    """What a helping process does first: nothing but importing this module."""


def read_for(reader: bytes, items: list[ReadItem]) -> Chunk:
    """Read some files in a helping process.

    Args:
        reader: the pickled reader; it comes with every chunk and is unpacked once.
        items: the files.
    """
    return read_chunk(items, unpacked(reader))


def read_chunk(items: list[ReadItem], reader: Reader) -> Chunk:
    """Read some files; never raises for what is in them."""
    outcomes = [read_one(item, reader) for item in items]
    return Chunk(len(items), sum(outcome.rows_read for outcome in outcomes), Outcome.tables(outcomes))


def read_one(item: ReadItem, reader: Reader) -> Outcome:
    """Read one file; never raises for what is in it."""
    outcome = Outcome()
    if item.waiting:
        outcome.submissions.append(_row(item, "waiting"))
        return outcome
    if item.problem is not None:
        outcome.submissions.append(refused(item, reader, item.problem, item.params))
        return outcome
    try:
        data = read_bytes(item.file)
        inside = list(members(data)) if is_archive(data) else None
    except Unreadable as problem:
        outcome.submissions.append(refused(item, reader, problem.rule_id, problem.params))
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
    except Unreadable as problem:
        outcome.submissions.append(
            row | reader.reason(problem.rule_id, problem.params) | {"intake": "quarantined"}
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
    if reading.only_pictures:
        return reader.reason("RD-KHONG-NHAN-DANG-ANH", {"so": str(reading.only_pictures)})
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
        "params": None,
        "form_id": None,
        "rows_read": None,
        "is_present": True,
    }


def refused(item: ReadItem, reader: Reader, rule_id: str, params: dict[str, str]) -> dict[str, Any]:
    """The row of a file that is quarantined."""
    return _row(item, "quarantined") | reader.reason(rule_id, params)
