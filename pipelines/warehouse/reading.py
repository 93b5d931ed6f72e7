"""Reading many files with every core."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pipelines.common.processes import pool
from pipelines.forms.registry import load_catalogue
from pipelines.forms.values.reference_values import reference_values
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.warehouse.read_file import (
    Chunk,
    Outcome,
    Reader,
    ReadItem,
    read_chunk,
    read_for,
    refused,
    start,
    unpacked,
)

MOST_FILES, MOST_BYTES = 40, 4_000_000
"""What a process reads at most before it hands over the rows."""
PARTS, LEAST_FILES = 4, 4
"""Each process gets so small a part of what is left to read, and at last so few files: none waits long."""
FEW = 10
"""So few files are read in this process alone: another costs half a second to start."""
FEW_PLAIN, LITTLE = 300, 3_000_000
"""So many, too, of so few bytes, where all are plain text: no library is asked that could end the process."""
PLAIN = ".csv"
AHEAD = 2
"""Chunks each helping process has at hand."""


def reader_of(reference: Reference) -> Reader:
    """The catalogue of forms with the look-up texts and sentences of reference data."""
    sentences = {
        rule.id: f"{rule.message_vi} {rule.how_to_fix_vi}" for rule in reference.reading_rules.values()
    }
    return Reader(load_catalogue(reference.folder), reference_values(reference), sentences)


def read_all(items: list[ReadItem], reference: Path) -> Iterator[Chunk]:
    """Read files with every core: this process reads too, while others start and read their share.

    Chunks come as they are done. A file that kills the process that reads it is set aside; the others of
    its chunk are read again.
    """
    helpers = (os.cpu_count() or 1) - 1
    chunks = deque(chunks_of(items, helpers + 1))
    if not helpers or _are_few(items):
        reader = reader_of(load_reference(reference))
        yield from (read_chunk(chunk, reader) for chunk in chunks)
        return
    with pool(helpers) as helping:
        for _ in range(helpers):
            helping.submit(start)  # they start while the reference data are read
        reader = reader_of(load_reference(reference))
        packed = pickle.dumps(reader)
        given: deque[tuple[list[ReadItem], Future[Chunk] | None]] = deque()
        while chunks or given:
            while chunks and len(given) < AHEAD * helpers:
                given.append(_give(helping, packed, chunks.popleft()))
            if chunks and (given[0][1] is None or not given[0][1].done()):
                yield read_chunk(chunks.popleft(), reader)
            else:
                yield from _taken(*given.popleft(), packed)


def _are_few(items: list[ReadItem]) -> bool:
    return len(items) <= FEW or (
        len(items) <= FEW_PLAIN
        and all(one.file.path.suffix.lower() == PLAIN for one in items)
        and sum(one.file.byte_size for one in items) <= LITTLE
    )


def chunks_of(items: list[ReadItem], processes: int) -> Iterator[list[ReadItem]]:
    """The files in chunks, which grow smaller towards the end."""
    first = 0
    while first < len(items):
        most = min(MOST_FILES, max(LEAST_FILES, (len(items) - first) // (PARTS * processes)))
        end, held = first + 1, items[first].file.byte_size
        while end < min(first + most, len(items)) and held + items[end].file.byte_size <= MOST_BYTES:
            held += items[end].file.byte_size
            end += 1
        yield items[first:end]
        first = end


def _give(
    helping: ProcessPoolExecutor, packed: bytes, chunk: list[ReadItem]
) -> tuple[list[ReadItem], Future[Chunk] | None]:
    """Hand a chunk to a process; None where the pool is broken."""
    try:
        return chunk, helping.submit(read_for, packed, chunk)
    except BrokenProcessPool:
        return chunk, None


def _taken(chunk: list[ReadItem], future: Future[Chunk] | None, packed: bytes) -> Iterator[Chunk]:
    try:
        if future is not None:
            yield future.result()
            return
    except BrokenProcessPool:
        pass
    for item in chunk:
        yield _read_alone(item, packed)


def _read_alone(item: ReadItem, packed: bytes) -> Chunk:
    with pool(1) as helping:
        try:
            return helping.submit(read_for, packed, [item]).result()
        except BrokenProcessPool as error:
            row = refused(item, unpacked(packed), "RD-LOI-DOC", {"loi": str(error)})
            return Chunk(1, 0, Outcome.tables([Outcome(submissions=[row])]))


class Apart:
    """One process that reads for this one: begun with the first files, anew after a file that killed it."""

    def __init__(self) -> None:
        self._helping: ProcessPoolExecutor | None = None

    def read(self, chunk: list[ReadItem], packed: bytes) -> Iterator[Chunk]:
        """Read files; one that kills the process is set aside, the others are read again.

        Args:
            chunk: the files.
            packed: the pickled reader.
        """
        if self._helping is None:
            self._helping = pool(1)
        _, future = _give(self._helping, packed, chunk)
        if future is None or isinstance(future.exception(), BrokenProcessPool):
            self._helping = None
        yield from _taken(chunk, future, packed)
