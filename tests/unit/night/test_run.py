"""A night that breaks off between its steps."""

import errno
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import duckdb
import pytest

from pipelines.assets.night_resource import Night
from pipelines.assets.publication import told
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


@pytest.mark.parametrize("out", [True, False])
def test_a_night_is_published_once_its_file_is_out(tmp_path: Path, out: bool) -> None:
    """The disk is full when the public or the dated copy is made; or before the file itself is out."""
    home = Home(tmp_path)
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("CREATE SCHEMA meta")
        connection.execute(
            "CREATE TABLE meta.snapshot AS SELECT ? AS run_id", ["tonight" if out else "before"]
        )
    night = SimpleNamespace(request=SimpleNamespace(home=home), log=NightLog(run_id="tonight"))
    with pytest.raises(OSError, match="mnt"), told(cast(Night, night), datetime(2026, 1, 2, 1, 40)):
        raise FULL
    assert night.log.figures == ({"published_at": "01:40"} if out else {})
