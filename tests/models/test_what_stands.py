"""What stands from an earlier night equals what a whole build of the night would give, whatever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from expectations.findings_of_night import write_findings
from pipelines.transform import built, dbt, stale
from pipelines.transform.compiled import compiled_models
from pipelines.transform.refresh import refresh
from pipelines.warehouse import staging
from tests.conftest import SAMPLE_NIGHT
from tests.models.nights import World, a_file_went, build_whole, differences, one_file, take_in

NEXT = date(2026, 1, 2)
DAILY = {"fct_findings", "rpt_findings_by_night", "rpt_headlines", "rpt_checks", "rpt_check_failures"}
"""What tells of the night itself: built anew whenever the date is another."""


def _night(world: World, as_of: date) -> set[str]:
    """A night that makes what does not stand; says what that was."""
    take_in(replace(world.request, as_of=as_of))
    models = {model.name: model for model in compiled_models()}
    done = set()
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        for half in dbt.WHOLE:
            due = refresh(connection, world.graph, half)
            for node in due.to_build:
                if node.is_table:
                    connection.execute(f"DELETE FROM {node.relation}")
                    connection.execute(f"INSERT INTO {node.relation} BY NAME {models[node.selector].sql}")
            sql = {node.id: models[node.selector].sql if node.is_model else "" for node in due.to_build}
            built.note(connection, sql)
            built.trust(connection, [node.id for node in due.to_test])
            done |= {node.selector for node in (*due.to_build, *due.to_test)}
            done |= {node.selector for node in world.graph.nodes if node.id in due.seconds}
            if half == dbt.FIRST_HALF:
                write_findings(connection, as_of)
    return done


def _a_setting(world: World) -> None:
    world.request.settings.write_text("policies: {POL-PCT-DENOM: unit_total_of_kind}\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "as_of", "made", "stands"),
    [
        pytest.param(None, SAMPLE_NIGHT, set(), {"fct_findings", "fct_awards"}, id="nothing"),
        pytest.param(None, NEXT, DAILY - {"rpt_checks"}, {"fct_awards", "rpt_mau_02"}, id="date-moved"),
        # Cao Bằng's last reports are owed from 01/01/2026; the first file of 2026 comes on 12/03
        pytest.param(
            None, date(2026, 3, 1), {"int_dues", "int_verdicts_dues"}, {"fct_awards"}, id="deadline-passed"
        ),
        # the line that went was of a year that no mẫu 02 counts: what reads the awards comes out the same
        pytest.param(one_file, SAMPLE_NIGHT, {"fct_awards"}, {"dim_units", "rpt_mau_02"}, id="one-file"),
        pytest.param(a_file_went, NEXT, {"fct_awards", "fct_submissions"}, {"dim_units"}, id="file-went"),
        pytest.param(_a_setting, SAMPLE_NIGHT, {"rpt_mau_02"}, {"int_files"}, id="setting"),
    ],
)
def test_what_stands_equals_a_whole_build(
    world: World,
    tmp_path: Path,
    change: Callable[[World], None] | None,
    as_of: date,
    made: set[str],
    stands: set[str],
) -> None:
    if change is not None:
        change(world)
    done = _night(world, as_of)
    assert made <= done
    assert not stands & done
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_other_code_builds_everything(world: World) -> None:
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        connection.execute("UPDATE meta.night SET code_version = 'other'")
        stale.note_sources(connection, world.graph)
        wanted = [node for half in dbt.WHOLE for node in refresh(connection, world.graph, half).to_build]
    assert wanted == sorted(world.graph.nodes, key=lambda node: node.half)


def test_what_is_not_noted_as_built_is_built_again(world: World) -> None:
    """Whatever happened between: the next night asks for it again, and for what stands on it."""
    take_in(world.request)
    (awards,) = (node for node in world.graph.nodes if node.selector == "int_award_events")
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        assert refresh(connection, world.graph, dbt.FIRST_HALF).to_build == []
        connection.execute("DELETE FROM meta.built WHERE node = ?", [awards.id])
        for _ in range(2):
            wanted = {node.selector for node in refresh(connection, world.graph, dbt.FIRST_HALF).to_build}
            assert {"int_award_events", "int_recipient_keys"} <= wanted
            assert "int_documents" not in wanted
        in_doubt = {id_ for id_, one in built.known(connection, world.graph).items() if one.doubt}
    assert {"model.thidua.fct_awards", "model.thidua.rpt_statistics"} & in_doubt
    assert "model.thidua.dim_units" not in in_doubt


def test_a_night_cut_short_is_gone_on_with(world: World, tmp_path: Path) -> None:
    """Killed after the first half: the second looks at what the first made, though no source changed."""
    one_file(world)
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        refresh(connection, world.graph, dbt.FIRST_HALF)
    assert "fct_awards" in _night(world, SAMPLE_NIGHT)
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_rows_that_failed_a_test_are_tested_until_they_pass(world: World) -> None:
    one_file(world)
    take_in(world.request)
    tested = []
    with staging.opened(world.request.home.staging) as connection:
        for _ in range(3):
            stale.note_sources(connection, world.graph)
            due = refresh(connection, world.graph, dbt.FIRST_HALF)
            tested.append({node.id for node in due.to_test})
            if len(tested) == 2:
                built.trust(connection, tested[-1])
    assert tested[0] == tested[1] != set()
    assert tested[2] == set()


def test_a_table_that_is_gone_is_built_again(world: World) -> None:
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        connection.execute("DROP TABLE intermediate.int_documents")
        wanted = {node.selector for node in refresh(connection, world.graph, dbt.FIRST_HALF).to_build}
    assert "int_documents" in wanted
    assert "int_files" not in wanted


def test_sql_that_fails_is_left_to_dbt_with_what_stands_on_it(world: World) -> None:
    one_file(world)
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        connection.execute(
            "UPDATE meta.built SET sql = 'nonsense' WHERE node = 'model.thidua.int_award_rows'"
        )
        stale.note_sources(connection, world.graph)
        wanted = {node.selector for node in refresh(connection, world.graph, dbt.FIRST_HALF).to_build}
    assert {"int_award_rows", "int_award_events"} <= wanted
    assert "int_listed_awards" not in wanted
