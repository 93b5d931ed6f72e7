"""Rows of a sheet written as they stand in its part: many times quicker than cell by cell.

``openpyxl`` lays out the workbook with all that is not rows of data; they are set in when it is saved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from pipelines.reports.package import NOT_IN_CELLS, NOT_PLAIN, Package, Packed
from pipelines.reports.sheets import Looks, Value

_TOGETHER = 500
"""Rows that are packed at once: all of a country would be copied several times over."""
Cells = tuple[list[str], int]
"""Cells of a row, each after the row's number and up to that of the next, and how many lines they take."""
_DIMENSION, _END = re.compile(r"<dimension [^>]*/>"), "</sheetData>"


class Rows:
    """Rows of a sheet, below its header row; sheets of several workbooks may have the same.

    A row is its number between pieces that are for the most part those of rows before it.
    """

    def __init__(self, widths: Sequence[int], looks: Looks, codes: Collection[int] = ()) -> None:
        """Begin below row 1.

        Args:
            widths: of the columns.
            looks: of any workbook.
            codes: columns of codes, which stay on one line and make no row higher.
        """
        self.last = 1
        self._looks = looks
        letters = [get_column_letter(column) for column in range(1, len(widths) + 1)]
        self._begin, self._end = f'" ht="{{}}" customHeight="1"><c r="{letters[0]}', letters[-1]
        self._columns = [
            (column not in codes, max(width - 3, 1), after)
            for column, (width, after) in enumerate(
                zip(widths, [*(f'<c r="{letter}' for letter in letters[1:]), "</row>"], strict=True),
                start=1,
            )
        ]
        self._cell = lru_cache(maxsize=16_384)(self._remembered)  # most cells of a column are one of few
        self._written: list[str] = []
        self._packed: tuple[str, str, Packed] | None = None

    def add(self, values: Sequence[Value], fills: Mapping[int, str] | None = None) -> None:
        """One row of values, wrapped, as high as its longest text needs.

        Args:
            values: one per column.
            fills: colours of columns.
        """
        self.put(self.cells(1, values, fills))

    def cells(self, first: int, values: Iterable[Value], fills: Mapping[int, str] | None = None) -> Cells:
        """Neighbouring cells, to be put into one row or many.

        Args:
            first: column of the first.
            values: of each.
            fills: colours of columns.
        """
        fill = fills or {}
        made = [
            self._cell(column, value, fill.get(column, ""))
            for column, value in enumerate(values, start=first)
        ]
        return [piece for piece, _ in made], max([lines for _, lines in made])

    def cell(self, column: int, value: Value) -> Cells:
        """A cell of a value that does not come again: it is not remembered."""
        piece, lines = self._made(column, value, "", _cell_end(value))
        return [piece], lines

    def put(self, *parts: Cells) -> None:
        """One row of cells, as high as its longest text needs.

        Args:
            parts: from the first column to the last.
        """
        self.last += 1
        begin = self._begin.format(max(20, 16 * max([lines for _, lines in parts]) + 4))
        row = ['<row r="', begin]
        for pieces, _ in parts:
            row += pieces
        self._written.append(str(self.last).join(row))

    def _remembered(self, column: int, value: Value, fill: str) -> tuple[str, int]:
        return self._made(column, value, fill, cell_end(value))

    def _made(self, column: int, value: Value, fill: str, end: str) -> tuple[str, int]:
        """A cell after its row's number and up to that of the next, and how many lines it takes."""
        wraps, width, after = self._columns[column - 1]
        lines = _lines(value, width) if wraps and isinstance(value, str) else 1
        style = self._looks.number(value, fill, wraps)
        return f'" s="{style}"{end}{after}', lines

    @property
    def area(self) -> str:
        """The range of the header and all rows."""
        return f"A1:{self._end}{self.last}"

    def packed(self, before: str, after: str) -> Packed:
        """The part with the rows in it, packed once for sheets that are the same around them.

        Args:
            before: what stands in the part before the rows.
            after: and behind them.
        """
        if self._packed is None or self._packed[:2] != (before, after):
            several = ("".join(self._written[at : at + _TOGETHER]) for at in range(0, self.last, _TOGETHER))
            pieces = (piece.encode() for piece in (before, *several, after))
            self._packed = (before, after, Packed.of(pieces))
        return self._packed[2]


def _lines(value: str, width: int) -> int:
    if len(value) <= width and "\n" not in value:
        return 1
    return sum(-(-len(part) // width) or 1 for part in value.split("\n"))


def _cell_end(value: Value | float | time) -> str:
    """A cell after its address and style; text stays text, whatever it begins with."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        said = escape(NOT_IN_CELLS.sub("", value)) if NOT_PLAIN.search(value) else value
        return f' t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    return f"><v>{to_excel(value) if isinstance(value, date | time) else value}</v></c>"


cell_end = lru_cache(maxsize=16_384, typed=True)(_cell_end)  # most cells of a table are one of few


def packed(book: Workbook, rows: Mapping[str, Rows]) -> bytes:
    """The workbook with its rows; equal contents give equal bytes.

    Args:
        book: laid out; each sheet that gets rows has its header row.
        rows: by title of the sheet.
    """
    out = BytesIO()
    book.save(out)
    package = Package(out.getvalue())
    filled: dict[str, str | Packed] = {}
    for number, title in enumerate(book.sheetnames, start=1):
        if title in rows:
            name = f"xl/worksheets/sheet{number}.xml"
            before, after = package.read(name).split(_END)
            area = f'<dimension ref="{rows[title].area}"/>'
            before = _DIMENSION.sub(area, before) if rows[title].last > 1 else before
            filled[name] = rows[title].packed(before, _END + after)
    return package.filled(filled)
