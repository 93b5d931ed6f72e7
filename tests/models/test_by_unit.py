"""Models by unit: a night replaces the rows of units that sent something, and equals a whole build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from expectations.findings_of_night import write_findings
from pipelines.assets.transform import build_stale
from pipelines.transform import dbt
from pipelines.transform.graph import RAW, Graph, Node
from pipelines.warehouse import staging
from tests.conftest import SAMPLE_NIGHT
from tests.models.nights import World, a_file_went, build_whole, differences, one_file, take_in

UNIT = "LS-SO-Y-TE"
UNTOUCHED = "UPDATE intermediate.{} SET source_file = 'untouched' WHERE unit_code <> ?"


def _night(world: World, as_of: date, halves: Sequence[str] = (dbt.FIRST_HALF,)) -> None:
    """A night's counting with its tests; models by unit are of the first half."""
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
    assert _rows(world, "FROM meta.changed_units") == {(UNIT,)}
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_rows_of_other_units_are_left_as_they_are(world: World) -> None:
    one_file(world)
    for node in _by_unit(world.graph):
        _change(world, UNTOUCHED.format(node.selector), UNIT)
    _night(world, SAMPLE_NIGHT)
    for node in _by_unit(world.graph):
        left = f"SELECT DISTINCT unit_code = '{UNIT}', source_file = 'untouched' FROM {node.relation}"
        assert _rows(world, left) == {(True, False), (False, True)}


def test_a_day_before_the_last_files_counts_without_them(world: World, tmp_path: Path) -> None:
    """No file changed, but which count: the table of files tells of the day, and so whose they are."""
    _night(world, date(2025, 6, 1))
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_a_night_cut_short_builds_the_whole_model_next(world: World, tmp_path: Path) -> None:
    """Whatever was replaced before: a model that was not noted as built is made of all units."""
    one_file(world)
    nodes = _by_unit(world.graph)
    _change(world, UNTOUCHED.format(nodes[0].selector), "")
    _change(world, "DELETE FROM meta.built WHERE node = ?", nodes[0].id)
    _night(world, SAMPLE_NIGHT)
    assert _wrong(world, tmp_path / "thidua.duckdb") == []


def test_models_by_unit_read_only_what_is_of_a_unit_or_of_the_law(world: World) -> None:
    """A unit's files, the law, other models by unit, and the two models of files, which part by unit, too."""
    nodes = {node.id: node for node in world.graph.nodes}
    of_a_unit = {"int_files", "int_current_keys", *(node.selector for node in _by_unit(world.graph))}

    def is_of_the_law(id_: str) -> bool:
        reads = nodes[id_].reads if id_.startswith("model.") else {id_}
        others = (one for one in reads if not one.startswith("source.thidua.ref."))
        return all(one != id_ and is_of_the_law(one) for one in others)

    assert len(_by_unit(world.graph)) == 4
    for node in _by_unit(world.graph):
        for read in node.reads:
            of_files = read.startswith(RAW) or (read in nodes and nodes[read].selector in of_a_unit)
            assert of_files or is_of_the_law(read), (node.selector, read)
