"""Pages of synthetic snapshots, built once for all tests of a worker."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboards.build import BuildResult, build
from tests.unit.dashboards.published_file import REFERENCE, make_published

NOW = datetime(2020, 6, 5, 3, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def built(folder: Path, **shape: int | bool) -> tuple[Path, BuildResult]:
    """A published file of a shape, and its pages."""
    warehouse = make_published(folder / "thidua.duckdb", **shape)  # type: ignore[arg-type]
    return warehouse, build(warehouse, folder / "dashboards", NOW, REFERENCE, pictures=False, downloads=False)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """Lạng Sơn with a few files; the other programmes sent nothing."""
    return built(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """Nothing was ever sent."""
    return built(tmp_path_factory.mktemp("empty"), rich=False)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """Six made-up units, one of them named like an attack."""
    return built(tmp_path_factory.mktemp("hostile"), units=6, awards=70)
