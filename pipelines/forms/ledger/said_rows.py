"""What a list says of its own rows, how many there are and their numbers, against the rows that were read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, compress, pairwise

from pipelines.forms.part import short
from pipelines.forms.places import cell_address
from pipelines.forms.reading import Reading
from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.matches import Recognition
from pipelines.forms.registry import Words
from pipelines.forms.tables.grids import UNREAD
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.row_kinds import ordinal_of
from pipelines.inbox.document import Document, Grid
from pipelines.text.row_runs import told_first, told_runs

_ASIDE = re.compile(r"\([^()]*\)")
_OUTER = re.compile(r"\s*\((.*)\)\W*", re.DOTALL)
MOST_FILLED = 2
"""So many filled cells a row has at most that says how long the list is."""
LISTED = ("award_rows", "records")
"""The raw tables whose rows are those of lists."""


def tell_said(reading: Reading, recognition: Recognition, document: Document, words: Words) -> None:
    """Tell where a list itself says that rows are missing: by its numbers, by ``Danh sách này có 05 người``.

    Where rows were not read or taken out it is told already, and nothing is compared.

    Args:
        reading: the file's rows; findings RD-DANH-SO and RD-SO-DONG are added.
        recognition: which tables are lists.
        document: the file.
        words: with what a line begins that says how long the list is.
    """
    lists = [pair for match in recognition.matches if match.form.is_list for pair in match.tables]
    unread = UNREAD in reading.tables["reading_findings"]["rule_id"]
    if not lists or unread or document.deleted or any(reading.tallies[g.label].reported for g, _ in lists):
        return
    _tell_size(reading, [grid for grid, _ in lists], document, words)
    for grid, binding in lists:
        _tell_gaps(reading, grid, binding)


def _rows_read(reading: Reading, sheet: str) -> set[int | None]:
    """The rows of a sheet of which something was read."""
    found: set[int | None] = set()
    for table in LISTED:
        sheets, rows = (reading.tables[table][of] for of in ("source_sheet", "source_row"))
        whole = sheets.count(sheet) == len(sheets)
        found.update(rows if whole else compress(rows, map(sheet.__eq__, sheets)))
    return found


def _tell_gaps(reading: Reading, grid: Grid, binding: Binding) -> None:
    """Numbers left out between those of two rows that were read."""
    column = binding.ordinal
    if column is None:
        return
    first, last = binding.header.body, len(grid.rows)
    read = sorted({row - 1 for row in _rows_read(reading, grid.name) if row and first < row <= last})
    cells = [grid.rows[row][column] for row in read if column < len(grid.rows[row])]
    if cells == [*range(1, len(read) + 1)]:
        return  # as most lists are
    numbers = [ordinal_of(grid.rows[row][column]) if column < len(grid.rows[row]) else None for row in read]
    numbered = [(number, row) for number, row in zip(numbers, read, strict=True) if number is not None]
    gaps = [((last, number - 2), row) for (last, _), (number, row) in pairwise(numbered) if number > last + 1]
    if gaps:
        missing, rows = [run for run, _ in gaps], [row for _, row in gaps]
        reading.find(
            "RD-DANH-SO",
            source_sheet=grid.name,
            source_row=rows[0] + 1,
            source_cell=cell_address(grid, rows[0], column),
            field=grid.label,
            params={"so": str(len(gaps)), "dong": told_runs(rows), "thieu": told_first(missing)},
        )


def _tell_size(reading: Reading, lists: list[Grid], document: Document, words: Words) -> None:
    """The number may count rows or different names, of all tables, of one, or of the tables so far."""
    told = [(line, size) for line in _lines(document) if (size := _size(line[-1], words)) is not None]
    if not told:
        return
    rows = [reading.tallies[grid.label].rows for grid in lists]
    counts = {*rows, *accumulate(rows)}
    for table in LISTED:
        counts.add(len({name for name in reading.tables[table]["recipient_name"] if name}))
    for (grid, row, column, text), size in told:
        if size not in counts:
            reading.find(
                "RD-SO-DONG",
                source_sheet=grid.name if grid else None,
                source_row=row + 1 if grid else None,
                source_cell=cell_address(grid, row, column) if grid else None,
                field=text,
                params={"gia_tri": short(text), "so": str(sum(rows))},
            )


def _lines(document: Document) -> Iterator[tuple[Grid | None, int, int, str]]:
    for grid in document.grids:
        for row, held in enumerate(grid.filled):
            if 0 < held <= MOST_FILLED:
                texts = [(column, value) for column, value in enumerate(grid.rows[row]) if value is not None]
                yield grid, row, texts[0][0], " ".join(str(value) for _, value in texts)
    for line in document.paragraphs:
        yield None, line.number, 0, line.text


def _size(text: str, words: Words) -> int | None:
    """How many a line says the list holds; None where it says nothing of the kind."""
    inner = _OUTER.fullmatch(text)
    key = words_key(_ASIDE.sub(" ", inner[1] if inner else text))
    if not starts_with(key, words.says_size):
        return None
    if has_phrase(key, words.among_them):
        key = key.partition(words.among_them)[0]
    units = "|".join(sorted(words.sizes_in, key=len, reverse=True))
    found = re.findall(rf"(?<!\S)(\d+) (?:{units})(?!\S)", key)
    return sum(map(int, found)) if found else None
