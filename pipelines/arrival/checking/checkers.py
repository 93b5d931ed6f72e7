"""The processes that check files, kept warm; one that takes too long or dies is replaced by a fresh one."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from pydantic import ValidationError

from pipelines.arrival.checking.job import Answer, FileTold, Job, Ready
from pipelines.common.paths import PROJECT
from pipelines.common.processes import temporary_folder
from pipelines.night.request import NightRequest
from pipelines.reference.settings import Arrival
from pipelines.sentences import text

START_SECONDS = 180
"""Loading the law takes a few; compiling the models of a new version, a minute."""
AGAIN_SECONDS = 10
"""After one could not begin."""
WAIT_SECONDS = 90
"""How long a check waits for its turn."""
JOBS = 100
"""A process that has done so many is replaced: what strangers' files left in it goes with it. It serves until
the next is ready."""
ANSWER_BYTES = 20_000_000


class CannotCheck(Exception):
    """Why there is no answer, and what to do; what was sent was not judged."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of a file, and the file given back."""

    told: FileTold
    marked: bytes | None


class Checkers:
    """So many processes as the settings say, each doing one job at a time."""

    def __init__(self, request: NightRequest, limits: Arrival) -> None:
        """Start them; the first check waits until one is ready."""
        self._request, self._limits = request, limits
        self._idle: queue.Queue[_Checker] = queue.Queue()
        self._all: set[_Checker] = set()
        self._closed = False
        self._successors = threading.Semaphore(0)
        """As many as are ready in place of one that has done enough and is still there."""
        self.ready: Ready | None = None
        """How the latest is fenced; None while none has said so."""
        for _ in range(limits.checkers):
            self._begin()

    def check(
        self, files: Sequence[tuple[str, bytes]], programme_id: str, unit_code: str, today: date
    ) -> list[Checked]:
        """Check files together, as ``thidua check`` does.

        Args:
            files: name and bytes; names are plain (``names.safe_name``).
            programme_id: where they would be sent.
            unit_code: by whom.
            today: taken as the day of receipt.

        Raises:
            CannotCheck: too long, too heavy, broken, or too many at once.
        """
        checker = self._next()
        try:
            found = checker.check(files, programme_id, unit_code, today, self._limits.check_seconds)
        except TimeoutError:
            self._replace(checker)
            seconds = self._limits.check_seconds
            raise CannotCheck(text("arrival.check_too_long", seconds=seconds)) from None
        except (OSError, EOFError, ValidationError):
            self._replace(checker)
            raise CannotCheck(text("arrival.check_broken")) from None
        except BaseException:
            self._replace(checker)
            raise
        self._release(checker)
        return found

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for checker in [*self._all]:
            checker.end()

    def _next(self) -> _Checker:
        while True:
            none_yet = self.ready is None
            try:
                checker = self._idle.get(timeout=START_SECONDS if none_yet else WAIT_SECONDS)
            except queue.Empty:
                raise CannotCheck(text("arrival.check_busy")) from None
            if checker.law == _law_on_disk(self._request):
                return checker
            self._replace(checker)

    def _release(self, checker: _Checker) -> None:
        if checker.jobs == JOBS:
            self._begin(as_successor=True)
        if checker.jobs > JOBS and self._successors.acquire(blocking=False):
            self._end(checker)
        else:
            self._idle.put(checker)

    def _replace(self, checker: _Checker) -> None:
        self._end(checker)
        if not self._closed:
            self._begin()

    def _end(self, checker: _Checker) -> None:
        self._all.discard(checker)
        checker.end()

    def _begin(self, *, as_successor: bool = False) -> None:
        threading.Thread(target=self._start, args=(as_successor,), daemon=True).start()

    def _start(self, as_successor: bool) -> None:
        checker = _Checker(self._request, self._limits)
        self._all.add(checker)
        try:
            ready = Ready.model_validate_json(checker.told(START_SECONDS))
        except (TimeoutError, OSError, EOFError, ValidationError):
            self._end(checker)
            time.sleep(AGAIN_SECONDS)  # reference data half changed, or too little memory: it may pass
            if not self._closed:
                self._begin(as_successor=as_successor)
            return
        if ready.lacking and ready != self.ready:
            _warn(ready)
        self.ready = ready
        if self._closed:
            checker.end()
        else:
            if as_successor:
                self._successors.release()
            self._idle.put(checker)


