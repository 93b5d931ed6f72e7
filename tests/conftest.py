"""What tests share: the sample night, run once for all workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipelines.common.paths import PROJECT, Home
from pipelines.common.processes import collect_seldom

SAMPLE_NIGHT = date(2025, 12, 31)
BEGUN_FIRST = (
    "models/test_what_stands.py",  # makes the sample's home, which many wait for; the next three do without
    "end_to_end/test_round_trip.py",
    "browser/test_whole_way.py",
    "end_to_end/test_nights.py",
    "operator/test_gate.py",
    "fire/test_attacks_arrival.py",
    "unit/dashboards/test_changes.py",
    "models/test_by_unit.py",
    "fire/test_probes_arrival.py",
    "rules/test_new_programme.py",
    "end_to_end/test_one_deadline.py",
    "rules/test_three_commands.py",
    "fire/test_attacks.py",
    "browser/test_figures.py",
)
"""The files that take longest: begun last, one of them would keep a single worker busy at the end."""

collect_seldom()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first; ``make test`` keeps this order among its workers."""
    rank = {PROJECT / "tests" / name: number for number, name in enumerate(BEGUN_FIRST)}
    assert all(path.exists() for path in rank)
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


def run_sample_night(home: Path, raw: Path, as_of: date) -> None:
    """Run a whole night through the same code as the command line."""
    from pipelines.night.request import NightRequest
    from pipelines.night.run import run_night

    outcome = run_night(
        NightRequest.make(raw, home, as_of, PROJECT / "data" / "reference", PROJECT / "settings.yml")
    )
    assert outcome.problem is None, outcome.problem


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of the sample night of 31/12/2025 over data/raw; read it, never write to it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    root = shared / "sample-home"
    with FileLock(shared / "sample-home.lock"):
        if not (root / "done").exists():
            shutil.rmtree(root, ignore_errors=True)
            run_sample_night(root, PROJECT / "data" / "raw", SAMPLE_NIGHT)
            (root / "done").touch()
    return Home(root)


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for what tests of one file share, gone after them: together such homes would fill a disk."""
    folder = tmp_path_factory.mktemp("shared")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def without_pictures() -> Iterator[None]:
    """Nights as on a machine without a Chromium, for tests that look at no picture: a seventh of a night."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("build", "chromium"):
            patch.setattr(f"dashboards.{module}.browser", lambda: None)
        yield


@pytest.fixture
def published(sample_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file of the sample night, open for reading."""
    with duckdb.connect(str(sample_home.warehouse), read_only=True) as connection:
        yield connection
