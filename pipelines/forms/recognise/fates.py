"""What a sheet or table is on which no form was found, by evidence; without any it was not read."""

from __future__ import annotations

from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.matches import Fate
from pipelines.forms.registry import Words
from pipelines.forms.tables.row_kinds import filled_columns, is_ordinal
from pipelines.forms.values.values import text_of
from pipelines.inbox.document import Grid

MOST_ROWS = 12
"""Rows of a letterhead or signature block laid out as a table."""
FIRST_ROWS = 4
"""Rows at its top within which its words stand."""
FEW_CELLS = 3
"""Cells side by side of which one is a number that make a row one of a list."""
SHOWN = 120


def fate_of(grid: Grid, words: Words, *, first: bool) -> Fate:
    """What a grid is on which neither a form nor the rest of one was found.

    Args:
        grid: the sheet or table.
        words: the catalogue's words; they say what is evidence.
        first: whether no table of a form came before it.
    """
    told = words.evidence
    rows = [number for number, cells in enumerate(grid.filled) if cells]
    if not rows:
        return Fate(grid, "blank", told["blank"])
    if grid.hidden:
        return Fate(grid, "reference", told["hidden"])
    named = words.reference_sheet(grid.name) if grid.has_addresses else False
    if named:
        return Fate(grid, "reference", told["named"].format(name=grid.name))
    if grid.source_of:
        return Fate(grid, "reference", told["source"].format(sheet=grid.source_of))
    if len(rows) > MOST_ROWS or any(is_listed(grid, row) for row in rows):
        return Fate(grid, "not_read")
    return _by_words(grid, rows, words, first=first)


def printed_by_us(grid: Grid, words: Words) -> Fate | None:
    """A table of our own prints, e.g. the annex of mẫu 02, told by a label in the rows at its top."""
    top = next((number for number, cells in enumerate(grid.filled) if cells), 0)
    cells = (text_of(value) or "" for row in grid.rows[top : top + MOST_ROWS] for value in row)
    label = next((cell for cell in cells if words_key(cell) in words.reference_labels), None)
    return Fate(grid, "reference", words.evidence["named"].format(name=label)) if label else None


def is_listed(grid: Grid, row: int) -> bool:
    """Whether a row looks like one of a list: numbered, with more beside the number."""
    columns = filled_columns(grid.rows[row])
    return len(columns) >= FEW_CELLS and is_ordinal(grid.rows[row][columns[0]])


def _by_words(grid: Grid, rows: list[int], words: Words, *, first: bool) -> Fate:
    texts = [
        (row, line)
        for row in rows
        for column in filled_columns(grid.rows[row])
        for line in str(grid.rows[row][column]).splitlines()
        if line.strip()
    ]
    keys = [(row, words_key(line)) for row, line in texts]
    told = words.evidence
    for (row, key), (_, line) in zip(keys, texts, strict=True):
        shown = line.strip()[:SHOWN]
        if any(has_phrase(key, phrase) for phrase in words.furniture):
            return Fate(grid, "notes", told["letterhead"].format(words=shown))
        if row < rows[0] + FIRST_ROWS and _signs(grid, row, line, key, words):
            return Fate(grid, "signature", told["signature"].format(words=shown))
    if starts_with(keys[0][1], words.note_starts):
        return Fate(grid, "notes", told["notes"].format(words=texts[0][1].strip()[:SHOWN]))
    if first and len(rows) <= FIRST_ROWS and (title := next((t for t in keys if t[1]), None)):
        printed = all(line.isupper() or line.strip().startswith("(") for _, line in texts)
        if printed or starts_with(title[1], words.title_starts):
            return Fate(grid, "notes", told["title"].format(words=texts[0][1].strip()[:SHOWN]))
    return Fate(grid, "not_read")


def _signs(grid: Grid, row: int, line: str, key: str, words: Words) -> bool:
    """Whether a line opens a signature block: a label in capitals, or a row of nothing but labels.

    ``Giám đốc`` beside a name is a person's position.
    """
    if starts_with(key, words.signature_others) or key in words.signature_hints:
        return True
    if not starts_with(key, words.signature_labels):
        return False
    beside = [words_key(str(grid.rows[row][column])) for column in filled_columns(grid.rows[row])]
    return line.isupper() or all(starts_with(each, words.signature_starts) for each in beside)


def rows_of(grid: Grid, start: int = 0) -> tuple[int, str]:
    """How many rows from ``start`` on hold anything, and how the first of them begins."""
    rows = [number for number, cells in enumerate(grid.filled) if cells and number >= start]
    if not rows:
        return 0, ""
    first = " | ".join(text_of(value) or "" for value in grid.rows[rows[0]] if text_of(value))
    return len(rows), first[:SHOWN]
