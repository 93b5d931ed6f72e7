"""Where each id of the reference data stands, and ids that stand twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from pipelines.reference.errors import Problem, Problems
from pipelines.reference.yaml_lines import LineDict, LineList, last_line, line_of_value

ID_KEYS = ("id", "code", "row_id", "cell", "label_vi")
"""What an item is called by: the first of these that it has."""


class Places:
    """Remembers file and line of every id while the files are read.

    Args:
        problems: where twins and later findings are noted.
    """

    def __init__(self, problems: Problems) -> None:
        """Start with no id known."""
        self.problems = problems
        self._first: dict[str, tuple[Path, int]] = {}
        self._again: dict[str, tuple[Path, int]] = {}
        self._items: dict[str, Any] = {}

    def note(self, path: Path, data: Any) -> None:
        """Remember the ids of a YAML file: its own, and those of the items of its lists.

        The same id twice in one list is a problem at once.
        """
        if not isinstance(data, LineDict) or not data:
            return
        self._remember(path.name, path, data.line)
        self._items.setdefault(path.name, data)
        own = f"{path.parent.name}/{path.name}"
        self._remember(own, path, data.line)
        self._items.setdefault(own, data)
        if "id" in data:
            self._remember(str(data["id"]), path, data.lines["id"])
            self._items.setdefault(str(data["id"]), data)
        for value in data.values():
            if isinstance(value, LineList):
                self._note_list(path, value)

    def _note_list(self, path: Path, items: LineList) -> None:
        seen: set[str] = set()
        for item in items:
            if not isinstance(item, LineDict):
                continue
            key = next((key for key in ID_KEYS if key in item), None)
            if key is None:
                continue
            name, line = str(item[key]), item.lines[key]
            if key == "label_vi":
                name = f"PL-TC «{name}»"  # a label of the annex is known by no code
            if name in seen:
                self.problems.add(path, line, f"mã {name} ghi hai lần")
            seen.add(name)
            self._remember(name, path, line)
            self._items.setdefault(name, item)

    def note_unit(self, path: Path, line: int, code: str) -> None:
        """Remember the row of a unit; the same code twice is a problem."""
        if f"unit:{code}" in self._first:
            self.problems.add(path, line, f"mã đơn vị {code} ghi hai lần")
        self._remember(f"unit:{code}", path, line)

    def no_twins(self, kind: str, ids: list[str]) -> None:
        """Note a problem for each id that stands in two files of the same kind."""
        for name, count in Counter(ids).items():
            # twice in one file was told when the file was read
            if count > 1 and name in self._again and self._again[name][0] != self._first[name][0]:
                self.problems.add(*self._again[name], f"{kind} {name} ghi hai lần")

    def is_spoilt(self, name: str) -> bool:
        """Whether an id stands in an item that has mistakes of its own, and so was left out."""
        item = self._items.get(name)
        if item is None:
            return False
        path, first = self._first[name]
        file, last = self.problems.name(path), last_line(item)
        return any(
            one.file == file and min(first, item.line) <= one.line <= last for one in self.problems.found
        )

    def add(self, name: str, text: str, value: object = None) -> None:
        """Note a problem of an id, at the line of a value or key in its item, else where the id stands."""
        self.problems.found.append(self.problem(name, text, value))

    def problem(self, name: str, text: str, value: object = None) -> Problem:
        """What ``add`` would note."""
        path, line = self._first.get(name, (self.problems.folder, 1))
        found = line_of_value(self._items.get(name), value) if value is not None else None
        return Problem(self.problems.name(path), found or line, text)

    def _remember(self, name: str, path: Path, line: int) -> None:
        if name in self._first:
            self._again.setdefault(name, (path, line))
        else:
            self._first[name] = (path, line)
