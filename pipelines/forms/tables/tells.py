"""What the values of a row tell of it: values of closed lists, an entry in running words, shifted cells."""

from __future__ import annotations

from pipelines.forms.form import Form
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.registry import Words
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.values.entries import is_entry
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import CellValue

CLOSED = ("recipient_kind", "subject_group", "choice", "award", "object_class")
"""Types whose values come from a list: no signature and no note holds one by chance."""
LEAST_SHIFTED = 2
"""So many values of a row that each belong to the column beside make a shifted row."""


class Tells:
    """Tells rows by their values."""

    def __init__(self, binding: Binding, form: Form, typing: Typing, words: Words) -> None:
        """Prepare for one table.

        Args:
            binding: the layout on its header.
            form: its form.
            typing: types values.
            words: the catalogue's words.
        """
        self._form, self._typing, self._words = form, typing, words
        self._closed = {
            binding.columns[column.id]: (column.id, column.type)
            for column in binding.layout.columns
            if column.type in CLOSED and column.id in binding.columns
        }
        self._classes = {key for _, key in typing.reference.object_classes}
        self._known: dict[tuple[int, CellValue], bool] = {}

    def is_value(self, column: int, cell: CellValue) -> bool:
        """Whether a cell is one of the values that its column takes from a list."""
        if column not in self._closed or is_blank(cell):
            return False
        key = (column, cell)
        if key not in self._known:
            self._known[key] = self._is_of(*self._closed[column], cell)
        return self._known[key]

    def _is_of(self, field: str, kind: str, cell: CellValue) -> bool:
        if kind == "object_class":
            own = self._form.choices.get(field, {})
            return isinstance(cell, str) and words_key(cell) in self._classes | own.keys()
        value = self._typing.value(kind, cell, self._form.choices.get(field))
        return value is not None and value.code is not None

    def holds_value(self, row: list[CellValue]) -> bool:
        """Whether any cell of a row is a value of its column's list."""
        return any(column < len(row) and self.is_value(column, row[column]) for column in self._closed)

    def holds_other(self, row: list[CellValue]) -> bool:
        """Whether any cell of a row holds something that is no value of its column's list."""
        return any(
            column < len(row) and not is_blank(row[column]) and not self.is_value(column, row[column])
            for column in self._closed
        )

    def is_entry(self, text: str) -> bool:
        """Whether a lone text amid the rows names someone and an award."""
        return is_entry(text, self._words, self._typing.reference)

    def shifted(self, rows: list[list[CellValue]], columns: list[tuple[CellValue, ...]]) -> list[int]:
        """The rows (by position) whose values stand one column beside theirs; ``columns``: the same cells."""
        wrong: set[CellValue] = set()
        for column in self._closed:
            values = {*columns[column]} if column < len(columns) else set()
            wrong |= {value for value in values if not is_blank(value) and not self.is_value(column, value)}
        if not wrong:
            return []
        return [
            number
            for number, row in enumerate(rows)
            if not wrong.isdisjoint(row) and not self.holds_value(row) and self._is_shifted(row)
        ]

    def _is_shifted(self, row: list[CellValue]) -> bool:
        for by in (1, -1):
            beside = sum(
                0 <= column + by < len(row) and self.is_value(column, row[column + by])
                for column in self._closed
            )
            if beside >= LEAST_SHIFTED:
                return True
        return False
