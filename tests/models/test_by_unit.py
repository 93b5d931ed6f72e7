"""Models by unit: a night replaces the rows of units that sent something, and equals a whole build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest

from expectations.findings_of_night import write_findings
from pipelines.assets.transform import build_stale
from pipelines.transform import built, dbt, units
from pipelines.transform.graph import RAW, Graph, Node
from pipelines.warehouse import staging
from tests.conftest import SAMPLE_NIGHT
from tests.models.nights import World, a_file_went, build_whole, differences, one_file, take_in

UNIT = "LS-SO-Y-TE"
UNTOUCHED = "UPDATE {} SET source_file = 'untouched' WHERE unit_code <> ?"


def _night(world: World, as_of: date, halves: Sequence[str] = (dbt.FIRST_HALF,)) -> None:
    """A night's counting with its tests."""
    take_in(replace(world.request, as_of=as_of))
    home = world.request.home
    for half in halves:
        results = build_stale(home, world.graph, half)
        assert {one.status for one in results} <= set(dbt.FINE)
        if half == dbt.FIRST_HALF:
            with staging.opened(home.staging) as connection:
                write_findings(connection, as_of)


def _by_unit(graph: Graph) -> list[Node]:
    return [node for node in graph.nodes if node.is_by_unit]


def _change(world: World, change: str, *values: object) -> None:
    with staging.opened(world.request.home.staging) as connection:
        connection.execute(change, list(values))


def _rows(world: World, query: str) -> set[tuple[object, ...]]:
    with duckdb.connect(str(world.request.home.staging), read_only=True) as connection:
        return set(connection.execute(query).fetchall())


def _wrong(world: World, copy: Path) -> list[str]:
    """The models by unit that are not what a whole build makes of them."""
    build_whole(world, copy)
    names = {node.selector for node in _by_unit(world.graph)}
    return [name for name in differences(world.request.home.staging, copy) if name in names]


def test_rows_of_changed_units_are_replaced_and_all_equals_a_whole_build(
    world: World, tmp_path: Path
) -> None:
    a_file_went(world)
    _night(world, date(2026, 1, 2), dbt.WHOLE)
    changed = "SELECT unit_code FROM meta.changed_units WHERE node = '{}'"
    assert _rows(world, changed.format("files")) == {(UNIT,)}
    assert _rows(world, changed.format("model.thidua.fct_awards")) == {(UNIT,)}
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_rows_of_other_units_are_left_as_they_are(world: World) -> None:
    one_file(world)
    nodes = [node for node in _by_unit(world.graph) if _tells_its_file(world, node)]
    for node in nodes:
        _change(world, UNTOUCHED.format(node.relation), UNIT)
    _night(world, SAMPLE_NIGHT, dbt.WHOLE)
    for node in nodes:
        left = f"SELECT DISTINCT unit_code = '{UNIT}', source_file = 'untouched' FROM {node.relation}"
        assert (False, True) in _rows(world, left), node.selector
        assert (True, True) not in _rows(world, left), node.selector


def _tells_its_file(world: World, node: Node) -> bool:
    columns = f"SELECT column_name FROM (DESCRIBE {node.relation})"
    return ("source_file",) in _rows(world, columns)


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_some_units_are_made_of_rows_of_these_units(world: World, seed: int) -> None:
    """Whichever units they are: what a model by unit makes of their rows is what it has of them."""
    home = world.request.home
    sent = sorted(unit for (unit,) in _rows(world, "SELECT DISTINCT unit_code FROM raw.submissions") if unit)
    nodes = {node.id for node in world.graph.nodes}
    some = Random(seed).sample(sent, 1 + 4 * seed)
    with staging.opened(home.staging) as connection:
        state = built.known(connection, world.graph)
        for node in _by_unit(world.graph):
            units.begin(connection, set())
            units.add(connection, sorted(id_ for id_ in node.reads if id_ in nodes)[0], set(some))
            units.choose(connection, node)
            sql = units.over_changed(connection, world.graph, node, state[node.id].sql)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS FROM {node.relation} LIMIT 0")
            connection.execute(f"INSERT INTO made BY NAME {sql}")
            has = f"FROM {node.relation} WHERE {units.CHANGED}"
            for one, other in ((has, "FROM made"), ("FROM made", has)):
                assert connection.execute(f"({one}) EXCEPT ALL ({other})").fetchall() == [], node.selector


def test_a_day_before_the_last_files_counts_without_them(world: World, tmp_path: Path) -> None:
    """No file changed, but which count: the table of files tells of the day, and so whose they are."""
    _night(world, date(2025, 6, 1), dbt.WHOLE)
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_a_night_cut_short_builds_the_whole_model_next(world: World, tmp_path: Path) -> None:
    """Whatever was replaced before: a model that was not noted as built is made of all units."""
    one_file(world)
    nodes = _by_unit(world.graph)
    _change(world, UNTOUCHED.format(nodes[0].relation), "")
    _change(world, "DELETE FROM meta.built WHERE node = ?", nodes[0].id)
    _night(world, SAMPLE_NIGHT, dbt.WHOLE)
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_models_by_unit_read_only_what_is_of_a_unit_or_of_the_law(world: World) -> None:
    """What differs in files, or in rows that name their unit, is of these units; nothing else may differ."""
    nodes = {node.id: node for node in world.graph.nodes}

    def is_of_the_law(id_: str) -> bool:
        if id_.startswith("source."):
            return id_.startswith("source.thidua.ref.")
        return all(is_of_the_law(one) for one in nodes[id_].reads)

    assert {"int_award_rows", "fct_awards", "int_recipient_keys"} <= {
        n.selector for n in _by_unit(world.graph)
    }
    with duckdb.connect(str(world.request.home.staging), read_only=True) as connection:
        for node in _by_unit(world.graph):
            assert units.has_units(connection, node.relation), node.selector
            for read in node.reads:
                names_it = read in nodes and units.has_units(connection, nodes[read].relation)
                assert read.startswith(RAW) or is_of_the_law(read) or names_it, (node.selector, read)


def test_a_table_without_units_puts_its_readers_in_doubt_whole(world: World, tmp_path: Path) -> None:
    """A decision of the desk joins two recipients: no unit sent anything, what shows them is made anew."""
    take_in(world.request)
    two = (
        "SELECT 99, min(recipient_key), max(recipient_key), true FROM intermediate.int_recipient_keys "
        "WHERE recipient_kind = 'ca_nhan'"
    )
    _change(world, f"INSERT INTO ref.recipient_joins (decision_no, one, other, is_join) {two}")
    for half in dbt.WHOLE:
        assert {r.status for r in build_stale(world.request.home, world.graph, half)} <= set(dbt.FINE)
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []
