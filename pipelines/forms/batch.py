"""Reading many files at once, on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.reference_values import ReferenceValues
from pipelines.forms.registry import Catalogue, load_catalogue
from pipelines.inbox.document import Unreadable
from pipelines.inbox.read import read_document

CHUNK = 16
"""Files a process reads before it hands its results back."""
FEW = 24
"""Up to so many files one process is quicker: starting others costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read: where it came in, and its bytes or the path they are at."""

    context: SubmissionContext
    source: bytes | str


_worker: tuple[Catalogue, ReferenceValues] | None = None


def _start(reference: ReferenceValues) -> None:
    global _worker
    _worker = load_catalogue(), reference


def _read(item: Item, catalogue: Catalogue, reference: ReferenceValues) -> Reading:
    if isinstance(item.source, bytes):
        data = item.source
    else:
        with open(item.source, "rb") as handle:
            data = handle.read()
    try:
        document = read_document(item.context.file_name, data)
    except Unreadable as error:
        reading = Reading(item.context.submission_id, unreadable=error.rule_id)
        reading.find(error.rule_id, params=error.params or None)
        return reading
    return read_submission(document, item.context, catalogue, reference)


def _read_chunk(items: list[Item]) -> list[Reading]:
    if _worker is None:
        raise RuntimeError("the reading process was not started")
    return [_read(item, *_worker) for item in items]


def read_batch(
    items: Iterable[Item],
    reference: ReferenceValues,
    progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> Iterator[Reading]:
    """Read many files into rows of the raw tables, in the order given.

    Args:
        items: the files; members of a zip come as bytes.
        reference: the look-up texts, copied to every process.
        progress: told how many files are done, after each chunk.
        workers: processes; by default one for each core. Few files are read in this process.

    Yields:
        One reading for each file. A file that cannot be read has ``unreadable`` and its finding, and no rows.
    """
    waiting = iter(items)
    first = list(islice(waiting, FEW + 1))
    workers = workers or os.cpu_count() or 1
    done = 0
    if len(first) <= FEW or workers == 1:
        catalogue = load_catalogue()
        for chunk in (first, waiting):
            for item in chunk:
                yield _read(item, catalogue, reference)
                done += 1
                if progress:
                    progress(done)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (reference,)) as pool:
        pending: list[Future[list[Reading]]] = []
        rest = _chunks(first, waiting)
        for chunk in islice(rest, workers * 3):
            pending.append(pool.submit(_read_chunk, chunk))
        while pending:
            readings = pending.pop(0).result()
            if (chunk := next(rest, None)) is not None:
                pending.append(pool.submit(_read_chunk, chunk))
            yield from readings
            done += len(readings)
            if progress:
                progress(done)


def _chunks(first: list[Item], rest: Iterator[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(first), CHUNK):
        chunk = first[start : start + CHUNK]
        yield chunk + list(islice(rest, CHUNK - len(chunk)))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
