"""The printed table: layout, numbers, notes in force, annex; every cell safe to open."""

from __future__ import annotations

import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from pipelines.reports.mau_02.content import read_content
from pipelines.reports.mau_02.docx import WordPrinter
from pipelines.reports.mau_02.form import load_form
from pipelines.reports.mau_02.numbers import percent, whole
from pipelines.reports.mau_02.xlsx import WorkbookPrinter, write_xlsx
from tests.mau_02.golden import UNIT, golden_world

OTHER_WAY = {"POL-PCT-DENOM": "unit_total_of_kind", "POL-LLVT-MAP": "outside_form"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return golden_world().publish(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def other_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return golden_world(**OTHER_WAY).publish(tmp_path_factory.mktemp("home"))


def printed(home: Home, kind: str, *more: str) -> Path:
    out = home.root / f"mau-02.{kind}"
    result = CliRunner().invoke(
        app, ["mau02", "--unit", UNIT, "--format", kind, "--out", str(out), "--home", str(home.root), *more]
    )
    assert result.exit_code == 0, result.output
    return out


def sheets(path: Path) -> tuple[Worksheet, Worksheet]:
    book: Workbook = load_workbook(path)
    official, annex = book.worksheets
    return official, annex


def text_of(sheet: Worksheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def rows_of(sheet: Worksheet) -> dict[tuple[str, str], list[object]]:
    """(TT, name) -> the seven numbers of a row of the official table."""
    found = {}
    for row in sheet.iter_rows(values_only=True):
        tt, name, *numbers = row[:9]
        if isinstance(numbers[0], int):
            found[str(tt or ""), str(name or "")] = list(numbers)
    return found


def test_numbers() -> None:
    assert [whole(0), whole(1234567), whole(None)] == ["0", "1.234.567", "-"]
    assert [percent(500 / 7), percent(0.0), percent(1234.5), percent(None)] == [
        "71,43%",
        "0,00%",
        "1.234,50%",
        "-",
    ]


def test_workbook_is_the_official_form(home: Home) -> None:
    official, annex = sheets(printed(home, "xlsx"))
    assert (official.page_setup.orientation, official.page_setup.paperSize) == ("landscape", 9)
    assert official.print_title_rows == "$10:$12"
    assert (official.cell(10, 3).value, official.cell(10, 6).value) == (
        "Số lượng",
        "Trong đó đối tượng ở cơ sở, lao động trực tiếp",
    )
    assert [official.cell(12, column).value for column in range(6, 10)] == ["SL", "%", "SL", "%"]
    assert official.max_column == 9
    said = text_of(official)
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "HUYỆN TRÀNG ĐỊNH"):
        assert words in said
    assert "HÌNH THỨC KHEN THƯỞNG 2016 - 2020" in said
    assert "Ghi chú: + Cá nhân là Lãnh đạo tính từ cấp phòng" in said
    assert "PHỤ LỤC (NGOÀI MẪU)" in text_of(annex)
    faces = {
        cell.font.name
        for sheet in (official, annex)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    }
    assert faces == {"Times New Roman"}


def test_workbook_has_every_row_with_its_numbers(home: Home) -> None:
    rows = rows_of(sheets(printed(home, "xlsx"))[0])
    names = [name for _, name in rows]
    assert len(rows) < 43 < len(names) + 6  # sub-lines of one name fall together here
    assert rows["I", "Khen thưởng cấp Nhà nước"] == [3, 18, 5, 2, "66,67%", 10, "55,56%"]
    assert rows["7", "Huân, Huy chương kháng chiến chống Mỹ"] == [0, 2, 3, 0, "-", 2, "100,00%"]
    assert rows["TỔNG CỘNG (I + II + III)", ""] == [12, 39, 6, 8, "66,67%", 25, "64,10%"]


def test_policies_switch_numbers_and_note(home: Home, other_home: Home) -> None:
    default, other = (text_of(sheets(printed(one, "xlsx"))[0]) for one in (home, other_home))
    assert "Cột % tính trên số tập thể, cá nhân được khen thưởng của cùng dòng." in default
    # one denominator under a table; the form's other reading stands in the annex
    assert "tính trên tổng số các tập thể, cá nhân thuộc đơn vị" not in default
    assert "«Tỷ lệ các tập thể, cá nhân được khen thưởng tính trên tổng số các tập thể" in text_of(
        sheets(printed(home, "xlsx"))[1]
    )
    assert "- Tỷ lệ các tập thể, cá nhân được khen thưởng tính trên tổng số các tập thể" in other
    assert "tính vào dòng III.1, III.3: 2 lượt." in default
    assert "100 tập thể, 2.500 cá nhân." in other
    assert "không tính vào mẫu 02" in other
    rows = rows_of(sheets(printed(other_home, "xlsx"))[0])
    # 24 direct of 2500 person-years, 7 grassroots of 100; one CSTT and one DVTT stand outside
    assert rows["TỔNG CỘNG (I + II + III)", ""] == [11, 38, 6, 7, "7,00%", 24, "0,96%"]


def test_settings_beside_the_default_are_printed(tmp_path: Path) -> None:
    other_way = {"POL-UNKNOWN-IN-PCT": "exclude", "POL-M02-SIBLING": "do_not_add", "POL-LLVT-MAP": False}
    official, annex = sheets(printed(golden_world(**other_way).publish(tmp_path / "home"), "xlsx"))
    said = text_of(official)
    for words in (
        "chưa rõ đối tượng không tính vào mẫu số",
        "Nghệ nhân ưu tú không cộng",
        "không tính vào mẫu 02",
    ):
        assert words in said
    assert "Nghệ nhân ưu tú không cộng" in text_of(annex)
    assert "POL-" not in said + text_of(annex)


def test_annex_names_leaders_rates_outside_and_denominators(home: Home) -> None:
    said = text_of(sheets(printed(home, "xlsx"))[1])
    for words in (
        "17,95%",
        "1,56%",
        "Tên ghi không có trong danh mục (?)",
        "của cùng dòng",
        "2.500 cá nhân",
    ):
        assert words in said
    assert "Số liệu đêm 31/12/2025, mã 3f9a12c4." in said


@pytest.mark.parametrize(
    ("scope", "words"), [("own", "Đơn vị lấy theo"), ("rollup", "1 đơn vị trong bảng lấy theo")]
)
def test_units_nobody_confirmed_are_marked(home: Home, tmp_path: Path, scope: str, words: str) -> None:
    form = load_form()
    copied = tmp_path / "thidua.duckdb"
    copied.write_bytes(home.warehouse.read_bytes())
    with duckdb.connect(str(copied)) as connection:
        certain = read_content(connection, form, UNIT, None, scope).annex_notes
        connection.execute("UPDATE marts.dim_units SET is_usual = unit_code = ?", [UNIT])
        marked = read_content(connection, form, UNIT, None, scope).annex_notes
    assert not any("thông dụng" in note for note in certain)
    assert [note for note in marked if note not in certain] == [marked[-1]]
    assert marked[-1].startswith(words)
    assert "tỷ lệ" in marked[-1]


def test_no_cell_is_a_formula(home: Home, tmp_path: Path) -> None:
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        content = read_content(connection, form, UNIT, None, "own")
    hostile = replace(content, unit='=HYPERLINK("http://x")', superior="+1+1")
    write_xlsx(hostile, form, tmp_path / "x.xlsx")
    for sheet in sheets(tmp_path / "x.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_equal_contents_are_equal_files_whatever_the_night(home: Home) -> None:
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        content = read_content(connection, form, UNIT, None, "own")
    for printer in (WordPrinter, WorkbookPrinter):
        one, two = printer(form), printer(form)
        assert one.printed(content) == one.printed(content) == two.printed(content)
        assert one.printed(content) != one.printed(replace(content, unit="Đơn vị khác"))
    assert "31/12/2025" not in " ".join((*content.annex_notes, content.night))
    assert "Số liệu đêm 31/12/2025" in "\n".join(
        paragraph.text for paragraph in Document(str(printed(home, "docx"))).paragraphs
    )


def test_a_print_takes_milliseconds(home: Home) -> None:
    """Five each on the machine of docs/scale.md; here with room for a busy one."""
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        content = read_content(connection, form, UNIT, None, "own")
    for printer in (WordPrinter(form), WorkbookPrinter(form)):
        start = time.process_time()
        for _ in range(20):
            printer.printed(content)
        assert (time.process_time() - start) / 20 < 0.025


def test_hostile_words_stay_words(home: Home, tmp_path: Path) -> None:
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        content = read_content(connection, form, UNIT, None, "own")
    hostile = replace(content, unit="<w:p/> & {{ notes }} {% if %}\x0b", superior="a\nb")
    (tmp_path / "x.docx").write_bytes(WordPrinter(form).printed(hostile))
    (tmp_path / "x.xlsx").write_bytes(WorkbookPrinter(form).printed(hostile))
    said = Document(str(tmp_path / "x.docx")).tables[0].rows[0].cells[0].text
    assert "<W:P/> & {{ NOTES }} {% IF %} " in said
    assert "<W:P/> & {{ NOTES }} {% IF %} " in text_of(sheets(tmp_path / "x.xlsx")[0])


def test_a_heading_of_the_annex_begins_a_page_where_much_stands_above_it(home: Home) -> None:
    path = printed(home, "xlsx", "--scope", "rollup")
    part = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    rows = load_workbook(path).worksheets[1].iter_rows(max_col=1)
    heads = [cell.row for (cell,) in rows if re.match(r"[123]\. ", str(cell.value or ""))]
    begun = [int(row) + 1 for row in re.findall(r'<brk id="(\d+)"', part)]
    assert len(heads) == 3
    assert begun
    assert set(begun) <= set(heads)
    for head in heads:
        assert head - max([1, *(row for row in begun if row <= head)]) < 14


def test_word_file(home: Home) -> None:
    document: DocumentType = Document(str(printed(home, "docx", "--scope", "rollup")))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.different_first_page_header_footer
    letterhead, official, _, *annex = document.tables
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in letterhead.rows[0].cells[1].text
    assert len(official.rows) == 3 + 43
    assert official._tbl.xml.count("<w:tblHeader/>") == 3
    assert official._tbl.xml.count("<w:cantSplit/>") == 46
    total = [cell.text for cell in official.rows[-1].cells]
    assert total[1:] == ["TỔNG CỘNG (I + II + III)", "12", "39", "6", "8", "66,67%", "25", "64,10%"]
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Số liệu gồm đơn vị, các đơn vị cấp dưới" in said
    assert "PHỤ LỤC (NGOÀI MẪU)" in said
    assert len(annex) == 2
    heads = [one for one in document.paragraphs if re.match(r"[123]\. ", one.text)]
    assert len(heads) == 3
    assert all(
        one.paragraph_format.keep_with_next for one in heads
    )  # none stands alone at the foot of a sheet
    first_rows = [table.rows[0].cells[0].paragraphs[0] for table in annex]
    assert all(one.paragraph_format.keep_with_next for one in first_rows)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--unit", "KHONG-CO"], 2, "Không có đơn vị mang mã “KHONG-CO”"),
        (["--unit", "LS-HUYEN-BINH-GIA"], 2, "Chưa có số liệu mẫu 02"),
        (["--unit", UNIT, "--programme", "CB-2125"], 2, "Chưa có số liệu mẫu 02"),
    ],
)
def test_what_cannot_be_printed(
    home: Home, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    out = tmp_path / "x.docx"
    result = CliRunner().invoke(
        app, ["mau02", "--format", "docx", "--out", str(out), "--home", str(home.root), *arguments]
    )
    assert (result.exit_code, out.exists()) == (code, False)
    assert words in result.output


def test_no_snapshot(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app,
        ["mau02", "--unit", UNIT, "--format", "docx", "--out", str(tmp_path / "x"), "--home", str(tmp_path)],
    )
    assert (result.exit_code, "Chưa có số liệu công bố" in result.output) == (1, True)
