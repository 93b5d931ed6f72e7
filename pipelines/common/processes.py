"""Helping processes, and what they leave behind: both end with the process they help."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

_OURS = re.compile(r"thidua-(\d+)-.+")
"""A temporary folder with the process that made it; ``pipelines/inbox/office.py`` names its own so too."""


def pool(
    processes: int, begin: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """Fresh processes that help this one; where it is killed, they end too instead of waiting for ever.

    Args:
        processes: how many.
        begin: what each does first.
        arguments: of ``begin``.

    Raises:
        BrokenProcessPool: (where its work is asked for) one of them ended by itself.
    """
    return _Pool(processes, begin, arguments)


class _Pool(ProcessPoolExecutor):
    """Processes that read what they begin with from a file.

    Through the pipe that starts a process only little may go: who dies before it has read more than a pipe
    holds (memory gone, say) would leave this process writing for ever.
    """

    def __init__(self, processes: int, begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
        self._left = ExitStack()
        told = self._left.enter_context(temporary_folder()) / "begin"
        told.write_bytes(pickle.dumps((begin, arguments)))
        super().__init__(
            processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(str(told),)
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._left.close()


def _begin(told: str) -> None:
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin, arguments = pickle.loads(Path(told).read_bytes())  # noqa: S301 - our own file of a moment ago
    if begin is not None:
        begin(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def collect_seldom() -> None:
    """Look for garbage less often than Python would.

    Libraries, law and rows of a night are millions of objects that stay; to look through them took a sixth.
    """
    gc.set_threshold(50_000, 20, 100)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; where the process is killed, ``sweep`` removes it."""
    with tempfile.TemporaryDirectory(prefix=f"thidua-{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def temporary_files() -> Iterator[None]:
    """All temporary files of this process, and of those it starts, lie in one such folder meanwhile.

    Where none can be made (a full disk), they lie where they always do: whoever needs one tells of it.
    """
    known, told = tempfile.tempdir, os.environ.get("TMPDIR")
    with ExitStack() as stack:
        with suppress(OSError):
            os.environ["TMPDIR"] = tempfile.tempdir = str(stack.enter_context(temporary_folder()))
        try:
            yield
        finally:
            tempfile.tempdir = known
            if told is None:
                os.environ.pop("TMPDIR", None)
            else:
                os.environ["TMPDIR"] = told


def sweep() -> int:
    """Remove temporary folders of our processes that are gone; says how many there were."""
    removed = 0
    for path in Path(tempfile.gettempdir()).iterdir():
        name = _OURS.fullmatch(path.name)
        if name is None or psutil.pid_exists(int(name[1])) or path.is_symlink() or not path.is_dir():
            continue
        if path.stat().st_uid == os.geteuid():
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed
