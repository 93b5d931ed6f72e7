"""The folders of models and the order they run in: subjects by folder, halves of the night by tag alone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.common.paths import DBT_PROJECT, Home
from pipelines.transform import dbt

MODELS = DBT_PROJECT / "models"
STAGING = MODELS / "staging"
LAYERS = {"staging", "intermediate", "marts"}


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Every model of the manifest."""
    manifest = dbt.manifest(Home(tmp_path_factory.mktemp("manifest")))
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_every_model_lies_in_a_layer_and_intermediate_ones_under_their_subject() -> None:
    for path in MODELS.rglob("*.sql"):
        layer, *subject = path.relative_to(MODELS).parent.parts
        assert layer in LAYERS, path
        assert subject or layer != "intermediate", f"{path}: say what it is about by a folder"


def test_every_model_runs_in_exactly_one_half_of_the_night(nodes: list[dict[str, Any]]) -> None:
    halves = {"first_half", "second_half"}
    wrong = [node["name"] for node in nodes if len(halves & set(node["tags"])) != 1]
    assert wrong == [], "give the folder or the model one of the tags"


def test_nothing_of_the_first_half_waits_for_the_second(nodes: list[dict[str, Any]]) -> None:
    half = {node["unique_id"]: node["tags"] for node in nodes}
    late = [
        (node["name"], need)
        for node in nodes
        if "first_half" in node["tags"]
        for need in node["depends_on"]["nodes"]
        if "second_half" in half.get(need, ())
    ]
    assert late == []


def test_only_staging_names_a_source() -> None:
    places = [path for path in DBT_PROJECT.rglob("*.sql") if "target" not in path.parts]
    elsewhere = [
        path for path in places if "source(" in path.read_text("utf-8") and STAGING not in path.parents
    ]
    assert elsewhere == [], "give the table a model in models/staging and read that"
    for path in STAGING.rglob("*.sql"):
        schema = path.parent.name
        assert path.stem.startswith(f"stg_{schema}__"), path
        assert re.findall(r"source\('(\w+)', ", path.read_text("utf-8")) == [schema], path


def test_what_staging_shows_some_model_reads(nodes: list[dict[str, Any]]) -> None:
    read = {need for node in nodes for need in node["depends_on"]["nodes"]}
    unread = [node["name"] for node in nodes if node["fqn"][1] == "staging" and node["unique_id"] not in read]
    assert unread == []


def test_a_model_is_where_its_name_says() -> None:
    prefixes = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("dim_", "fct_", "rpt_", "trc_")}
    for path in MODELS.rglob("*.sql"):
        assert Path(path).stem.startswith(prefixes[path.relative_to(MODELS).parts[0]]), path


def test_a_manifest_of_which_a_kill_left_half_is_made_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    whole = dbt.manifest(home)
    (path,) = home.dbt_target.glob("manifest-of-*.json")
    for size in (0, 100, path.stat().st_size // 2):
        os.truncate(path, size)
        again = dbt.manifest(home)
        assert again["nodes"].keys() == whole["nodes"].keys()
        assert again["macros"] == whole["macros"]


def test_the_manifest_of_another_version_is_not_used(tmp_path: Path) -> None:
    # files of a release are older than the home: their times do not tell that they are others
    home = Home(tmp_path)
    home.dbt_target.mkdir(parents=True)
    earlier = home.dbt_target / "manifest-of-0123456789abcdef-1.0.json"
    for path in (earlier, home.dbt_target / "manifest.json"):
        path.write_text('{"nodes": {}, "sources": {}, "macros": {}}', "utf-8")
    assert dbt.manifest(home)["nodes"]
    assert not earlier.exists()
