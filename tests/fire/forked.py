"""Nights in processes forked from one that has loaded everything: half the time of a small night is loading.

What a killed night leaves on disk is the same. ``thidua nightly`` itself is run by the other commands here.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from datetime import date
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import dashboards.build  # noqa: F401 -- loaded once for all nights
import expectations.judged_forms  # noqa: F401
import pipelines.definitions
import pipelines.reports.build
import pipelines.rules.tables  # noqa: F401
from pipelines.night.request import NightRequest
from pipelines.night.run import run_night

MARK = "THIDUA_FIRE_MARK"
"""In the environment of all that a night starts."""
_FORKS = get_context("forkserver")


def start(home: Path, raw: Path, as_of: date, temporary: Path) -> BaseProcess:
    """Start a night in a session of its own.

    Args:
        home: where.
        raw: what it reads.
        as_of: its date.
        temporary: the folder for temporary files.
    """
    _FORKS.set_forkserver_preload([__name__])
    process = _FORKS.Process(target=_night, args=(home, raw, as_of, temporary))
    process.start()
    return process


def _night(home: Path, raw: Path, as_of: date, temporary: Path) -> None:
    os.setsid()
    os.environ |= {MARK: str(home), "TMPDIR": str(temporary)}
    tempfile.tempdir = None
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    outcome = run_night(NightRequest.make(raw, home, as_of))
    os._exit(0 if outcome.published and outcome.problem is None else 1)


def kill(process: BaseProcess, *, alone: bool) -> None:
    """SIGKILL to a night, and to all of its session unless alone; returns when it is gone."""
    assert process.pid
    if alone:
        process.kill()
    else:
        for _ in range(50):  # it may not have its session yet
            try:
                os.killpg(process.pid, signal.SIGKILL)
                break
            except ProcessLookupError:
                time.sleep(0.01)
        else:
            process.kill()
    process.join()
