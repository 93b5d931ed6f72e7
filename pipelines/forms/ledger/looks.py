"""What a page shows of its cells beside their text: hidden, struck out, commented, taken out by changes."""

from __future__ import annotations

from pipelines.forms.places import cell_address, column_name
from pipelines.forms.reading import Reading
from pipelines.forms.recognise.matches import Recognition
from pipelines.inbox.document import Document, Grid, a1
from pipelines.sentences import text
from pipelines.text.row_runs import told_runs

MOST_COLUMNS = 5
"""Columns that a message names."""
SHOWN = 120


def tell_looks(reading: Reading, recognition: Recognition, document: Document) -> None:
    """Tell, once per sheet or file, of rows that are hidden, struck out or deleted.

    Hidden and struck-out rows are read as they stand; what a tracked change took out is not.

    Source: docs/contract.md#forms, Hidden and filtered rows.
    """
    owned = {id(grid): match for match in recognition.matches for grid, _ in match.tables}
    for parts in recognition.windows.values():
        owned.update({id(part): recognition.matches[0] for part in parts})
    seen: set[str] = set()
    for grid in document.grids:
        mine = [grid, *recognition.windows.get(id(grid), [])]
        match = next((owned[id(part)] for part in mine if id(part) in owned), None)
        lines = any(line.grid is grid for each in recognition.matches for line in each.lines)
        if (match is None and not lines) or grid.name in seen:
            continue
        seen.add(grid.name)
        tops = [b.header.body for each in recognition.matches for g, b in each.tables if g in mine]
        first = min(tops, default=0)
        _tell(reading, grid, "RD-DONG-AN", [row for row in grid.hidden_rows if row >= first])
        _tell(reading, grid, "RD-GACH-NGANG", sorted({row for row, _ in grid.struck if row >= first}))
        _tell(reading, grid, "RD-CHU-AN", sorted({row for row, _ in grid.unseen if row >= first}))
        _tell_fontless(reading, grid)
        _tell_columns(reading, grid, first)
        # what we ourselves wrote into a file given back is no remark of the unit's
        theirs = [comment for comment in grid.comments if comment.author != text("author")]
        if theirs:
            first_one = theirs[0]
            params = {"so": str(len(theirs)), "o": first_one.cell, "gia_tri": first_one.text[:SHOWN]}
            reading.find("RD-GHI-CHU-O", source_sheet=grid.name, field=grid.name, params=params)
    pictures = pictures_in(document)
    if pictures and any(match.tables and not match.lines for match in recognition.matches):
        reading.find("RD-ANH-LON", params={"so": str(pictures)})
    if document.concealed and recognition.matches:
        params = {"so_dong": str(len(document.concealed)), "dong": _shown(document.concealed)}
        reading.find("RD-CHU-AN", params=params)
    if document.struck and recognition.matches:
        reading.find(
            "RD-GACH-NGANG", params={"so_dong": str(len(document.struck)), "dong": _shown(document.struck)}
        )
    if document.deleted and recognition.matches:
        params = {"so_dong": str(len(document.deleted)), "dong": _shown(document.deleted)}
        reading.find("RD-XOA-THEO-DOI", params=params)


def pictures_in(document: Document) -> int:
    """Pictures so large that a list may stand in them."""
    return document.large_pictures + sum(grid.large_pictures for grid in document.grids)


def _tell_columns(reading: Reading, grid: Grid, first: int) -> None:
    """Hidden columns that hold something from the first row of the table on."""
    held = [
        column
        for column in grid.hidden_columns
        if any(column < len(row) and row[column] not in ("", None) for row in grid.rows[first:])
    ]
    if held:
        named = ", ".join(column_name(grid, column) for column in held[:MOST_COLUMNS])
        params = {"so": str(len(held)), "cot": named + (", …" if len(held) > MOST_COLUMNS else "")}
        reading.find("RD-COT-AN", source_sheet=grid.name, field=grid.name, params=params)


def _tell_fontless(reading: Reading, grid: Grid) -> None:
    """Cells in an old encoding whose font is lost: they are read as they stand, and nobody can read that."""
    cells = [
        (row, column)
        for row, values in enumerate(grid.rows if grid.fontless else ())
        for column, value in enumerate(values)
        if isinstance(value, str) and value in grid.fontless
    ]
    if cells:
        row, column = cells[0]
        reading.find(
            "RD-BANG-MA",
            source_sheet=grid.name,
            source_row=row + 1,
            source_cell=cell_address(grid, row, column),
            field=grid.name,
            params={"gia_tri": str(grid.rows[row][column])[:SHOWN], "so": str(len(cells))},
        )


def _shown(texts: list[str]) -> str:
    return f"«{texts[0][:SHOWN]}»"


def _tell(reading: Reading, grid: Grid, rule_id: str, rows: list[int]) -> None:
    told = [row for row in rows if row < len(grid.filled) and grid.filled[row]]
    if not told:
        return
    column = next(number for number, value in enumerate(grid.rows[told[0]]) if value not in ("", None))
    reading.find(
        rule_id,
        source_sheet=grid.name,
        source_row=told[0] + 1,
        source_cell=a1(told[0], column) if grid.has_addresses else f"dòng {told[0] + 1}, cột {column + 1}",
        field=grid.name,
        params={"so_dong": str(len(told)), "dong": f"dòng {told_runs(told)}"},
    )
