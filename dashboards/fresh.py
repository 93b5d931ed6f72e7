"""A folder built beside the one it replaces: files that did not change are linked, not written again."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pipelines.common.two_folders import other, show, unseen


class FreshFolder:
    """The folder being built; ``swap`` puts it in place."""

    def __init__(self, out: Path) -> None:
        """Join what is being built beside ``out``."""
        self._out = out
        self.path = other(out)
        self._folders: set[str] = set()
        self.written: list[str] = []
        """Files of the pages made so far, written or taken over by their bytes."""

    @classmethod
    def begun(cls, out: Path) -> FreshFolder:
        """Begin beside ``out``; leftovers of a killed build go."""
        unseen(out)
        return cls(out)

    @cached_property
    def _before(self) -> frozenset[str]:
        """The files of the folder that is replaced: tens of thousands, looked up in one walk."""
        top = f"{self._out}/"
        return frozenset(
            os.path.join(folder, name).removeprefix(top)
            for folder, _, names in os.walk(top)
            for name in names
        )

    def keep(self, paths: Iterable[str]) -> int:
        """Take over those of these files that are there; says how many were."""
        there = self._before.intersection(paths)
        for path in there:
            self._make(path.rpartition("/")[0])
            os.link(f"{self._out}/{path}", f"{self.path}/{path}")
        return len(there)

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
        before, target = self._out / path, self._target(path)
        if target.exists():
            target.unlink()  # never through a link into the folder that readers see
        if before.exists() and before.stat().st_size == len(data) and before.read_bytes() == data:
            os.link(before, target)
        else:
            target.write_bytes(data)

    def copy(self, path: str, source: Path) -> None:
        """Copy a file, or take it over where it is the same."""
        before, target = self._out / path, self._target(path)
        if before.exists() and filecmp.cmp(source, before, shallow=False):
            os.link(before, target)
        else:
            shutil.copyfile(source, target)

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
        show(self.path, self._out)

    def _make(self, folder: str) -> None:
        if folder not in self._folders:
            (self.path / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _target(self, path: str) -> Path:
        folder, _, name = path.rpartition("/")
        return self.folder(folder) / name
