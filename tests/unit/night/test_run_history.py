"""The history of runs: what Dagster itself would write, read by Dagster itself, in a home that may move."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dagster import AssetKey, DagsterEventType, DagsterInstance, asset, materialize
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.common.paths import Home
from pipelines.night.run import prepare_dagster
from pipelines.night.run_history import RunHistory


@asset
def thing() -> int:
    return 1


def _types(storage: SqliteEventLogStorage, run: str) -> list[str]:
    return [str(entry.dagster_event_type) for entry in storage.get_logs_for_run(run)]


def test_events_are_those_that_dagster_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_dagster(Home(tmp_path / "home"))
    with DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, RunHistory)
        run = materialize([thing], instance=instance).run_id
        kept = _types(instance.event_log_storage, run)
        assert instance.get_latest_materialization_event(AssetKey("thing")) is not None
    assert str(DagsterEventType.ASSET_MATERIALIZATION) in kept
    moved = shutil.move(tmp_path / "home", tmp_path / "moved")
    plain = SqliteEventLogStorage(str(Home(Path(moved)).dagster / "history" / "runs"))
    assert _types(plain, run) == kept


def test_the_settings_of_an_earlier_version_are_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    home = Home(tmp_path)
    home.dagster.mkdir(parents=True)
    (home.dagster / "dagster.yaml").write_text("telemetry: {enabled: false}\n", "utf-8")
    prepare_dagster(home)
    with DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, RunHistory)
