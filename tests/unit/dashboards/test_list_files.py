"""A list as files: text stays text, numbers are numbers, nothing is a formula."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from dashboards.list_files import comma_separated, workbook

HEADER = ["Đơn vị", "Trên 1.000 người", "Lượt khen"]
ROWS = [["=HYPERLINK(1)", 64.789, 1065], ["@Sở Y tế", None, 0], ["-1+1", 0.0, -3]]


def test_a_workbook_opens_without_a_formula() -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook("So sánh", HEADER, ROWS))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEADER,
        ["=HYPERLINK(1)", 64.8, 1065],
        ["@Sở Y tế", None, 0],
        ["-1+1", 0, -3],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_a_csv_has_its_texts_marked_and_its_numbers_plain() -> None:
    lines = comma_separated(HEADER, ROWS).decode("utf-8-sig").splitlines()
    assert lines == [
        "Đơn vị;Trên 1.000 người;Lượt khen",
        "'=HYPERLINK(1);64,8;1065",
        "'@Sở Y tế;;0",
        "'-1+1;0,0;-3",
    ]


def test_halves_are_rounded_up_as_on_the_page() -> None:
    rows = [["Sở Y tế", 6.25, 1]]
    sheet = openpyxl.load_workbook(BytesIO(workbook("So sánh", HEADER, rows))).active
    assert sheet is not None
    assert sheet["B2"].value == 6.3
    assert comma_separated(HEADER, rows).decode("utf-8-sig").splitlines()[1] == "Sở Y tế;6,3;1"


def test_a_row_that_is_not_as_wide_as_the_header_is_refused() -> None:
    with pytest.raises(ValueError, match="1 values under 2 columns"):
        workbook("Danh sách", ["Đơn vị", "Số"], [["Sở Y tế", 1], ["Sở Nội vụ"]])
