"""A night that breaks off between its steps."""

import errno
from pathlib import Path

import pytest

from pipelines.common.paths import Home
from pipelines.night.request import NightLog
from pipelines.night.run import cut_off

FULL = OSError(errno.ENOSPC, "x", "/mnt/o")


def test_what_was_published_before_a_disk_was_full_is_told_as_published(tmp_path: Path) -> None:
    outcome = cut_off(FULL, Home(tmp_path), NightLog(run_id="r", figures={"published_at": "01:40"}))
    assert outcome.published
    assert outcome.problem
    assert outcome.problem.step == "run"
    assert "đã đầy khi ghi /mnt/o" in outcome.problem.why
    assert outcome.problem.do


def test_a_night_broken_off_before_it_published_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="mnt"):
        cut_off(FULL, Home(tmp_path), NightLog(run_id="r"))
