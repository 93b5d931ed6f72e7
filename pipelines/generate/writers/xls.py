"""Books to .xls (Excel 97)."""

from __future__ import annotations

import io
from datetime import date

import xlwt

from pipelines.generate.shape import BOLD, BORDERED, CENTRED, ITALIC, WRAPPED, Book, Role, Sheet, fitted_lines


def write(book: Book) -> bytes:
    """The .xls file of a book."""
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    for sheet in book.sheets:
        _sheet(workbook.add_sheet(sheet.name, cell_overwrite_ok=True), sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet(target: xlwt.Worksheet, sheet: Sheet) -> None:
    cache: dict[tuple[Role, str, bool], xlwt.XFStyle] = {}
    target.visibility = 1 if sheet.hidden else 0
    target.portrait = not sheet.landscape
    target.paper_size_code = 9
    target.fit_width_to_pages, target.fit_height_to_pages, target.fit_num_pages = 1, 0, True
    for number, width in enumerate(sheet.widths):
        target.col(number).width = int(width * 256)
    merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    for n, row in enumerate(sheet.rows):
        target.row(n).height_mismatch = True
        target.row(n).height = (17 * fitted_lines(sheet, n) + 2) * 20
        for column, value in enumerate(row.values):
            key = (row.role, sheet.fonts.get((n, column), "Times New Roman"), isinstance(value, date))
            if key not in cache:
                cache[key] = _style(*key)
            style = cache[key]
            if (n, column) in merged:
                bottom, right = merged[n, column]
                target.write_merge(n, bottom, column, right, value, style)
            elif value is not None:
                target.write(n, column, value, style)
    if sheet.fixed_rows():
        target.set_panes_frozen(True)
        target.set_horz_split_pos(sheet.fixed_rows())


def _style(role: Role, font: str, is_date: bool) -> xlwt.XFStyle:
    style = xlwt.XFStyle()
    style.font.name = font
    style.font.height = (14 if role == "title" else 13) * 20
    style.font.bold = role in BOLD
    style.font.italic = role in ITALIC
    style.alignment.wrap = 1 if role in WRAPPED else 0
    style.alignment.horz = xlwt.Alignment.HORZ_CENTER if role in CENTRED else xlwt.Alignment.HORZ_GENERAL
    if role in BORDERED:
        for side in ("left", "right", "top", "bottom"):
            setattr(style.borders, side, xlwt.Borders.THIN)
    if is_date:
        style.num_format_str = "dd/mm/yyyy"
    return style
