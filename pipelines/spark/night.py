"""Tables of a night counted on Spark when they are asked for, over what the staging file holds."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import duckdb

from pipelines.common.bars import Bar
from pipelines.reference.settings import Engine
from pipelines.spark.columns import columns_of
from pipelines.spark.counting import count, given, plan
from pipelines.spark.session import session
from pipelines.spark.tables import Tables
from pipelines.transform import counted
from pipelines.transform.compiled import compiled_models


class Counter:
    """Counts tables and offers their rows (``pipelines.transform.counted``) until the end of its block."""

    def __init__(self, engine: Engine, folder: Path, bar: Bar) -> None:
        """Nothing of Spark begins yet.

        Args:
            engine: where Spark will work.
            folder: every machine of a cluster sees it; what is in it goes, now and at the end.
            bar: told how many tables are asked for, and of each.
        """
        self._engine, self._folder, self._bar = engine, folder, bar
        self._models = compiled_models()
        self._asked = 0
        self._ended = ExitStack()

    def __enter__(self) -> Self:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._ended.callback(shutil.rmtree, self._folder, ignore_errors=True)
        return self

    def __exit__(self, *error: Any) -> None:
        self._ended.__exit__(*error)

    def __call__(self, connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
        """Count tables.

        Args:
            connection: the staging file with all that they are made of, open for writing.
            names: of the models.

        Raises:
            Unreachable: the cluster does not answer.
        """
        self._asked += len(names)
        self._bar.total(self._asked)
        if self._asked == len(names):
            self._begin(connection)
        planned = plan(self._models, names, self._tables.columns)
        self._tables.export(connection, given(planned))
        count(self._session, planned, self._tables, self._bar)
        for one in planned:
            if one.is_kept:
                schema, name = one.model.schema, one.model.name
                counted.offer(connection, name, self._tables.source(schema, name))

    def _begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._folder.mkdir(mode=0o700, parents=True)
        self._tables = Tables(self._folder / "tables", columns_of(connection, self._models))
        self._session = self._ended.enter_context(session(self._engine, self._folder))
