"""A cluster of Spark on this machine whose processes a test may kill, and a file that kills its reader."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import psutil

from pipelines.common.paths import PROJECT
from pipelines.inbox.register import RawFile

SCRIPTS = PROJECT / "deploy" / "spark"
WORKERS = ("worker-1", "worker-2")


@dataclass(frozen=True, slots=True)
class Cluster:
    """One master and two workers."""

    folder: Path
    master: str

    def kill(self, name: str) -> None:
        """SIGKILL to the master, or to a worker and all that works for it."""
        with suppress(ProcessLookupError):  # another test did
            os.kill(int((self.folder / f"{name}.pid").read_text()), signal.SIGKILL)
        self.kill_executors(name)

    def kill_executors(self, worker: str) -> None:
        """SIGKILL to all that works for a worker; it may begin others."""
        for process in self.working(worker):
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def working(self, worker: str) -> list[psutil.Process]:
        """Processes of a worker: executors, and their Python."""
        own = str(self.folder / worker)
        return [
            process for process in psutil.process_iter(["cwd"]) if (process.info["cwd"] or "").startswith(own)
        ]


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """A cluster that knows nothing of this project: neither its folder nor its PATH."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    java = shutil.which("java")
    assert java is not None
    bare = {"PATH": f"{Path(java).parent}:/usr/bin:/bin"}
    try:
        done = subprocess.run(
            [SCRIPTS / "start", folder, str(port)],
            cwd="/",
            env=bare,
            check=True,
            capture_output=True,
            text=True,
        )
        yield Cluster(folder, done.stdout.strip())
    finally:
        subprocess.run([SCRIPTS / "stop", folder], check=True)


class Deadly(RawFile):
    """A file that ends the process that reads it for an executor, not the executor's own."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return eval, (_ARRIVES, {"given": given, "again": _ARRIVES})


# The executors know no tests: what it does there travels along.
_ARRIVES = """(
    __import__("os")._exit(9)
    if __import__("multiprocessing").parent_process()
    else type("Deadly", (__import__("pipelines.inbox.register", fromlist=["RawFile"]).RawFile,), {
        "__slots__": (), "__reduce__": lambda self: (eval, (again, {"given": given, "again": again}))
    })(**given)
)"""
