"""Which engine a night works on."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagster import Failure

from pipelines.assets.engine import spark_of
from pipelines.night.request import NightRequest


def _request(folder: Path, said: str, engine: str | None = None) -> NightRequest:
    (folder / "settings.yml").write_text(said, "utf-8")
    return NightRequest.make(home=folder / "home", settings=folder / "settings.yml", engine=engine)


@pytest.mark.parametrize("said", ["", "engine: {master: 'spark://may-chu:7077'}\n"])
def test_duckdb_where_nothing_else_is_said(tmp_path: Path, said: str) -> None:
    assert spark_of(_request(tmp_path, said)) is None


def test_a_night_may_be_asked_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.assets.engine.lacking", lambda: None)
    spark = spark_of(_request(tmp_path, "engine: {master: 'spark://may-chu:7077'}\n", "spark"))
    assert spark is not None
    assert spark.master == "spark://may-chu:7077"
    assert spark_of(_request(tmp_path, "engine: {kind: spark}\n", "duckdb")) is None


def test_a_machine_without_spark_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.operate.engines.find_spec", lambda name: None)
    with pytest.raises(Failure, match="make spark") as refused:
        spark_of(_request(tmp_path, "engine: {kind: spark}\n"))
    assert not refused.value.allow_retries
