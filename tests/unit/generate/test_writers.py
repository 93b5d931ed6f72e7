"""Each writer's file opens in an independent reader with the values put in."""

import io
from datetime import date

import docx
import openpyxl
import pypdf
import pytest
import python_calamine

from pipelines.generate.shape import Book, Choice, Letter, Row, Sheet, Text
from pipelines.generate.writers import csv, pdf, write_book, write_letter

SHEET = Sheet(
    "Danh sách",
    [
        Row(["DANH SÁCH KHEN THƯỞNG"], "title"),
        Row(["Tên", "Ngày", "Số"], "header"),
        Row(["Nguyễn Thị Hoà", date(2020, 5, 1), 3]),
    ],
    merges=[(0, 0, 0, 2)],
    widths=[30, 14, 8],
    choices=[Choice(0, 2, 9, ("Có", "Không")), Choice(2, 2, 9, ("một, hai", "ba"))],
)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_workbooks(suffix):
    data = write_book(Book([SHEET]), suffix)
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "DANH SÁCH KHEN THƯỞNG"
    assert rows[2] == ["Nguyễn Thị Hoà", date(2020, 5, 1), 3]


def test_xlsx_keeps_lists_merges_and_properties():
    book = openpyxl.load_workbook(io.BytesIO(write_book(Book([SHEET], {"thidua:form": "KT-DS"}), ".xlsx")))
    sheet = book["Danh sách"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]
    formulas = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert formulas == ['"Có,Không"', "'Danh mục'!$A$1:$A$2"]
    assert [cell.value for cell in book["Danh mục"]["A"]] == ["một, hai", "ba"]
    assert book["Danh mục"].sheet_state == "hidden"
    assert book.custom_doc_props["thidua:form"].value == "KT-DS"
    assert sheet.freeze_panes == "A3"


def test_docx_keeps_paragraphs_and_merged_cells():
    table = Sheet("b", [Row(["A", None], "header"), Row(["x", "dòng 1\ndòng 2"])], merges=[(0, 0, 0, 1)])
    data = write_letter(Letter([Text("TỜ TRÌNH", bold=True), table]))
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "TỜ TRÌNH"
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["A", "A"], ["x", "dòng 1\ndòng 2"]]


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1258", ";")])
def test_csv(encoding, separator):
    import unicodedata

    lines = unicodedata.normalize("NFC", csv.write(SHEET, encoding, separator).decode(encoding)).splitlines()
    assert lines[2] == separator.join(["Nguyễn Thị Hoà", "01/05/2020", "3"])


def test_pdf_has_a_text_layer_and_a_scan_has_none():
    texts = [Text("TỜ TRÌNH"), Text("Kính gửi: Uỷ ban nhân dân tỉnh")]
    page = pypdf.PdfReader(io.BytesIO(pdf.write(texts))).pages[0]
    assert page.extract_text().strip() == "TỜ TRÌNH\nKính gửi: Uỷ ban nhân dân tỉnh"
    assert pypdf.PdfReader(io.BytesIO(pdf.scan())).pages[0].extract_text() == ""


def test_the_same_book_gives_the_same_bytes():
    for suffix in (".xlsx", ".xls", ".ods", ".csv", ".docx"):
        assert write_book(Book([SHEET]), suffix) == write_book(Book([SHEET.copy()]), suffix)
