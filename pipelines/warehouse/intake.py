"""The raw folder into ``raw.*``: register every file, read what is new or changed, keep the rest as read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from pipelines.common import digest
from pipelines.common.bars import Bar
from pipelines.common.transaction import transaction
from pipelines.contracts.raw import RAW
from pipelines.inbox.document import Unreadable
from pipelines.inbox.register import UNREADABLE, Fingerprint, HashCache, RawFile, fingerprint, scan
from pipelines.night.request import NightRequest
from pipelines.warehouse import staging
from pipelines.warehouse.read_file import Chunk, ReadItem
from pipelines.warehouse.reading import read_all

Read = Callable[[list[ReadItem], Path], Iterator[Chunk]]
"""Reads files, given the folder of the reference data; chunks come as they are done."""
ROW_TABLES = [name for name in RAW if name != "submissions"]
WRITE_EVERY = 2000
"""Files read before their rows are written: bounds memory on a first night of many files."""
TRIED_AGAIN = [UNREADABLE, "RD-LOI-DOC"]
"""Reasons that may lie with the machine: such a file is read anew each night."""


@dataclass(slots=True)
class Taken:
    """What the intake of one night came to."""

    files: int = 0
    files_read: int = 0
    files_unchanged: int = 0
    rows_read: int = 0

    def figures(self) -> dict[str, int]:
        """As metadata and for the summary."""
        return {
            "files": self.files,
            "files_read": self.files_read,
            "files_unchanged": self.files_unchanged,
            "rows_read_tonight": self.rows_read,
        }


def take_in(request: NightRequest, run_id: str, bar: Bar, read: Read = read_all) -> Taken:
    """Bring ``raw.*`` and ``meta.night`` up to the state of the raw folder.

    Args:
        request: the night; files received after its ``as_of`` are recorded, not read.
        run_id: of Dagster, kept in ``meta.night``.
        bar: told how many files there are to read.
        read: reads them; every core of this machine does, unless told otherwise.

    Returns:
        Counts of files and rows.
    """
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        _forget_if_reader_changed(connection, digest.reader_version(request.reference))
        known = _known(connection)
        files = _seen(request.raw, known)
        fresh = [file for file in files if _must_read(file, known, request.as_of)]
        taken = Taken(files=len(files), files_read=len(fresh), files_unchanged=len(files) - len(fresh))
        bar.total(len(fresh))
        _forget_changed(connection, files)
        placed = _places(connection)
        items = [_item(file, placed, request.as_of) for file in fresh]
        pending: list[Chunk] = []
        for chunk in read(items, request.reference):
            pending.append(chunk)
            taken.rows_read += chunk.rows_read
            bar.advance(chunk.files)
            if sum(waiting.files for waiting in pending) >= WRITE_EVERY:
                _write(connection, pending)
                pending = []
        _write(connection, pending)
        _note_states(connection, files)
        staging.note_night(
            connection,
            request,
            run_id,
            digest.code_version(),
            _input_digest(request, files, _decided(connection)),
        )
    return taken


def _forget_if_reader_changed(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    """Other code or form data may read the same bytes otherwise: then everything is read again."""
    row = next(iter(connection.execute("SELECT digest FROM meta.reader").fetchall()), None)
    if row and row[0] == version:
        return
    with transaction(connection):
        for table in ROW_TABLES:
            connection.execute(f"DELETE FROM raw.{table}")
        connection.execute("DELETE FROM raw.submissions WHERE is_present")
        connection.execute("DELETE FROM meta.file_states")
        connection.execute("DELETE FROM meta.reader")
        connection.execute("INSERT INTO meta.reader VALUES (?)", [version])


@dataclass(frozen=True, slots=True)
class _Known:
    """What an earlier night knows of a file."""

    byte_size: int
    mtime_ns: int
    hashes: Fingerprint
    is_read: bool
    """False where it was received after that night."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file of the raw folder with its hashes."""

    file: RawFile
    hashes: Fingerprint


def _known(connection: duckdb.DuckDBPyConnection) -> dict[str, _Known]:
    rows = connection.execute(
        "SELECT f.source_file, f.byte_size, f.modified_ns, f.content_sha256, f.submission_id, "
        "s.intake <> 'waiting' "
        "FROM meta.file_states AS f JOIN raw.submissions AS s USING (submission_id)"
    ).fetchall()
    return {row[0]: _Known(row[1], row[2], Fingerprint(row[3], row[4]), row[5]) for row in rows}


def _seen(raw: Path, known: dict[str, _Known]) -> list[_Seen]:
    """Every file with its hashes; what has the size and time of an earlier night is not hashed again."""
    seen = []
    for file in scan(raw):
        state = known.get(file.source_file)
        cache: HashCache = {}
        if state is not None:
            cache[(os.fspath(file.path), state.byte_size, state.mtime_ns)] = state.hashes
        try:
            hashes = fingerprint(file, cache)
        except Unreadable as refused:
            file = replace(file, problem=refused.rule_id)
            hashes = fingerprint(file, cache)
        seen.append(_Seen(file, hashes))
    return seen


