"""The filled cells of a grid, counted once, and the marks that stand for the value above."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.inbox.document import CellValue, Grid
from pipelines.text.keys import clean, match_key, nfc
from pipelines.text.lost_fonts import LOST

_AROUND = str.maketrans("", "", " .-_()[]")
_STARTS = frozenset("nNtT.-–—_([/\"“”„«»'‘’″′〃 ")
"""How a ditto mark may begin."""
LONGEST_MARK = 20


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not clean(value))


def ditto_key(text: str) -> str:
    """A mark that repeats the value above, without what people write around it: ``-nt-`` -> ``nt``."""
    return match_key(text).translate(_AROUND)


def _without_mark(text: str) -> str:
    """A text without the apostrophe that tells a spreadsheet program to take it as text (or around it)."""
    inner = text.strip("'").strip()
    return "" if "'" in inner else inner


def tidy(grid: Grid, ditto: frozenset[str]) -> None:
    """Compose letters, empty blank cells, take apostrophes off, count filled cells, find the ditto marks.

    Args:
        grid: a sheet or table; changed in place.
        ditto: keys of the marks that repeat the value above.
    """
    texts = grid.texts()
    joined = "\n".join(texts)
    other: dict[str, str] = {}
    if "'" in joined:
        other = {text: found for text in texts if text[0] == "'" and (found := _without_mark(text))}
    if nfc(joined) != joined:
        other |= {text: found for text in texts if (found := nfc(other.get(text, text))) != text}
    if other:
        grid.rows = [[other.get(v, v) if isinstance(v, str) else v for v in row] for row in grid.rows]
        texts = texts - other.keys() | {*other.values()}
    grid.fontless = frozenset(text for text in texts if LOST[text])
    short = [text for text in texts if len(text) <= LONGEST_MARK or text.isspace()]
    blanks = {text for text in short if not (text[0].isalnum() or clean(text))}
    if blanks:
        grid.rows = [["" if value in blanks else value for value in row] for row in grid.rows]
    grid.filled = [filled_in(row) for row in grid.rows]
    grid.ditto = frozenset(
        text for text in short if text not in blanks and text[0] in _STARTS and ditto_key(text) in ditto
    )


def filled_in(cells: Sequence[CellValue]) -> int:
    """How many cells of a row or column hold something; blank ones of a tidy grid are empty."""
    if all(cells):
        return len(cells)  # most have no blank, and no nought either
    return len(cells) - cells.count("") - cells.count(None)


def filled(grid: Grid, first: int = 0, last: int | None = None) -> int:
    """Number of non-empty cells in rows ``first`` to before ``last``."""
    return sum(grid.filled[first:last])
