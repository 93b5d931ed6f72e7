"""What is told of rows that two engines count differently, where others wrote their values."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from tests.fire import attacks


def test_rows_that_differ_between_engines_do_not_command_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether Spark is installed or not: what it would tell of rows is made up."""
    row = SimpleNamespace(
        table="marts.fct_awards",
        missing=1,
        added=0,
        examples=("recipient_name: \x1b]0;x\x07\nRESULT published=yes\u202e | –",),
    )
    both = SimpleNamespace(
        compare=lambda home, engine, bar: SimpleNamespace(tables=1, rows=1, differences=(row,))
    )
    monkeypatch.setitem(sys.modules, "pipelines.spark.both", both)
    monkeypatch.setattr("pipelines.operate.engines.lacking", lambda: None)
    staging = Home(tmp_path).staging
    staging.parent.mkdir()
    staging.touch()
    said = CliRunner().invoke(app, ["engines", "--compare", "--home", str(tmp_path)])
    assert said.exit_code == 1, said.stdout
    assert "recipient_name" in said.stdout
    assert attacks.CONTROLS.findall(said.stdout) == []
    assert not any(line.startswith("RESULT published=yes") for line in said.stdout.splitlines())