class _Checker:
    """One process and the pipes to it."""

    def __init__(self, request: NightRequest, limits: Arrival) -> None:
        asked_there, asked = os.pipe()
        told, told_there = os.pipe()
        self.jobs = 0
        self.law = _law_on_disk(request)
        """As it was when the process began."""
        self._ending = threading.Lock()
        self._asked, self._told = Connection(asked, readable=False), Connection(told, writable=False)
        self._folder = temporary_folder()
        self._home = home = self._folder.__enter__()
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "pipelines.arrival.checking.worker", str(asked_there), str(told_there),
                str(request.reference), str(request.settings), str(limits.check_memory_mb),
                str(limits.check_seconds),
            ],
            pass_fds=(asked_there, told_there),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=_surroundings(home),
            start_new_session=True,
        )  # fmt: skip
        os.close(asked_there)
        os.close(told_there)

    def check(
        self, files: Sequence[tuple[str, bytes]], programme_id: str, unit_code: str, today: date, seconds: int
    ) -> list[Checked]:
        """Lay files down where the process may read, ask, and take what it made.

        Raises:
            TimeoutError: no answer in so many seconds.
            OSError, EOFError, ValidationError: it died, or its answer is none.
        """
        self.jobs += 1
        with tempfile.TemporaryDirectory(dir=self._home) as place:
            folder = Path(place)
            marked = folder / "marked"
            marked.mkdir()
            job = Job(
                files=tuple(
                    str(_laid(folder / str(number), *file).relative_to(self._home))
                    for number, file in enumerate(files)
                ),
                marked=str(marked.relative_to(self._home)),
                programme_id=programme_id,
                unit_code=unit_code,
                today=today,
            )
            answer = Answer.model_validate_json(self.ask(job, seconds))
            if len(answer.files) != len(files):
                raise EOFError
            return [
                Checked(told, _bytes_of(marked / str(number)) if told.marked else None)
                for number, told in enumerate(answer.files)
            ]

    def ask(self, job: Job, seconds: int) -> bytes:
        self._asked.send_bytes(job.model_dump_json().encode())
        return self.told(seconds)

    def told(self, seconds: int) -> bytes:
        if not self._told.poll(seconds):
            raise TimeoutError
        return self._told.recv_bytes(ANSWER_BYTES)

    def end(self) -> None:
        """Kill it and whatever it started; the second to ask finds nothing to do."""
        if not self._ending.acquire(blocking=False):
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, 9)
        self._process.wait()
        for pipe in (self._asked, self._told):
            pipe.close()
        self._folder.__exit__(None, None, None)


def _warn(ready: Ready) -> None:
    """Say in the log of the service which fences it works without."""
    for name in ready.lacking:
        logging.getLogger(__name__).warning("%s: %s", text(f"doctor.{name}.bad"), text(f"doctor.{name}.do"))


def _law_on_disk(request: NightRequest) -> list[tuple[str, int, int]]:
    """Sizes and times of settings and reference data."""
    paths = (request.settings, *sorted(request.reference.rglob("*")))
    return [(str(path), stat.st_size, stat.st_mtime_ns) for path in paths if (stat := path.stat())]


def _surroundings(home: Path) -> dict[str, str]:
    """The environment of a checking process: no password of ours is in it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(PROJECT),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": "1",
        # plans are run from many small pieces of memory, and looking for these took a tenth of a check
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=4000:glibc.malloc.tcache_max=65536",
    }


def _laid(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir()
    path = folder / name
    path.write_bytes(data)
    return path


def _bytes_of(path: Path) -> bytes | None:
    """A marked file, where there is one and it is a file."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None
