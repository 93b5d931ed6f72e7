"""Files read by the executors with the project's own reader; their rows are Parquet in the shared folder."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import polars as pl
import pyarrow as pa
from pyspark.sql import SparkSession

from pipelines.contracts.raw import RAW
from pipelines.reference.load import load_reference
from pipelines.warehouse.read_file import Chunk, ReadItem
from pipelines.warehouse.reading import Apart, chunks_of, reader_of

ANSWER = "number BIGINT, files BIGINT, rows_read BIGINT"
"""What a chunk comes to; its rows are in the folder."""


def read_on(session: SparkSession, items: list[ReadItem], reference: Path, folder: Path) -> Iterator[Chunk]:
    """Read files on the executors of a session.

    Args:
        session: our own.
        items: the files; every executor sees them under the same path.
        reference: the folder of the reference data.
        folder: where every executor may write and this process read.
    """
    executors = max(session.sparkContext.defaultParallelism, 1)
    chunks = list(chunks_of(items, executors))
    if not chunks:
        return
    packed = pickle.dumps(reader_of(load_reference(reference)))
    known = session.sparkContext.broadcast((packed, chunks))

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader, listed = known.value
        for batch in batches:
            for number in batch.column("id").to_pylist():
                yield _read(listed[number], reader, folder, number)

    # one task a chunk: what is lost with an executor is little
    numbers = session.range(0, len(chunks), 1, len(chunks))
    for number, files, rows in sorted(map(tuple, numbers.mapInArrow(read, ANSWER).collect())):
        place = _place(folder, number)
        yield Chunk(files, rows, {name: pl.read_parquet(place / f"{name}.parquet") for name in RAW})


def _place(folder: Path, number: int) -> Path:
    return folder / f"chunk-{number}"


_apart = Apart()
"""Of each process of Python, the one that reads for it: a file that kills it kills no task of Spark's."""


def _read(chunk: list[ReadItem], reader: bytes, folder: Path, number: int) -> pa.RecordBatch:
    read = list(_apart.read(chunk, reader))
    unfinished = folder / f".{uuid4().hex}"
    unfinished.mkdir(parents=True)
    for name in RAW:
        pl.concat([one.tables[name] for one in read]).write_parquet(unfinished / f"{name}.parquet")
    try:
        os.rename(unfinished, _place(folder, number))
    except OSError:  # another try of this task was faster
        if not _place(folder, number).exists():
            raise
    answer = {
        "number": [number],
        "files": [sum(one.files for one in read)],
        "rows_read": [sum(one.rows_read for one in read)],
    }
    return pa.RecordBatch.from_pydict(answer)
