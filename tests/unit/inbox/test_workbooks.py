"""Readers of .xlsx, .xls and .ods."""

import datetime as dt
import io
import struct
from pathlib import Path

import openpyxl
import pytest
import xlwt
from inbox_makers import HEAD, only_grid, saved, unzipped, with_part, with_sheet, xlsx, zipped
from odf import opendocument, style, table
from odf.text import P
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from pipelines.inbox.document import CellError
from pipelines.inbox.read import read_document
from pipelines.inbox.xls_margin import sources_of_choices

REAL = Path(__file__).parents[3].parent / "shared" / "real" / "danh-sach-tap-the-lao-dong-tien-tien.xlsx"


def test_xlsx_keeps_addresses_types_merges_and_hidden_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet["C3"] = "Tên"
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = 1, 2.5, True, dt.date(2020, 6, 5)
    sheet["E4"], sheet["F4"] = dt.datetime(2020, 6, 5, 8, 30), "  giữ nguyên "
    sheet.merge_cells("C6:D7")
    sheet["C6"] = "gộp"
    sheet["Z900"].font = Font(bold=True)  # formatted, empty: cut
    book.create_sheet("Ẩn").sheet_state = "hidden"
    document = read_document("a.xlsx", saved(book.save))
    grid, hidden = document.grids
    assert document.kind == "workbook"
    assert grid.name == "Danh sách"
    assert grid.rows[2][2] == "Tên"
    assert grid.rows[3][:6] == [
        1,
        2.5,
        True,
        dt.date(2020, 6, 5),
        dt.datetime(2020, 6, 5, 8, 30),
        "  giữ nguyên ",
    ]
    assert grid.merges == [(5, 2, 6, 3)]
    assert len(grid.rows) == 6
    assert max(map(len, grid.rows)) == 6
    assert (hidden.name, hidden.hidden, hidden.rows) == ("Ẩn", True, [])


def test_xlsx_error_values_and_formulas() -> None:
    cells = (
        '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1+1</f></c>'
        '<c r="D1" t="str"><f>T(1)</f><v></v></c><c r="E1" t="str"><f>T(1)</f><v>chữ</v></c>'
    )
    (grid,) = read_document(
        "a.xlsx", with_sheet(f'{HEAD}<sheetData><row r="1">{cells}</row></sheetData></worksheet>')
    ).grids
    assert grid.rows == [[CellError("#REF!"), 2, CellError("#CHUATINH!"), "", "chữ"]]
    assert grid.formulas == {(0, 1), (0, 2), (0, 3), (0, 4)}


def test_xlsx_error_outside_the_filled_area_is_not_lost() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>'
    rows = only_grid(read_document("a.xlsx", with_sheet(f"{HEAD}<sheetData>{cells}</sheetData></worksheet>")))
    assert rows[2][2] == CellError("#N/A")


def test_xlsx_old_fonts_of_cells_and_of_runs() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A1"].font = "NguyÔn V¨n TuÊn", Font(name=".VnTime")
    sheet["B1"], sheet["B1"].font = "danh s¸ch", Font(name=".VnTimeH")
    sheet["C1"], sheet["C1"].font = "Nguyeãn", Font(name="VNI-Times")
    sheet["D1"] = CellRichText(TextBlock(InlineFont(rFont=".VnTime"), "TuÊn"), " à")
    sheet["E1"], sheet["E1"].font = "Đã là Unicode", Font(name=".VnTime")
    sheet["F1"] = "à"
    (grid,) = read_document("a.xlsx", saved(book.save)).grids
    assert grid.rows == [["Nguyễn Văn Tuấn", "DANH SÁCH", "Nguyễn", "Tuấn à", "Đã là Unicode", "à"]]
    assert grid.originals == {
        (0, 0): "NguyÔn V¨n TuÊn",
        (0, 1): "danh s¸ch",
        (0, 2): "Nguyeãn",
        (0, 3): "TuÊn à",
    }


