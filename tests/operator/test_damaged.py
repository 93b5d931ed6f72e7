"""A published file that cannot be opened is told in a sentence, and stops no night: it is replaced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from expectations.checkpoint import _before
from pipelines.cli import app
from pipelines.commands import failures
from pipelines.common.paths import PROJECT, Home
from pipelines.night.clock import problem_with_clock
from pipelines.night.request import NightRequest
from pipelines.night.summary import published_night
from pipelines.publish.snapshot import published_run

LINES = [
    "lookup Nam",
    "mau02 --unit LS-SO-Y-TE --format xlsx --out {out}",
    "statistics --table 0602 --year 2019 --unit LS --format xlsx --out {out}",
    "trace --unit LS-SO-Y-TE --row III.1 --column individuals",
    "why abc",
    "send --dry-run",
    "status",
]


@pytest.fixture(params=[b"garbage", b"", b"\0" * 20_000], ids=["overwritten", "empty", "zeros"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    found = Home(tmp_path / "home")
    found.warehouse.parent.mkdir(parents=True)
    found.warehouse.write_bytes(request.param * (1000 if request.param == b"garbage" else 1))
    return found


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split()[0])
def test_every_command_says_it_in_a_sentence(line: str, home: Home, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, [*line.format(out=tmp_path / "x").split(), "--home", str(home.root)])
    told = failures.sentence_of(ran.exception) if not isinstance(ran.exception, SystemExit) else ran.output
    assert ran.exit_code in (1, 2)
    assert "chưa lường trước" not in told
    assert "make nightly" in told
    assert "Error" not in told
    if line == "status":
        assert told.splitlines()[-1].startswith("RESULT status=unreadable")


def test_the_doctor_sees_it(home: Home) -> None:
    place = ["--home", str(home.root), "--raw", str(PROJECT / "data" / "raw")]
    ran = CliRunner().invoke(app, ["doctor", *place])
    assert ran.exit_code == 1
    assert f"[ HỎNG ] Không mở được {home.warehouse}" in ran.output


def test_a_night_goes_on_as_if_nothing_were_published(home: Home) -> None:
    request = NightRequest.make(home=home.root, as_of=date(2026, 1, 1))
    assert problem_with_clock(home) is None
    assert published_night(request) is None
    assert published_run(home) is None
    with duckdb.connect() as connection, _before(connection, home.warehouse) as has_before:
        assert not has_before
