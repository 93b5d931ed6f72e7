"""The line for monitoring is the last one a night prints, whatever is told before it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.night.problem import Problem
from pipelines.night.request import NightLog
from pipelines.night.run import Outcome


@pytest.mark.parametrize("disk_is_full", [False, True])
def test_the_result_is_told_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk_is_full: bool) -> None:
    def tell(*_: object) -> list[str]:
        if disk_is_full:
            raise OSError(errno.ENOSPC, "x", str(tmp_path))
        return ["thu.eml"]

    held = Outcome(False, "", NightLog(), Problem("raw_tables", "vì thế", "làm thế"))
    monkeypatch.setattr("pipelines.night.run.run_night", lambda request: held)
    monkeypatch.setattr("pipelines.operate.operator_mail.tell", tell)
    ran = CliRunner().invoke(app, ["nightly", "--raw", str(tmp_path), "--home", str(tmp_path / "home")])
    assert ran.exit_code == 1
    assert ("đã đầy" if disk_is_full else "thu.eml") in ran.stdout
    last = ran.stdout.splitlines()[-1]
    assert last.startswith("RESULT published=no")
    assert last.endswith("step=raw_tables")
