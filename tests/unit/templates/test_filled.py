"""A template filled in by a clerk reads back whole: every row, and no finding about the layout."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.values.reference_values import reference_values
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from pipelines.templates.options import plan
from tests.raw_rows import known_forms

REFERENCE = PROJECT / "data" / "reference"
ROW: dict[str, Any] = {
    "Tên tập thể/cá nhân/hộ gia đình": "Nguyễn Văn An",
    "Tên tập thể, cá nhân": "Nguyễn Văn An",
    "Tên tập thể, cá nhân, hộ gia đình": "Nguyễn Văn An",
    "Chức vụ": "Chuyên viên",
    "Đơn vị công tác": "Văn phòng",
    "Phân loại khen thưởng": "Khen thưởng cá nhân",
    "Danh hiệu thi đua/Hình thức khen thưởng": "Lao động tiên tiến",
    "Phân loại đối tượng": "Doanh nhân",
    "Số quyết định": "5/QĐ-VP",
    "Ngày quyết định": date(2019, 2, 1),
    "Năm": None,
    "Tổng số tập thể": 5,
    "Tổng số cá nhân": "1.381",
    "Lao động trực tiếp": 900,
    "Lãnh đạo": 30,
    "Số hộ gia đình": "05",
    "Loại": "Cá nhân",
    "Loại (Tập thể/Cá nhân)": "Cá nhân",
    "Nhóm đối tượng": "Nông dân",
    "Tóm tắt thành tích tiêu biểu, nổi bật": "Dẫn đầu phong trào",
    "Tóm tắt thành tích": "Dẫn đầu phong trào",
    "Lĩnh vực": "Thu",
    "Giải pháp": "Nêu gương",
    "Giải pháp xây dựng, nhân rộng": "Nêu gương",
    "Mục tiêu": "Dẫn đầu phong trào",
    "Đơn vị": "Chi bộ xóm Nà Ca",
    "Người đứng đầu; phụ trách đơn vị": "Nguyễn Văn An",
    "Họ và tên": "Nguyễn Văn An",
    "Chức vụ; đơn vị công tác; địa chỉ nơi cư trú": "Bí thư; chi bộ xóm Nà Ca; xã Quảng Lâm",
    "Điển hình thuộc lĩnh vực": "3.1.1",
}
LISTS = [entry["form"] for entry in plan()["workbooks"] if entry["form"] != "LS-M02"]


def fill(sheet: Worksheet, year: int = 2019) -> int:
    """Write a row of a year under each header; returns how many."""
    count = 0
    for row in list(sheet.iter_rows()):
        cells = [cell for cell in row if cell.value in ROW]
        if len(cells) >= 3:
            count += 1
            sheet.cell(row[0].row + 1, 1, count)
            for cell in cells:
                value = year if cell.value == "Năm" else ROW[cell.value]
                sheet.cell(cell.row + 1, cell.column, value)
    return count


def read_again(book: openpyxl.Workbook, form: str) -> Reading:
    saved = io.BytesIO()
    book.save(saved)
    catalogue = known_forms()
    programme = sorted(catalogue.forms[form].programmes or {"LS-1620"})[0]
    context = SubmissionContext("x", f"{form}.xlsx", programme, "LS", date(2020, 6, 1))
    values = reference_values(load_reference(REFERENCE))
    return read_submission(read_document(f"{form}.xlsx", saved.getvalue()), context, catalogue, values)


@pytest.mark.parametrize("form", LISTS)
def test_a_filled_list_reads_back(blanks: dict[str, Path], form: str) -> None:
    book = openpyxl.load_workbook(blanks[form])
    # registrations are of 2021 - 2025
    rows = fill(book.worksheets[0], 2023 if form.endswith("DSDK") else 2019)
    reading = read_again(book, form)
    assert rows == (2 if form == "CB-BDK" else 1)
    assert (reading.form_id, reading.rows_read) == (form, rows)
    assert reading.rows("reading_findings") == []


def test_a_filled_table_reads_back_though_no_program_worked_out_its_formulas(
    blanks: dict[str, Path],
) -> None:
    book = openpyxl.load_workbook(blanks["LS-M02"])
    sheet = book.worksheets[0]
    place = {str(row[1].value): row[1].row for row in sheet.iter_rows() if row[1].value}
    line, total = place["Lao động tiên tiến"], place["TỔNG CỘNG (I + II + III)"]
    groups = [place[f"Khen thưởng cấp {level}"] for level in ("Nhà nước", "tỉnh", "cơ sở")]
    assert sheet.cell(line, 9).value == (
        f'=IF(AND(N(D{line})>0,ISNUMBER(H{line})),ROUND(100*H{line}/D{line},2),"")'
    )
    lines = ",".join(f"D{line + number}" for number in range(4))
    assert sheet.cell(groups[2], 4).value == f'=IF(COUNT({lines})=0,"",SUM({lines}))'
    cells = ",".join(f"D{group}" for group in groups)
    assert sheet.cell(total, 4).value == f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    sheet.cell(line, 4, 8)
    sheet.cell(line, 8, 6)
    reading = read_again(book, "LS-M02")
    assert reading.rows("reading_findings") == []
    counts = {row["field"]: row["value_number"] for row in reading.rows("fields") if row["value_number"]}
    assert counts == {"sl_ca_nhan": 8, "cs_ca_nhan_sl": 6}
