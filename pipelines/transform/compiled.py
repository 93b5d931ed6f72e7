"""The SQL of the models with every macro filled in, to be run without dbt (tests, benchmarks)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from pipelines.paths import Home
from pipelines.transform import dbt

SCHEMAS = ("staging", "intermediate", "marts")
DATABASE = "thidua"
"""The database that compiled SQL names: the staging file's name."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the dbt project, compiled."""

    name: str
    schema: str
    is_view: bool
    sql: str
    needs: tuple[str, ...]
    """Names of the models it selects from."""


def compile_models(home: Home) -> list[Model]:
    """Compile every model of the project.

    Args:
        home: where dbt may write; its staging file is opened, not changed.

    Returns:
        The models, each after those it needs.

    Raises:
        dbt.DbtFailed: when the project does not compile.
    """
    outcome = dbt.invoke(home, ["compile", "--select", "resource_type:model", "--indirect-selection", "empty"])
    if not outcome.success:
        raise dbt.DbtFailed(f"the dbt project does not compile: {outcome.exception}")
    nodes = {
        result.node.unique_id: result.node
        for result in outcome.result.results
        if result.node.resource_type == "model"
    }
    models = {
        unique_id: Model(
            name=node.name,
            schema=node.schema,
            is_view=node.config.materialized == "view",
            sql=node.compiled_code,
            needs=tuple(nodes[parent].name for parent in node.depends_on.nodes if parent in nodes),
        )
        for unique_id, node in nodes.items()
    }
    return _in_order(models.values())


def needed_for(models: list[Model], wanted: Iterable[str], given: Iterable[str] = ()) -> list[Model]:
    """Those of the models that the wanted ones are made of, in order; ``given`` are taken as there."""
    by_name = {model.name: model for model in models}
    todo, found, stop = list(wanted), set(), set(given)
    while todo:
        name = todo.pop()
        if name not in found and name not in stop:
            found.add(name)
            todo += by_name[name].needs
    return [model for model in models if model.name in found]


def build(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Run compiled models by hand, in the order given, on a connection whose database is `thidua`."""
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for model in models:
        kind = "VIEW" if model.is_view else "TABLE"
        connection.execute(f'CREATE OR REPLACE {kind} "{model.schema}"."{model.name}" AS {model.sql}')


def _in_order(models: Iterable[Model]) -> list[Model]:
    left = {model.name: model for model in models}
    done: list[Model] = []
    while left:
        ready = sorted(name for name, model in left.items() if not left.keys() & set(model.needs))
        done += [left.pop(name) for name in ready]
    return done
