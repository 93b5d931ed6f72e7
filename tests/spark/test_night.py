"""A night counts on Spark what it counts on DuckDB."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("pyspark", reason="make spark")

from dashboards.build import BuildResult
from pipelines.cli import app
from pipelines.common.bars import bar
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.night.run import run_night
from pipelines.reference.settings import load_engine
from pipelines.reports.build import Built
from pipelines.spark.both import differing
from pipelines.spark.compare import Difference
from pipelines.spark.night import Counter
from pipelines.transform import counted
from pipelines.transform.compiled import build_models, compiled_models, in_memory, with_needs
from pipelines.warehouse import staging
from tests.conftest import SAMPLE_NIGHT

HERE = 'engine: {kind: spark, master: "local[2]"}\n'
NOWHERE = 'engine: {kind: spark, master: "spark://127.0.0.1:9"}\n'
"""Nobody listens there."""


@pytest.fixture(scope="module")
def night(shared_folder: Path) -> NightRequest:
    """The sample night up to its publication, counted on Spark; who counted is not known beyond."""
    root = shared_folder
    shutil.copytree(PROJECT / "data" / "raw", root / "raw")
    (root / "settings.yml").write_text(HERE, "utf-8")
    request = NightRequest.make(
        root / "raw", root / "home", SAMPLE_NIGHT, PROJECT / "data" / "reference", root / "settings.yml"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboards.build.build", lambda *_, **__: BuildResult(root, 0, 0, 0, 0, 0))
        patch.setattr("pipelines.assets.reports.build_reports", lambda *_: Built(root, 0, 0, 0))
        outcome = run_night(request)
    assert outcome.problem is None, outcome.problem
    return request


def _different(home: Home, copy: Path) -> list[Difference]:
    """What DuckDB counts otherwise, of what the night found."""
    shutil.copy(home.staging, copy)
    tables = [model for model in compiled_models() if not model.is_view]
    with in_memory(copy) as connection:
        build_models(connection)
        connection.execute(f"ATTACH '{home.staging}' AS night (READ_ONLY)")
        others = {one.name: f'night."{one.schema}"."{one.name}"' for one in tables}
        found, rows = differing(connection, tables, others)
    assert rows > 10_000
    return found


def test_all_tables_of_the_sample_night_are_equal(night: NightRequest, tmp_path: Path) -> None:
    assert _different(night.home, tmp_path / "thidua.duckdb") == []
    assert not night.home.spark.exists()


def test_tables_are_counted_over_what_stands(night: NightRequest, tmp_path: Path) -> None:
    """As in a night in which little changed: what they read is written out of the staging file."""
    names = ["int_verdict_counts", "fct_awards", "rpt_headlines", "rpt_statistics"]
    copy = tmp_path / "thidua.duckdb"
    shutil.copy(night.home.staging, copy)
    models = [model for model in compiled_models() if model.name in names]
    with (
        staging.opened(copy) as connection,
        bar("test") as shown,
        Counter(load_engine(night.settings), tmp_path / "spark", shown) as count,
    ):
        for model in models:
            count(connection, [model.name])
        found, rows = differing(connection, models, {name: f"({counted.rows_of(name)})" for name in names})
    assert found == []
    assert rows > 700


def test_a_cluster_that_does_not_answer_holds_the_night_back(night: NightRequest) -> None:
    before = night.home.warehouse.read_bytes()
    night.settings.write_text(NOWHERE, "utf-8")
    outcome = run_night(replace(night, as_of=date(2026, 1, 3)))
    assert not outcome.published
    assert outcome.problem is not None
    assert outcome.problem.why.startswith("Không nối được cụm Apache Spark spark://127.0.0.1:9 (")
    assert night.home.warehouse.read_bytes() == before


def test_both_engines_are_compared_by_a_command(
    night: NightRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = with_needs(compiled_models(), ["dim_units"])
    monkeypatch.setattr("pipelines.spark.both.compiled_models", lambda: few)
    night.settings.write_text(HERE, "utf-8")
    command = ["engines", "--compare", "--home", str(night.home.root), "--settings", str(night.settings)]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 0, said.stdout
    assert ": 0 bảng khác." in said.stdout