def _must_read(seen: _Seen, known: dict[str, _Known], as_of: date) -> bool:
    state = known.get(seen.file.source_file)
    if state is None or state.hashes != seen.hashes:
        return True
    return not state.is_read and (seen.file.received_on is None or seen.file.received_on <= as_of)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which folders the layout allows."""

    programmes: set[str]
    programme_of_unit: dict[str, str]


def _places(connection: duckdb.DuckDBPyConnection) -> _Places:
    units = connection.execute("SELECT unit_code, programme_id FROM ref.units").fetchall()
    programmes = connection.execute("SELECT programme_id FROM ref.programmes").fetchall()
    return _Places({row[0] for row in programmes}, dict(units))


def _item(seen: _Seen, places: _Places, as_of: date) -> ReadItem:
    file = seen.file
    problem, params = file.problem, dict(file.problem_params)
    if problem is None:
        programme, unit = file.programme_id or "", file.unit_code or ""
        belongs = places.programme_of_unit.get(unit)
        if programme not in places.programmes:
            problem, params = "RD-CHUONG-TRINH", {"ma": programme}
        elif belongs is None:
            problem, params = "RD-DON-VI", {"ma": unit}
        elif belongs != programme:
            problem, params = "RD-DON-VI-KHAC", {"ma": unit, "chuong_trinh": programme, "dung": belongs}
    return ReadItem(
        file=file,
        content_sha256=seen.hashes.content_sha256,
        submission_id=seen.hashes.submission_id,
        problem=problem,
        params=params,
        waiting=problem is None and file.received_on is not None and file.received_on > as_of,
    )


def _forget_changed(connection: duckdb.DuckDBPyConnection, files: list[_Seen]) -> None:
    """Files that vanished or changed keep their row in submissions, as no longer present; rows go."""
    here = pl.DataFrame(
        {"submission_id": [seen.hashes.submission_id for seen in files]}, schema={"submission_id": pl.String}
    )
    connection.register("here", here.to_arrow())
    with transaction(connection):
        # a zip's members live and vanish with it
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE gone AS SELECT s.submission_id FROM raw.submissions AS s "
            "LEFT JOIN raw.submissions AS zip ON zip.intake = 'container' "
            "  AND starts_with(s.source_file, zip.source_file || '!') "
            "WHERE coalesce(zip.submission_id, s.submission_id) NOT IN (SELECT submission_id FROM here)"
        )
        connection.execute(
            "UPDATE raw.submissions SET is_present = submission_id NOT IN (SELECT submission_id FROM gone)"
        )
        for table in ROW_TABLES:
            connection.execute(
                f"DELETE FROM raw.{table} WHERE submission_id IN (SELECT submission_id FROM gone)"
            )
    connection.unregister("here")


def _write(connection: duckdb.DuckDBPyConnection, chunks: list[Chunk]) -> None:
    if not chunks:
        return
    tables = {name: pl.concat([chunk.tables[name] for chunk in chunks]) for name in RAW}
    ids = tables["submissions"].select("submission_id")
    connection.register("fresh_ids", ids.to_arrow())
    with transaction(connection):
        for name in RAW:
            connection.execute(
                f"DELETE FROM raw.{name} WHERE submission_id IN (SELECT submission_id FROM fresh_ids)"
            )
            staging.append(connection, f"raw.{name}", tables[name])
    connection.unregister("fresh_ids")


def _note_states(connection: duckdb.DuckDBPyConnection, files: list[_Seen]) -> None:
    states = pl.DataFrame(
        {
            "source_file": [seen.file.source_file for seen in files],
            "byte_size": [seen.file.byte_size for seen in files],
            "modified_ns": [seen.file.mtime_ns for seen in files],
            "content_sha256": [seen.hashes.content_sha256 for seen in files],
            "submission_id": [seen.hashes.submission_id for seen in files],
        },
        schema={
            "source_file": pl.String,
            "byte_size": pl.Int64,
            "modified_ns": pl.Int64,
            "content_sha256": pl.String,
            "submission_id": pl.String,
        },
    )
    with transaction(connection):
        connection.execute("DELETE FROM meta.file_states")
        staging.append(connection, "meta.file_states", states)
        # what could not be read may be readable tomorrow, with the same size and time
        connection.execute(
            "DELETE FROM meta.file_states WHERE submission_id IN "
            "(SELECT submission_id FROM raw.submissions WHERE rule_id IN ?)",
            [TRIED_AGAIN],
        )


def _decided(connection: duckdb.DuckDBPyConnection) -> str:
    """What officers let pass and confirmed, wherever they did."""
    tables = ("waivers", "rule_confirmations")
    return repr([connection.execute(f"FROM ref.{table} ORDER BY ALL").fetchall() for table in tables])


def _input_digest(request: NightRequest, files: list[_Seen], decided: str) -> str:
    """SHA-256 over what the night counts: files up to ``as_of``, reference data, settings, decisions."""
    total = hashlib.sha256()
    for seen in files:
        if seen.file.received_on is None or seen.file.received_on <= request.as_of:
            total.update(f"{seen.file.source_file}\0{seen.hashes.content_sha256}\n".encode())
    total.update(digest.of_files([request.reference, request.settings]).encode())
    total.update(decided.encode())
    return total.hexdigest()
