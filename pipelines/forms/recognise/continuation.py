"""A sheet or table without a header of its own that goes on with the table before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipelines.forms.form import Form
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.registry import Words
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.row_kinds import RowKinds, filled_columns, is_numbering, is_ordinal, ordinal_of
from pipelines.forms.tables.tells import Tells
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import CellValue, Grid

MOST_WRONG = 0.2
"""Share of the cells of a typed column that may be no value of it."""
MOST_UNCLEAR = 0.34
"""Share of the rows that may be no rows of the table."""
TOLD_TYPES = frozenset(
    {
        "recipient_kind",
        "subject_group",
        "rating",
        "fact",
        "choice",
        "year",
        "date",
        "count",
        "percent",
        "award",
    }
)
"""Types whose values tell themselves: any other text is none of them."""
MOST_ROWS_TRIED = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a grid goes on with a table."""

    answer: Literal["yes", "doubtful", "no"]
    binding: Binding | None = None
    why: str = ""


def _bound_on(binding: Binding, start: int) -> Binding:
    """The layout of a table laid upon a grid whose rows begin at ``start``."""
    header = binding.header
    plain = replace(header, top=start, depth=0)
    return replace(binding, header=plain, goes_on=True)


def last_number(grid: Grid, binding: Binding) -> int | None:
    """The last number of a row that a table carries; 0 where no row follows its header."""
    column = binding.ordinal
    if column is None:
        return None
    body = grid.rows[binding.header.body :]
    for row in reversed(body):
        if column < len(row) and (number := ordinal_of(row[column])) is not None:
            return number
    return 0 if not any(filled_columns(row) for row in body) else None


def fit_of(
    grid: Grid, before: Grid, binding: Binding, form: Form, typing: Typing, words: Words, start: int = 0
) -> Fit:
    """Whether the rows of a grid without a header fit the columns of the table before it.

    Args:
        grid: the sheet or table.
        before: the one before it.
        binding: the layout laid upon the header of that table.
        form: the form of that table.
        typing: types values.
        words: the catalogue's words.
        start: the row at which the rows begin, below a title.

    Returns:
        ``yes`` with the binding and why: its numbers go on, or its values are those of the columns;
        ``doubtful`` where the widths fit and nothing else tells; else ``no``.
    """
    width = max((len(row) for row in grid.rows[start:]), default=0)
    if not any(grid.filled[start:]) or width > len(binding.header.texts):
        return Fit("no")
    bound = _bound_on(binding, start)
    kinds = RowKinds(grid, bound, words, Tells(bound, form, typing, words))
    rows: list[list[CellValue]] = []
    unclear = 0
    under_header = True
    for number, row in enumerate(grid.rows[start:], start=start):
        columns = filled_columns(row)
        if not columns or (under_header and is_numbering(row)):
            continue
        full = kinds.is_full(row)
        what = "data" if full else kinds.what(number, row, columns)
        if what == "data":
            under_header = False
            rows.append(row)
        elif what in ("unclear", "ghi_chu"):
            unclear += 1
        if len(rows) >= MOST_ROWS_TRIED:
            break
    if not rows or unclear > max(1.0, MOST_UNCLEAR * len(rows)):
        return Fit("no")
    if len(binding.columns) < 2 or width < 2:
        return Fit("no")
    if form.kind == "table" and any(place >= width for place in kinds.required):
        return Fit("no")  # fewer columns: which of them these are is not said
    right, wrong = _typed(rows, bound, form, typing)
    if wrong:
        return Fit("no")
    first = _first_number(rows, bound)
    last = last_number(before, binding)
    if first is not None and last is not None and first == last + 1:
        return Fit("yes", bound, words.evidence["numbers"].format(first=first))
    if right:
        return Fit("yes", bound, words.evidence["values"].format(columns="; ".join(right)))
    return Fit("doubtful")


def _first_number(rows: list[list[CellValue]], binding: Binding) -> int | None:
    column = binding.ordinal
    if column is None:
        return None
    return next((ordinal_of(row[column]) for row in rows if column < len(row) and row[column]), None)


def _typed(
    rows: list[list[CellValue]], binding: Binding, form: Form, typing: Typing
) -> tuple[list[str], list[str]]:
    """Labels of the columns whose cells are values of their type, and of those whose cells are not."""
    right: list[str] = []
    wrong: list[str] = []
    for column in binding.layout.columns:
        place = binding.columns.get(column.id)
        if place is None:
            continue
        cells = [row[place] for row in rows if place < len(row) and not is_blank(row[place])]
        if not cells:
            continue
        if column.type == "ordinal":
            known = [is_ordinal(cell) for cell in cells]
        elif column.type in TOLD_TYPES:
            choices = form.choices.get(column.id)
            values = [typing.value(column.type, cell, choices) for cell in cells]
            known = [
                value is None or (not value.problem and (column.type != "award" or value.code is not None))
                for value in values
            ]
        elif form.kind == "mau_02" and column.id == "danh_hieu":
            known = [_is_line(str(cell), form, typing) for cell in cells]
        else:
            continue
        share = sum(known) / len(known)
        if share >= 1 - MOST_WRONG:
            if column.type != "ordinal":
                right.append(column.label)
        elif column.type != "award" and not (column.type == "ordinal" and any(known)):
            wrong.append(column.label)
    return right, wrong


def _is_line(label: str, form: Form, typing: Typing) -> bool:
    """Whether a label is one of the lines of mẫu 02, as the form or the award it counts is called."""
    key = words_key(label)
    for prefix in form.data.get("row_prefixes", []):
        key = key.removeprefix(words_key(prefix) + " ")
    named = typing.value("award", label)
    others = (text for texts in form.data.get("row_labels", {}).values() for text in texts)
    return (
        key in typing.mau_02_labels
        or any(words_key(text) == key for text in others)
        or (named is not None and named.code is not None)
    )
