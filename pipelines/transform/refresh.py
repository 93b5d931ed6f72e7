"""Models whose inputs are others tonight: their SQL runs again, and rows that came out other are replaced.

What comes out the same stands, with all that reads only it; so a day that passes a deadline, or a file that
says the same in other words, makes what it changes and no more. The rows of a model and the doubt about who
reads them are written in one transaction: a night that is cut short is gone on with. dbt builds what is not
there yet or was built by other code; ``asked`` asks the tests of all that came out different.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import duckdb

from pipelines.common import differing
from pipelines.common.transaction import transaction
from pipelines.transform import built, changed, counted
from pipelines.transform.graph import Graph, Node


@dataclass(slots=True)
class Due:
    """What is left for dbt in one half of the models."""

    to_build: list[Node] = field(default_factory=list)
    to_test: list[Node] = field(default_factory=list)
    """Those whose rows are others, or may fail their tests for what these read."""
    passed_before: set[str] = field(default_factory=set)
    """Those of them whose rows had passed their tests until tonight's others were put in place."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What each model took whose rows were replaced."""


def refresh(
    connection: duckdb.DuckDBPyConnection, graph: Graph, half: str, count: counted.Count | None = None
) -> Due:
    """Replace the rows of one half that would come out different tonight.

    Args:
        connection: the staging file after ``stale.note_sources``, open for writing.
        graph: of the project.
        half: the tag of the half that is due; the second comes after the first.
        count: counts tables elsewhere, also those left for dbt; None: DuckDB does.
    """
    state = built.known(connection, graph)
    sql = {id_: one.sql for id_, one in state.items()}
    doubts = built.in_doubt(connection)
    due = Due()
    left: set[str] = set()
    stands: list[str] = []
    for node in graph.nodes:
        if node.half != half:
            continue
        if node.id not in state or (node.needs_rows and not left.isdisjoint(node.reads | node.stands_on)):
            left.add(node.id)
            due.to_build.append(node)
        elif node.needs_rows and (node.id in doubts or node.is_volatile):
            begun = time.perf_counter()
            rows, in_part = state[node.id].sql, False
            if node.is_table and count:
                count(connection, [node.selector])
                rows = counted.rows_of(node.selector)
            elif node.apart and doubts.get(node.id) == built.NOTED and changed.choose(connection, node):
                rows, in_part = changed.over_chosen(connection, graph, node, sql), True
            try:
                is_other = node.is_table and _replaced(connection, graph, node, rows, in_part)
            except duckdb.Error:  # dbt will say what is wrong
                left.add(node.id)
                due.to_build.append(node)
                continue
            if is_other:
                due.seconds[node.id] = time.perf_counter() - begun
                doubts = built.in_doubt(connection)
            if node.is_tested and (is_other or not node.is_table or state[node.id].doubt == built.ROWS):
                due.to_test.append(node)
                if is_other and state[node.id].doubt != built.ROWS:
                    due.passed_before.add(node.id)
            else:
                stands.append(node.id)
    built.trust(connection, stands)
    built.forget(connection, left)
    built.doubt(connection, graph.readers(left), built.INPUTS)
    if count and (names := [node.selector for node in due.to_build if node.is_table]):
        count(connection, names)
    return due


def _replaced(
    connection: duckdb.DuckDBPyConnection, graph: Graph, node: Node, sql: str, in_part: bool
) -> bool:
    """Whether a model came out different; then its rows are tonight's, to be tested, its readers in doubt."""
    where, columns = "true", changed.columns_of(connection, node.relation)
    if in_part and node.apart:
        where = changed.is_chosen(node.apart.column)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE tonight AS FROM {node.relation} LIMIT 0")
    try:
        connection.execute(f"INSERT INTO tonight BY NAME {sql}")
        if "unit_code" in columns and not in_part:
            of_none = changed.choose_others(connection, f"FROM {node.relation}", "FROM tonight")
            where = changed.is_chosen("unit_code", of_none)
        now = f"FROM tonight WHERE {where}"
        found = differing.look(connection, node.relation, now, where)
        if found.differ:
            told = [one if one in columns else "NULL" for one in changed.NOTED]
            with transaction(connection):
                others = differing.put_in_place(connection, node.relation, now, told)
                built.rename(connection, node.id, found.more)
                built.doubt(connection, [node.id], built.ROWS)
                changed.add(connection, node.id, others)
                readers = graph.readers([node.id])
                leads = {
                    one.id
                    for one in graph.nodes
                    if one.id in readers and changed.leads_to(one, node, columns, others)
                }
                built.doubt(connection, leads, built.NOTED)
                built.doubt(connection, readers - leads, built.INPUTS)
    finally:
        connection.execute("DROP TABLE tonight")
    return bool(found.differ)
