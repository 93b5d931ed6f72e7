"""Cells of a sheet's XML: found or made at an address, merged ranges by their first cell; values stay."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from lxml import etree

from pipelines.reports.returned.ooxml import tag
from pipelines.reports.returned.xlsx_comments import address, column_letters, position


class SheetCells:
    """The ``sheetData`` of a sheet."""

    def __init__(self, root: etree._Element) -> None:
        """Index rows and cells; those without an address get the one they stand for."""
        self.root = root
        found = root.find(tag(root, "sheetData"))
        self._data = found if found is not None else etree.SubElement(root, tag(root, "sheetData"))
        self._rows: dict[int, list[etree._Element]] = defaultdict(list)
        """By number; a file may have a number twice."""
        self._cells: dict[int, dict[int, etree._Element]] = {}
        previous = 0
        for row in self._data:
            previous = int(row.get("r") or previous + 1)
            row.set("r", str(previous))
            self._rows[previous - 1].append(row)
            _address(row, previous - 1)
        self._merged = [
            (*position(first), *position(last or first))
            for merge in root.iterfind(f"{tag(root, 'mergeCells')}/{tag(root, 'mergeCell')}")
            for first, _, last in [str(merge.get("ref", "A1")).partition(":")]
        ]

    def _row(self, row: int) -> etree._Element | None:
        return self._rows[row][-1] if row in self._rows else None

    def _cells_of(self, row: int) -> dict[int, etree._Element]:
        """The cells of a row by their column; few rows are asked for."""
        if row not in self._cells:
            lines = self._rows.get(row, ())
            self._cells[row] = {position(str(cell.get("r")))[1]: cell for line in lines for cell in line}
        return self._cells[row]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what stands at an address: of a merged range its first."""
        for top, left, bottom, right in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def style(self, row: int, column: int) -> int:
        """The style index of a cell, else of its row or column."""
        cell = self._cells_of(row).get(column)
        if cell is not None:
            return int(cell.get("s", "0"))
        line = self._row(row)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return int(line.get("s", "0"))
        for span in self.root.iterfind(f"{tag(self.root, 'cols')}/{tag(self.root, 'col')}"):
            if int(span.get("min", "0")) <= column + 1 <= int(span.get("max", "0")):
                return int(span.get("style", "0"))
        return 0

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell a style; an empty one is made where there is none."""
        cell = self._cells_of(row).get(column)
        if cell is None:
            cell = self._make(row, column)
        cell.set("s", str(style))

    def _make(self, row: int, column: int) -> etree._Element:
        line = self._row(row)
        if line is None:
            line = etree.Element(tag(self.root, "row"), r=str(row + 1))
            after = [number for number in self._rows if number > row]
            if after:
                self._rows[min(after)][-1].addprevious(line)
            else:
                self._data.append(line)
            self._rows[row].append(line)
        line.attrib.pop("spans", "")
        cell = etree.Element(tag(self.root, "c"), r=address(row, column))
        beside = self._cells_of(row)
        after = [known for known in beside if known > column]
        if after:
            beside[min(after)].addprevious(cell)
        else:
            line.append(cell)
        beside[column] = cell
        return cell


def _address(row: etree._Element, number: int) -> None:
    """Give the cells of a row the addresses they stand for; most have them."""
    end = str(number + 1)
    if [cell.get("r") for cell in row] == [letters + end for letters in _letters(len(row))]:
        return
    column = 0
    for cell in row:
        ref = cell.get("r")
        column = position(ref)[1] if ref else column
        cell.set("r", address(number, column))
        column += 1


@lru_cache(maxsize=256)
def _letters(columns: int) -> tuple[str, ...]:
    return tuple(map(column_letters, range(columns)))
