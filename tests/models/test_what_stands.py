"""What stands from an earlier night equals what a whole build of the night would give, whatever changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.findings_of_night import write_findings
from pipelines.common.bars import bar
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables
from pipelines.transform import dbt, stale
from pipelines.transform.compiled import build_models, compiled_models
from pipelines.transform.graph import Graph, graph_of
from pipelines.warehouse import intake, staging
from tests.conftest import SAMPLE_NIGHT

LIST = "LS-1620/LS-SO-Y-TE/2020-05-20/danh-sach-khen-thuong-2019.csv"
NEXT = date(2026, 1, 2)
DAILY = {"fct_findings", "rpt_findings_by_night", "rpt_headlines", "rpt_checks", "rpt_check_failures"}
"""What tells of the night itself: built anew whenever the date is another."""


@dataclass(frozen=True)
class World:
    """A home after a published night, and its raw folder, to be changed."""

    request: NightRequest
    graph: Graph


@pytest.fixture
def world(sample_home: Home, tmp_path: Path) -> World:
    """A copy of the sample's home as the night left it."""
    home, raw = Home(tmp_path / "home"), tmp_path / "raw"
    home.staging.parent.mkdir(parents=True)
    shutil.copy(sample_home.staging, home.staging)
    shutil.copytree(PROJECT / "data" / "raw", raw)
    settings = tmp_path / "settings.yml"
    shutil.copy(PROJECT / "settings.yml", settings)
    manifest = dbt.manifest(sample_home)
    request = NightRequest.make(raw, home.root, SAMPLE_NIGHT, PROJECT / "data" / "reference", settings)
    return World(request, graph_of(manifest, (dbt.FIRST_HALF, dbt.SECOND_HALF), dbt.CI))


def _take_in(request: NightRequest) -> None:
    """The first stages of a night."""
    known = load_reference(request.reference)
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        staging.replace_tables(connection, "ref", law_tables(known, load_settings(request.settings, known)))
    with bar("test") as shown:
        intake.take_in(request, "test", shown)


def _night(world: World, as_of: date) -> set[str]:
    """A night that builds what does not stand; says what that was."""
    _take_in(replace(world.request, as_of=as_of))
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


def _whole(world: World, copy: Path) -> None:
    """Build everything anew on a copy of a home's staging file, over what the night found there."""
    shutil.copy(world.request.home.staging, copy)
    with staging.opened(copy) as connection:
        build_models(connection)


def _differences(one: Path, other: Path) -> list[str]:
    """Tables whose rows are not the same in both files."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'other' "
            "AND schema_name IN ('intermediate', 'marts') ORDER BY ALL"
        ).fetchall()
        assert len(tables) > 80
        found = []
        for schema, table in tables:
            columns = connection.execute(
                "SELECT string_agg('\"' || column_name || '\"', ', ' ORDER BY column_name) "
                "FROM duckdb_columns() WHERE database_name = 'other' AND schema_name = ? AND table_name = ?",
                [schema, table],
            ).fetchall()[0][0]
            rows = [f'SELECT {columns} FROM {file}."{schema}"."{table}"' for file in ("one", "other")]
            for left, right in (rows, reversed(rows)):
                if connection.execute(f"({left}) EXCEPT ALL ({right}) LIMIT 1").fetchall():
                    found.append(table)
                    break
    return found


def _one_file(world: World) -> None:
    path = world.request.raw / LIST
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def _a_file_went(world: World) -> None:
    (world.request.raw / LIST).unlink()


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
        pytest.param(_one_file, SAMPLE_NIGHT, {"fct_awards", "rpt_mau_02"}, {"dim_units"}, id="one-file"),
        pytest.param(_a_file_went, NEXT, {"fct_awards", "fct_submissions"}, {"dim_units"}, id="file-went"),
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
    _whole(world, tmp_path / "thidua.duckdb")
    assert _differences(world.request.home.staging, tmp_path / "thidua.duckdb") == []


def test_other_code_builds_everything(world: World) -> None:
    _take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        connection.execute("UPDATE meta.night SET code_version = 'other'")
        stale.note_sources(connection, world.graph)
        wanted = [node for half in dbt.WHOLE for node in stale.to_build(connection, world.graph, half)]
    assert wanted == sorted(world.graph.nodes, key=lambda node: node.half)


def test_what_failed_its_test_or_was_cut_short_is_built_again(world: World) -> None:
    """Asked for and not noted as built: whatever happened between, the next night asks for it again."""
    _take_in(world.request)
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
    _take_in(world.request)
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        connection.execute("DROP TABLE intermediate.int_documents")
        wanted = {node.selector for node in stale.to_build(connection, world.graph, dbt.FIRST_HALF)}
    assert "int_documents" in wanted
    assert "int_files" not in wanted


def test_trying_a_date_leaves_the_tables_as_they_are(world: World) -> None:
    _take_in(replace(world.request, as_of=date(2030, 1, 1)))
    with staging.opened(world.request.home.staging) as connection:
        stale.note_sources(connection, world.graph)
        before = connection.execute("FROM intermediate.int_dues ORDER BY ALL").fetchall()
        wanted = {node.selector for node in stale.to_build(connection, world.graph, dbt.FIRST_HALF)}
        assert "int_dues" in wanted
        assert connection.execute("FROM intermediate.int_dues ORDER BY ALL").fetchall() == before
