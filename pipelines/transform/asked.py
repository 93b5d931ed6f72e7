"""Tests of dbt, asked of the staging file without it: to begin dbt takes longer than to ask all of a night.

The SQL of a test is kept as dbt compiled it (``built``); a test passes where it finds no row. Whatever is
not as simple as that is left to dbt: a test that it has not compiled yet, that has settings of its own, whose
SQL fails, or that finds rows. So what is wrong is said by dbt alone. Whether rows are unique is asked of the
units and recipients that were noted: rows of others passed as they stand, and none of them was added to.
"""

from __future__ import annotations

import time
from collections.abc import Collection

import duckdb

from pipelines.transform import built, changed
from pipelines.transform.compiled import DATABASE
from pipelines.transform.dbt import NodeResult
from pipelines.transform.graph import Graph, Node


def ask(
    connection: duckdb.DuckDBPyConnection,
    graph: Graph,
    nodes: list[Node],
    passed_before: Collection[str] = (),
) -> tuple[list[NodeResult], list[Node]]:
    """Ask all tests about some nodes.

    Args:
        connection: the staging file; the nodes have their rows.
        graph: of the project.
        nodes: to be tested.
        passed_before: those whose rows had passed until tonight's others were put in place.

    Returns:
        The tests that passed, and the nodes with others, whose tests dbt is to ask.
    """
    passed: list[NodeResult] = []
    left: set[str] = set()
    tested = {node.id: node for node in nodes}
    known = built.sql_of(connection, [test.id for test in graph.tests])
    for test in graph.tests:
        if tested.keys().isdisjoint(test.asks):
            continue
        begun = time.perf_counter()
        sql = known.get(test.id)
        if sql and test.unique and test.asks[0] in passed_before:
            node = tested[test.asks[0]]
            rows = changed.with_those_like_noted(connection, node, test.unique)
            sql = sql.replace(f'"{DATABASE}".{node.relation}', rows)
        if test.is_plain and sql and _finds_nothing(connection, sql):
            took = time.perf_counter() - begun
            passed.append(NodeResult(test.id, "pass", "", took, 0, test.asks, ""))
        else:
            left.update(test.asks)
    return passed, [node for node in nodes if node.id in left]


def _finds_nothing(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    try:
        return not connection.execute(f"SELECT 1 FROM (\n{sql}\n) LIMIT 1").fetchall()
    except duckdb.Error:
        return False
