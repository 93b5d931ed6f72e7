"""Models built over and over for a few rows: what must be empty, because what it reads is, is not built.

For so few rows planning a model costs all, running it nothing. That a model is empty where some of its inputs
are is not our guess: the optimizer is asked once, with those inputs replaced by views of no rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import duckdb

from pipelines.transform.compiled import DATABASE, build_models, with_needs
from pipelines.transform.model import Model

_VOID = "void"
"""A schema of views without rows, one for each table that may have none."""
_FOUNDED_ON_ROWS = "statistics_propagation"
"""The optimizer that concludes from the rows that stand there now; others conclude from the query alone."""
_SOURCES = re.compile(rf'"{DATABASE}"\."(?:raw|quality)"\."(\w+)"')


class Sparing:
    """The models behind one of them, laid out empty; each building is to be taken back by a rollback."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, models: Sequence[Model], given: set[str], wanted: str
    ) -> None:
        """Lay them out.

        Args:
            connection: holds ``raw``, ``quality`` and ``meta`` without rows, and ``ref``.
            models: all, in an order in which they can be built.
            given: names of those whose tables stand there, whatever the files.
            wanted: the one that is asked for.
        """
        self._connection, self._wanted = connection, wanted
        connection.execute(f"SET disabled_optimizers = '{_FOUNDED_ON_ROWS}'")
        self._models = {model.name: model for model in with_needs(models, [wanted], given)}
        build_models(connection, [wanted], given, models)
        self._inputs = {
            name: [need for need in self._models if need in model.needs] + _SOURCES.findall(model.sql)
            for name, model in self._models.items()
        }
        connection.execute(f"CREATE SCHEMA {_VOID}")
        sources = {name for inputs in self._inputs.values() for name in inputs} - self._models.keys()
        for name in sorted(sources):
            self._lay_void(name, self._source(name))
        self._filling: dict[str, duckdb.Statement] = {}
        for name, model in self._models.items():
            relation = f'"{model.schema}"."{name}"'
            self._lay_void(name, relation)
            if not model.is_view:
                connection.execute(f"TRUNCATE {relation}")
                (filling,) = connection.extract_statements(f"INSERT INTO {relation} {model.sql}")
                self._filling[name] = filling
        self._proofs: dict[tuple[str, frozenset[str]], bool] = {}

    def build(self, filled: Iterable[str]) -> None:
        """Fill the table that is asked for, and what it needs for that.

        Args:
            filled: names of the tables of ``raw`` that have rows.
        """
        known = dict.fromkeys(filled, True)
        self._has_rows(self._wanted, known)

    def _has_rows(self, name: str, known: dict[str, bool]) -> bool:
        if name in known:
            return known[name]
        model = self._models.get(name)
        if model is None:  # a source without rows
            return known.setdefault(name, False)
        empty: set[str] = set()
        for need in self._inputs[name]:
            if not self._has_rows(need, known):
                empty.add(need)
                if self._is_proven(model, frozenset(empty)):
                    return known.setdefault(name, False)
        if model.is_view:
            return known.setdefault(name, True)
        self._connection.execute(self._filling[name])
        query = f'SELECT 1 FROM "{model.schema}"."{name}" LIMIT 1'
        return known.setdefault(name, bool(self._connection.execute(query).fetchall()))

    def _is_proven(self, model: Model, empty: frozenset[str]) -> bool:
        """Whether a model has no rows where these inputs have none, whatever else there is."""
        key = (model.name, empty)
        if key not in self._proofs:
            names = "|".join(sorted(empty))
            sql = re.sub(rf'"{DATABASE}"\."\w+"\."({names})"', rf'"{DATABASE}"."{_VOID}"."\1"', model.sql)
            ((_, plan),) = self._connection.execute(f"EXPLAIN (FORMAT json) {sql}").fetchall()
            self._proofs[key] = json.loads(plan)[0]["name"] == "EMPTY_RESULT"
        return self._proofs[key]

    def _source(self, name: str) -> str:
        query = "SELECT table_schema FROM information_schema.tables WHERE table_name = ? AND table_schema IN "
        ((schema,),) = self._connection.execute(f"{query} ('raw', 'quality')", [name]).fetchall()
        return f'"{schema}"."{name}"'

    def _lay_void(self, name: str, relation: str) -> None:
        columns = self._connection.execute(f"DESCRIBE {relation}").fetchall()
        nothing = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind, *_ in columns)
        self._connection.execute(f'CREATE VIEW {_VOID}."{name}" AS SELECT {nothing} WHERE FALSE')
