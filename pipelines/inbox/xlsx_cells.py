"""One flat pass over a sheet's XML for what calamine does not tell; no tree is ever built."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from pipelines.inbox.document import Unreadable

Runs = list[tuple[str | None, str]]
"""Name of the font (None: the cell's own) and text of each run."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,8})")


@dataclass(slots=True)
class RawCell:
    """A cell that has content, as stored."""

    row: int
    column: int
    kind: str
    style: str
    formula: bool = False
    value: str | None = None
    runs: Runs = field(default_factory=list)
    struck: bool = False
    """Whether a run of its own text is struck out."""


def position(address: str) -> tuple[int, int]:
    """Zero-based row and column of an A1 address.

    Raises:
        Unreadable: RD-HONG when it is none.
    """
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise Unreadable("RD-HONG")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def scan(xml: bytes, visit: Callable[[RawCell], None], root: str = "c") -> None:
    """Show every cell with content to a visitor.

    Args:
        xml: a sheet's part, or the shared strings.
        visit: called at the end of each cell.
        root: ``c`` for cells of a sheet, ``si`` for shared strings.

    Raises:
        Unreadable: RD-HONG when the XML is not well-formed, RD-XML-THUC-THE when it declares a type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    scanner = _Scanner(visit, root)
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable("RD-HONG") from error


def _refuse(*_: object) -> None:
    raise Unreadable("RD-XML-THUC-THE")


class _Scanner:
    def __init__(self, visit: Callable[[RawCell], None], root: str) -> None:
        self._visit = visit
        self._root = root
        self._row = self._column = -1
        self._cell: RawCell | None = None
        self._filled = False
        self._font: str | None = None
        self._text: list[str] | None = None
        self._aid = False  # phonetic help for East Asian text is no part of the value

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == self._root:
            self._start_cell(attributes)
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif self._cell is not None:
            self._filled = True
            if name == "f":
                self._cell.formula = True
            elif name in ("v", "t") and not self._aid:
                self._text = []
            elif name == "r":
                self._font = None
            elif name == "rFont":
                self._font = attributes.get("val")
            elif name == "strike":
                self._cell.struck = attributes.get("val", "1") not in ("0", "false")
            elif name == "rPh":
                self._aid = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if address := attributes.get("r"):
            self._row, self._column = position(address)
        else:
            self._column += 1
        self._cell = RawCell(self._row, self._column, attributes.get("t", "n"), attributes.get("s", "0"))
        self._filled = False
        self._font = None

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        cell = self._cell
        if cell is None:
            return
        name = name.rpartition(":")[2]
        if name == self._root:
            if self._filled:
                self._visit(cell)
            self._cell = None
        elif name == "rPh":
            self._aid = False
        elif name in ("v", "t") and self._text is not None:
            text = "".join(self._text)
            if name == "v":
                cell.value = text
            else:
                cell.runs.append((self._font, text))
            self._text = None
