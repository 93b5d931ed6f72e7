"""What Excel, WPS, Google Sheets and scripts do to .xlsx workbooks, beside what ``workbooks`` does."""

from __future__ import annotations

import datetime
import re
from random import Random

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from benchmarks.losses.workbooks import LISTS, changed, parts, rows_of_list


@on_bytes("told", ".xlsx", LISTS)
def a_hidden_column(data: bytes, chance: Random) -> bytes:
    """A column of the list is hidden."""

    def hide(sheet: Worksheet) -> None:
        row = rows_of_list(sheet)[0]
        filled = [cell.column for cell in sheet[row] if cell.value is not None and cell.column > 1]
        sheet.column_dimensions[get_column_letter(chance.choice(filled))].hidden = True

    return changed(data, hide)


@on_bytes("told", ".xlsx", LISTS)
def rows_of_no_height(data: bytes, chance: Random) -> bytes:
    """Rows were drawn together until nothing of them was seen, or folded away in a group."""

    def flatten(sheet: Worksheet) -> None:
        for row in rows_of_list(sheet)[-2:]:
            if chance.random() < 0.5:
                sheet.row_dimensions[row].height = 0.1
            else:
                sheet.row_dimensions[row].hidden = True
                sheet.row_dimensions[row].outlineLevel = 1

    return changed(data, flatten)


@on_bytes("right", ".xlsx", LISTS)
def letters_of_several_fonts(data: bytes, chance: Random) -> bytes:
    """Names are partly bold."""

    def bold(sheet: Worksheet) -> None:
        for row in rows_of_list(sheet):
            for cell in sheet[row]:
                if isinstance(cell.value, str) and len(cell.value) > 4:
                    cell.value = CellRichText(cell.value[:2], TextBlock(InlineFont(b=True), cell.value[2:]))

    return changed(data, bold)


@on_bytes("right", ".xlsx")
def cells_without_addresses(data: bytes, chance: Random) -> bytes:
    """A script wrote cells and rows without their addresses."""

    def strip(name: str, part: bytes) -> tuple[str, bytes]:
        if "worksheets/sheet" not in name:
            return name, part
        rows = re.findall(rb"<row [^>]*?(?:/>|>.*?</row>)", part, re.DOTALL)
        for row in rows:
            letters = re.findall(rb'<c r="([A-Z]+)', row)
            if letters != [get_column_letter(number).encode() for number in range(1, len(letters) + 1)]:
                raise DoesNotApply  # blank cells were left out: addresses are needed
        numbers = [int(number) for number in re.findall(rb'<row [^>]*?\br="([0-9]+)"', part)]
        if numbers != list(range(1, len(numbers) + 1)):
            raise DoesNotApply
        return name, re.sub(rb'(<(?:row|c)) r="[A-Z0-9]+"', rb"\1", part)

    return parts(data, strip)


@on_bytes("either", ".xlsx", "KT-DS BHXH-DSDK HCM-DSDK QS")
def years_shown_as_dates(data: bytes, chance: Random) -> bytes:
    """Years stand in cells formatted as dates: 2019 shows as 11/07/1905."""

    def form(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int) and 2000 < cell.value < 2100:
                    cell.number_format = "dd/mm/yyyy"

    return changed(data, form)


@on_bytes("right", ".xlsx", "KT-DS LS-DSDN")
def days_with_a_time(data: bytes, chance: Random) -> bytes:
    """Days carry the hour at which a system exported them."""

    def stamp(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime.datetime):
                    cell.value = cell.value.replace(hour=7)

    return changed(data, stamp)


@on_bytes("told", ".xlsx", "KT-DS LS-DSDN QS BHXH-DSDK HCM-DSDK")
def an_error_of_a_formula(data: bytes, chance: Random) -> bytes:
    """A formula that found nothing shows #N/A."""

    def break_one(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int) and 2000 < cell.value < 2100:
                    cell.value = chance.choice(["#N/A", "#REF!", "#VALUE!"])
                    cell.data_type = "e"
                    return
        raise DoesNotApply

    return changed(data, break_one)


@on_bytes("right", ".xlsx", LISTS)
def formats_far_below(data: bytes, chance: Random) -> bytes:
    """Borders were drawn far beyond the list, and a blank stands in a cell there."""

    def draw(sheet: Worksheet) -> None:
        sheet.cell(sheet.max_row + 150, 2).value = " "

    return changed(data, draw)


@on_bytes("right", ".xlsx", LISTS)
def an_empty_sheet_more(data: bytes, chance: Random) -> bytes:
    """The workbook has the empty sheets Excel makes."""

    def add(sheet: Worksheet) -> None:
        book = sheet.parent
        book.create_sheet("Sheet2")
        book.create_sheet("Sheet3")

    return changed(data, add)


@on_bytes("told", ".xlsx", LISTS)
def a_list_in_another_sheet(data: bytes, chance: Random) -> bytes:
    """A sheet of notes behind the list names further people."""

    def add(sheet: Worksheet) -> None:
        more = sheet.parent.create_sheet(chance.choice(["Bổ sung", "Sheet2", "Đợt 2"]))
        more.append(["Bổ sung thêm:"])
        more.append([1, "Lý Văn Thử", "Phòng Tổ chức"])
        more.append([2, "Nông Thị Mẫu", "Phòng Kế hoạch"])

    return changed(data, add)


@on_bytes("right", ".xlsx", LISTS)
def a_workbook_of_choices(data: bytes, chance: Random) -> bytes:
    """A visible sheet «Sheet2» holds the choices of a drop-down list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    def add(sheet: Worksheet) -> None:
        more = sheet.parent.create_sheet("Sheet2")
        for text in ("Khen thưởng cá nhân", "Khen thưởng tập thể"):
            more.append([text])
        offered = DataValidation(type="list", formula1=f"{more.title}!$A$1:$A$2")
        sheet.add_data_validation(offered)
        offered.add("F4:F90")

    return changed(data, add)
