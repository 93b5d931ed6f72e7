"""Commands in processes forked from one that has loaded everything: loading is half of a small night.

What a killed command leaves on disk is the same. Commands in processes of their own: ``machine.py``.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import dashboards.build  # noqa: F401 -- loaded once for all
import expectations.judged_forms  # noqa: F401
import pipelines.arrival.mailbox.collect
import pipelines.arrival.serving
import pipelines.definitions
import pipelines.operate.backup
import pipelines.reports.build
import pipelines.reports.mail.sending
import pipelines.rules.tables  # noqa: F401
from pipelines.cli import main

MARK = "THIDUA_FIRE_MARK"
"""In the environment of all that a command starts."""
_SAID = {"errors": 2, "report": 1}
"""Files for what a command says, and which stream it is."""
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


def load_models() -> None:
    """Let dbt read the project before anything is forked: for whoever runs nights. Called first of all."""
    _FORKS.set_forkserver_preload(["tests.fire.loaded"])


def start(words: list[str], temporary: Path) -> BaseProcess:
    """Start ``thidua`` in a session of its own, silent.

    Args:
        words: of the command line.
        temporary: the folder for temporary files; also marks what it starts.
    """
    return start_other(_command, (words,), temporary)


def start_other(what: Callable[..., None], given: tuple[Any, ...], temporary: Path) -> BaseProcess:
    """The same with a function instead of a command.

    Args:
        what: of a module; called in the process.
        given: its arguments.
        temporary: as of ``start``.
    """
    process = _FORKS.Process(target=_run, args=(what, given, temporary))
    process.start()
    return process


def _command(words: list[str]) -> None:
    sys.argv = ["thidua", *words]
    main()


def _run(what: Callable[..., None], given: tuple[Any, ...], temporary: Path) -> None:
    os.setsid()
    os.environ |= {MARK: str(temporary), "TMPDIR": str(temporary)}
    tempfile.tempdir = None
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    what(*given)


def run(words: list[str], temporary: Path) -> int:
    """Run ``thidua`` to its end; its exit code."""
    process = start(words, temporary)
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def told(words: list[str], temporary: Path, program: str) -> tuple[int, str]:
    """Run ``thidua`` to its end: the exit code, and all it printed, its report last.

    Args:
        words: of the command line.
        temporary: the folder for temporary files.
        program: Python's text of the command.
    """
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        process = start_other(_program, (words, program, Path(folder)), temporary)
        process.join()
        said = [(Path(folder) / name).read_text("utf-8") for name in _SAID if (Path(folder) / name).exists()]
    assert process.exitcode is not None
    return process.exitcode, "".join(said)


def _program(words: list[str], program: str, folder: Path) -> None:
    for name, number in _SAID.items():
        with (folder / name).open("w") as stream:
            os.dup2(stream.fileno(), number)
    sys.argv = ["thidua", *words]
    exec(program, {"__name__": "__main__"})


def kill(process: BaseProcess, *, alone: bool) -> None:
    """SIGKILL to a command, and to all of its session unless alone; returns when it is gone."""
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
