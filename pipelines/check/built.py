"""The models of the night built in memory for a few judgings; what the law alone says is built once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.check.behind import NIGHT, WANTED, of_the_law
from pipelines.contracts.raw import create_statement
from pipelines.transform.compiled import build_models, compiled_models, in_memory
from pipelines.warehouse import staging


class Built:
    """One law, a few files one after the other: what is built for one is taken back."""

    def __init__(self, law: Mapping[str, pl.DataFrame]) -> None:
        """Lay out the law.

        Args:
            law: the reference tables.
        """
        self._connection = in_memory()
        self._connection.execute("SET threads = 1")  # small tables: handing parts on costs more
        staging.prepare(self._connection)
        staging.replace_tables(self._connection, "ref", law)
        self._models = compiled_models()
        self._standing = of_the_law(self._models)
        build_models(self._connection, self._standing, models=self._models)
        self._connection.execute(create_statement("meta", "night", NIGHT))

    def wanted(self, files: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """The models of ``WANTED``.

        Args:
            files: the tables that differ from file to file, by name with schema; others have no rows.
        """
        self._connection.execute("BEGIN")
        try:
            for table, frame in files.items():
                staging.append(self._connection, table, frame)
            build_models(self._connection, WANTED, self._standing, self._models)
            return {name: staging.frame_of(self._connection, f"FROM intermediate.{name}") for name in WANTED}
        finally:
            self._connection.execute("ROLLBACK")
