"""What is not certain is said where it is printed: units nobody confirmed, readings a setting changed."""

from __future__ import annotations

from openpyxl import load_workbook

from pipelines.common.paths import Home
from pipelines.reports.build import workbook_path
from pipelines.reports.letters.content import letter_content
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.reading import read_published
from pipelines.sentences import text
from tests.unit.reports import small


def test_the_workbook_marks_units_and_says_changed_readings(home: Home) -> None:
    path = workbook_path(home.reports(small.AS_OF), small.AS_OF)
    first, *listings = load_workbook(path).worksheets
    front = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
    units = {str(row[0].value) for sheet in listings for row in sheet.iter_rows(min_row=2) if row[1].value}
    assert "Sở Y tế (*)" in units
    assert sum("(*)" in unit for unit in units) == 1
    assert any(line.startswith("(*): đơn vị lấy theo danh mục thông dụng") for line in front)
    assert "Cách đọc đã đổi." in front
    assert not any("POL-" in line or "mặc định." in line for line in front)


def test_a_letter_says_that_nobody_confirmed_the_unit(home: Home) -> None:
    published = read_published(home.warehouse)
    head = load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn 2016-2020", ())
    said = {
        unit: content.notes
        for unit in (small.Y_TE, small.TRANG_DINH)
        if (content := letter_content(published, small.LS, unit, head, 0))
    }
    assert text("letter.usual") in said[small.Y_TE]
    assert text("letter.usual") not in said[small.TRANG_DINH]
