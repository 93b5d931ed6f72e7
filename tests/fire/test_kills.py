"""Moments of a kill that a random one seldom hits, and what a killed process leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import psutil
import pytest

from pipelines.assets import night_resource
from pipelines.common.paths import PROJECT, Home
from pipelines.common.processes import sweep, temporary_files, temporary_folder
from pipelines.night import diary
from pipelines.night.clock import problem_with_clock
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.publish import snapshot
from pipelines.warehouse import staging
from tests.fire.small_publication import NIGHT, publish, stage

HELPERS = """
import sys, time
from pipelines.common.processes import pool, temporary_folder
if __name__ == "__main__":
    with pool(2) as helping, temporary_folder() as folder:
        for _ in range(2):
            helping.submit(time.sleep, 0.5)
        time.sleep(0.2)
        print(folder, flush=True)
        time.sleep(600)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def test_helpers_and_folders_do_not_outlive_a_killed_process(temporary: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(HELPERS)
    process = subprocess.Popen(
        [sys.executable, str(program)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    assert process.stdout
    left = Path(process.stdout.readline().strip())
    helpers = psutil.Process(process.pid).children(recursive=True)
    assert len(helpers) >= 2
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert psutil.wait_procs(helpers, timeout=20)[1] == []
    assert left.is_dir()
    assert left.parent == temporary
    with temporary_files():
        lies_in = Path(tempfile.mkstemp()[1]).parent
    assert lies_in.parent == temporary
    assert not lies_in.exists()
    assert os.environ["TMPDIR"] == str(temporary)
    with temporary_folder() as mine:
        (temporary / "thidua-of-others").mkdir()
        assert sweep() == 2  # its own, and the one its helpers began from
        assert sorted(temporary.iterdir()) == sorted([mine, temporary / "thidua-of-others"])


def test_a_dated_copy_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    publish(home, 1)
    stage(home, 2)
    snapshot.publish(home, "2026-01-01T02:00:00+07:00")
    copy = snapshot.dated(home, NIGHT)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for step in ("link", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, step, killed)
            with pytest.raises(KeyboardInterrupt):
                snapshot.keep_dated(home, NIGHT)
        assert snapshot.published_run(Home(tmp_path)) == "2"
        with duckdb.connect(str(copy), read_only=True) as connection:
            assert connection.execute("SELECT run_id FROM meta.snapshot").fetchall() == [("1",)]
    snapshot.keep_dated(home, NIGHT)
    assert copy.samefile(home.warehouse)
    snapshot.keep_dated(home, NIGHT)  # nothing to do
    assert [path.name for path in home.snapshots.iterdir()] == [copy.name]


def _cut_off(home: Home, run_id: str) -> NightRequest:
    began = diary.Entry("began", run_id, NIGHT.isoformat(), datetime.now(TIME_ZONE).isoformat())
    diary.write(home, began)
    with staging.opened(home.staging) as connection:
        staging.prepare(connection)
        connection.execute(
            "INSERT INTO quality.finding_nights BY NAME SELECT ? AS as_of, 'a' AS finding_id", [NIGHT]
        )
        connection.execute(
            "INSERT INTO meta.nights BY NAME SELECT ? AS as_of, ? AS run_id, true AS published",
            [NIGHT, run_id],
        )
    return NightRequest.make(home=home.root, as_of=date(2026, 1, 2))


def _kept(home: Home) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM quality.finding_nights), "
            "(SELECT bool_or(published) FROM meta.nights)"
        ).fetchall()


def test_a_night_killed_just_after_it_had_published_counts(tmp_path: Path) -> None:
    home = Home(tmp_path)
    stage(home, 7)
    snapshot.publish(home, "2026-01-01T02:00:00+07:00")
    night_resource._undo_last_if_unpublished(_cut_off(home, "7"))
    assert _kept(home) == [(1, True)]
    assert snapshot.dated(home, NIGHT).samefile(home.warehouse)


def test_a_night_killed_just_before_it_published_never_was(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, 6)
    snapshot.dated(home, NIGHT).unlink()
    night_resource._undo_last_if_unpublished(_cut_off(home, "7"))
    assert _kept(home) == [(0, False)]


def test_a_clock_that_was_set_back_is_told(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert problem_with_clock(home) is None
    publish(home, 1)  # at 02:00 on 1 January 2026
    assert problem_with_clock(home, datetime(2026, 1, 1, 1, 55, tzinfo=TIME_ZONE)) is None
    behind = problem_with_clock(home, datetime(2025, 12, 1, 2, 0, tzinfo=TIME_ZONE))
    assert behind
    assert "02:00 01/12/2025" in behind.why
    assert "02:00 01/01/2026" in behind.why
    assert "--as-of" in behind.do
