"""Models made in part: a night replaces the rows of units and recipients of which something is another,
and equals a whole build.
"""

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
from pipelines.common import differing
from pipelines.transform import apart, built, changed, dbt
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


def _by(graph: Graph, *ways: str) -> list[Node]:
    return [node for node in graph.nodes if node.apart in [apart.WAYS[one] for one in ways]]


def _change(world: World, change: str, *values: object) -> None:
    with staging.opened(world.request.home.staging) as connection:
        connection.execute(change, list(values))


def _rows(world: World, query: str) -> set[tuple[object, ...]]:
    with duckdb.connect(str(world.request.home.staging), read_only=True) as connection:
        return set(connection.execute(query).fetchall())


def _wrong(world: World, copy: Path) -> list[str]:
    """The models made in part that are not what a whole build makes of them."""
    build_whole(world, copy)
    names = {node.selector for node in _by(world.graph, *apart.WAYS)}
    return [name for name in differences(world.request.home.staging, copy) if name in names]


def test_rows_of_changed_units_are_replaced_and_all_equals_a_whole_build(
    world: World, tmp_path: Path
) -> None:
    a_file_went(world)
    _night(world, date(2026, 1, 2), dbt.WHOLE)
    noted = "SELECT DISTINCT unit_code FROM meta.changed WHERE node = '{}'"
    assert _rows(world, noted.format("files")) == {(UNIT,)}
    assert _rows(world, noted.format("model.thidua.fct_awards")) == {(UNIT,)}
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []
    _rows_come_to_what_is_said(world)


def _rows_come_to_what_is_said(world: World) -> None:
    """Publication goes by it: what does not come to the same is copied."""
    said = dict(_rows(world, "SELECT node, state FROM meta.built WHERE state IS NOT NULL"))
    assert len(said) > 40
    with duckdb.connect(str(world.request.home.staging), read_only=True) as connection:
        for node in world.graph.nodes:
            if node.id in said:
                rows, total = differing.digest(connection, f"FROM {node.relation}")
                assert said[node.id] == f"{rows}.{total}", node.selector


def test_rows_of_other_units_are_left_as_they_are(world: World) -> None:
    one_file(world)
    nodes = [node for node in _by(world.graph, "unit") if _tells_its_file(world, node)]
    for node in nodes:
        _change(world, UNTOUCHED.format(node.relation), UNIT)
    _night(world, SAMPLE_NIGHT, dbt.WHOLE)
    for node in nodes:
        left = f"SELECT DISTINCT unit_code = '{UNIT}', source_file = 'untouched' FROM {node.relation}"
        assert (False, True) in _rows(world, left), node.selector
        assert (True, True) not in _rows(world, left), node.selector


def _tells_its_file(world: World, node: Node) -> bool:
    columns = f"SELECT column_name FROM (DESCRIBE {node.relation})"
    return ("source_file",) in _rows(world, columns) and bool(_rows(world, f"FROM {node.relation} LIMIT 1"))


@pytest.mark.parametrize("seed", range(4))
def test_rows_made_in_part_are_as_they_stand(world: World, seed: int) -> None:
    """Whichever units or recipients were noted: what a model makes for them is what it has of them."""
    home = world.request.home
    sent = sorted(unit for (unit,) in _rows(world, "SELECT DISTINCT unit_code FROM marts.fct_awards"))
    known = sorted(_rows(world, "SELECT DISTINCT recipient_id FROM marts.dim_recipient_keys"))
    draw = Random(seed)
    some = {(unit, None) for unit in draw.sample(sent, min(len(sent), 1 + 4 * seed))}
    some |= {(None, recipient) for (recipient,) in draw.sample(known, 3)}
    nodes = {node.id for node in world.graph.nodes}
    made = 0
    with staging.opened(home.staging) as connection:
        sql = {id_: one.sql for id_, one in built.known(connection, world.graph).items()}
        for node in _by(world.graph, *apart.WAYS):
            way = node.apart
            assert way is not None
            changed.begin(connection, set())
            noted = some if way.column == "recipient_id" else {one for one in some if one[0]}
            changed.add(connection, sorted(id_ for id_ in node.reads if id_ in nodes)[0], noted)
            changed.choose(connection, node)
            rows = changed.over_chosen(connection, world.graph, node, sql)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS FROM {node.relation} LIMIT 0")
            connection.execute(f"INSERT INTO made BY NAME {rows}")
            has = f"FROM {node.relation} WHERE {changed.is_chosen(way.column)}"
            for one, other in ((has, "FROM made"), ("FROM made", has)):
                assert connection.execute(f"({one}) EXCEPT ALL ({other})").fetchall() == [], node.selector
            made += bool(connection.execute("FROM made LIMIT 1").fetchall())
    assert made > 15


def test_a_day_before_the_last_files_counts_without_them(world: World, tmp_path: Path) -> None:
    """No file changed, but which count: the table of files tells of the day, and so whose they are."""
    _night(world, date(2025, 6, 1), dbt.WHOLE)
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_a_night_cut_short_builds_the_whole_model_next(world: World, tmp_path: Path) -> None:
    """Whatever was replaced before: a model that was not noted as built is made of all units."""
    one_file(world)
    nodes = _by(world.graph, "unit")
    _change(world, UNTOUCHED.format(nodes[0].relation), "")
    _change(world, "DELETE FROM meta.built WHERE node = ?", nodes[0].id)
    _night(world, SAMPLE_NIGHT, dbt.WHOLE)
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_models_made_in_part_read_only_what_says_whose_it_is(world: World) -> None:
    """What differs in files, or in rows that name their unit, is of these units; nothing else may differ.

    What is not so puts the whole model in doubt, every night that it changed.
    """
    nodes = {node.id: node for node in world.graph.nodes}
    seldom = {"int_nominations", "int_revocation_matches", "int_revoked_decision_matches"}
    seldom |= {"int_revocations", "int_revoked_decisions", "int_decision_symbols"}

    def is_of_the_law(id_: str) -> bool:
        if id_.startswith("source."):
            return id_.startswith(("source.thidua.ref.", "source.thidua.meta."))
        return all(is_of_the_law(one) for one in nodes[id_].reads)

    parts = {node.selector: node for node in _by(world.graph, *apart.WAYS)}
    assert {"int_award_rows", "fct_awards", "int_recipient_keys", "dim_recipients", "rpt_mau_02"} <= set(
        parts
    )
    with duckdb.connect(str(world.request.home.staging), read_only=True) as connection:
        for node in parts.values():
            way = node.apart
            assert way is not None
            assert way.column in changed.columns_of(connection, node.relation), node.selector
            for read in node.reads:
                if is_of_the_law(read):
                    continue
                if read.startswith(RAW):
                    assert way.column == "unit_code", (node.selector, read)
                    continue
                columns = changed.columns_of(connection, nodes[read].relation)
                one = {("U", "R" if "recipient_id" in columns else None)}
                found = "unit_code" in columns and changed.leads_to(node, nodes[read], columns, one)
                found |= "recipient_id" in columns and way.column == "recipient_id"
                assert found or nodes[read].selector in seldom, (node.selector, read)
            if way is apart.WAYS["recipient"]:
                assert "model.thidua.dim_recipient_keys" in node.reads | node.stands_on, node.selector


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
