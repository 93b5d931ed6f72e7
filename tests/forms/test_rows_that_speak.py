"""Rows, columns and texts among them that say what they are, or that they are none: read, or told once."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest

from tests.forms.test_human_files import AWARD, HEADER, NAMES, TITLE, outcome, read, row, rows, told, workbook

QS_TITLE = "SỐ LƯỢNG TẬP THỂ, CÁ NHÂN"


@pytest.mark.parametrize(
    "heading",
    [
        ["Khen thưởng cá nhân"],
        ["", "KHEN THƯỞNG CÁ NHÂN (02)"],
        ["", "Khối các phòng chuyên môn"],
        ["1. Khối cơ quan"],
        ["", "a) Cấp cơ sở"],
        ["", "Đơn vị: Phòng Kế hoạch"],
        ["", "Phòng Kế hoạch"],
    ],
)
def test_lone_texts_that_head_the_rows_below_are_no_rows(heading: list[str]) -> None:
    assert outcome(workbook([HEADER, *rows(1, 2), heading, *rows(3, 4)])) == ("KT-DS", 4, {})


def test_a_person_alone_in_a_row_is_no_heading() -> None:
    assert told(workbook([HEADER, *rows(1, 2), ["", "Lý Văn Thử"], *rows(3, 4)])) == {"RD-DONG-LA": 1}


@pytest.mark.parametrize(
    "text", ["Cộng chuyển trang sau", "Mang sang", "- Hết -", "./.", "(Danh sách ấn định 4 người)"]
)
def test_sums_of_pages_and_ends_are_no_rows(text: str) -> None:
    assert outcome(workbook([HEADER, *rows(1, 3), ["", text], row(4)])) == ("KT-DS", 4, {})


def test_rows_of_dashes_are_blanks() -> None:
    assert outcome(workbook([HEADER, *rows(1, 2), ["-"] * 9, ["…"] * 9])) == ("KT-DS", 2, {})


@pytest.mark.parametrize(
    ("note", "findings"),
    [
        ("Rút khỏi danh sách", {"RD-RUT": 1}),
        ("không đủ điều kiện", {"RD-RUT": 1}),
        ("Loại A", {}),
        ("Mới tuyển", {}),
    ],
)
def test_notes_that_take_a_row_out_of_the_list(note: str, findings: dict[str, int]) -> None:
    lines = [[*row(1), ""], [*row(2), note], [*row(3), note]]
    assert outcome(workbook([[*HEADER, "Ghi chú"], *lines])) == ("KT-DS", 3, findings)


def test_a_remark_behind_a_name_takes_its_row_out_of_the_list() -> None:
    lines = [row(1), row(2, B="Hoàng Thị Mẫu (đã rút)"), row(3, B="Nông Văn Ví (Bí danh Ba)")]
    assert outcome(workbook([HEADER, *lines])) == ("KT-DS", 3, {"RD-RUT": 1})


def test_the_example_of_a_template_is_told() -> None:
    example = row(1, B="Nguyễn Văn A")
    assert told(workbook([HEADER, example, *rows(2, 5)])) == {"RD-TEN-MAU": 1}
    assert told(workbook([HEADER, row(1, B="VD: Lý Văn Thử"), row(2)])) == {"RD-TEN-MAU": 1}
    few = [row(1, B="Nguyễn Văn A"), row(2, B="Trần Thị B")]  # a list of short names only is one
    assert told(workbook([HEADER, *few])) == {}


def test_family_and_given_names_in_two_columns_are_one_name() -> None:
    header = [HEADER[0], "Họ và tên đệm", "Tên", *HEADER[2:]]
    lines = [[line[0], *line[1].rsplit(" ", 1), *line[2:]] for line in rows(1, 3)]
    reading = workbook([header, *lines])
    assert outcome(reading) == ("KT-DS", 3, {})
    assert [each["recipient_name"] for each in reading.rows("award_rows")] == NAMES[:3]


def test_the_day_of_a_decision_beside_its_number() -> None:
    header = [*HEADER[:6], "Số, ngày quyết định", "Năm"]
    lines = [[*line[:6], "QĐ số 12/QĐ-SYT ngày 05/02/2019", 2019] for line in rows(1, 2)]
    reading = workbook([header, *lines])
    first = reading.rows("award_rows")[0]
    assert outcome(reading) == ("KT-DS", 2, {})
    assert (first["decision_no"], str(first["decision_date"])) == ("12/QĐ-SYT", "2019-02-05")
    assert first["decision_date_raw"] == "QĐ số 12/QĐ-SYT ngày 05/02/2019"


def test_neither_of_two_optional_columns_of_one_label_is_read() -> None:
    header = [*HEADER, "Chức vụ"]
    reading = workbook([header, *([*line, "Trưởng phòng"] for line in rows(1, 2))])
    assert outcome(reading) == ("KT-DS", 2, {"RD-TRUNG-TIEU-DE": 1})
    assert {each["position"] for each in reading.rows("award_rows")} == {None}


def test_a_column_without_a_header_is_told() -> None:
    header = [*HEADER[:2], "", *HEADER[3:]]
    assert told(workbook([header, *rows(1, 2)])) == {"RD-COT-KHONG-TEN": 1}


def test_a_header_in_other_columns_begins_another_table() -> None:
    order = [0, 8, 5, 4, 1]
    other = [[line[place] for place in order] for line in [HEADER, *rows(3, 4)]]
    reading = workbook([HEADER, *rows(1, 2), [], *other])
    assert [each["recipient_name"] for each in reading.rows("award_rows")] == NAMES[:4]


def test_a_table_numbered_anew_under_unknown_labels_is_told_once() -> None:
    more = [
        ["STT", "Người được giới thiệu thêm", "Thành tích"],
        [1, "Lý Văn Thử", "Tốt"],
        [2, "Vi Văn Ví", "Khá"],
    ]
    assert outcome(workbook([HEADER, *rows(1, 2), [], *more])) == ("KT-DS", 2, {"RD-CHUA-DOC": 1})


@pytest.mark.parametrize("pattern", ["{} người", "{}.0", "{},0", "{} (cá nhân)"])
def test_counts_with_what_is_counted(pattern: str) -> None:
    header = ["Năm", "Tổng số tập thể", "Tổng số cá nhân"]
    reading = workbook([header, [2019, pattern.format(12), pattern.format(120)]], title=QS_TITLE)
    assert [(r["collectives"], r["individuals"]) for r in reading.rows("headcount_rows")] == [(12, 120)]
    assert told(reading) == {}


def test_one_reason_on_many_columns_is_one_message() -> None:
    header = ["Năm", "Tổng số tập thể", "Tổng số cá nhân", "Lao động trực tiếp", "Lãnh đạo"]
    assert told(workbook([header, [2019, "khoảng 5", "~9", "vài", "ít"]], title=QS_TITLE)) == {"RD-SO": 1}


def test_years_in_cells_formatted_as_dates() -> None:
    def form(book: Any, sheet: Any) -> None:
        for place in ("I4", "I5"):
            sheet[place].number_format = "dd/mm/yyyy"

    reading = workbook([HEADER, *rows(1, 2)], form)
    assert {each["award_year"] for each in reading.rows("award_rows")} == {2019}


def test_hidden_columns_and_comments_are_told_once() -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.column_dimensions["D"].hidden = True
        sheet["B4"].comment = openpyxl.comments.Comment("Sửa thành 2020", "x")

    assert outcome(workbook([HEADER, *rows(1, 2)], hide)) == ("KT-DS", 2, {"RD-COT-AN": 1, "RD-GHI-CHU-O": 1})


def test_a_copied_sheet_is_told() -> None:
    def twice(book: Any, sheet: Any) -> None:
        book.copy_worksheet(sheet)

    assert outcome(workbook([HEADER, *rows(1, 3)], twice)) == ("KT-DS", 3, {"RD-CHUA-DOC": 1})


def test_a_copied_list_under_another_header_is_told_and_a_longer_one_is_read() -> None:
    def again(book: Any, sheet: Any) -> None:
        other = book.create_sheet("Bản 2")
        for line in [[TITLE], [f"{label} (*)" for label in HEADER], *rows(1, more)]:
            other.append(line)

    more = 3
    assert outcome(workbook([HEADER, *rows(1, 3)], again)) == ("KT-DS", 3, {"RD-CHUA-DOC": 1})
    more = 4
    assert outcome(workbook([HEADER, *rows(1, 3)], again))[1] == 7


def paper(change: Any) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(0, len(HEADER))
    for line in [HEADER, *rows(1, 2)]:
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = str(value)
    change(document, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_hidden_text_of_word_is_read_and_told() -> None:
    def hide(document: Any, table: Any) -> None:
        table.cell(2, 1).paragraphs[0].runs[0].font.hidden = True

    assert outcome(read(paper(hide), "a.docx")) == ("KT-DS", 2, {"RD-CHU-AN": 1})


@pytest.mark.parametrize("kind", ["package", "oleObject", "aFChunk"])
def test_a_file_within_a_word_file_is_told(kind: str) -> None:
    data = paper(lambda document, table: None)
    relation = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        ' Target="embeddings/a.bin"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", relation.encode())
            new.writestr(name, part)
        new.writestr("word/embeddings/a.bin", b"x")
    assert outcome(read(out.getvalue(), "a.docx")) == ("KT-DS", 2, {"RD-NHUNG": 1})


def test_a_record_of_csv_over_lines_and_one_with_too_many_cells() -> None:
    lines = [",".join(map(str, line)) for line in (HEADER, *rows(1, 3))]
    lines[2] = lines[2].replace("Hoàng Thị Mẫu", '"Hoàng Thị\nMẫu"')
    lines[3] = lines[3].replace("Phòng Tổ chức", "Phòng Tổ chức, Hành chính")
    data = "\n".join([TITLE, *lines, *[",,,,,,,,ký"] * 9]).encode()
    reading = read(data, "a.csv")
    assert len(reading.rows("award_rows")) == 2
    assert told(reading).keys() >= {"RD-CSV-COT", "RD-CSV-DONG"}


def test_misspelt_labels_are_told() -> None:
    header = [*HEADER[:3], "Đơn vị cnôg tác", *HEADER[4:]]
    assert told(workbook([header, *rows(1, 2)])) == {"RD-COT-GAN": 1}
    assert AWARD in header


@pytest.mark.parametrize(
    ("title", "header", "line", "programme_form"),
    [
        (
            QS_TITLE,
            ["Năm thống kê", "Số lượng tập thể", "Tổng số người", "Cán bộ lãnh đạo"],
            [2019, 3, 30, 4],
            "QS",
        ),
        (
            "TÓM TẮT THÀNH TÍCH",
            ["Số TT", "Tên tập thể/cá nhân", "Loại đối tượng", "Thành tích tiêu biểu, nổi bật"],
            [1, "Lý Văn Thử", "Cá nhân", "Có sáng kiến"],
            "LS-M03",
        ),
    ],
)
def test_other_names_of_columns(title: str, header: list[str], line: list[Any], programme_form: str) -> None:
    reading = workbook([header, line], title=title)
    assert (reading.form_id, reading.rows_read, told(reading)) == (programme_form, 1, {})
