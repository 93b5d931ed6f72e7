"""The unit tests beside the models (dbt_project/**/unit_tests.yml), run by dbt on an empty warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.common.paths import Home
from pipelines.transform import dbt
from pipelines.transform.compiled import compiled_models
from tests.mau_02.world import World


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = Home(tmp_path_factory.mktemp("dbt"))
    home.staging.parent.mkdir(parents=True)
    World().build(tuple(model.name for model in compiled_models()), home.staging).close()
    return dbt.run_tests(home)


def test_every_unit_test_passes(outcomes: dict[str, str]) -> None:
    assert {name: outcome for name, outcome in outcomes.items() if outcome != "pass"} == {}


def test_each_written_unit_test_was_run(outcomes: dict[str, str]) -> None:
    written = {
        line.split(": ", 1)[1].strip()
        for path in Path("dbt_project/models").rglob("unit_tests.yml")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("  - name: ")
    }
    assert set(outcomes) >= written
    assert len(written) >= 8
