"""Blank papers: a form or document that nobody has filled in; it is accepted, told, and covers nothing.

Source: docs/contract.md#forms, Periods: a document or record of placeholders, dots and hints is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.forms.part import Part
from pipelines.forms.places import Place
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.matches import Match
from pipelines.forms.records.label_lines import index_of, is_placeholder, read_labels
from pipelines.forms.records.record import own_lines, signature_start, table_ends
from pipelines.forms.registry import Words
from pipelines.forms.tables.body import read_body
from pipelines.forms.tables.filled import is_blank as is_empty
from pipelines.forms.tables.header import Binding
from pipelines.inbox.document import NOT_CALCULATED, Grid

RULE = "RD-CHUA-DIEN"
REASON = "mau_chua_dien"
_DOTS = re.compile(r"\.{3,}|…|_{3,}|-{4,}")
_NUMBERED = re.compile(r"^\s*(?:[-–+*•]|(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/])\s*")
_ADDRESSES = ("kính gửi", "nơi nhận")
_NUMBERS = ("count", "percent")
MOST_LABEL_WORDS = 10


def is_blank(part: Part, match: Match) -> bool:
    """Whether a record or document is an unfilled form: printed words and placeholders, nothing of its own.

    A title alone is none: nothing in it waits to be filled in. Nor is a scan known by its file's name, whose
    text is not seen.
    """
    if match.by_name:
        return False
    if part.form.kind not in ("record", "document"):
        return _is_blank_table(part, match)
    if _has_table_rows(match):
        return False
    index = index_of(part.form)
    lines = own_lines(part, match, table_ends(part, match, index))
    if part.form.kind == "record":
        found, strays = read_labels(lines[match.title.end : signature_start(part, lines)], index)
        empty = bool(found) and not any(item.text for item in found)
        return empty and not _own(strays, part.catalogue.words, ())
    printed = tuple(words_key(text) for text in part.form.data.get("printed", []))
    waits = any(_waits(piece, printed) for line in lines for piece in line.text.split("\t"))
    return waits and not _own(lines[match.title.end :], part.catalogue.words, printed)


def _is_blank_table(part: Part, match: Match) -> bool:
    """Whether a mẫu 02 has no number, or a list under a title with dots to be filled in has no rows.

    A list without rows under a title that waits for nothing was sent so: it replaces an earlier one.
    """
    if not match.tables or match.refused or part.form.data.get("may_be_empty"):
        return False
    if part.form.kind == "mau_02":
        return not any(_has_number(part, grid, binding) for grid, binding in match.tables)
    if not any(_DOTS.search(line.text) for line in match.above):
        return False
    tops = [(grid, binding.header.top) for grid, binding in match.tables]
    for grid, binding in match.tables:
        below = [top for other, top in tops if other is grid and top > binding.header.top]
        body = read_body(part, grid, binding, min(below, default=None))
        if body.rows or body.unclear:
            return False
    return True


def _has_number(part: Part, grid: Grid, binding: Binding) -> bool:
    """Whether a line of mẫu 02 has anything in the columns of numbers but formulas that follow from them."""
    counts = {column.id for column in binding.layout.columns if column.type in _NUMBERS}
    return any(
        not is_empty(value) and value != NOT_CALCULATED
        for name, cells in read_body(part, grid, binding).columns.items()
        if name in counts
        for value in cells
    )


def _waits(text: str, printed: tuple[str, ...]) -> bool:
    """Whether a text is a place to be filled in, or a line that only the form prints."""
    if not text.strip():
        return False
    return is_placeholder(text) or is_unfilled(text) or words_key(_NUMBERED.sub("", text)) in printed


def leave_blank(part: Part, match: Match) -> None:
    """Tell it, and account for every cell: all of it is the printed form."""
    match.blank = True
    part.find(RULE, params={"bieu": part.form.official_label})
    lines = [*match.lines, *match.above, *match.below]
    grids = {id(line.grid): line.grid for line in lines if line.grid}
    grids |= {id(grid): grid for grid, _ in match.tables}
    for grid in grids.values():
        if grid.name not in part.foreign:
            part.reading.ignore(None, grid.name, REASON, sum(grid.filled), grid.label)
    places: list[Place] = [place for line in lines if line.grid is None for place in line.cells()]
    part.printed.update(dict.fromkeys(places, (part.number, REASON)))


def _has_table_rows(match: Match) -> bool:
    return any(
        not is_empty(value) and not (isinstance(value, str) and is_placeholder(value))
        for grid, binding in match.tables
        for row in grid.rows[binding.header.body :]
        for value in row
    )


def _own(lines: Iterable[TextLine], words: Words, printed: tuple[str, ...]) -> bool:
    """Whether a line says something that neither the form prints nor a hint asks for."""
    for line in lines:
        pieces = [piece for piece in line.text.split("\t") if piece.strip()]
        keys = [words_key(_NUMBERED.sub("", piece)) for piece in pieces]
        if any(_is_signature(key, words) for key in keys):
            return False
        if any(
            not (is_placeholder(piece) or is_unfilled(piece))
            and not starts_with(key, (*_ADDRESSES, *printed))
            and words_key(piece) not in printed
            for piece, key in zip(pieces, keys, strict=True)
        ):
            return True
    return False


def _is_signature(key: str, words: Words) -> bool:
    return key in words.signature_hints or (
        starts_with(key, words.signature_starts) and len(key.split()) <= MOST_LABEL_WORDS
    )


def is_unfilled(text: str) -> bool:
    """Whether a line is a hint with dots to be filled in, and no figure was filled in."""
    rest = _NUMBERED.sub("", text)
    return bool(_DOTS.search(rest)) and not any(letter.isdigit() for letter in rest)
