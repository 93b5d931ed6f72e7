"""Which engine a night reads and counts on; of Spark nothing is imported by a night on DuckDB."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from pipelines.night.request import NightRequest
from pipelines.reference.settings import Engine, load_engine
from pipelines.transform import dbt
from pipelines.warehouse.intake import Read
from pipelines.warehouse.read_file import Chunk, ReadItem
from pipelines.warehouse.reading import read_all

Count = Callable[[list[str]], AbstractContextManager[Path]]
"""Counts models by name; meanwhile their tables lie in the folder."""


def _spark(request: NightRequest) -> Engine | None:
    engine = load_engine(request.settings)
    return engine if (request.engine or engine.kind) == "spark" else None


def reading(request: NightRequest) -> Read:
    """How a night reads files."""
    engine = _spark(request)
    if engine is None:
        return read_all

    def read(items: list[ReadItem], reference: Path) -> Iterator[Chunk]:
        from pipelines.spark.reading import read_on
        from pipelines.spark.session import session

        folder = request.home.spark / "read"
        shutil.rmtree(folder, ignore_errors=True)
        with session(engine, request.home.spark) as spark:
            yield from read_on(spark, items, reference, folder)
        shutil.rmtree(folder)

    return read


def counting(request: NightRequest, half: str) -> Count | None:
    """How a night counts a half of the models elsewhere; None: dbt counts on DuckDB."""
    engine = _spark(request)
    if engine is None:
        return None

    @contextmanager
    def count(names: list[str]) -> Iterator[Path]:
        from pipelines.spark.night import count_half

        yield count_half(request.home, engine, names, is_first=half == dbt.FIRST_HALF)
        if half == dbt.SECOND_HALF:
            shutil.rmtree(request.home.spark)

    return count
