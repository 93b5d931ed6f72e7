"""Models of the night for many files one after the other: planning a model costs all, running it nothing.

The engine keeps the plan of a query that reads no table of its own. So here every table is one of Arrow that
stands outside it and is given other rows before the plan runs again. A model that speaks of other kinds of
files is not run: that it has no rows follows from the tables that have none.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping

import duckdb
import polars as pl
import pyarrow as pa

from pipelines.check.behind import NIGHT, WANTED, of_the_law
from pipelines.check.no_rows import Condition, empty_when, holds
from pipelines.contracts.raw import KEPT, RAW
from pipelines.transform.compiled import DATABASE, compiled_models, with_needs
from pipelines.transform.model import Model

_OF_FILES = {f"raw.{name}": columns for name, columns in RAW.items()} | KEPT | {"meta.night": NIGHT}
"""The tables that differ from file to file, by name with schema: types by column."""
_FOUNDED_ON_ROWS = "statistics_propagation"
"""The optimizer that concludes from the rows that stand there now; others conclude from the query alone."""
_SMALLEST = "16384"
"""Bytes of a block of memory: the tables have few rows, and each step of a plan takes blocks of its own."""
_RELATION = re.compile(rf'"{DATABASE}"\."(\w+)"\."(\w+)"')


class _Table:
    """A table whose rows are set from outside; DuckDB asks for them each time it scans it."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows
        self.none = rows.slice(0, 0)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.rows.__arrow_c_stream__(requested_schema)


class KeptPlans:
    """One law and the plans of the models over it."""

    def __init__(self, law: Mapping[str, pl.DataFrame]) -> None:
        """Plan: worth as much as judging three files unplanned.

        Args:
            law: the reference tables.
        """
        self._engine = duckdb.connect(config={"default_block_size": _SMALLEST})
        self._engine.execute("SET threads = 1")  # small tables: handing parts on costs more
        self._engine.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        self._engine.execute(f"SET disabled_optimizers = '{_FOUNDED_ON_ROWS}'")
        self._tables: dict[str, _Table] = {}
        for name, frame in law.items():
            self._lay(f"ref.{name}", frame.to_arrow())
        for name, columns in _OF_FILES.items():
            self._lay(name, self._engine.sql(_nothing(columns)).to_arrow_table())
        all_models = compiled_models()
        of_law = of_the_law(all_models)
        behind = with_needs(all_models, WANTED)
        for model in behind:
            if not model.is_view or model.name in WANTED:
                self._lay(_name(model), self._engine.sql(_local(model.sql)).to_arrow_table())
            else:
                self._engine.execute(f'CREATE TEMP VIEW "{_name(model)}" AS {_local(model.sql)}')
        run = [model for model in behind if _name(model) in self._tables and model.name not in of_law]
        for model in run:  # last: with another relation the engine plans anew
            self._engine.execute(f'PREPARE "{_name(model)}" AS {_local(model.sql)}')
        self._no_rows = self._conditions(behind, run)

    def wanted(self, files: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """The models of ``WANTED``.

        Args:
            files: the tables that differ from file to file, by name with schema; others have no rows.
        """
        for name in _OF_FILES:
            table = self._tables[name]
            table.rows = _as_laid(files[name], table.none.schema) if name in files else table.none
        with warnings.catch_warnings():  # the way without a copy of the rows asks for the types a second time
            warnings.simplefilter("ignore", UserWarning)
            empty = {name for name, table in self._tables.items() if not len(table.rows)} - set(self._no_rows)
            for name, without_rows in self._no_rows.items():
                table = self._tables[name]
                if holds(without_rows, empty):
                    table.rows = table.none
                else:
                    table.rows = self._engine.execute(f'EXECUTE "{name}"').to_arrow_table()
                if not len(table.rows):
                    empty.add(name)
        return {name: _frame(self._tables[f"intermediate.{name}"].rows) for name in WANTED}

    def _lay(self, name: str, rows: pa.Table) -> None:
        self._tables[name] = _Table(rows)
        self._engine.register(name, self._tables[name])

    def _conditions(self, behind: Iterable[Model], run: Iterable[Model]) -> dict[str, Condition]:
        """When each model has no rows, by name, in the order they are run.

        Args:
            behind: all models, in an order in which they can be built.
            run: those that are run for each file.
        """
        engine = duckdb.connect(config={"default_block_size": _SMALLEST})
        engine.execute(f"SET disabled_optimizers = '{_FOUNDED_ON_ROWS}'")
        for name, table in self._tables.items():
            engine.register("its_columns", table.none)
            engine.execute(f'CREATE TABLE "{name}" AS FROM its_columns')
        for model in behind:
            if _name(model) not in self._tables:
                engine.execute(f'CREATE TEMP VIEW "{_name(model)}" AS {_local(model.sql)}')
        conditions: dict[str, Condition] = {}
        for model in run:
            ((_, plan),) = engine.execute(f"EXPLAIN (FORMAT json) {_local(model.sql)}").fetchall()
            conditions[_name(model)] = empty_when(*json.loads(plan))
        return conditions


def _name(model: Model) -> str:
    return f"{model.schema}.{model.name}"


def _local(sql: str) -> str:
    """The same query over what is laid out here."""
    return _RELATION.sub(r'"\1.\2"', sql)


def _nothing(columns: Mapping[str, str]) -> str:
    fields = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in columns.items())
    return f"SELECT {fields} WHERE FALSE"


def _as_laid(frame: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """Rows by column name, in the types the plans were made for; a column not given is empty."""
    given = frame.to_arrow()
    strange = [name for name in given.column_names if name not in schema.names]
    if strange:
        raise ValueError(f"no such columns: {strange}")
    columns = [
        given[field.name].cast(field.type)
        if field.name in given.column_names
        else pa.nulls(len(given), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _frame(rows: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame
