"""Every model says what one row is, and on the sample it is so."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import DBT_PROJECT, Home
from pipelines.transform import dbt

MODELS = DBT_PROJECT / "models"
LAYERS = ("staging", "intermediate")
MANY = {"int_facts", "int_led_facts", "int_told_facts", "int_verdict_counts"} | {
    "stg_raw__file_parts",
    "stg_raw__reading_findings",
    "stg_ref__quota_conditions",
    "stg_ref__rule_scopes",
    "stg_ref__rule_sentences",
    "stg_quality__check_failures",
}
"""Rows of these have no name: one fact may be told twice in the same words, one rule judged in two ways."""


@cache
def _declared() -> dict[str, dict[str, Any]]:
    return {
        model["name"]: model
        for layer in LAYERS
        for path in (MODELS / layer).rglob("_models.yml")
        for model in yaml.safe_load(path.read_text("utf-8"))["models"]
    }


@pytest.mark.parametrize(
    "path",
    [path for layer in LAYERS for path in sorted((MODELS / layer).rglob("*.sql"))],
    ids=lambda path: path.stem,
)
def test_a_model_is_described_with_its_grain(path: Path) -> None:
    declared = _declared()[path.stem]
    assert declared["description"].strip()
    assert path.read_text("utf-8").startswith("-- Grain: ")
    if path.stem not in MANY:
        assert [test for test in declared["data_tests"] if "grain" in test]


def test_no_row_of_the_sample_stands_twice(sample_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.staging.parent.mkdir(parents=True)
    shutil.copy(sample_home.staging, home.staging)
    outcomes = dbt.run_tests(home, dbt.IN_CI)
    assert {name: told for name, told in outcomes.items() if told != "pass"} == {}
    assert len(outcomes) > 100
