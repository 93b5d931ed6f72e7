"""Tests asked without dbt: the same ones, and dbt says what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.assets.transform import build_stale
from pipelines.transform import built, changed, dbt
from pipelines.transform.asked import ask
from pipelines.transform.graph import Graph, Node
from pipelines.warehouse import staging
from tests.models.nights import World, take_in

DOUBTED = ["rpt_mau_02", "fct_awards", "dim_units"]


def _doubted(graph: Graph) -> list[Node]:
    return [node for node in graph.nodes if node.selector in DOUBTED]


@pytest.fixture
def in_doubt(world: World) -> World:
    """Rows of some marts are others since they passed their tests; one of them is there twice."""
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        built.doubt(connection, [node.id for node in _doubted(world.graph)], built.ROWS)
        connection.execute("INSERT INTO marts.dim_units FROM marts.dim_units LIMIT 1")
        connection.execute("UPDATE meta.built SET sql = 'FROM marts.dim_units' WHERE node LIKE '%.dim_units'")
    return world


def test_a_night_keeps_the_sql_of_every_test_it_asks(world: World) -> None:
    with staging.opened(world.request.home.staging) as connection:
        kept = connection.execute("SELECT node FROM meta.built WHERE node LIKE 'test.%'").fetchall()
    assert {node for (node,) in kept} == {test.id for test in world.graph.tests}
    assert len(kept) > 150


def test_the_same_tests_come_out_as_where_dbt_asks_all(in_doubt: World) -> None:
    home, graph = in_doubt.request.home, in_doubt.graph
    results = build_stale(home, graph, dbt.SECOND_HALF)
    told = {one.unique_id: (one.status, one.message, one.failures) for one in results if one.asks}
    by_dbt = dbt.build(home, " ".join(DOUBTED), only_tests=True)
    assert {one.unique_id: (one.status, one.message, one.failures) for one in by_dbt}.items() <= told.items()
    asked = {test.id for test in graph.tests if {node.id for node in _doubted(graph)} & {*test.asks}}
    assert {one.unique_id for one in by_dbt} == asked
    failed = {id_.split(".")[2]: one for id_, one in told.items() if one[0] != "pass"}
    assert failed["unique_dim_units_unit_code"] == ("fail", "Got 1 result, configured to fail if != 0", 1)
    with staging.opened(home.staging) as connection:
        left = {id_.split(".")[2] for id_ in built.in_doubt(connection)}
    assert left & {*DOUBTED} == {"dim_units"}


def test_what_is_not_known_is_not_plain_or_fails_is_left_to_dbt(world: World) -> None:
    graph = world.graph
    nodes = [node for node in graph.nodes if node.selector == "rpt_mau_02"]
    mine = [test for test in graph.tests if nodes[0].id in test.asks]
    with staging.opened(world.request.home.staging) as connection:
        passed, left = ask(connection, graph, nodes)
        assert ({one.unique_id for one in passed}, left) == ({test.id for test in mine}, [])
        set_ = replace(graph, tests=tuple(replace(test, is_plain=test is not mine[0]) for test in mine))
        passed, left = ask(connection, set_, nodes)
        assert ({one.unique_id for one in passed}, left) == ({test.id for test in mine[1:]}, nodes)
        connection.execute("UPDATE meta.built SET sql = 'nonsense' WHERE node = ?", [mine[0].id])
        passed, left = ask(connection, graph, nodes)
        assert ({one.unique_id for one in passed}, left) == ({test.id for test in mine[1:]}, nodes)
        built.forget(connection, [mine[0].id])
        assert ask(connection, graph, nodes)[1] == nodes


def test_of_noted_units_a_double_is_found_whoever_has_the_other(world: World) -> None:
    """Rows of units of which nothing is other passed as they stand: they are asked no more."""
    (awards,) = (node for node in world.graph.nodes if node.selector == "fct_awards")
    unique = tuple(test for test in world.graph.tests if test.unique and test.asks == (awards.id,))
    graph = replace(world.graph, tests=unique)
    assert [test.unique for test in unique] == [("award_id",)]

    def doubles_are_found() -> bool:
        return bool(ask(connection, graph, [awards], {awards.id})[1])

    with staging.opened(world.request.home.staging) as connection:
        changed.begin(connection, set())
        changed.add(connection, awards.id, {("LS-SO-Y-TE", None)})
        assert not doubles_are_found()
        connection.execute(
            "INSERT INTO marts.fct_awards FROM marts.fct_awards WHERE unit_code <> 'LS-SO-Y-TE' LIMIT 1"
        )
        assert not doubles_are_found()
        assert ask(connection, graph, [awards])[1] == [awards]
        connection.execute(
            "UPDATE marts.fct_awards SET unit_code = 'LS-SO-Y-TE' "
            "WHERE rowid = (SELECT max(rowid) FROM marts.fct_awards)"
        )
        assert doubles_are_found()
        # of what was noted without a unit nothing is known
        changed.add(connection, awards.id, {(None, None)})
        connection.execute(
            "UPDATE marts.fct_awards SET unit_code = 'LS-SO-NOI-VU' WHERE unit_code = 'LS-SO-Y-TE'"
        )
        assert doubles_are_found()


def test_what_names_a_row_with_its_unit_is_asked_of_noted_units(world: World) -> None:
    (table,) = (node for node in world.graph.nodes if node.selector == "rpt_mau_02")
    (unique,) = (test for test in world.graph.tests if test.unique and test.asks == (table.id,))
    with staging.opened(world.request.home.staging) as connection:
        changed.begin(connection, set())
        changed.add(connection, table.id, {("LS-SO-Y-TE", None)})
        rows = changed.with_those_like_noted(connection, table, unique.unique)
        units = connection.execute(f"SELECT DISTINCT unit_code FROM {rows}").fetchall()
    assert "unit_code" in unique.unique
    assert units == [("LS-SO-Y-TE",)]
