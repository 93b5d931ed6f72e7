"""What a page module hands over: a page, or a file of rows that a page opens on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dashboards.charts.base import Chart


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it lies, its template, what the template needs."""

    path: str
    template: str
    context: dict[str, Any]
    charts: tuple[Chart, ...] = ()

    @property
    def pictures(self) -> list[Chart]:
        """Those of its charts that are also kept as pictures."""
        return [chart for chart in self.charts if chart.picture and chart.figure]


@dataclass(slots=True)
class Lists:
    """Rows behind numbers, one file for a page: sets of at most fifty rows, told by a key.

    Columns are ``(header, kind)``; kind is ``text``, ``short`` (never broken), ``number``, ``link``
    (``[text, address]``) or ``file`` (an index into ``files``).
    """

    name: str
    columns: list[tuple[str, str]]
    table: dict[str, str] = field(default_factory=dict)
    """Of a table of mẫu 02: unit, code and scope; the browser composes titles and commands of its numbers."""
    rows: list[list[Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    sets: dict[str, dict[str, Any] | list[Any]] = field(default_factory=dict)
    _file_numbers: dict[str, int] = field(default_factory=dict)

    def file(self, path: str) -> int:
        """The number of a file in the list of files."""
        if path not in self._file_numbers:
            self._file_numbers[path] = len(self.files)
            self.files.append(path)
        return self._file_numbers[path]

    def add(self, row: list[Any]) -> int:
        """Add a row; returns its number."""
        self.rows.append(row)
        return len(self.rows) - 1

    def set(self, key: str, title: str, total: int, numbers: list[int], **more: Any) -> None:
        """Name a set of rows: its title, how many there are in truth, the numbers of those shown."""
        self.sets[key] = {"title": title, "total": total, "rows": numbers[:MOST], **more}

    def count(self, row: str, column: str, counted: int, numbers: list[int], total: int, note: str) -> None:
        """Name the rows behind a number of mẫu 02: what it counts, the rows shown, how many there are."""
        self.sets[f"{row}|{column}"] = [counted, numbers[:MOST], total, note]


MOST = 50
"""Rows shown behind one number."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the pages, ready to be opened by another program."""

    path: str
    content: bytes


Output = Page | Lists
