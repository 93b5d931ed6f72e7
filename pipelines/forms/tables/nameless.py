"""Rows that name no one: filled in beforehand and left, or rows whose name was forgotten."""

from __future__ import annotations

from collections import Counter

from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.row_kinds import MANY, is_nothing
from pipelines.forms.values.values import text_of
from pipelines.inbox.document import CellValue

FORGOTTEN_CELLS = 2
"""A row with more values than this that no other row repeats is one whose name was forgotten."""
LONG = 5
"""A text of so many words that no other row has was typed for its row."""


def _says(value: CellValue) -> bool:
    """Whether a cell holds more than the dots and dashes of a blank on paper."""
    return not is_blank(value) and not (isinstance(value, str) and is_nothing(value))


class Nameless:
    """Sets nameless rows aside until the whole table was seen."""

    def __init__(self, binding: Binding) -> None:
        """Prepare for one table."""
        layout = binding.layout
        named = binding.columns.get(layout.name_column or "")
        self._column = None if layout.every_row else named
        needed = [binding.columns[name] for name in layout.row_needs if name in binding.columns]
        self._others = [column for column in needed if column != named]
        ordinals = {binding.columns[name] for name in layout.ordinals if name in binding.columns}
        self._values = sorted(set(binding.columns.values()) - ordinals)
        self._rows: dict[int, tuple[str | None, ...]] = {}
        self._bare: set[int] = set()

    def keep(self, number: int, row: list[CellValue]) -> bool:
        """Whether a row names no one; it is then set aside."""
        column = self._column
        if column is None or (column < len(row) and _says(row[column])):
            return False
        self._rows[number] = tuple(
            text_of(row[c]) if c < len(row) and _says(row[c]) else None for c in self._values
        )
        if self._others and all(c >= len(row) or not _says(row[c]) for c in self._others):
            self._bare.add(number)
        return True

    def prefilled(self) -> list[int]:
        """The rows that were filled in beforehand: alike, with little in them, or without an award too."""
        times = Counter(self._rows.values())
        spoken = self.spoken()
        return [
            number
            for number, values in self._rows.items()
            if number not in spoken
            and (
                times[values] > 1
                or (held := sum(value is not None for value in values)) < FORGOTTEN_CELLS
                or (number in self._bare and held < MANY)
            )
        ]

    def spoken(self) -> list[int]:
        """The rows that hold nothing but one text of their own, as a remark or a name in a wrong column."""
        texts = {number: [value for value in values if value] for number, values in self._rows.items()}
        times = Counter(tuple(values) for values in texts.values())
        return [
            number
            for number, values in texts.items()
            if len(values) == 1 and len(values[0].split()) >= LONG and times[tuple(values)] == 1
        ]

    def others(self, prefilled: list[int]) -> list[int]:
        """The rows whose name was forgotten."""
        return [number for number in self._rows if number not in prefilled]
