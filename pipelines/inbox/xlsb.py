"""Binary workbooks (.xlsb): calamine reads the values, the records tell merged ranges and error values.

Source: [MS-XLSB] 2.1.4 records, 2.5 their structures.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.inbox import limits
from pipelines.inbox.calamine_grids import grids_of, put
from pipelines.inbox.document import CellError, Document, Grid, Merge, Unreadable
from pipelines.inbox.grids import check_size
from pipelines.inbox.opc import relations
from pipelines.inbox.package import Package
from pipelines.text.legacy_fonts import LEGACY_PREFIXES

WORKBOOK = "xl/workbook.bin"
_ROW, _CELLS, _ERROR_CELLS, _FORMULAS, _SHEET, _MERGE = 0, range(1, 12), (3, 11), range(8, 12), 156, 176
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class _Sheet(NamedTuple):
    """What the records of one sheet tell."""

    merges: list[Merge]
    errors: dict[tuple[int, int], str]
    formulas: set[tuple[int, int]]


def read_xlsb(data: bytes, package: Package) -> Document:
    """Read a binary workbook.

    Args:
        data: the file's bytes.
        package: the same file, opened.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-BOM-NEN, RD-QUA-LON; RD-DINH-DANG-CU when it is written in old
            fonts, which are converted in .xlsx only.
    """
    if "xl/styles.bin" in package and _names_legacy_font(package.read("xl/styles.bin")):
        raise Unreadable("RD-DINH-DANG-CU")
    try:
        parts = _sheet_parts(package)
        told = {name: _scan(package.read(part)) for name, part in parts.items()}
    except (struct.error, IndexError) as error:
        raise Unreadable("RD-HONG") from error
    grids = grids_of(data, set(parts))
    for grid in grids:
        _complete(grid, told[grid.name])
    return Document("workbook", [*grids])


def _names_legacy_font(styles: bytes) -> bool:
    lower = styles.lower()
    return any(prefix.encode("utf-16-le") in lower for prefix in LEGACY_PREFIXES)


def _complete(grid: Grid, told: _Sheet) -> None:
    grid.merges, grid.formulas = told.merges, told.formulas
    for (row, column), code in told.errors.items():
        put(grid, row, column, CellError(code))


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: type and content."""
    at = 0
    while at < len(part):
        kind, at = _variable(part, at, 2)
        size, at = _variable(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _variable(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    number = 0
    for count in range(longest):
        byte = part[at]
        at += 1
        number |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            break
    return number, at


def _sheet_parts(package: Package) -> dict[str, str]:
    """Name of each sheet → name of its part."""
    targets = {each.id: each.target for each in relations(package, WORKBOOK)}
    sheets = {}
    for kind, content in _records(package.read(WORKBOOK)):
        if kind == _SHEET:
            relation, at = _text(content, 8)
            name, _ = _text(content, at)
            if relation in targets:
                sheets[name] = targets[relation]
    return sheets


def _text(content: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _scan(part: bytes) -> _Sheet:
    found = _Sheet([], {}, set())
    row = last_row = last_column = -1
    for kind, content in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content)
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", content)
            if kind != 1:
                last_row, last_column = max(last_row, row), max(last_column, column)
            if kind in _FORMULAS:
                found.formulas.add((row, column))
            if kind in _ERROR_CELLS:
                found.errors[row, column] = _ERRORS.get(content[8], "#ERROR!")
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", content)
            found.merges.append((top, left, bottom, right))
            if len(found.merges) > limits.MERGES:
                raise Unreadable("RD-QUA-LON")
    check_size(last_row + 1, last_column + 1)
    return found
