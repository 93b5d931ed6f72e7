"""Each hostile file ends within seconds, in bounded memory, with the reason why it was not read."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
import xlwt
import yaml
from inbox_makers import HEAD, only_grid, reason, saved, unzipped, with_part, with_sheet, xlsx, zipped
from odf import opendocument

from pipelines.inbox.read import read_document

RULES = Path(__file__).parents[3] / "data" / "reference" / "reading_rules.yml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODF = ("table", "text", "office")
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
FILE_BUDGET_KB = 500_000


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < FILE_BUDGET_KB


ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return with_sheet(f"{HEAD}{before}<sheetData>{rows}</sheetData>{after}</worksheet>")


def word(body: str, head: str = "") -> bytes:
    new = docx.Document()
    main = bytes(unzipped(saved(new.save))["word/document.xml"]).decode()  # type: ignore[arg-type]
    start = main.index("<w:document")
    body = main[start:].replace("<w:body>", f"<w:body>{body}")
    return with_part(saved(new.save), "word/document.xml", f'<?xml version="1.0"?>{head}{body}')


def ods(rows: str, head: str = "") -> bytes:
    book = opendocument.OpenDocumentSpreadsheet()
    data = saved(book.save)
    main = bytes(unzipped(data)["content.xml"]).decode()  # type: ignore[arg-type]
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ODF)
    table = f'<table:table {names} table:name="x">{rows}</table:table>'
    main = main.replace("<office:spreadsheet/>", f"<office:spreadsheet>{table}</office:spreadsheet>")
    assert table in main
    return with_part(data, "content.xml", main.replace("?>", f"?>{head}", 1))


def test_a_sheet_said_to_be_huge_is_read() -> None:
    data = sheet(ONE_CELL, before='<dimension ref="A1:XFD1048576"/>')
    assert only_grid(read_document("a.xlsx", data)) == [[1]]


def test_a_million_empty_formatted_rows_are_cut() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 1_048_577))
    data = sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    assert only_grid(read_document("a.xlsx", data)) == [[1]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r = "XFD1"><v>1</v></c></row><row r="1048576"><c r = "A1048576"><v>1</v></c></row>',
        "<row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>",
        '<row r="1"><c\tr="XFD1"><v>1</v></c></row><row r="1048576"><c\nr="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1" s="/>"><v>1</v></c></row><row><c r="A1048576" s="/>"><v>1</v></c></row>',
        '<row r="1"><c r="A1" r="XFD1"><v>1</v></c></row><row><c r="A2" r="A1048576"><v>1</v></c></row>',
        '<row r="4000000000"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
        "<row/>" * 60_000 + "<row>" + "<c><v>1</v></c>" * 900 + "</row>",
    ],
)  # fmt: skip
def test_cells_far_apart(rows: str) -> None:
    assert reason("a.xlsx", sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')) in (
        "RD-QUA-LON",
        "RD-HONG",
    )


def test_hundreds_of_thousands_of_merged_ranges() -> None:
    merges = '<mergeCell ref="A1:B2"/>' * 250_000
    data = sheet(ONE_CELL, after=f"<mergeCells>{merges}</mergeCells>")
    assert reason("a.xlsx", data) == "RD-QUA-LON"


def test_zip_bombs() -> None:
    zeros = bytes(79_000_000)
    assert reason("a.xlsx", with_part(xlsx(["x"]), "xl/sharedStrings.xml", zeros)) == "RD-BOM-NEN"
    assert reason("a.docx", with_part(word(""), "word/document.xml", zeros)) == "RD-BOM-NEN"
    assert reason("a.xlsx", with_part(xlsx(["x"]), "xl/a.bin", bytes(90_000_000))) == "RD-BOM-NEN"
    many = {f"{number}.xml": b"" for number in range(5_001)}
    assert reason("a.xlsx", zipped({**unzipped(xlsx(["x"])), **many})) == "RD-BOM-NEN"


def test_a_part_that_lies_about_its_size() -> None:
    honest = sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 5_000)
    size = len(unzipped(honest)["xl/worksheets/sheet1.xml"])
    lying = honest.replace(size.to_bytes(4, "little"), (size - 4_000).to_bytes(4, "little"))
    assert lying != honest
    assert reason("a.xlsx", lying) == "RD-HONG"


def test_entities() -> None:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&amp;c;</t></is></c></row>'.replace("&amp;", "&")
    entity = HEAD.replace("<worksheet", f"{BOMB}<worksheet") + f"<sheetData>{cell}</sheetData></worksheet>"
    assert reason("a.xlsx", with_sheet(entity)) == "RD-XML-THUC-THE"
    assert reason("a.docx", word("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", BOMB)) == "RD-XML-THUC-THE"
    text = '<table:table-cell office:value-type="string"><text:p>&c;</text:p></table:table-cell>'
    row = f"<table:table-row>{text}</table:table-row>"
    assert reason("a.ods", ods(row, BOMB)) == "RD-XML-THUC-THE"
    outside = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>'
    assert reason("a.docx", word("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", outside)) == "RD-XML-THUC-THE"


def test_parts_that_two_readers_would_take_for_each_other() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    bomb = f"{HEAD}<sheetData>{far}</sheetData></worksheet>"
    for name in (
        "xl/worksheets/../worksheets/sheet1.xml",
        "xl/worksheets/Sheet1.xml",
        "xl\\worksheets\\sheet1.xml",
    ):
        assert reason("a.xlsx", with_part(xlsx(["x"]), name, bomb)) == "RD-HONG"
    parts = unzipped(xlsx(["x"]))
    book = bytes(parts["xl/workbook.xml"]).decode()  # type: ignore[arg-type]
    sheet_tag = book[book.index("<sheet ") : book.index("/>", book.index("<sheet ")) + 2]
    twice = zipped({**parts, "xl/workbook.xml": book.replace(sheet_tag, sheet_tag * 2)})
    assert reason("a.xlsx", twice) == "RD-HONG"


def test_a_part_in_utf_16_hides_nothing() -> None:
    text = f'{HEAD}<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    assert (
        reason("a.xlsx", with_sheet(text.replace('<?xml version="1.0"?>', "").encode("utf-16"))) == "RD-HONG"
    )


def test_repeats_of_open_document() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    assert reason("a.ods", ods(row.format(1_048_576, cell.format(16_384)))) == "RD-QUA-LON"
    assert reason("a.ods", ods(row.format(1, cell.format(99_999_999)))) == "RD-QUA-LON"
    assert reason("a.ods", ods(row.format(1_048_000, "") + row.format(1, cell.format(13)))) == "RD-QUA-LON"
    sheets = row.format(150_000, cell.format(13)) + '</table:table><table:table table:name="y">'
    assert reason("a.ods", ods(sheets * 3)) == "RD-QUA-LON"
    assert reason("a.ods", ods(row.format(9 * 10**20, cell.format(1)))) == "RD-HONG"


def test_word_files_without_end() -> None:
    assert reason("a.docx", word("<w:p/>" * 250_000)) == "RD-QUA-LON"
    assert reason("a.docx", word("<a/>" * 4_000_000)) == "RD-QUA-LON"
    nested = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    assert reason("a.docx", word(nested)) in ("RD-QUA-LON", "RD-HONG")
    spans = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="900"/></w:tcPr><w:p/></w:tc></w:tr>' * 300
    assert reason("a.docx", word(f"<w:tbl>{spans}</w:tbl>")) == "RD-QUA-LON"
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    assert reason("a.docx", word(wide)) == "RD-QUA-LON"


def xls() -> bytes:
    book = xlwt.Workbook()
    for row in range(50):
        if row == 0:
            page = book.add_sheet("x")
        page.write(row, 0, f"dòng {row}")
    return saved(book.save)


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xlsx", lambda: xlsx(["x"])), ("a.docx", lambda: word("<w:p/>")),
     ("a.ods", lambda: ods("")), ("a.xls", xls)],
)  # fmt: skip
def test_truncated_and_scrambled(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    assert reason(name, data[: len(data) // 2]) == "RD-HONG"
    scrambled = bytearray(data)
    for place in range(40, len(data), 7):
        scrambled[place] ^= 0x55
    assert reason(name, bytes(scrambled)) in ("RD-HONG", "RD-BOM-NEN", "RD-MAT-KHAU", "RD-DINH-DANG-CU")


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.xlsx", b"", "RD-RONG"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "RD-RONG"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "RD-HTML"),
        ("a.xls", b"\n<!DOCTYPE html><p>x", "RD-HTML"),
        ("a.xlsx", b"khong phai bang tinh", "RD-VAN-BAN"),
        ("a.docx", "Tờ trình viết bằng Notepad.".encode("utf-16"), "RD-VAN-BAN"),
        ("a.xlsx", b"\x8f\x03\x10" * 30, "RD-HONG"),
        ("a.exe", b"MZ\x90\x00", "RD-DINH-DANG"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "RD-DINH-DANG-CU"),
        ("a.txt", b"{\\rtf1 x}", "RD-DINH-DANG-CU"),
        ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "RD-MAT-KHAU"),
        ("a.doc", OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "RD-DINH-DANG-CU"),
        ("a.xls", OLE + bytes(600) + "Workbook".encode("utf-16-le"), "RD-HONG"),
        ("a.msi", OLE + bytes(600), "RD-HONG"),
        ("a.zip", zipped({"a.csv": b"1"}), "RD-ZIP-LONG"),
        ("a.odt", zipped({"mimetype": b"opendocument.text", "content.xml": b"<x/>"}), "RD-DINH-DANG-CU"),
        ("a.pptx", zipped({"[Content_Types].xml": b"<x/>"}), "RD-DINH-DANG-CU"),
    ],
)  # fmt: skip
def test_other_files(name: str, data: bytes, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.inbox.office.program", lambda: None)
    assert reason(name, data) == rule


def test_a_locked_ods() -> None:
    manifest = '<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'
    assert reason("a.ods", with_part(ods(""), "META-INF/manifest.xml", manifest)) == "RD-MAT-KHAU"


def test_every_reason_has_its_plain_sentence() -> None:
    rules = {rule["id"]: rule for rule in yaml.safe_load(RULES.read_text("utf-8"))}
    code = "".join(path.read_text("utf-8") for path in Path(__file__).parents[3].glob("pipelines/inbox/*.py"))
    for rule_id in set(re.findall(r'Unreadable\(\s*"(RD-[A-Z-]+)"', code)):
        rule = rules[rule_id]
        assert rule["severity"] == "blocking"
        assert rule["message_vi"].endswith(".")
        assert rule["how_to_fix_vi"]
        assert rule["citation"]
