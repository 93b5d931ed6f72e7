"""Progress bars on the terminal, one per stage; silent where no one is looking (a log, a test)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bar(Protocol):
    """What a stage tells about how far it is."""

    def total(self, steps: int) -> None:
        """Say how many steps there will be."""

    def advance(self, steps: int = 1) -> None:
        """Say that some are done."""


class _Silent:
    def total(self, steps: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass


class _Shown:
    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._task = progress.add_task(name, total=None)

    def total(self, steps: int) -> None:
        self._progress.update(self._task, total=steps)

    def advance(self, steps: int = 1) -> None:
        self._progress.advance(self._task, steps)

    def end(self) -> None:
        task = self._progress.tasks[0]
        self._progress.update(self._task, total=task.total or 1, completed=task.total or 1)


@contextmanager
def bar(name: str) -> Iterator[Bar]:
    """A bar named ``name`` on standard error while the body runs."""
    if not sys.stderr.isatty():
        yield _Silent()
        return
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        shown = _Shown(progress, name)
        yield shown
        shown.end()
