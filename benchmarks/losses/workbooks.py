"""What Excel and other programs do to .xlsx workbooks."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from random import Random

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.losses.mutator import DoesNotApply, on_bytes

LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """A workbook with its first sheet changed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of_list(sheet: Worksheet) -> list[int]:
    """Rows whose first cell holds an ordinal."""
    found = [row for row in range(1, sheet.max_row + 1) if isinstance(sheet.cell(row, 1).value, int)]
    if len(found) < 2:
        raise DoesNotApply
    return found


@on_bytes("right", ".xlsx")
def saved_by_another_program(data: bytes, chance: Random) -> bytes:
    """Another program saved the workbook."""
    return changed(data, lambda sheet: None)


@on_bytes("told", ".xlsx", LISTS)
def hidden_rows(data: bytes, chance: Random) -> bytes:
    """Two rows are hidden."""

    def hide(sheet: Worksheet) -> None:
        for row in rows_of_list(sheet)[-2:]:
            sheet.row_dimensions[row].hidden = True

    return changed(data, hide)


@on_bytes("told", ".xlsx", LISTS)
def a_filter(data: bytes, chance: Random) -> bytes:
    """A filter shows some rows only."""

    def filtered(sheet: Worksheet) -> None:
        rows = rows_of_list(sheet)
        sheet.auto_filter.ref = f"A{rows[0] - 1}:C{rows[-1]}"
        sheet.auto_filter.add_filter_column(0, [str(sheet.cell(rows[0], 1).value)])
        for row in rows[1:]:
            sheet.row_dimensions[row].hidden = True

    return changed(data, filtered)


@on_bytes("told", ".xlsx", LISTS)
def a_row_struck_out(data: bytes, chance: Random) -> bytes:
    """A row is struck out."""

    def strike(sheet: Worksheet) -> None:
        row = chance.choice(rows_of_list(sheet))
        for cell in sheet[row]:
            cell.font = Font(strike=True)

    return changed(data, strike)


@on_bytes("right", ".xlsx")
def comments(data: bytes, chance: Random) -> bytes:
    """Cells carry comments."""

    def comment(sheet: Worksheet) -> None:
        for cell in sheet[sheet.max_row]:
            if cell.value is not None:
                cell.comment = Comment("Xem lại", "Ví dụ")

    return changed(data, comment)


@on_bytes("right", ".xlsx")
def dates_from_1904(data: bytes, chance: Random) -> bytes:
    """The workbook counts its days from 1904."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(io.BytesIO(data))
    book.epoch = CALENDAR_MAC_1904
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@on_bytes("told", ".xlsx", "KT-DS BHXH-DSDK HCM-DSDK QS")
def formulas_never_calculated(data: bytes, chance: Random) -> bytes:
    """A program wrote formulas without their values."""

    def formula(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int) and 2000 < cell.value < 2100:
                    cell.value = f"={cell.value - 1}+1"
                    return
        raise DoesNotApply

    return changed(data, formula)


@on_bytes("right", ".xlsx", LISTS)
def formulas_of_ordinals(data: bytes, chance: Random) -> bytes:
    """Ordinals are formulas that no program has calculated."""

    def formula(sheet: Worksheet) -> None:
        for row in rows_of_list(sheet)[1:]:
            sheet.cell(row, 1).value = f"=A{row - 1}+1"

    return changed(data, formula)


@on_bytes("right", ".xlsx")
def a_look_up_sheet(data: bytes, chance: Random) -> bytes:
    """A hidden sheet holds the choices of a drop-down list."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    extra = book.create_sheet("DM")
    for number, text in enumerate(["Khen thưởng cá nhân", "Khen thưởng tập thể", "Lao động tiên tiến"], 1):
        extra.cell(number, 1, text)
    extra.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@on_bytes("told", ".xlsx")
def a_sheet_of_something_else(data: bytes, chance: Random) -> bytes:
    """A further visible sheet holds a table nobody can place."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    extra = book.create_sheet("Tổng hợp khác")
    for row in (["Bộ phận", "Bậc", "Kết quả"], ["Lý Văn Thử", "A", "Khen"], ["Vi Thị Mẫu", "B", "Khen"]):
        extra.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@on_bytes("right", ".xlsx", "KT-DS LS-DSDN")
def days_as_numbers(data: bytes, chance: Random) -> bytes:
    """Dates lost their format and show as numbers."""

    def general(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime.date):
                    cell.number_format = "General"

    return changed(data, general)


def parts(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """A package with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out.getvalue()


@on_bytes("right", ".xlsx .docx .ods")
def names_with_backslashes(data: bytes, chance: Random) -> bytes:
    """A program of Windows packed the file."""
    return parts(data, lambda name, part: (name if name == "mimetype" else name.replace("/", "\\"), part))


@on_bytes("right", ".xlsx .docx")
def another_name_of_the_main_part(data: bytes, chance: Random) -> bytes:
    """The main part goes by another name, as relationships say."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        for old in ("document.xml", "workbook.xml"):
            new = old.replace(".", "2.")
            if name.endswith((f"/{old}", f"/{old}.rels")):
                return name.replace(old, new), part
            part = part.replace(f"/{old}".encode(), f"/{new}".encode())
        return name, part

    return parts(data, change)


@on_bytes("right", ".xlsx")
def the_password_excel_knows(data: bytes, chance: Random) -> bytes:
    """Excel encrypted the workbook with its own password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    if len(data) < 4096:
        raise DoesNotApply  # the library lays out such small packages wrongly
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("VelvetSweatshop", out)
    return out.getvalue()


@on_bytes("told", ".xlsx .docx .ods .xls")
def an_upload_that_broke_off(data: bytes, chance: Random) -> bytes:
    """The upload broke off."""
    return data[: len(data) * 2 // 3]


@on_bytes("right", ".csv")
def text_named_xls(data: bytes, chance: Random) -> bytes:
    """An export writes text with tabs and calls it .xls (the name is changed by the runner)."""
    return data
