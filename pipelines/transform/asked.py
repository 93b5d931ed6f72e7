"""Tests of dbt, asked of the staging file without it: to begin dbt takes longer than to ask all of a night.

The SQL of a test is kept as dbt compiled it (``built``); a test passes where it finds no row. Whatever is
not as simple as that is left to dbt: a test that it has not compiled yet, that has settings of its own, whose
SQL fails, or that finds rows. So what is wrong is said by dbt alone.
"""

from __future__ import annotations

import time

import duckdb

from pipelines.transform import built
from pipelines.transform.dbt import NodeResult
from pipelines.transform.graph import Graph, Node


def ask(
    connection: duckdb.DuckDBPyConnection, graph: Graph, nodes: list[Node]
) -> tuple[list[NodeResult], list[Node]]:
    """Ask all tests about some nodes.

    Args:
        connection: the staging file; the nodes have their rows.
        graph: of the project.
        nodes: to be tested.

    Returns:
        The tests that passed, and the nodes with others, whose tests dbt is to ask.
    """
    passed: list[NodeResult] = []
    left: set[str] = set()
    tested = {node.id for node in nodes}
    known = built.sql_of(connection, [test.id for test in graph.tests])
    for test in graph.tests:
        if tested.isdisjoint(test.asks):
            continue
        begun = time.perf_counter()
        if test.is_plain and test.id in known and _finds_nothing(connection, known[test.id]):
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
