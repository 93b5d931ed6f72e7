"""Where in a file: the document's name and the cell, as letters and mails tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.reports.finding import Finding
from pipelines.sentences import named, text


def form_name(form_id: str | None) -> str | None:
    """What a letter calls a form, e.g. ``mẫu 03``."""
    return named("form_names", form_id) if form_id else None


def file_name(finding: Finding) -> str | None:
    """The file's own name, without its folders; of a zip, the member's."""
    if not finding.source_file:
        return None
    return finding.source_file.rsplit("!", 1)[-1].rsplit("/", 1)[-1]


_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?\d+")
MANY = 3
"""From so many places in words on a semicolon parts them."""
Place = tuple[str, str]
"""A document, and a cell of it; either may be empty."""


def place_of(finding: Finding, *, by_form: bool) -> Place:
    """``mẫu 03`` for letters or ``mau-03.xlsx`` for mails, and ``ô D9``; nothing for an absent paper."""
    if finding.is_absent:
        return "", ""
    name = file_name(finding)
    document = (form_name(finding.form_id) if by_form and name else None) or name
    table = (finding.source_sheet or "").lower()
    if finding.source_cell and table.startswith(text("place.table")):  # of a Word file
        document = ", ".join(part for part in (document, table) if part)
    return document or "", cell_words(finding)


def places(found: Iterable[Place]) -> str:
    """``mẫu 03, ô D9, E11; tờ trình``: each document once, with its cells."""
    cells: dict[str, list[str]] = {}
    for document, cell in dict.fromkeys(found):
        cells.setdefault(document, []).extend([cell] if cell else [])
    mark = text("place.cell", cell="")
    told = []
    for document, listed_cells in cells.items():
        short = [cell.removeprefix(mark) if number else cell for number, cell in enumerate(listed_cells)]
        between = ", " if all(cell.startswith(mark) for cell in listed_cells) else text("place.between")
        between = between if len(listed_cells) < MANY else "; "
        told.append(", ".join(part for part in (document, between.join(short)) if part))
    return "; ".join(part for part in told if part)


def cell_words(finding: Finding) -> str:
    """``ô D9``, or the table's row and column in a Word file; empty without a cell."""
    cell = finding.source_cell
    if not cell:
        return ""
    return text("place.cell", cell=cell) if _ADDRESS.fullmatch(cell) else cell
