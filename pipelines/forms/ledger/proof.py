"""The proof of the ledger: a cell was read only where what was recorded of it is its own text.

It looks at the cells of the file and at the rows of the raw tables, at nothing that was counted on the way.
What was counted as read beyond it is taken off, so that the ledger of that sheet balances no more: the
night's check holds the publication back.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby, zip_longest
from typing import Any

from pipelines.forms.reading import Columns, Reading
from pipelines.forms.tables.filled import filled_in
from pipelines.forms.values.typed import FILLED
from pipelines.forms.values.values import TEXT, since_1900, text_of, year_shown_as_day
from pipelines.inbox.document import CellValue, Grid
from pipelines.inbox.xlsx_cells import position
from pipelines.text.row_runs import BETWEEN, cells_in

SIGNATURES = frozenset({"signed", "unsigned", "no_label"})
"""Values whose cell is passed over as one of the signature block."""
RAW = {
    "kind": "kind_raw",
    "award": "award_raw",
    "sub_kind": "sub_kind_raw",
    "object_class": "object_class_raw",
    "decision_date": "decision_date_raw",
    "year": "year_raw",
}
"""Columns of lists whose recorded text has another name."""
_NO_DIGIT = re.compile(r"\D")
_PLACE = re.compile(r"(?:(.+), )?dòng (\d+), cột (\d+)")

Spot = tuple[int, int]
"""Zero-based row and column."""


def prove(reading: Reading, grids: list[Grid]) -> None:
    """Hold what was counted as read of sheets and tables with lists against what was recorded of them.

    Args:
        reading: what was read; counts that are not proven are taken off.
        grids: the sheets and tables of the file that hold lists.
    """
    for name, cells in proven(reading, grids).items():
        labels = [label for label in reading.tallies if label and is_of(label, name)]
        counted = sum(reading.tallies[label].read for label in labels)
        # what is proven beyond the count was counted elsewhere
        reading.tallies[next(iter(labels), name)].read -= max(0, counted - cells)


def proven(reading: Reading, grids: list[Grid]) -> dict[str, int]:
    """Sheet or table -> how many of its cells are recorded with their own text, or told where they stand."""
    blocks, fields, findings = _blocks(reading), _fields(reading), _findings(reading)
    found: dict[str, int] = {}
    for grid in grids:
        told = {_spot(place) for place in findings[grid.name]}
        lost = {_spot(place) for sheet, place in reading.no_values if sheet == grid.name}
        rows = sum(_of_block(grid, told, lost, *block) for block in blocks[grid.name])
        spots = ((_spot(place), text) for place, text in fields[grid.name])
        found[grid.name] = rows + len({spot for spot, text in spots if _tells(grid, spot, text)})
    return found


def is_of(label: str, sheet: str) -> bool:
    """Whether a part is a sheet or table itself, or a part of it."""
    return label == sheet or label.startswith(f"{sheet}, ")


Block = tuple[Columns, dict[str, Any], list[int]]
"""A raw table, letters by column, and the numbers of its rows that have them."""


def _blocks(reading: Reading) -> dict[str, list[Block]]:
    """The rows of award lists and headcounts by their sheet, those with the same columns together."""
    found: defaultdict[str, list[Block]] = defaultdict(list)
    for name in ("award_rows", "headcount_rows"):
        table = reading.tables[name]
        numbers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        first = 0
        for key, rows_of in groupby(zip(table["source_sheet"], table["columns"], strict=True)):
            end = first + sum(1 for _ in rows_of)
            numbers[key].extend(range(first, end))
            first = end
        for (sheet, letters), rows in numbers.items():
            found[sheet].append((table, json.loads(letters), rows))
    return found


def _of_block(
    grid: Grid,
    told: set[Spot],
    lost: set[Spot],
    table: Columns,
    letters: dict[str, Any],
    numbers: list[int],
) -> int:
    """The cells of rows with the same columns that are proven or told, but for those that held no value."""
    whole = slice(numbers[0], numbers[-1] + 1) if numbers[-1] - numbers[0] + 1 == len(numbers) else None

    def recorded_in(name: str) -> list[Any]:
        return table[name][whole] if whole else [table[name][number] for number in numbers]

    rows = [row - 1 for row in recorded_in("source_row")]
    lines = [grid.rows[row] if row < len(grid.rows) else [] for row in rows]
    columns = list(zip_longest(*lines))
    once = len(set(rows)) == len(rows)
    seen: set[Spot] = set()
    count = 0
    taken: set[int] = set()
    for field, letter in letters.items():
        column = _column(letter)
        taken.add(column)
        name = RAW.get(field, field)
        if name not in table:
            continue
        values = recorded_in(name)
        own = columns[column] if column < len(columns) else (None,) * len(rows)
        if once and own == (*values,):
            count += filled_in(own)
            continue
        texts = TEXT.map(own)
        if once and texts == values:
            count += filled_in(texts)
            continue
        for row, text, value in zip(rows, texts, values, strict=True):
            spot = row, column
            if text is not None and (spot in told or _tells(grid, spot, value)):
                seen.add((row, column))
    extra, elsewhere = table["extra"], table.get("cells", table["extra"])
    has_more = any(extra) or any(elsewhere)
    for number, row, line in zip(numbers, rows, lines, strict=True) if has_more else ():
        if extra[number] or elsewhere[number]:
            seen.update(_others(grid, table, number, row, line, taken))
    return count + len(seen - lost)


def _others(
    grid: Grid, table: Columns, number: int, row: int, line: list[CellValue], taken: set[int]
) -> Iterable[Spot]:
    """Proven cells of a row in columns the form does not know, and cells elsewhere that gave it a value."""
    extra = table["extra"][number]
    if extra:
        told = Counter(json.loads(extra).values())
        for column, text in enumerate(TEXT.map(line)):
            if column not in taken and told[text]:
                told[text] -= 1  # another cell may hold the same and be passed over
                yield row, column
    cells = table["cells"][number] if "cells" in table else None
    for field, place in json.loads(cells).items() if cells else ():
        spot = _spot(place)
        value = table.get(RAW.get(field, field), {number: None})[number]
        if (spot[0] != row or spot[1] not in taken) and _tells(grid, spot, value):
            yield spot


def _fields(reading: Reading) -> dict[str, list[tuple[str, str]]]:
    """Cell and text of the values of records, by their sheet or table."""
    table, records = reading.tables["fields"], reading.tables["records"]
    sheets = dict(zip(records["record_id"], records["source_sheet"], strict=True))
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = (table[name] for name in ("record_id", "cell", "text_raw", "value_code"))
    for record, cells, text, code in zip(*columns, strict=True):
        if not cells or code in SIGNATURES:
            continue
        for place in cells.split(BETWEEN):
            named = _PLACE.fullmatch(place)
            sheet = named[1] if named and named[1] else sheets[record]
            if named or place[:1].isupper():
                found[sheet].append((place, text or ""))
    return found


def _findings(reading: Reading) -> dict[str | None, set[str]]:
    """The cells that findings name, by their sheet or table."""
    table = reading.tables["reading_findings"]
    found: defaultdict[str | None, set[str]] = defaultdict(set)
    for sheet, told in zip(table["source_sheet"], table["source_cell"], strict=True):
        for cell in cells_in(told or ""):
            if _PLACE.fullmatch(cell) or cell.isalnum():
                found[sheet].add(cell)
    return found


def _spot(place: str) -> Spot:
    named = _PLACE.fullmatch(place)
    return (int(named[2]) - 1, int(named[3]) - 1) if named else position(place)


def _column(letter: str) -> int:
    return int(letter.removeprefix("cột ")) - 1 if letter.startswith("cột ") else position(f"{letter}1")[1]


def _cell(grid: Grid, row: int, column: int) -> CellValue:
    line = grid.rows[row] if row < len(grid.rows) else []
    return line[column] if column < len(line) else None


def _tells(grid: Grid, spot: Spot, recorded: Any) -> bool:
    """Whether a cell's text and what was recorded of it are the same, or the one is part of the other."""
    cell = _cell(grid, *spot)
    own = text_of(cell)
    if own is None:
        return False
    if cell in grid.ditto or recorded == FILLED:
        return True
    if recorded is None:
        return False
    other = "".join(str(recorded).split())
    shown = {own, text_of(year_shown_as_day(cell)), text_of(since_1900(cell)), _NO_DIGIT.sub("", own)}
    return any(other in one or one in other for each in shown if each and (one := "".join(each.split())))
