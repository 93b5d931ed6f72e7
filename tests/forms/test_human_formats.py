"""The same things in the clothes of other formats: .xls, .ods, Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

import docx
import openpyxl
import pytest
import xlwt
from lxml import etree
from odf.draw import Frame, TextBox
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Header, MasterPage, PageLayout, Style, TextProperties
from odf.table import Shapes, Table, TableCell, TableRow
from odf.text import P
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from benchmarks.losses import unseen  # noqa: F401 -- registers its mutators
from benchmarks.losses.cases import Base
from benchmarks.losses.mutator import MUTATORS
from pipelines.generate.writers import write_book
from tests.forms.test_human_files import HEADER, TITLE, Rows, outcome, read, row, rows, told

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def put(sheet: Any, lines: Rows, top: int, style: Any = None) -> None:
    for number, line in enumerate(lines, start=top):
        for column, value in enumerate(line):
            if value not in (None, ""):
                sheet.write(number, column, value, *([style] if style else []))


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_xls_rows_hidden_and_struck_out_and_a_sheet_that_goes_on() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, more = book.add_sheet("DS"), book.add_sheet("Sheet2")
    put(sheet, [[TITLE], [], HEADER, *rows(1, 2)], 0)
    put(sheet, rows(3, 3), 5, xlwt.easyxf("font: struck_out true"))
    sheet.row(4).hidden = True
    put(more, rows(4, 5), 0)
    assert outcome(read(saved(book), "tep.xls")) == ("KT-DS", 5, {"RD-DONG-AN": 1, "RD-GACH-NGANG": 1})


def test_xls_days_since_1904_in_general_cells() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    put(book.add_sheet("DS"), [[TITLE], [], HEADER, row(1, H=43500 - 1462, I="")], 0)
    assert [r["award_year"] for r in read(saved(book), "tep.xls").rows("award_rows")] == [2019]


def ods(
    title: str, lines: Rows, *, hidden: int = -1, struck: int = -1, box: str = "", more: Rows | None = None
) -> bytes:
    document = OpenDocumentSpreadsheet()
    strike = Style(name="gach", family="table-cell")
    strike.addElement(TextProperties(textlinethroughstyle="solid"))
    document.automaticstyles.addElement(strike)
    for name, content in (("DS", [[title], [], *lines]), ("T2", more or [])):
        table = Table(name=name)
        if box and name == "DS":
            shapes, frame, text = Shapes(), Frame(width="5cm", height="1cm"), TextBox()
            text.addElement(P(text=box))
            frame.addElement(text)
            shapes.addElement(frame)
            table.addElement(shapes)
        for number, line in enumerate(content):
            looks = {"visibility": "collapse"} if name == "DS" and number == hidden else {}
            shown = TableRow(**looks)
            for value in line:
                style = {"stylename": strike} if name == "DS" and number == struck else {}
                if isinstance(value, int):
                    cell = TableCell(valuetype="float", value=value, **style)
                else:
                    cell = TableCell(**style) if not value else TableCell(valuetype="string", **style)
                    cell.addElement(P(text=value or ""))
                shown.addElement(cell)
            table.addElement(shown)
        document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def test_ods_rows_hidden_and_struck_out_and_a_sheet_that_goes_on() -> None:
    data = ods(TITLE, [HEADER, *rows(1, 3)], hidden=4, struck=3, more=rows(4, 5))
    assert outcome(read(data, "tep.ods")) == ("KT-DS", 5, {"RD-DONG-AN": 1, "RD-GACH-NGANG": 1})


def partly_struck_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("DS")
    put(sheet, [[TITLE], [], HEADER, row(1), row(2, B="")], 0)
    bare, struck = xlwt.easyfont(""), xlwt.easyfont("struck_out true")
    sheet.write_rich_text(4, 1, (("Nông Văn ", bare), ("Bỏ", struck), (" Thử", bare)))
    return saved(book)


def partly_struck_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for line in [[TITLE], [], HEADER, row(1), row(2)]:
        book.active.append(line)
    book.active["B5"] = CellRichText("Nông Văn ", TextBlock(InlineFont(strike=True), "Bỏ"), " Thử")
    return saved(book)


def partly_struck_ods() -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods(TITLE, [HEADER, row(1), row(2, B="Nông Văn Bỏ Thử")]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    style = (
        '<style:style style:name="bo" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    struck = '<text:span text:style-name="bo">Bỏ</text:span>'
    content = parts["content.xml"].decode()
    content = content.replace(
        "<office:automatic-styles/>", f"<office:automatic-styles>{style}</office:automatic-styles>"
    ).replace("Nông Văn Bỏ Thử", f"Nông Văn {struck} Thử")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in (parts | {"content.xml": content.encode()}).items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("made", "name"),
    [(partly_struck_xls, "a.xls"), (partly_struck_xlsx, "a.xlsx"), (partly_struck_ods, "a.ods")],
)
def test_a_word_struck_out_within_a_cell_is_told(made: Callable[[], bytes], name: str) -> None:
    reading = read(made(), name)
    assert outcome(reading) == ("KT-DS", 2, {"RD-GACH-NGANG": 1})
    assert reading.rows("award_rows")[1]["recipient_name"] == "Nông Văn Bỏ Thử"


def test_ods_title_in_a_text_box() -> None:
    data = ods("", [HEADER, *rows(1, 3)], box="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG")
    assert outcome(read(data, "tep.ods")) == ("LS-DSDN", 3, {})


def word_list(lines: Rows) -> tuple[Any, Any]:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(0, len(HEADER))
    for line in lines:
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
    return document, table


def test_word_struck_out_row_is_told() -> None:
    document, table = word_list([HEADER, *rows(1, 3)])
    for cell in table.rows[2].cells:
        for run in cell.paragraphs[0].runs:
            run.font.strike = True
    assert outcome(read(saved(document), "tep.docx")) == ("KT-DS", 3, {"RD-GACH-NGANG": 1})


def test_word_row_taken_out_by_a_tracked_change_is_told() -> None:
    document, table = word_list([HEADER, *rows(1, 3)])
    etree.SubElement(table.rows[2]._tr.get_or_add_trPr(), f"{{{WORD}}}del")
    assert outcome(read(saved(document), "tep.docx")) == ("KT-DS", 2, {"RD-XOA-THEO-DOI": 1})


def test_word_title_in_a_text_box_anchored_below_the_table() -> None:
    document, _ = word_list([HEADER, *rows(1, 3)])
    document.paragraphs[0]._p.getparent().remove(document.paragraphs[0]._p)
    box = (
        f'<w:r xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'  # noqa: E501
        "<w:p><w:r><w:t>DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph("").add_run("Hết")._r.addnext(etree.fromstring(box))
    assert outcome(read(saved(document), "tep.docx")) == ("LS-DSDN", 3, {})


def test_csv_with_two_tables() -> None:
    second = [["II", "TẬP THỂ"], ["STT", "Tên tập thể", "Phân loại khen thưởng", "Danh hiệu thi đua", "Năm"]]
    second.append(["1", "Khoa A", "Khen thưởng tập thể", "Tập thể lao động tiên tiến", "2019"])
    lines = [[TITLE], HEADER, *rows(1, 2), *second]
    data = "\n".join(",".join(map(str, line)) for line in lines).encode()
    reading = read(data, "tep.csv")
    assert outcome(reading) == ("KT-DS", 3, {})
    assert told(reading) == {}


PROPOSED = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"


def test_the_print_header_of_an_xls_is_a_title() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("DS")
    put(sheet, [HEADER, *rows(1, 3)], 0)
    sheet.header_str = b"&CDANH SACH DE NGHI KHEN THUONG"
    assert read(saved(book), "tep.xls").form_id == "LS-DSDN"


def changed_ods(data: bytes, old: str, new: str) -> bytes:
    """An .ods file with a stretch of its parts replaced."""
    out = io.BytesIO()
    found = False
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name in ("content.xml", "styles.xml"):
                found = found or old.encode() in part
                part = part.replace(old.encode(), new.encode(), 1)
            after.writestr(name, part)
    assert found, old
    return out.getvalue()


def printed_ods(header: str) -> bytes:
    document = OpenDocumentSpreadsheet()
    layout, above = PageLayout(name="in"), Header()
    above.addElement(P(text=header))
    document.automaticstyles.addElement(layout)
    page = MasterPage(name="Default", pagelayoutname=layout)
    page.addElement(above)
    document.masterstyles.addElement(page)
    table = Table(name="DS")
    for line in [HEADER, *rows(1, 3)]:
        shown = TableRow()
        for value in line:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            shown.addElement(cell)
        table.addElement(shown)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def test_the_print_header_of_an_ods_is_a_title() -> None:
    assert read(printed_ods("Sở Y tế"), "tep.ods").form_id == "KT-DS"
    assert read(printed_ods(PROPOSED), "tep.ods").form_id == "LS-DSDN"


def test_days_of_an_ods_since_1904() -> None:
    data = ods(TITLE, [HEADER, row(1, H=43500 - 1462, I="")])
    day = '<table:null-date table:date-value="1904-01-01"/>'
    since = f"<office:spreadsheet><table:calculation-settings>{day}</table:calculation-settings>"
    told_so = changed_ods(data, "<office:spreadsheet>", since)
    assert [r["award_year"] for r in read(told_so, "tep.ods").rows("award_rows")] == [2019]


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_an_ods_that_calc_does_not_show(seed: int) -> None:
    change = MUTATORS["rows_not_shown_in_calc"].on_bytes
    assert change is not None
    data = write_book(Base("KT-DS", 1).book(), ".ods")
    assert told(read(change(data, Random(seed)), "tep.ods")) == {"RD-DONG-AN": 1}