def test_xlsx_shared_strings_with_fonts_of_their_own() -> None:
    data = with_sheet(
        f'{HEAD}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    namespace = HEAD[HEAD.index("xmlns") : -1]
    runs = '<r><rPr><rFont val=".VnTime"/></rPr><t>TuÊn</t></r><r><t> Đỗ</t></r>'
    strings = f"<sst {namespace}><si>{runs}</si></sst>"
    parts = unzipped(with_part(data, "xl/sharedStrings.xml", strings))
    rels, types = (
        str(parts["xl/_rels/workbook.xml.rels"], "utf-8"),
        str(parts["[Content_Types].xml"], "utf-8"),
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    extra = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", extra)
    parts["[Content_Types].xml"] = types
    assert only_grid(read_document("a.xlsx", zipped(parts))) == [["Tuấn Đỗ"]]


def test_xlsx_pictures_are_noticed() -> None:
    from openpyxl.drawing.image import Image
    from PIL import Image as Pixels

    picture = saved(lambda stream: Pixels.new("RGB", (4, 4)).save(stream, "PNG"))
    book = openpyxl.Workbook()
    book.active["A1"] = "Ký tên"
    book.active.add_image(Image(io.BytesIO(picture)), "B5")
    (grid,) = read_document("a.xlsx", saved(book.save)).grids
    assert grid.pictures == [4]


def test_xls_types_merges_errors_and_old_fonts() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tờ 1")
    sheet.write(2, 1, "xin chào")
    sheet.write_merge(3, 4, 1, 2, "gộp")
    sheet.write(5, 0, dt.date(2020, 6, 5), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(5, 1, "NguyÔn V¨n", xlwt.easyxf("font: name .VnTimeH"))
    sheet.write(5, 2, True)
    sheet.write(5, 3, 12.5)
    sheet.row(5).set_cell_error(4, 0x2A)
    sheet.write_rich_text(
        6, 1, [("TuÊn", xlwt.easyfont("name .VnTime")), (" Đào", xlwt.easyfont("name Arial"))]
    )
    book.add_sheet("Ẩn").visibility = 1
    grid, hidden = read_document("a.xls", saved(book.save)).grids
    assert grid.rows[2] == ["", "xin chào"]
    assert grid.rows[5] == [dt.date(2020, 6, 5), "NGUYỄN VĂN", True, 12.5, CellError("#N/A")]
    assert grid.rows[6] == ["", "Tuấn Đào"]
    assert grid.originals == {(5, 1): "NguyÔn V¨n", (6, 1): "TuÊn Đào"}
    assert grid.merges == [(3, 1, 4, 2)]
    assert hidden.hidden


def ods_cell(text: str, **attributes: object) -> table.TableCell:
    cell = table.TableCell(**{"valuetype": "string", **attributes})
    cell.addElement(P(text=text))
    return cell


def test_ods_types_merges_repeats_and_trailing_blanks() -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    old = style.Style(name="cu", family="table-cell")
    old.addElement(style.TextProperties(fontfamily=".VnTime"))
    book.automaticstyles.addElement(old)
    hidden = style.Style(name="an", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    sheet = table.Table(name="Bảng")
    blank = table.TableRow(numberrowsrepeated=3)
    blank.addElement(table.TableCell(numbercolumnsrepeated=16384))
    row = table.TableRow()
    for cell in (
        ods_cell("gộp", numbercolumnsspanned=2, numberrowsspanned=1),
        table.CoveredTableCell(),
        ods_cell("05/06/2020", valuetype="date", datevalue="2020-06-05"),
        ods_cell("5", valuetype="float", value=5),
        ods_cell("TuÊn", stylename=old),
        ods_cell("x", numbercolumnsrepeated=2),
        ods_cell("#REF!", formula="of:=[.A1]"),
        table.TableCell(numbercolumnsrepeated=16000),
    ):
        row.addElement(cell)
    end = table.TableRow(numberrowsrepeated=1048000)
    end.addElement(table.TableCell(numbercolumnsrepeated=16384))
    for element in (blank, row, end):
        sheet.addElement(element)
    book.spreadsheet.addElement(sheet)
    book.spreadsheet.addElement(table.Table(name="Ẩn", stylename=hidden))
    grid, second = read_document("a.ods", saved(book.save)).grids
    assert grid.rows[:3] == [[], [], []]
    assert grid.rows[3:] == [["gộp", "", dt.date(2020, 6, 5), 5, "Tuấn", "x", "x", CellError("#REF!")]]
    assert grid.merges == [(3, 0, 3, 1)]
    assert grid.originals == {(3, 4): "TuÊn"}
    assert grid.formulas == {(3, 7)}
    assert (second.name, second.hidden) == ("Ẩn", True)


@pytest.mark.skipif(not REAL.exists(), reason="the real submission lies outside the project")
def test_a_real_submission() -> None:
    document = read_document(REAL.name, REAL.read_bytes())
    first = document.grids[0]
    assert first.rows[0][2] == "Tên tập thể/cá nhân/hộ gia đình"
    assert sum(1 for row in first.rows[1:] if row[2]) == 386
    assert [grid.hidden for grid in document.grids] == [False, True, True, True, True, False]


def test_the_content_decides_not_the_name() -> None:
    assert only_grid(read_document("danh-sach.xls", xlsx(["a", 1]))) == [["a", 1]]
    assert only_grid(read_document("danh-sach", xlsx(["a", 1]))) == [["a", 1]]


def test_a_drop_down_list_of_an_xls_names_the_sheet_of_its_choices() -> None:
    # a rule as Excel and LibreOffice store it: flags, four empty texts, a range of sheet 1, nothing, cells
    texts, area = "01000000" * 4, "3b00000000010000000000"
    rule = bytes.fromhex(f"03000000{texts}0b000000{area}00000000") + bytes.fromhex("01000200080002000200")
    bof, end = struct.pack("<HH", 0x0809, 0), struct.pack("<HH", 0x000A, 0)
    stream = bof + struct.pack("<HH", 0x01BE, len(rule)) + rule + end
    assert sources_of_choices(stream, 0, [(0, 1, 1)]) == {1}
    assert sources_of_choices(stream, 0, [(1, 1, 1)]) == set()  # another workbook
    assert sources_of_choices(stream, 0, []) == set()
    broken = bof + struct.pack("<HH", 0x01BE, 6) + rule[:6] + end
    assert sources_of_choices(broken, 0, [(0, 1, 1)]) == set()
