"""Files as people make them, with one thing done to a right list: it is read, or told once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.forms.test_cases import unbalanced
from tests.raw_rows import known_forms

AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"
HEADER = ["STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Phân loại khen thưởng", AWARD,
          "Số quyết định", "Ngày quyết định", "Năm"]  # fmt: skip
NAMES = ["Lý Văn Thử", "Hoàng Thị Mẫu", "Nông Văn Ví", "Triệu Thị Dụ", "Vi Văn Giả", "Lương Thị Định"]
TITLE = "DANH SÁCH KHEN THƯỞNG"
Rows = list[list[Any]]


def row(number: int, **changed: Any) -> list[Any]:
    """A right row, with cells changed by their letter."""
    cells = [number, NAMES[(number - 1) % 6], "Nhân viên", "Phòng Tổ chức", "Khen thưởng cá nhân",
             "Lao động tiên tiến", "12/QĐ-SYT", "05/02/2019", 2019]  # fmt: skip
    for letter, value in changed.items():
        cells["ABCDEFGHI".index(letter)] = value
    return cells


def rows(first: int, last: int) -> Rows:
    return [row(number) for number in range(first, last + 1)]


def read(data: bytes, name: str) -> Reading:
    context = SubmissionContext("S", name, "LS-1620", "U", date(2020, 6, 1))
    reading = read_submission(read_document(name, data), context, known_forms(), reference())
    assert unbalanced(reading) == []
    return reading


def workbook(
    lines: Rows, change: Callable[[Any, Any], None] | None = None, title: str | None = TITLE
) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DS"
    for line in [*([[title], []] if title else []), *lines]:
        sheet.append(line)
    if change:
        change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue(), "tep.xlsx")


def word(*blocks: str | Rows, header: str | None = None) -> Reading:
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(0, max(map(len, block)))
        for line in block:
            cells = table.add_row().cells
            for cell, value in zip(cells, line, strict=False):
                cell.text = str(value)
    stream = io.BytesIO()
    document.save(stream)
    return read(stream.getvalue(), "tep.docx")


def told(reading: Reading) -> dict[str, int]:
    return dict(Counter(finding["rule_id"] for finding in reading.rows("reading_findings")))


def outcome(reading: Reading) -> tuple[str | None, int, dict[str, int]]:
    return reading.form_id, len(reading.rows("award_rows")), told(reading)


SIGNED = [[], ["", "Nơi nhận:", "", "", "GIÁM ĐỐC"], ["", "- Như trên;", "", "", "(Đã ký)"], ["", "", "", "", "Trần Văn Đóng"]]  # fmt: skip  # noqa: E501


def test_rows_below_a_signature_block_are_read() -> None:
    assert outcome(workbook([HEADER, *rows(1, 3), *SIGNED, [], *rows(4, 5)])) == ("KT-DS", 5, {})


def test_rows_below_a_signature_block_are_read_without_numbers_too() -> None:
    below = [row(number, A="") for number in (4, 5)]
    assert outcome(workbook([HEADER, *rows(1, 3), *SIGNED, *below])) == ("KT-DS", 5, {})


def test_list_that_goes_on_as_numbered_paragraphs_is_told_once() -> None:
    reading = word(
        TITLE,
        [HEADER, *rows(1, 3)],
        "4. Triệu Thị Dụ, Nhân viên, Phòng Tổ chức, Lao động tiên tiến, năm 2019",
        "5. Vi Văn Giả, Nhân viên, Phòng Tổ chức, Lao động tiên tiến, năm 2019",
        "Danh sách này có 05 người./.",
    )
    assert outcome(reading) == ("KT-DS", 3, {"RD-CHUA-DOC": 1})
    assert [part["part"] for part in reading.rows("file_parts") if part["part_kind"] == "not_read"] == [
        "Đoạn văn"
    ]


def test_closing_sentences_and_notes_are_no_rows() -> None:
    reading = word(
        TITLE,
        [HEADER, *rows(1, 3)],
        "Đề nghị Hội đồng xem xét, tặng Bằng khen cho các cá nhân nêu trên./.",
        "Ghi chú:",
        "1. Cột 3 ghi chức vụ chính quyền.",
        "- Nơi công tác: ghi đầy đủ tên phòng.",
        "GIÁM ĐỐC",
        "Trần Văn Đóng",
    )
    assert told(reading) == {}


def test_table_after_a_section_line_goes_on_with_its_kind() -> None:
    collectives = [[n, f"Phòng số {n}", "", "Sở Y tế", "", "Tập thể lao động tiên tiến", "12/QĐ", "05/02/2019", 2019]  # noqa: E501
                   for n in (1, 2)]  # fmt: skip
    reading = word(TITLE, [HEADER, *rows(1, 3)], "II. TẬP THỂ", collectives)
    assert outcome(reading) == ("KT-DS", 5, {})
    assert [r["recipient_kind"] for r in reading.rows("award_rows")][3:] == ["tap_the", "tap_the"]


def test_table_after_a_numbering_row_and_header_in_a_table_of_its_own() -> None:
    numbering = [f"({n})" for n in range(1, 10)]
    assert outcome(word(TITLE, [HEADER, numbering], rows(1, 2), [numbering, *rows(3, 4)])) == ("KT-DS", 4, {})


def test_table_that_fits_nothing_is_told_with_its_rows() -> None:
    reading = word(TITLE, [HEADER, *rows(1, 2)], [["Nguyễn Văn Lạ", "100", "200"], ["Bùi Văn Lạ", "1", "2"]])
    assert outcome(reading) == ("KT-DS", 2, {"RD-CHUA-DOC": 1})
    assert "Nguyễn Văn Lạ | 100 | 200" in reading.rows("reading_findings")[0]["params"]


def test_list_of_names_and_positions_is_no_signature_block() -> None:
    reading = word(
        TITLE, [HEADER, *rows(1, 2)], [["Nguyễn Văn Lạ", "Giám đốc"], ["Bùi Văn Lạ", "Phó Giám đốc"]]
    )
    assert told(reading) == {"RD-CHUA-DOC": 1}


def test_headcount_goes_on_over_sheets() -> None:
    def more(book: Any, sheet: Any) -> None:
        other = book.create_sheet("Trang 2")
        other.append([2, 2017, 11, 101])

    reading = workbook(
        [["STT", "Năm", "Tổng số tập thể", "Tổng số cá nhân"], [1, 2016, 10, 100]],
        more,
        title="SỐ LƯỢNG TẬP THỂ, CÁ NHÂN",
    )
    assert [r["year"] for r in reading.rows("headcount_rows")] == [2016, 2017]


def test_tables_side_by_side_are_two_tables() -> None:
    header = ["STT", "Họ và tên", "Phân loại khen thưởng", "Danh hiệu thi đua", "Năm"]
    lines = [
        [n, NAMES[n - 1], "Khen thưởng cá nhân", "Lao động tiên tiến", 2019, "", n + 3, NAMES[n + 2],
         "Khen thưởng cá nhân", "Lao động tiên tiến", 2019]
        for n in (1, 2, 3)
    ]  # fmt: skip
    reading = workbook([[*header, "", *header], *lines])
    assert outcome(reading) == ("KT-DS", 6, {})
    assert {r["recipient_name"] for r in reading.rows("award_rows")} == set(NAMES)


@pytest.mark.parametrize(
    ("title", "form", "count", "findings"),
    [
        ("DANH SÁCH KHEN THƯỞNG CHƯƠNG TRÌNH NÔNG THÔN MỚI CỦA VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "KT-DS", 2, {}),
        ("DANH SÁCH KHEN THƯỞNG (theo đề nghị của Hội đồng thi đua)", "KT-DS", 2, {}),
        ("DANH SÁCH TRÌNH CHỦ TỊCH UBND TỈNH TẶNG BẰNG KHEN", "KT-DS", 0, {"RD-CHUA-DOC": 1}),
        ("DANH SÁCH DỰ KIẾN KHEN THƯỞNG", "KT-DS", 0, {"RD-CHUA-DOC": 1}),
        ("DANH SÁCH CÁ NHÂN KHÔNG ĐỦ ĐIỀU KIỆN KHEN THƯỞNG", "KT-DS", 0, {"RD-CHUA-DOC": 1}),
        ("DANH SACH DE NGHI KHEN THUONG", "LS-DSDN", 2, {}),
        ("DANH SÁCH ĐỀ NGHỊ TRÌNH UBND TỈNH TẶNG BẰNG KHEN", "LS-DSDN", 2, {}),
    ],
)
def test_words_of_a_title_say_what_a_list_is(
    title: str, form: str, count: int, findings: dict[str, int]
) -> None:
    assert outcome(workbook([HEADER, *rows(1, 2)], title=title)) == (form, count, findings)


def test_title_in_print_header_and_page_header() -> None:
    def printed(book: Any, sheet: Any) -> None:
        sheet.oddHeader.center.text = '&"Times New Roman,Bold"&14DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG'

    assert outcome(workbook([HEADER, *rows(1, 2)], printed, title=None)) == ("LS-DSDN", 2, {})
    assert outcome(word([HEADER, *rows(1, 2)], header="DANH SÁCH ĐĂNG KÝ KHEN THƯỞNG"))[1] == 0


@pytest.mark.parametrize(
    "header",
    [
        ["STT", "Ho va ten", "Chuc vu", "Don vi cong tac", "Phan loai khen thuong", "Danh hieu thi dua",
         "So quyet dinh", "Ngay quyet dinh", "Nam"],
        ["STT (1)", "Họ và\u00a0tên*:", "Chức\nvụ (2)", "Đơn vị\u200b công tác", "Phân loại\u00ad khen thưởng [3]",  # noqa: E501
         f"{AWARD} (ghi rõ)", "Số quyết định (nếu có)", "Ngày quyết định (dd/mm/yyyy)", "Năm (4 chữ số)"],
        ["1. STT", "2. Họ và tên", "3. Chức vụ", "4. Đơn vị công tác", "5. Phân loại khen thưởng", "6. Danh hiệu",  # noqa: E501
         "7. Số QĐ", "8. Ngày QĐ", "9. Năm"],
    ],
)  # fmt: skip
def test_notes_numbers_and_lost_marks_hide_no_column(header: list[str]) -> None:
    reading = workbook([header, *rows(1, 2)])
    assert outcome(reading) == ("KT-DS", 2, {})
    first = reading.rows("award_rows")[0]
    assert (first["position"], first["workplace"], first["award_year"]) == (
        "Nhân viên",
        "Phòng Tổ chức",
        2019,
    )
    assert first["extra"] is None


def test_column_that_resembles_a_label_is_told() -> None:
    header = [*HEADER[:2], "Chức vụ đảm nhiệm", *HEADER[3:]]
    assert told(workbook([header, *rows(1, 2)])) == {"RD-COT-GAN": 1}


def test_two_columns_of_one_label_are_told_and_nothing_is_counted() -> None:
    header = [*HEADER[:6], AWARD, *HEADER[6:]]
    lines = [[*line[:6], "Giấy khen của Giám đốc Sở", *line[6:]] for line in rows(1, 3)]
    assert outcome(workbook([header, *lines])) == ("KT-DS", 0, {"RD-CHUA-DOC": 1})


def test_ditto_marks_repeat_the_value_above() -> None:
    lines = [
        row(1),
        *(row(n, D=m, F=m, G=m, I=m) for n, m in ((2, "nt"), (3, "-//-"), (4, '"'), (5, "Như trên"))),
    ]
    reading = workbook([HEADER, *lines])
    assert outcome(reading) == ("KT-DS", 5, {})
    assert {(r["workplace"], r["award_raw"], r["award_year"]) for r in reading.rows("award_rows")} == {
        ("Phòng Tổ chức", "Lao động tiên tiến", 2019)
    }


@pytest.mark.parametrize("cells", [{}, {"D": "Phòng Tổ chức", "F": "Lao động tiên tiến", "G": "12/QĐ-SYT"}])
def test_prefilled_rows_without_a_name_are_told_once(cells: dict[str, str]) -> None:
    blank = dict.fromkeys("BCDFGH", "") | cells
    lines = [HEADER, *rows(1, 3), *(row(n, **blank) for n in range(4, 12))]
    assert outcome(workbook(lines)) == ("KT-DS", 3, {"RD-DONG-DIEN-SAN": 1})


def test_forgotten_name_is_no_prefilled_row() -> None:
    assert outcome(workbook([HEADER, row(1), row(2, B=""), row(3)]))[1] == 3


def test_merge_over_columns_and_rows_holds_for_all_it_covers() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_cells("G4:H9")

    lines = [row(1, G="12/QĐ-SYT ngày 05/02/2019", H=None, I=None)]
    lines += [row(n, G=None, H=None, I=None) for n in (2, 3)]
    reading = workbook([HEADER, *lines], merge)
    assert [r["award_year"] for r in reading.rows("award_rows")] == [2019, 2019, 2019]


def test_struck_out_and_hidden_rows_are_told_once() -> None:
    def strike(book: Any, sheet: Any) -> None:
        for cell in sheet[5]:
            cell.font = Font(strike=True)
        sheet.row_dimensions[6].hidden = True

    findings = {"RD-GACH-NGANG": 1, "RD-DONG-AN": 1}
    assert outcome(workbook([HEADER, *rows(1, 4)], strike)) == ("KT-DS", 4, findings)


def test_reference_sheets_need_evidence() -> None:
    def sheets(book: Any, sheet: Any) -> None:
        for name, texts in (
            ("Sheet2", ["Phòng A", "ghi chú lạ"]),
            ("Danh mục", ["Bằng khen"]),
            ("N", ["Giấy khen"]),
        ):
            book.create_sheet(name).append(texts)
        book.create_sheet("An").append(["x"])
        book["An"].sheet_state = "hidden"
        offered = DataValidation(type="list", formula1="N!$A$1:$A$2")
        sheet.add_data_validation(offered)
        offered.add("F4:F9")

    reading = workbook([HEADER, *rows(1, 2)], sheets)
    assert told(reading) == {"RD-CHUA-DOC": 1}
    kinds = {part["part"]: part["part_kind"] for part in reading.rows("file_parts")}
    assert kinds == {
        "DS": "form",
        "Sheet2": "not_read",
        "Danh mục": "reference",
        "N": "reference",
        "An": "reference",
    }


def test_several_names_or_awards_in_one_cell_are_told() -> None:
    lines = [
        row(1, B="Lý Văn Thử, Hoàng Thị Mẫu"),
        row(2, B="1. Nông Văn Ví 2. Triệu Thị Dụ"),
        row(3, B="Nguyễn Thị An"),
        row(4, F="Giấy khen của Giám đốc Sở; Chiến sĩ thi đua cơ sở"),
    ]
    assert told(workbook([HEADER, *lines])) == {"RD-NHIEU-TEN": 2, "RD-NHIEU-DANH-HIEU": 1}


def test_names_of_collectives_with_commas_are_one_name() -> None:
    names = ["Phòng Tổ chức, Hành chính và Quản trị", "Trường THCS\nHòa Bình", "Ban Dân vận - Tuyên giáo"]
    lines = [
        row(n, B=name, E="Khen thưởng tập thể", F="Tập thể lao động tiên tiến")
        for n, name in enumerate(names, 1)
    ]
    assert told(workbook([HEADER, *lines])) == {}


def test_one_cause_in_a_column_is_one_message() -> None:
    reading = workbook([HEADER, *(row(n, H="tháng 2") for n in range(1, 9))])
    assert told(reading) == {"RD-NGAY": 1}
    assert "8 ô" in reading.rows("reading_findings")[0]["params"]


def test_lone_texts_over_which_the_numbers_go_on_are_headings() -> None:
    page = [["Trang 2"], [TITLE], HEADER]
    lines = [HEADER, ["1. Khoa Nội"], *rows(1, 2), *page, row(3), ["Khoa Ngoại"], row(1)]
    assert outcome(workbook(lines)) == ("KT-DS", 4, {})
    unnumbered = [HEADER, *rows(1, 2), ["", "Triệu Thị Dụ"], row(3)]
    assert told(workbook(unnumbered)) == {"RD-DONG-LA": 1}


def test_dashes_are_blanks_and_apostrophes_no_content() -> None:
    reading = workbook([HEADER, *(row(n, G="-", H="–", I="'2019") for n in (1, 2))])
    assert outcome(reading) == ("KT-DS", 2, {})
    first = reading.rows("award_rows")[0]
    assert (first["decision_no"], first["award_year"]) == (None, 2019)


def test_a_column_for_each_year_is_told() -> None:
    lines = [[*HEADER[:6], "2018", "Năm 2019"], *([*row(n)[:6], "", "x"] for n in (1, 2))]
    assert outcome(workbook(lines)) == ("KT-DS", 0, {"RD-CHUA-DOC": 1})


def test_fewer_columns_without_header_are_told() -> None:
    few = [[n, NAMES[n - 1], "Lao động tiên tiến", 2019] for n in (3, 4)]
    assert outcome(word(TITLE, [HEADER, *rows(1, 2)], few)) == ("KT-DS", 2, {"RD-CHUA-DOC": 1})
