"""Processes that help: one that dies is told of, however much it was to begin with."""

from __future__ import annotations

import threading
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import spawn
from pathlib import Path

import pytest

from pipelines.common.processes import pool

MORE_THAN_A_PIPE_HOLDS = "x" * 1_000_000


def test_processes_begin_with_what_they_are_given_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pool(1, len, (MORE_THAN_A_PIPE_HOLDS,)) as helping:
        assert helping.submit(abs, -1).result() == 1
    assert not list(tmp_path.iterdir())


def test_one_that_dies_before_it_begins_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spawn, "_python_exe", b"/bin/false")
    said: list[BaseException] = []

    def ask() -> None:
        with pool(1, len, (MORE_THAN_A_PIPE_HOLDS,)) as helping:
            try:
                helping.submit(abs, -1).result()
            except BrokenProcessPool as error:
                said.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(60)
    assert said
