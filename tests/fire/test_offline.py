"""Commands need no network. The whole way of a bundle is tests/fire/offline.py."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT
from tests.fire.offline import without_network

FILE = PROJECT / "data" / "raw" / "LS-1620" / "LS-SO-TAI-CHINH" / "2020-05-18" / "qs.csv"


@pytest.mark.skipif(
    not shutil.which("unshare") or os.geteuid() != 0, reason="a network namespace needs unshare and root"
)
def test_a_file_is_checked_without_a_network(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "check", str(FILE)]
    done = without_network(command, cwd=PROJECT)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1), done.stdout
    assert "qs.csv" in done.stdout
