"""Lists in other clothes: values in headings, notes that speak against rows, what no page shows."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
import xlwt
from docx.shared import Cm, RGBColor
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill

from benchmarks.losses.unseen import picture
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.forms.test_human_files import (
    AWARD,
    HEADER,
    SIGNED,
    TITLE,
    Rows,
    outcome,
    read,
    row,
    rows,
    told,
    word,
    workbook,
)
from tests.raw_rows import known_forms


def awards(reading: Reading, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(found[name] for name in names) for found in reading.rows("award_rows")]


def without(lines: Rows, *labels: str) -> Rows:
    """The rows without some columns."""
    left = [place for place, label in enumerate(HEADER) if label not in labels]
    return [[line[place] for place in left] if len(line) > 1 else line for line in lines]


def test_awards_that_head_their_rows() -> None:
    lines = [HEADER, ["I. Lao động tiên tiến"], row(1, F=""), row(2, F=""), ["II. Giấy khen"], row(3, F="")]
    reading = workbook(lines)
    assert outcome(reading) == ("KT-DS", 3, {})
    assert awards(reading, "award_raw", "cells") == [
        ("Lao động tiên tiến", '{"award": "A4"}'),
        ("Lao động tiên tiến", '{"award": "A4"}'),
        ("Giấy khen", '{"award": "A7"}'),
    ]


def test_an_own_award_goes_before_the_heading() -> None:
    lines = [HEADER, ["I. Lao động tiên tiến"], row(1, F=""), row(2, F="Giấy khen")]
    assert awards(workbook(lines), "award_raw") == [("Lao động tiên tiến",), ("Giấy khen",)]


def test_awards_as_headings_without_their_column_are_told_once() -> None:
    lines = without([HEADER, ["I. Huân chương Lao động hạng Ba"], *rows(1, 3)], AWARD)
    assert outcome(workbook(lines, title="DANH SÁCH KHEN THƯỞNG")) == (None, 0, {})


def test_decisions_years_and_offices_that_head_their_rows() -> None:
    lines = without(
        [HEADER, ["I. Quyết định số 420/QĐ-SNV ngày 20/12/2018"], ["1. Phòng Kế hoạch"], *rows(1, 2),
         ["2. Phòng Thanh tra"], row(3), ["II. QĐ số 5/QĐ-SNV ngày 02/01/2019"], row(4)],
        "Số quyết định", "Ngày quyết định", "Đơn vị công tác",
    )  # fmt: skip
    found = awards(workbook(lines), "decision_no", "decision_date_raw", "workplace")
    assert found == [
        ("420/QĐ-SNV", "20/12/2018", "Phòng Kế hoạch"),
        ("420/QĐ-SNV", "20/12/2018", "Phòng Kế hoạch"),
        ("420/QĐ-SNV", "20/12/2018", "Phòng Thanh tra"),
        ("5/QĐ-SNV", "02/01/2019", None),
    ]
    years = without([HEADER, ["Năm 2018"], row(1), ["Năm 2019"], row(2)], "Năm", "Ngày quyết định")
    assert awards(workbook(years), "award_year") == [(2018,), (2019,)]


def test_rows_above_the_header_are_told() -> None:
    assert outcome(workbook([*rows(1, 2), HEADER, *rows(3, 5)])) == ("KT-DS", 3, {"RD-CHUA-DOC": 1})


def test_rows_broken_in_two_are_told_once() -> None:
    lines: Rows = [HEADER]
    for number in (1, 2, 3):
        upper, lower = row(number, B="Lý Văn", E="Khen thưởng", F="Lao động"), [""] * 9
        lower[1], lower[4], lower[5] = "Thử", "cá nhân", "tiên tiến"
        lines += [upper, lower]
    assert outcome(workbook(lines)) == ("KT-DS", 0, {"RD-DONG-TACH": 1, "RD-KHONG-DONG": 1})


def test_rows_moved_by_one_cell_are_told_once() -> None:
    moved = row(2)
    moved.insert(2, "")
    assert outcome(workbook([HEADER, row(1), moved, row(3)])) == ("KT-DS", 2, {"RD-DONG-LECH": 1})


def test_rows_pasted_twice_are_read_once() -> None:
    assert outcome(workbook([HEADER, *rows(1, 3), HEADER, *rows(1, 3)])) == ("KT-DS", 3, {"RD-DONG-LAP": 1})
    assert outcome(word(TITLE, [HEADER, *rows(1, 3)], [HEADER, *rows(1, 3)])) == (
        "KT-DS",
        3,
        {"RD-CHUA-DOC": 1},
    )


def test_names_and_awards_alone_below_a_signature_are_told() -> None:
    lone = ["", "Lý Văn Thử", "", "", "", "Lao động tiên tiến"]
    assert outcome(workbook([HEADER, *rows(1, 3), *SIGNED, lone])) == ("KT-DS", 3, {"RD-DONG-LA": 1})


@pytest.mark.parametrize(
    "text",
    [
        "Bổ sung: ông Lý Văn Thử, Chuyên viên, danh hiệu Lao động tiên tiến",
        "Ghi chú: Bổ sung ông Lý Văn Thử, Lao động tiên tiến năm 2019",
        "(*) Đã loại Lý Văn Thử khỏi danh sách",
        "Lưu ý: không xét Lý Văn Thử",
        "Phòng Tổng hợp: Tập thể lao động tiên tiến",
    ],
)
def test_notes_that_speak_against_the_list(text: str) -> None:
    in_sheet = told(workbook([HEADER, *rows(1, 3), [], [text]]))
    below = told(word(TITLE, [HEADER, *rows(1, 3)], text))
    assert in_sheet == {"RD-DONG-LA": 1}
    assert below in ({"RD-GHI-CHU": 1}, {"RD-CHUA-DOC": 1})


@pytest.mark.parametrize("text", ["* Số liệu tính đến 30/6", "Ghi chú: Danh sách được niêm yết tại trụ sở"])
def test_harmless_notes(text: str) -> None:
    assert told(workbook([HEADER, *rows(1, 3), [], [text]])) == {}


def test_a_footnote_that_withdraws_is_told() -> None:
    from random import Random

    from benchmarks.losses.mutator import MUTATORS
    from benchmarks.silent_losses import draw  # noqa: F401 -- registers the mutators

    paper = docx.Document()
    paper.add_paragraph(TITLE)
    table = paper.add_table(0, len(HEADER))
    for line in (HEADER, *rows(1, 5)):
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
    out = io.BytesIO()
    paper.save(out)
    change = MUTATORS["a_footnote_that_withdraws"].on_bytes
    assert change is not None
    assert told(read(change(out.getvalue(), Random(1)), "tep.docx")) == {"RD-GHI-CHU": 1}


def test_what_no_page_shows_of_a_workbook() -> None:
    def white(book: Any, sheet: Any) -> None:
        for cell in sheet[5]:
            cell.font = Font(color="FFFFFFFF")

    def nothing(book: Any, sheet: Any) -> None:
        for cell in sheet[5]:
            cell.number_format = ";;;"

    def dark(book: Any, sheet: Any) -> None:
        for cell in sheet[5]:
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", start_color="FF1F4E78")

    lines = [HEADER, *rows(1, 4)]
    assert [told(workbook(lines, change)) for change in (white, nothing, dark)] == [
        {"RD-CHU-AN": 1},
        {"RD-CHU-AN": 1},
        {},
    ]


def test_what_no_page_shows_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("DS")
    looks = {4: xlwt.easyxf("font: color white"), 5: xlwt.easyxf(num_format_str=";;;")}
    for number, line in enumerate([[TITLE], [], HEADER, *rows(1, 4)]):
        for place, value in enumerate(line):
            sheet.write(number, place, value, looks.get(number, xlwt.Style.default_style))
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "tep.xls")
    assert told(reading) == {"RD-CHU-AN": 1}
    assert "dòng 5 - 6" in str(reading.rows("reading_findings")[0]["params"])


def test_white_letters_of_word() -> None:
    paper = docx.Document()
    paper.add_paragraph(TITLE)
    table = paper.add_table(0, len(HEADER))
    for number, line in enumerate((HEADER, *rows(1, 3))):
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
            if number in (0, 2):  # a header may be white on the colour of its table
                cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    out = io.BytesIO()
    paper.save(out)
    assert told(read(out.getvalue(), "tep.docx")) == {"RD-CHU-AN": 1}


def test_large_pictures_are_told_and_emblems_are_not() -> None:
    def large(book: Any, sheet: Any) -> None:
        shown = Image(io.BytesIO(picture(60, 40)))
        shown.width, shown.height = 700, 400
        sheet.add_image(shown, "B12")

    def emblem(book: Any, sheet: Any) -> None:
        shown = Image(io.BytesIO(picture(20, 20)))
        shown.width = shown.height = 70
        sheet.add_image(shown, "A1")

    lines = [HEADER, *rows(1, 3)]
    assert [told(workbook(lines, change)) for change in (large, emblem)] == [{"RD-ANH-LON": 1}, {}]


def test_names_apart_from_numbers_and_forms_of_address() -> None:
    lines = without(
        [HEADER, *(row(n, B=f"{n}. Ông {name}") for n, name in ((1, "Lý Văn Thử"), (2, "Vi Văn Dụ")))], "STT"
    )
    reading = workbook(lines)
    assert awards(reading, "salutation", "recipient_name")[0] == ("Ông", "Lý Văn Thử")
    kept = workbook([HEADER, row(1, B="Ông Thị Kiều"), row(2, B="Bà Rịa"), row(3, B="Đồng chí Vi Văn Dụ")])
    assert [name for (name,) in awards(kept, "recipient_name")] == ["Ông Thị Kiều", "Bà Rịa", "Vi Văn Dụ"]


def test_abbreviated_headers_are_told() -> None:
    header = ["ĐVCT" if label == "Đơn vị công tác" else label for label in HEADER]
    assert told(workbook([header, *rows(1, 3)])) == {"RD-COT-GAN": 1}


def test_what_was_typed_beside_the_columns_is_told() -> None:
    lines = [[*HEADER, "Ghi chú"], *([*line, ""] for line in rows(1, 3))]
    lone = [*[""] * 9, "Bổ sung Lý Văn Thử, Lao động tiên tiến"]
    assert told(workbook([*lines, lone])) == {"RD-DONG-LA": 1}
    assert told(workbook([*lines, [4, *lone[1:]]])) == {"RD-DONG-LA": 1}


def test_large_pictures_of_word() -> None:
    paper = docx.Document()
    paper.add_paragraph(TITLE)
    table = paper.add_table(0, len(HEADER))
    for line in (HEADER, *rows(1, 3)):
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
    paper.add_picture(io.BytesIO(picture(60, 40)), Cm(15), Cm(9))
    out = io.BytesIO()
    paper.save(out)
    assert told(read(out.getvalue(), "tep.docx")) == {"RD-ANH-LON": 1}


def test_a_hidden_sheet_that_goes_on_is_told() -> None:
    def hide(book: Any, sheet: Any) -> None:
        more = book.create_sheet("Sheet2")
        more.append(row(4))
        more.sheet_state = "veryHidden"

    assert outcome(workbook([HEADER, *rows(1, 3)], hide)) == ("KT-DS", 4, {"RD-TRANG-AN": 1})


def test_headings_of_one_level_above_one_row_stand_together() -> None:
    above, below = [["I. Phòng Kế hoạch"], ["A. CẤP TỈNH"], row(1)], [["II. Cấp cơ sở"], row(3)]
    lines = without([HEADER, *above, ["(tiếp theo)"], row(2), *below], "Đơn vị công tác")
    found = awards(workbook(lines), "workplace")
    assert found == [("Phòng Kế hoạch",), ("Phòng Kế hoạch",), (None,)]


def test_the_unit_of_measure_is_no_unit() -> None:
    from benchmarks.losses.cases import Base
    from pipelines.generate.shape import Row
    from pipelines.generate.writers import write_book

    book = Base("CB-BDK", 1).book()
    sheet = book.sheets[0]
    place = next(number for number, line in enumerate(sheet.rows) if line.role == "header")
    sheet.rows.insert(place - 1, Row(["Đơn vị tính: người"], "plain"))
    sheet.merges = [(a + (a >= place - 1), b, c + (c >= place - 1), d) for a, b, c, d in sheet.merges]
    context = SubmissionContext("S", "tep.xlsx", "CB-2125", "U", date(2022, 12, 20))
    document = read_document("tep.xlsx", write_book(book, ".xlsx"))
    reading = read_submission(document, context, known_forms(), reference())
    units = [found["text_raw"] for found in reading.rows("fields") if found["field"] == "don_vi"]
    assert "tính: người" not in units
    assert "Đơn vị ví dụ" in units
