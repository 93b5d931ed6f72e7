"""A short part of tests/fire/same.py: what is found is the same in any locale, zone and order of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT
from tests.fire.same import ASCII, shuffled

RAW = PROJECT / "data" / "raw"
FOUND = """
import hashlib, sys
from pathlib import Path
from pipelines.inbox.register import fingerprint, scan
told = [
    (file.source_file, file.problem, str(file.received_on), fingerprint(file, {}))
    for file in scan(Path(sys.argv[1]))
]
print(len(told), hashlib.sha256(repr(told).encode()).hexdigest())
"""


def found(raw: Path, more: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FOUND, str(raw)],
        cwd=PROJECT, env={**os.environ, **more}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture(scope="module")
def usual() -> str:
    return found(RAW, {})


def test_there_is_something_to_find(usual: str) -> None:
    assert int(usual.split()[0]) > 100


@pytest.mark.parametrize("more", [ASCII, {"TZ": "Pacific/Kiritimati"}])
def test_locale_and_zone_change_nothing(usual: str, more: dict[str, str]) -> None:
    assert found(RAW, more) == usual


def test_the_order_files_were_laid_down_in_changes_nothing(usual: str, tmp_path: Path) -> None:
    shuffled(RAW, tmp_path)
    assert found(tmp_path, {}) == usual
