"""The real reference data, and copies of it that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT / "data" / "reference"

Edit = Callable[..., Path]


@pytest.fixture(scope="session")
def reference() -> Reference:
    """data/reference as it is."""
    return load_reference(REFERENCE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of data/reference."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Replaces text in one file of the copy (it must be there) and gives the copy."""

    def replace(name: str, old: str, new: str) -> Path:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return replace
