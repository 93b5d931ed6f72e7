"""Files given back: same name, same content, marks where something is missing, gone when mended."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from pipelines.common.paths import Home
from pipelines.reports.finding import Finding
from pipelines.reports.package import UNDATED, Packed, zipped
from pipelines.reports.returned.copies import xlsx_copy
from pipelines.reports.returned.docx import mark_docx
from pipelines.reports.returned.marks import CannotMark, Mark, marks_of
from pipelines.reports.returned.ooxml import Parts
from pipelines.reports.returned.xlsx import mark_xlsx
from tests.unit.reports import small

DAY = f"{small.LS}/%s/tep-tra-lai-%s"


def _mark(cell: str | None, severity: str = "blocking", sheet: str | None = "Mẫu 03", **more: str) -> Mark:
    words = {"who": "A", "what": "Chưa ghi nhóm đối tượng", "how": "ghi một nhóm", "level": "Bắt buộc"}
    given: dict[str, Any] = {**words, "until": "09/06/2020", "citation": "mục II.2.2.a", **more}
    return Mark(severity=severity, sheet=sheet, cell=cell, **given)


@pytest.fixture
def form(tmp_path: Path) -> bytes:
    small.mau_03(tmp_path / "mau-03.xlsx")
    return (tmp_path / "mau-03.xlsx").read_bytes()


def _marked(data: bytes, marks: list[Mark]) -> bytes:
    return mark_xlsx(Parts.opened(data), marks)


def _marked_word(data: bytes, marks: list[Mark]) -> bytes:
    return mark_docx(Parts.opened(data), marks)


def _values(data: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_units_file_comes_back_marked_under_its_name(home: Home) -> None:
    path = home.reports(small.AS_OF) / (DAY % (small.TRANG_DINH, "2020-06-04")) / "mau-03.xlsx"
    book = load_workbook(path)
    assert book.sheetnames == ["Mẫu 03", "Phụ lục", "CẦN BỔ SUNG"]
    assert book.active is not None
    assert book.active.title == "CẦN BỔ SUNG"
    cell = book["Mẫu 03"]["D9"]
    assert cell.fill.fgColor.rgb == "FFF9D9E4"
    assert cell.border.left.style == "thick"
    assert cell.comment is not None
    assert cell.comment.author == "Ban TĐKT"
    assert cell.comment.text == (
        "BẮT BUỘC. Chưa ghi nhóm đối tượng. Cách sửa: ghi một nhóm: Nông dân; Công nhân; Học sinh; Khác. "
        "Hạn: hết ngày 09/06/2020. Căn cứ: Hướng dẫn của tỉnh, mục II.2.2.a."
    )
    assert book["Mẫu 03"]["F9"].value == "=1+1"
    assert book["Mẫu 03"]["F9"].border.left.style == "medium"
    todo = [row for row in book["CẦN BỔ SUNG"].iter_rows(values_only=True) if row[0] == "1"]
    assert todo[0][1:3] == ("Hồ sơ chung", "Thiếu biên bản họp xét của Hội đồng")


@pytest.mark.parametrize(
    ("cell", "marked"), [("D9 - D11; F9", ["D9", "D10", "D11", "F9"]), ("D9", ["D9"]), (None, [None])]
)
def test_each_cell_of_a_finding_is_marked(cell: str | None, marked: list[str | None]) -> None:
    names = (
        "finding_id",
        "programme_id",
        "unit_code",
        "form_id",
        "nomination_id",
        "recipient_name",
        "rule_id",
    )
    given: dict[str, Any] = {
        **dict.fromkeys(names, ""),
        **dict.fromkeys(("field", "citation", "source_file")),
    }
    words = {"severity": "blocking", "subject": "4 dòng", "fact": "chưa ghi", "fix": "ghi", "status": "new"}
    place = {"source_sheet": "Mẫu 03", "source_row": 9, "source_cell": cell, "values": frozenset()}
    days = {"first_seen_on": small.AS_OF, "fixed_on": None, "mends": "unit", "category": None}
    assert [mark.cell for mark in marks_of(Finding(**given, **words, **place, **days))] == marked


def test_nothing_else_of_the_workbook_changes(form: bytes) -> None:
    marked = _marked(form, [_mark("D9"), _mark("E11", "warning"), _mark("H40", "information"), _mark(None)])
    before, after = _values(form), _values(marked)
    assert {name: after[name][: len(rows)] for name, rows in before.items()} == {
        name: [row + [None] * (len(after[name][0]) - len(row)) for row in rows]
        for name, rows in before.items()
    }
    with zipfile.ZipFile(BytesIO(form)) as old, zipfile.ZipFile(BytesIO(marked)) as new:
        touched = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert touched == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }  # fmt: skip


def test_a_workbook_without_a_view_of_its_own_opens_at_what_is_asked(form: bytes) -> None:
    bare = BytesIO()
    with zipfile.ZipFile(BytesIO(form)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = re.sub(rb"<bookViews>.*?</bookViews>", b"", data)
                assert b"workbookView" not in data
            new.writestr(name, data)
    active = load_workbook(BytesIO(_marked(bare.getvalue(), [_mark(None)]))).active
    assert active is not None
    assert active.title == "CẦN BỔ SUNG"


def test_marks_of_the_last_round_go_when_the_cell_is_mended(form: bytes) -> None:
    first = _marked(form, [_mark("D9"), _mark("E11"), _mark(None)])
    second = load_workbook(BytesIO(_marked(first, [_mark("E11")])))
    sheet = second["Mẫu 03"]
    assert sheet["D9"].comment is None
    assert sheet["D9"].fill.fill_type is None
    assert sheet["D9"].border.left.style is None
    assert sheet["E11"].comment is not None
    assert sheet["E11"].comment.text.count("BẮT BUỘC") == 1
    assert second.sheetnames.count("CẦN BỔ SUNG") == 1
    assert [row[0] for row in second["CẦN BỔ SUNG"].iter_rows(min_row=4, values_only=True)] == []


def test_the_units_own_comment_stays_and_merged_cells_are_marked_at_their_first(form: bytes) -> None:
    from openpyxl.comments import Comment

    book = load_workbook(BytesIO(form))
    book["Mẫu 03"]["D9"].comment = Comment("hỏi lại xã", "Văn thư")
    book["Mẫu 03"]["B9"].comment = Comment("đã duyệt", "Văn thư")
    out = BytesIO()
    book.save(out)
    sheet = load_workbook(BytesIO(_marked(out.getvalue(), [_mark("D9"), _mark("C4")])))["Mẫu 03"]
    assert sheet["D9"].comment is not None
    assert sheet["D9"].comment.text.startswith("hỏi lại xã")
    assert "BẮT BUỘC" in sheet["D9"].comment.text
    assert sheet["B9"].comment is not None
    assert sheet["A4"].comment is not None
    assert sheet["A4"].fill.fgColor.rgb == "FFF9D9E4"


@pytest.mark.parametrize("lock", ["sheet", "workbook"])
def test_a_locked_workbook_is_left_to_the_letter(form: bytes, lock: str) -> None:
    book = load_workbook(BytesIO(form))
    if lock == "sheet":
        book["Mẫu 03"].protection.enable()
    else:
        book.security.lockStructure = True
    out = BytesIO()
    book.save(out)
    with pytest.raises(CannotMark):
        _marked(out.getvalue(), [_mark("D9")])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_damaged_files_are_left_to_the_letter(data: bytes) -> None:
    with pytest.raises(CannotMark):
        _marked(data, [_mark("D9")])
    with pytest.raises(CannotMark):
        _marked_word(data, [_mark("D9")])


def test_a_csv_comes_back_as_a_workbook_without_formulas() -> None:
    data = 'STT,Tên\n1,=HYPERLINK("x")\n2,Đỗ Thị Ấ\n'.encode("cp1258", "ignore")
    sheet = load_workbook(
        BytesIO(mark_xlsx(xlsx_copy("ds.csv", data), [_mark("B3", sheet="ds")]))
    ).worksheets[0]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == '=HYPERLINK("x")'
    assert sheet["B3"].comment is not None


def test_a_word_file_gets_comments_at_the_cell_and_at_the_title(tmp_path: Path) -> None:
    small.report(tmp_path / "a.docx")
    data = (tmp_path / "a.docx").read_bytes()
    marks = [_mark("dòng 2, cột 2", sheet="Bảng 1"), _mark(None, sheet=None, what="Chưa có chữ ký")]
    once = _marked_word(data, marks)
    document = Document(BytesIO(_marked_word(once, marks)))
    assert [comment.author for comment in document.comments] == ["Ban TĐKT", "Ban TĐKT"]
    texts = {comment.text for comment in document.comments}
    assert {text.split(".")[1].strip() for text in texts} == {"Chưa ghi nhóm đối tượng", "Chưa có chữ ký"}
    plain = Document(BytesIO(data))
    assert [p.text for p in document.paragraphs] == [p.text for p in plain.paragraphs]
    assert "commentReference" in document.tables[0].cell(1, 1)._tc.xml


def test_a_word_file_gets_comments_at_the_paragraph_the_reader_counted() -> None:
    document = Document()
    document.add_paragraph("BÁO CÁO")
    document.add_table(1, 1).cell(0, 0).text = "trong bảng"
    document.add_paragraph("Họ và tên:")
    document.add_paragraph("Chức vụ: …")
    stream = BytesIO()
    document.save(stream)
    marked = Document(BytesIO(_marked_word(stream.getvalue(), [_mark("đoạn 3 - 4", sheet=None)])))
    assert ["commentReference" in paragraph._p.xml for paragraph in marked.paragraphs] == [False, False, True]


def test_macros_and_unknown_parts_stay_byte_for_byte(form: bytes) -> None:
    given = BytesIO(form)
    with zipfile.ZipFile(given, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00macro\xff")
        archive.writestr("customXml/item1.xml", b"<a/>")
    with zipfile.ZipFile(BytesIO(_marked(given.getvalue(), [_mark("D9")]))) as marked:
        assert marked.read("xl/vbaProject.bin") == b"\x00macro\xff"
        assert marked.read("customXml/item1.xml") == b"<a/>"


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with another content of a part, which need not have been there."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["docProps/custom.xml", "docProps/app.xml", "docProps/core.xml"])
@pytest.mark.parametrize("content", [b"", b"<?xml version='1.0'?><a", b"\x9e\x8d\xa5"])
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_properties_that_are_no_xml_do_not_come_back(
    form: bytes, suffix: str, name: str, content: bytes
) -> None:
    """Excel and Word would say that the file is damaged, though all that we read is whole."""
    if suffix == ".xlsx":
        given = _marked(_with_part(form, name, content), [_mark("D9")])
        assert load_workbook(BytesIO(given))["Mẫu 03"]["D9"].comment is not None
    else:
        out = BytesIO()
        Document().save(out)
        given = _marked_word(_with_part(out.getvalue(), name, content), [_mark(None)])
        assert [comment.author for comment in Document(BytesIO(given)).comments] == ["Ban TĐKT"]
    with zipfile.ZipFile(BytesIO(given)) as package:
        names = package.namelist()
        for part in names:
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))
        for list_ in ("[Content_Types].xml", "_rels/.rels"):
            told = re.findall(r'(?:PartName|Target)="/?([^"]+)"', package.read(list_).decode())
            assert set(told) <= set(names), list_


def test_a_file_with_another_part_that_is_no_xml_is_not_given_back(form: bytes) -> None:
    with pytest.raises(CannotMark):
        _marked(_with_part(form, "xl/theme/theme1.xml", b"<a"), [_mark("D9")])


def test_a_part_that_holds_more_than_it_says_comes_back_as_what_it_says(form: bytes) -> None:
    """It may unpack to gigabytes; all other parts come back packed as they came."""
    with zipfile.ZipFile(BytesIO(form)) as archive:
        parts = [(one.filename, Packed.lying(form, one), one.date_time) for one in archive.infolist()]
    more, said = Packed.of([b"0" * 5_000]), b"0" * 10
    more = Packed(more.data, len(said), zlib.crc32(said))
    given = _marked(zipped([*parts, ("xl/media/a.bin", more, UNDATED)]), [_mark("D9")])
    with zipfile.ZipFile(BytesIO(given)) as archive:
        lying = {one.filename: Packed.lying(given, one) for one in archive.infolist()}
    assert lying["xl/media/a.bin"].unpacked() == said
    assert lying["xl/theme/theme1.xml"] in [part for _, part, _ in parts]


def test_our_sheet_is_written_anew_where_its_part_is_missing(form: bytes) -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(_marked(form, [_mark(None)]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if "Tdkt" not in name:
                new.writestr(name, old.read(name))
    assert load_workbook(BytesIO(_marked(out.getvalue(), [_mark(None)])))["CẦN BỔ SUNG"]["A5"].value == "1"
