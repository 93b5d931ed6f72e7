"""A file as lines of text that know where they stand: paragraphs, and the rows of tables that hold labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pipelines.forms.places import Place, cell_address, paragraph_address
from pipelines.forms.values.values import TEXT
from pipelines.inbox.document import Block, Grid, Paragraph
from pipelines.text.keys import nfc


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that comes from one cell."""

    start: int
    end: int
    cell: str
    column: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line, in NFC; ``pieces`` are empty for running text, ``places`` for a row of a table."""

    text: str
    order: int
    """Position in the file, growing."""
    row: int
    """One-based row of the table, or number of the paragraph."""
    grid: Grid | None = None
    pieces: tuple[Piece, ...] = ()
    picture: bool = False
    places: tuple[str, ...] = ()
    """Of running text: the paragraphs it stands in."""

    def cells(self, start: int = 0, end: int | None = None) -> list[Place]:
        """Where a stretch of the text stands: cells with their table, or paragraphs."""
        if self.grid is None:
            return [(None, place) for place in self.places]
        stop = len(self.text) if end is None else end
        cells = (piece.cell for piece in self.pieces if piece.start < stop and start < piece.end)
        return [(self.grid.name, cell) for cell in dict.fromkeys(cells)]

    def column(self, start: int) -> int:
        """The column at a position of the text; 0 in running text."""
        found = [
            piece.column for piece in self.pieces if piece.start <= start < max(piece.end, piece.start + 1)
        ]
        return found[0] if found else 0


def _lines_of_row(grid: Grid, number: int) -> list[tuple[str, list[Piece]]]:
    """A row as lines: cells side by side are one line, a cell of several lines goes on below."""
    lines: list[tuple[str, list[Piece]]] = []
    open_line = False
    for column, value in enumerate(grid.rows[number]):
        text = nfc(value) if isinstance(value, str) else TEXT[value]
        parts = [part.strip() for part in (text or "").splitlines() if part.strip()]
        cell = cell_address(grid, number, column)
        for position, part in enumerate(parts):
            if position == 0 and open_line:
                before, pieces = lines.pop()
                start = len(before) + 1
                lines.append((f"{before}\t{part}", [*pieces, Piece(start, start + len(part), cell, column)]))
            else:
                lines.append((part, [Piece(0, len(part), cell, column)]))
        if parts:
            open_line = len(parts) == 1
    return lines


def lines_of(
    blocks: Iterable[Block], first_row: int = 0, end_row: int | None = None, start: int = 0
) -> list[TextLine]:
    """The lines of paragraphs and grids, in the order of the file.

    Args:
        blocks: the blocks.
        first_row: the zero-based row at which the grids begin.
        end_row: the row before which they end.
        start: the order of the first line.
    """
    lines: list[TextLine] = []

    def add(text: str, row: int, grid: Grid | None, pieces: tuple[Piece, ...] = (), **more: Any) -> None:
        lines.append(TextLine(text, start + len(lines), row, grid, pieces, **more))

    for block in blocks:
        if isinstance(block, Paragraph):
            texts = nfc(block.text).splitlines() or [""]
            for position, text in enumerate(texts):
                picture = block.picture and position == len(texts) - 1
                if text.strip() or picture:
                    place = (paragraph_address(block),)
                    add(text.strip(), block.number, None, picture=picture, places=place)
            continue
        pictures = {row for row in block.pictures if row >= first_row and (end_row is None or row < end_row)}
        for number in range(first_row, len(block.rows) if end_row is None else min(end_row, len(block.rows))):
            for text, pieces in _lines_of_row(block, number):
                add(text, number + 1, block, tuple(pieces))
            if number in pictures:
                pictures.discard(number)
                add("", number + 1, block, picture=True)
        for number in sorted(pictures):
            add("", number + 1, block, picture=True)
    return lines


_ITEM = re.compile(r"[-–+*•]|(?:[a-zđ]|[ivxIVX]{1,4}|\d{1,2}(?:\.\d{1,2})*)\s*[.)]")
"""How a line begins that goes on with no line above it: a bullet, a letter, a number."""
_ENDED = (".", ":", ";", "!", "?", "…", "”", ")")
FULL_LINE = 0.85
"""Share of the longest line of a page from which on a line may be wrapped."""


def unwrap(lines: list[TextLine]) -> list[TextLine]:
    """The lines of a PDF file with wrapped ones joined.

    A line that begins in lower case goes on with the one above; so does any line below one as long as
    the page is wide that does not end a sentence, unless it begins an item of a list.
    """
    widest = max((len(line.text) for line in lines), default=0)
    joined: list[TextLine] = []
    last = ""  # the line above as it stands on the page
    for line in lines:
        above = joined[-1] if joined else None
        text = line.text
        full = len(last) >= FULL_LINE * widest and not last.endswith(_ENDED) and not text.isupper()
        goes_on = not _ITEM.match(text) and (text[:1].islower() or full or last.endswith("-"))
        if above and goes_on and line.grid is None and not above.picture:
            between = "" if last.endswith("-") else " "
            joined[-1] = replace(
                above, text=f"{above.text}{between}{text}", places=(*above.places, *line.places)
            )
        else:
            joined.append(replace(line, order=len(joined)))
        last = text
    return joined
