"""Where a value stands, in the words a clerk finds it by: a cell, a table's row and column, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.inbox.document import Grid, Paragraph, a1

Place = tuple[str | None, str]
"""Sheet or table, and the cell in it; ``None`` and the paragraph for running text."""

_CELL = re.compile(r"dòng (\d+)|[A-Z]+(\d+)")
_RUN = re.compile(r"(.*?)(\d+)(?: - (\d+))?")


def column_name(grid: Grid, column: int) -> str:
    """``D``, or ``cột 4`` where the format has no addresses."""
    return a1(0, column)[:-1] if grid.has_addresses else f"cột {column + 1}"


def cell_address(grid: Grid, row: int, column: int) -> str:
    """``D9``, or ``dòng 9, cột 4`` where the format has no addresses (the sheet name says which table)."""
    return a1(row, column) if grid.has_addresses else f"dòng {row + 1}, cột {column + 1}"


def paragraph_address(paragraph: Paragraph) -> str:
    """``đoạn 12``, or ``trang 2, dòng 12`` where the format has pages."""
    within = f"{paragraph.within}, dòng" if paragraph.within else "đoạn"
    return f"{within} {paragraph.number}"


def told(places: Iterable[Place], sheet: str | None) -> str | None:
    """Places in words, one after the other joined by ``; ``.

    Args:
        places: cells with their table, paragraphs.
        sheet: the sheet of the part, which needs no telling.

    Returns:
        ``B3``, ``Bảng 2, dòng 1, cột 1`` or ``đoạn 12 - 15``, for paragraphs that follow one another;
        ``None`` without a place.
    """
    names: list[str] = []
    run: tuple[str, int, int] | None = None
    for table, cell in dict.fromkeys(places):
        if table is not None:
            names.append(cell if table == sheet else f"{table}, {cell}")
            run = None
            continue
        found = _RUN.fullmatch(cell)
        assert found
        number = int(found[2])
        if run and run[0] == found[1] and run[2] + 1 == number:
            run = run[0], run[1], number
            names[-1] = f"{run[0]}{run[1]} - {number}"
        else:
            run = found[1], number, number
            names.append(cell)
    return "; ".join(names) or None


def paragraphs_told(place: str) -> list[str]:
    """The paragraphs that ``đoạn 12 - 15`` names, one by one; any other place is itself."""
    found = _RUN.fullmatch(place)
    if not found or not found[3]:
        return [place]
    return [f"{found[1]}{number}" for number in range(int(found[2]), int(found[3]) + 1)]


def within(grid: Grid, places: Iterable[Place]) -> int:
    """How many places are cells of a sheet or table, or of the stretch of a sheet that it is."""
    count = 0
    for sheet, cell in places:
        if sheet != grid.name:
            continue
        found = _CELL.search(cell)
        row = int(found[1] or found[2]) - 1 if found else -1
        count += row < len(grid.filled) and grid.filled[row] > 0
    return count
