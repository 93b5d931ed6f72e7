"""What stands from an earlier night equals what a whole build of the night would give, whatever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from expectations.findings_of_night import write_findings
from pipelines.transform import dbt, stale
from pipelines.transform.compiled import compiled_models
from pipelines.warehouse import staging
from tests.conftest import SAMPLE_NIGHT
from tests.models.nights import World, a_file_went, build_whole, differences, one_file, take_in

NEXT = date(2026, 1, 2)
DAILY = {"fct_findings", "rpt_findings_by_night", "rpt_headlines", "rpt_checks", "rpt_check_failures"}
"""What tells of the night itself: built anew whenever the date is another."""


def _night(world: World, as_of: date) -> set[str]:
    """A night that builds what does not stand; says what that was."""
    take_in(replace(world.request, as_of=as_of))
    models = {model.name: model for model in compiled_models()}
    done = set()
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        for half in dbt.WHOLE:
            wanted = stale.to_build(connection, world.graph, half)
            for node in wanted:
                if node.is_table:
                    connection.execute(f"DELETE FROM {node.relation}")
                    connection.execute(f"INSERT INTO {node.relation} BY NAME {models[node.selector].sql}")
            sql = {node.id: models[node.selector].sql if node.is_model else "" for node in wanted}
            stale.note_built(connection, sql)
            done |= {node.selector for node in wanted}
            if half == dbt.FIRST_HALF:
                write_findings(connection, as_of)
    return done


def _a_setting(world: World) -> None:
    world.request.settings.write_text("policies: {POL-PCT-DENOM: unit_total_of_kind}\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "as_of", "built", "stands"),
    [
        pytest.param(None, SAMPLE_NIGHT, set(), {"fct_findings", "fct_awards"}, id="nothing"),
        pytest.param(None, NEXT, DAILY - {"rpt_checks"}, {"fct_awards", "rpt_mau_02"}, id="date-moved"),
        # Cao Bằng's last reports are owed from 01/01/2026; the first file of 2026 comes on 12/03
        pytest.param(
            None, date(2026, 3, 1), {"int_dues", "int_verdicts_dues"}, {"fct_awards"}, id="deadline-passed"
        ),
        pytest.param(one_file, SAMPLE_NIGHT, {"fct_awards", "rpt_mau_02"}, {"dim_units"}, id="one-file"),
        pytest.param(a_file_went, NEXT, {"fct_awards", "fct_submissions"}, {"dim_units"}, id="file-went"),
        pytest.param(_a_setting, SAMPLE_NIGHT, {"rpt_mau_02"}, {"int_files"}, id="setting"),
    ],
)
def test_what_stands_equals_a_whole_build(
    world: World,
    tmp_path: Path,
    change: Callable[[World], None] | None,
    as_of: date,
    built: set[str],
    stands: set[str],
) -> None:
    if change is not None:
        change(world)
    done = _night(world, as_of)
    assert built <= done
    assert not stands & done
    build_whole(world, tmp_path / "thidua.duckdb")
    assert differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_other_code_builds_everything(world: World) -> None:
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        connection.execute("UPDATE meta.night SET code_version = 'other'")
        stale.note_sources(connection, world.graph)
        wanted = [node for half in dbt.WHOLE for node in stale.to_build(connection, world.graph, half)]
    assert wanted == sorted(world.graph.nodes, key=lambda node: node.half)


def test_what_failed_its_test_or_was_cut_short_is_built_again(world: World) -> None:
    """Asked for and not noted as built: whatever happened between, the next night asks for it again."""
    take_in(world.request)
    (awards,) = (node for node in world.graph.nodes if node.selector == "int_award_events")
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        assert stale.to_build(connection, world.graph, dbt.FIRST_HALF) == []
        connection.execute("DELETE FROM meta.built WHERE node = ?", [awards.id])
        for _ in range(2):
            wanted = {node.selector for node in stale.to_build(connection, world.graph, dbt.FIRST_HALF)}
            assert "int_award_events" in wanted
            assert "int_documents" not in wanted
        later = {node.selector for node in stale.to_build(connection, world.graph, dbt.SECOND_HALF)}
    assert {"fct_awards", "rpt_mau_02"} <= later


def test_a_table_that_is_gone_is_built_again(world: World) -> None:
    take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        connection.execute("DROP TABLE intermediate.int_documents")
        wanted = {node.selector for node in stale.to_build(connection, world.graph, dbt.FIRST_HALF)}
    assert "int_documents" in wanted
    assert "int_files" not in wanted


def test_trying_a_date_leaves_the_tables_as_they_are(world: World) -> None:
    take_in(replace(world.request, as_of=date(2030, 1, 1)))
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        before = connection.execute("FROM intermediate.int_dues ORDER BY ALL").fetchall()
        wanted = {node.selector for node in stale.to_build(connection, world.graph, dbt.FIRST_HALF)}
        assert "int_dues" in wanted
        assert connection.execute("FROM intermediate.int_dues ORDER BY ALL").fetchall() == before
