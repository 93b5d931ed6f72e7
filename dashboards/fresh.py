"""A folder built beside the one it replaces: files that did not change are linked, not written again.

It is built in what is left of the night before last: most of its files are already the very files that are
shown, so that tens of thousands need neither be removed nor linked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path

from pipelines.common.two_folders import other, show


class FreshFolder:
    """The folder being built; ``swap`` puts it in place."""

    def __init__(self, out: Path) -> None:
        """Join what is being built beside ``out``."""
        self._out = out
        self.path = other(out)
        self._folders: set[str] = set()
        self._left: set[str] = set()
        """Files that are those of the folder that is replaced, and that nobody asked for yet."""
        self.written: list[str] = []
        """Files of the pages made so far, written or taken over by their bytes."""

    @classmethod
    def begun(cls, out: Path) -> FreshFolder:
        """Begin beside ``out``; what is there and is not shown too goes, so what a killed build left."""
        fresh = cls(out)
        fresh.path.mkdir(mode=0o750, parents=True, exist_ok=True)
        for path, file in _files(fresh.path).items():
            if fresh._before.get(path) == file:
                fresh._left.add(path)
            else:
                os.unlink(f"{fresh.path}/{path}")
        return fresh

    @cached_property
    def _before(self) -> dict[str, int]:
        """The files of the folder that is replaced: tens of thousands, looked up in one walk."""
        return _files(self._out)

    def keep(self, paths: Iterable[str]) -> int:
        """Take over those of these files that are there; says how many were."""
        there = self._before.keys() & paths
        for path in there - self._left:
            self._make(path.rpartition("/")[0])
            os.link(f"{self._out}/{path}", f"{self.path}/{path}")
        self._left -= there
        return len(there)

    def drop(self, paths: Iterable[str]) -> None:
        """Let nothing of the night before stand under these names: others may write them, or nobody."""
        for path in self._left.intersection(paths):
            os.unlink(f"{self.path}/{path}")
            self._left.remove(path)

    def drop_rest(self, folder: str) -> None:
        """As ``drop``, for whatever a folder has that was neither written nor taken over."""
        self.drop([path for path in self._left if path.startswith(f"{folder}/")])

    def was_there(self, path: str) -> bool:
        """Whether the folder that is replaced has this file."""
        return path in self._before

    def read(self, path: str) -> str:
        """A file as it was in the folder that is replaced; empty where it was not there."""
        before = self._out / path
        return before.read_text("utf-8") if before.exists() else ""

    def folder(self, path: str) -> Path:
        """A folder of the new one, made if need be."""
        self._make(path)
        return self.path / path

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, or take it over where it has this very content."""
        data = content.encode() if isinstance(content, str) else content
        self.written.append(path)
        before, target = f"{self._out}/{path}", self._target(path)
        if _holds(before, data):
            _anew(target, partial(os.link, before))
        else:
            _anew(target, partial(_write, data))

    def copy(self, path: str, source: Path) -> None:
        """Copy a file, or take it over where it is the same."""
        self.write(path, source.read_bytes())

    def sizes(self, ending: str) -> list[int]:
        """Bytes of each file whose name ends so."""
        return [
            os.path.getsize(os.path.join(folder, name))
            for folder, _, names in os.walk(self.path)
            for name in names
            if name.endswith(ending)
        ]

    def swap(self) -> None:
        """Readers see the old files, then the new ones, never both."""
        self.drop(list(self._left))
        show(self.path, self._out)

    def _make(self, folder: str) -> None:
        if folder not in self._folders:
            (self.path / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _target(self, path: str) -> str:
        """Where a file goes."""
        self._make(path.rpartition("/")[0])
        self._left.discard(path)
        return f"{self.path}/{path}"


def _holds(file: str, data: bytes) -> bool:
    """Whether there is a file with this very content."""
    try:
        with open(file, "rb") as there:
            return os.fstat(there.fileno()).st_size == len(data) and there.read() == data
    except FileNotFoundError:
        return False


def _anew(target: str, make: Callable[[str], None]) -> None:
    """Make a file in place of what is there: never is written through a link into what readers see."""
    try:
        make(target)
    except FileExistsError:
        os.unlink(target)
        make(target)


def _write(data: bytes, target: str) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsError: it is.
    """
    with open(target, "xb", buffering=0) as file:
        file.write(data)


def _files(top: Path) -> dict[str, int]:
    """The files below a folder, each with what tells it from all others of the file system."""
    found: dict[str, int] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            listed = os.scandir(f"{top}/{folder}")
        except FileNotFoundError:  # nothing is shown yet
            continue
        with listed:
            for entry in listed:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                else:
                    found[folder + entry.name] = entry.inode()
    return found
