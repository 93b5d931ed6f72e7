"""Files read by the executors with the project's own reader; their rows are Parquet in the shared folder."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from uuid import uuid4

import polars as pl
import pyarrow as pa
from pyspark.sql import SparkSession

from pipelines.common import digest
from pipelines.contracts.raw import RAW
from pipelines.reference.load import load_reference
from pipelines.sentences import text
from pipelines.warehouse.read_file import Chunk, Outcome, ReadItem
from pipelines.warehouse.reading import Apart, chunks_of, reader_of

ANSWER = "number BIGINT, why STRING"
"""Of a chunk: why its executor cannot read it, or NULL: its rows are in the shared folder."""
LOOKS = 0.5
"""Seconds between two looks at what is done."""


class Unfit(Exception):
    """An executor cannot read for this night; the message says why in Vietnamese."""


def read_on(session: SparkSession, items: list[ReadItem], reference: Path, folder: Path) -> Iterator[Chunk]:
    """Read files on the executors of a session; chunks come as they are done.

    Args:
        session: our own.
        items: the files; every executor sees them under the same path.
        reference: the folder of the reference data.
        folder: where every executor may write and this process read; it is gone afterwards.

    Raises:
        Unfit: an executor does not see the files or the folder, or reads them with other code.
    """
    shutil.rmtree(folder, ignore_errors=True)
    tonight = folder / uuid4().hex  # executors of a night that was killed may still write to its own
    tonight.mkdir(parents=True)
    chunks = list(chunks_of(items, session.sparkContext.defaultParallelism))
    packed = pickle.dumps(reader_of(load_reference(reference)))
    known = session.sparkContext.broadcast((packed, chunks))
    code = digest.reader_code()

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader, listed = known.value
        for batch in batches:
            for number in batch.column("id").to_pylist():
                why = _unfit(code, tonight, listed[number][0].file.top)
                if why is None:
                    _read(listed[number], reader, tonight, _place(tonight, number))
                yield _answer(number, why)

    # one task a chunk: what is lost with an executor is little
    tasks = session.range(0, len(chunks), 1, len(chunks)).mapInArrow(read, ANSWER)
    left = set(range(len(chunks)))
    with ThreadPoolExecutor(1) as aside:
        answers = aside.submit(tasks.collect)
        try:
            while not answers.done():
                wait([answers], LOOKS)
                there = set(os.listdir(tonight))  # a chunk is whole or not at all
                for number in [number for number in left if _place(tonight, number).name in there]:
                    left.remove(number)
                    yield _taken(_place(tonight, number), len(chunks[number]))
            for number, why in answers.result():
                if why is not None:
                    raise Unfit(why)
                if number in left:
                    yield _taken(_place(tonight, number), len(chunks[number]))
        finally:
            if not answers.done():
                session.sparkContext.cancelAllJobs()
    shutil.rmtree(folder)


def _place(folder: Path, number: int) -> Path:
    return folder / f"chunk-{number}"


def _taken(place: Path, files: int) -> Chunk:
    """The rows of a chunk; its Parquet is not needed any more."""
    tables = Outcome.tables([])
    for name in RAW:
        if (place / f"{name}.parquet").exists():
            tables[name] = pl.read_parquet(place / f"{name}.parquet", memory_map=False)
    shutil.rmtree(place)
    return Chunk(files, int(tables["submissions"]["rows_read"].sum()), tables)


def _answer(number: int, why: str | None) -> pa.RecordBatch:
    columns = {"number": pa.array([number], pa.int64()), "why": pa.array([why], pa.string())}
    return pa.RecordBatch.from_pydict(columns)


_apart = Apart()
"""Of each process of Python, the one that reads for it: a file that kills it kills no task of Spark's."""


def _unfit(code: str, *folders: Path) -> str | None:
    """Why this executor cannot read for a night: what was packed is older, or it does not see a folder."""
    if digest.reader_code() != code:
        return text("engines.other_code")
    unseen = next((folder for folder in folders if not folder.is_dir()), None)
    return None if unseen is None else text("engines.not_shared", folder=unseen)


def _read(chunk: list[ReadItem], reader: bytes, folder: Path, place: Path) -> None:
    """Read a chunk in an executor; its rows come to their place whole, however often a task is tried."""
    read = list(_apart.read(chunk, reader))
    unfinished = folder / f".{uuid4().hex}"
    unfinished.mkdir()
    for name in RAW:
        rows = pl.concat([one.tables[name] for one in read])
        if not rows.is_empty():
            rows.write_parquet(unfinished / f"{name}.parquet")
    try:
        os.rename(unfinished, place)
    except OSError:  # another try of this task was faster
        if not place.exists():
            raise
        shutil.rmtree(unfinished)
