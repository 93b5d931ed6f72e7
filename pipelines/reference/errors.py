"""What is wrong with the reference data, said with file and line, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in a reference file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """The problem as people read it: ``file:line: text``."""
        return f"{self.file}:{self.line}: {self.text}"


class ReferenceError(Exception):
    """The reference data cannot be used; ``problems`` says why, every one of them.

    Args:
        problems: what is wrong, with file and line.
    """

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems in the order of the files."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """Collects problems while the files are read, so that one run names them all."""

    def __init__(self, folder: Path) -> None:
        """Start with nothing found in this folder."""
        self.folder = folder
        self.found: list[Problem] = []

    def name(self, path: Path) -> str:
        """The path as shown to people: relative to the reference folder where it lies in it."""
        if path.is_relative_to(self.folder):
            return path.relative_to(self.folder).as_posix()
        return "/".join(path.parts[-2:])

    def add(self, path: Path, line: int, text: str) -> None:
        """Note one problem of a file at a line (1-based)."""
        self.found.append(Problem(self.name(path), line, text))

    def stop_if_any(self) -> None:
        """Raise `ReferenceError` when something was found."""
        if self.found:
            raise ReferenceError(self.found)
