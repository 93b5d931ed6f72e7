"""What tests of nights after the first start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.transform import dbt
from pipelines.transform.graph import graph_of
from tests.conftest import SAMPLE_NIGHT
from tests.models.nights import World


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
