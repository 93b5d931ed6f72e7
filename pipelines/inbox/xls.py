""".xls workbooks of Excel 97–2003, with merged ranges, error values and old fonts, by xlrd."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import xlrd

from pipelines.inbox import limits
from pipelines.inbox.document import CellError, CellValue, Comment, Document, Grid, Unreadable, a1
from pipelines.inbox.grids import check_size, trim
from pipelines.inbox.locked import unlocked
from pipelines.inbox.xls_margin import margin, sources_of_choices
from pipelines.text.legacy_fonts import is_legacy, to_unicode

BIFF_8 = 80
_WHITE = (1, 9)
_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read_xls(data: bytes, opened: bool = False) -> Document:
    """Read a workbook.

    Args:
        data: the file's bytes, an OLE container or a bare BIFF stream.
        opened: whether the password that Excel itself knows was taken off already.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-QUA-LON.
    """
    if len(data) > limits.XLS_BYTES:
        raise Unreadable("RD-QUA-LON")
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,  # else the stream is gone before its text boxes are looked for
            logfile=io.StringIO(),
        )
        if book.nsheets > limits.SHEETS:
            raise Unreadable("RD-QUA-LON")
        fonts = _fonts(book)
        grids = [_grid(book, sheet, fonts) for sheet in book.sheets()]
        if book.biff_version == BIFF_8:
            stream = bytes(book.mem)
            for grid, start in zip(grids, book._sh_abs_posn, strict=False):
                grid.margin = margin(stream, start)
                for number in sources_of_choices(stream, start, book._externsheet_info):
                    if number < len(grids) and grids[number] is not grid:
                        grids[number].source_of = grids[number].source_of or grid.name
        return Document("workbook", [*grids])
    except Unreadable:
        raise
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error).lower() or "password" in str(error).lower()
        if locked and not opened:
            return read_xls(unlocked(data), opened=True)
        raise Unreadable("RD-MAT-KHAU" if locked else "RD-HONG") from error
    except Exception as error:  # xlrd trusts offsets and lengths it finds; a damaged file raises anything
        raise Unreadable("RD-HONG") from error


def _fonts(book: xlrd.Book) -> list[str | None]:
    """Name of the font of each cell format; empty when no font of the book is an old one."""
    if not any(is_legacy(font.name) for font in book.font_list):
        return []
    return [_font_name(book, style.font_index) for style in book.xf_list]


def _is_struck(book: xlrd.Book, index: int) -> bool:
    return index < len(book.font_list) and bool(book.font_list[index].struck_out)


def _struck_in_part(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> list[tuple[int, int]]:
    """The cells some of whose letters are struck out."""
    runs = sheet.rich_text_runlist_map.items()
    return [place for place, fonts in runs if any(_is_struck(book, index) for _, index in fonts)]


def _is_unseen(book: xlrd.Book, style: xlrd.formatting.XF) -> bool:
    """Whether the text of a style is not shown: white letters on no colour, a number format of nothing."""
    shown = book.format_map.get(style.format_key)
    if shown is not None and shown.format_str and not shown.format_str.replace(";", "").strip():
        return True
    white = style.font_index < len(book.font_list) and book.font_list[style.font_index].colour_index in _WHITE
    return white and style.background.fill_pattern == 0


def _font_name(book: xlrd.Book, index: int) -> str | None:
    return book.font_list[index].name if index < len(book.font_list) else None


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet, fonts: list[str | None]) -> Grid:
    check_size(sheet.nrows, 1)
    grid = Grid(
        sheet.name,
        [],
        [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden=sheet.visibility != 0,
        hidden_rows=sorted(row for row, info in sheet.rowinfo_map.items() if info.hidden or not info.height),
        hidden_columns=sorted(
            column for column, info in sheet.colinfo_map.items() if info.hidden or not info.width
        ),
        comments=[
            Comment(a1(*place), note.text.strip(), note.author or "")
            for place, note in sorted(sheet.cell_note_map.items())
        ],
        since_1904=book.datemode == 1,
        struck=_struck_in_part(book, sheet),
    )
    struck = {number for number, style in enumerate(book.xf_list) if _is_struck(book, style.font_index)}
    unseen = {number for number, style in enumerate(book.xf_list) if _is_unseen(book, style)}
    for number in range(sheet.nrows):
        kinds, values = sheet.row_types(number), sheet.row_values(number)
        grid.rows.append(
            [
                value if kind == xlrd.XL_CELL_TEXT else _value(book, kind, value)
                for kind, value in zip(kinds, values, strict=True)
            ]
        )
        if fonts:
            _convert(book, sheet, grid, number, fonts)
        for styles, places in ((struck, grid.struck), (unseen, grid.unseen)):
            places += [
                (number, column)
                for column, kind in enumerate(kinds if styles else ())
                if kind not in _EMPTY and sheet.cell_xf_index(number, column) in styles
            ]
    trim(grid.rows)
    check_size(len(grid.rows), max(map(len, grid.rows), default=0))
    return grid


def _value(book: xlrd.Book, kind: int, value: float | str) -> CellValue:
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    if kind == xlrd.XL_CELL_DATE:
        return _moment(float(value), book.datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(int(value), "#ERROR!"))
    return ""


def _moment(value: float, datemode: int) -> date | datetime | time | float:
    try:
        found = xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return value
    if value < 1:
        return found.time()
    return found.date() if value == int(value) else found


def _convert(
    book: xlrd.Book, sheet: xlrd.sheet.Sheet, grid: Grid, number: int, fonts: list[str | None]
) -> None:
    row = grid.rows[number]
    for column, stored in enumerate(row):
        if not isinstance(stored, str) or not stored:
            continue
        text = "".join(
            to_unicode(part, font) for part, font in _runs(book, sheet, number, column, stored, fonts)
        )
        if text != stored:
            row[column] = text
            grid.originals[number, column] = stored


def _runs(
    book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int, stored: str, fonts: list[str | None]
) -> list[tuple[str, str | None]]:
    style = sheet.cell_xf_index(row, column)
    font = fonts[style] if style < len(fonts) else None
    starts = [(0, font)]
    for offset, index in sheet.rich_text_runlist_map.get((row, column), ()):
        starts.append((offset, _font_name(book, index)))
    ends = [offset for offset, _ in starts[1:]] + [len(stored)]
    return [(stored[start:end], name) for (start, name), end in zip(starts, ends, strict=True)]
