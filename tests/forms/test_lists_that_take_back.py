"""What people write beside, above and between rows that are not (yet) awards: told, or not counted."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tests.forms.test_human_files import HEADER, TITLE, outcome, read, row, rows, told, word, workbook

SHORT = [name for name in HEADER if name not in ("Số quyết định", "Ngày quyết định", "Năm")]
DECISION = "(Kèm theo Quyết định số 45/QĐ-UBND ngày 12/3/2018)"


def without_times(lines: list[list[Any]]) -> list[list[Any]]:
    return [line[: len(SHORT)] for line in lines]


@pytest.mark.parametrize(
    ("header", "values", "findings"),
    [
        ("Ghi chú", ["Không khen thưởng", ""], {"RD-RUT": 1}),
        ("Kết quả xét", ["Không", "Đạt"], {"RD-RUT": 1}),
        ("Ý kiến thẩm định", [], {}),
        ("Ghi chú", ["Thu hồi theo QĐ số 5/QĐ-UBND", ""], {"RD-RUT": 1}),
        ("Ghi chú", ["Nghỉ hưu từ 01/7/2020", "Khen lần 2"], {}),
        ("Đảng viên", ["Không", "Có"], {}),
        ("Chưa qua đào tạo", ["Chưa", "Rồi"], {}),
    ],
)
def test_remarks_are_told_from_answers(header: str, values: list[str], findings: dict[str, int]) -> None:
    lines = [
        [*line, *([values[number]] if number < len(values) else [])] for number, line in enumerate(rows(1, 3))
    ]
    assert outcome(workbook([[*HEADER, header], *lines])) == ("KT-DS", 3, findings)


@pytest.mark.parametrize(
    ("between", "read_on", "rule"),
    [
        ("", 4, None),
        ("DANH SÁCH KHEN THƯỞNG (tiếp theo)", 4, None),
        (DECISION, 4, None),
        ("(Kèm theo Quyết định số 77/QĐ-UBND ngày 20/11/2019)", 2, "RD-CHUA-DOC"),
        ("Năm học 2018 - 2019", 2, "RD-CHUA-DOC"),
        ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", 2, "RD-CHUA-DOC"),
        ("DANH SÁCH DỰ BỊ", 2, "RD-CHUA-DOC"),
    ],
)
def test_a_table_without_header_below_another_title_decision_or_year(
    between: str, read_on: int, rule: str | None
) -> None:
    tables = (without_times([HEADER, *rows(1, 2)]), between, without_times(rows(3, 4)))
    reading = word(TITLE, DECISION, *tables)
    assert {row["award_year"] for row in reading.rows("award_rows")} == {2018}
    assert outcome(reading) == ("KT-DS", read_on, {rule: 1} if rule else {})


def test_rows_that_say_their_year_go_on_below_another_decision() -> None:
    reading = word(TITLE, DECISION, [HEADER, *rows(1, 2)], "(Quyết định số 77/QĐ-UBND)", rows(3, 4))
    assert outcome(reading) == ("KT-DS", 4, {})


@pytest.mark.parametrize("heading", ["B. Danh sách đề xuất bổ sung", "II. Dự kiến khen đợt 2"])
def test_a_heading_amid_a_list_that_takes_back_what_is_below(heading: str) -> None:
    assert outcome(workbook([HEADER, *rows(1, 2), [heading], *rows(3, 4)])) == ("KT-DS", 4, {"RD-GHI-CHU": 1})


@pytest.mark.parametrize("name", ["Không duyệt", "Nháp", "Bản cũ 2", "Dự phòng"])
def test_the_name_of_a_sheet_that_nobody_means_to_send(name: str) -> None:
    def rename(book: Any, sheet: Any) -> None:
        sheet.title = name

    assert told(workbook([HEADER, *rows(1, 3)], rename)) == {"RD-TEN-TRANG": 1}


@pytest.mark.parametrize(
    "line", ["(Kèm theo Tờ trình số 12/TTr-UBND)", "(Đính kèm tờ trình của Phòng)", "DỰ THẢO", "LẤY Ý KIẾN"]
)
def test_a_list_sent_with_a_request_counts_nothing(line: str) -> None:
    reading = workbook([[line], HEADER, *rows(1, 3)], title="DANH SÁCH KHEN THƯỞNG NĂM 2019")
    assert outcome(reading) == ("KT-DS", 0, {"RD-CHUA-DOC": 1})


def test_a_decision_on_the_request_of_an_office_is_an_award() -> None:
    line = "(Kèm theo Quyết định số 5/QĐ-UBND ngày 02/3/2019, theo Tờ trình số 12/TTr-NV)"
    assert outcome(workbook([[line], HEADER, *rows(1, 3)])) == ("KT-DS", 3, {})


@pytest.mark.parametrize(
    "headings", [("I. TẬP THỂ", "II. CÁ NHÂN"), ("Tập thể:", "Khen thưởng cá nhân (02)")]
)
def test_kinds_that_stand_in_headings_alone(headings: tuple[str, str]) -> None:
    at = HEADER.index("Phân loại khen thưởng")
    header, *lines = [[*line[:at], *line[at + 1 :]] for line in (HEADER, *rows(1, 4))]
    reading = workbook([header, [headings[0]], *lines[:2], [headings[1]], *lines[2:]])
    assert [row["recipient_kind"] for row in reading.rows("award_rows")] == 2 * ["tap_the"] + 2 * ["ca_nhan"]
    assert told(reading) == {}
    # without them the column is missing
    assert not workbook([header, *lines]).recognised


def test_numbers_before_names_beside_an_empty_column_of_numbers() -> None:
    lines = [row(number, A="", B=f"{number}. Lý Văn Thử {number}") for number in range(1, 4)]
    reading = workbook([HEADER, *lines])
    assert [row["recipient_name"] for row in reading.rows("award_rows")] == [
        f"Lý Văn Thử {n}" for n in (1, 2, 3)
    ]


def test_a_file_of_pictures_says_so() -> None:
    from benchmarks.losses.unseen import picture

    book = openpyxl.Workbook()
    book.active["A1"] = TITLE
    image = openpyxl.drawing.image.Image(io.BytesIO(picture(600, 400)))
    book.active.add_image(image, "A3")
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue(), "anh.xlsx").only_pictures == 1
    assert word(TITLE, "Không có bảng").only_pictures == 0


def test_each_part_of_a_unit_as_rows_of_a_headcount_is_told_once() -> None:
    header = ["Đơn vị", "Năm", "Tổng số tập thể", "Tổng số cá nhân", "Lao động trực tiếp", "Lãnh đạo"]
    lines = [[part, year, 5, 90, 80, 5] for part in ("Phòng A", "Phòng B") for year in range(2016, 2021)]
    reading = workbook([header, *lines], title="SỐ LƯỢNG TẬP THỂ, CÁ NHÂN")
    assert told(reading) == {"RD-QS-TRUNG": 1}
    assert reading.rows("reading_findings")[0]["source_cell"] == "B9 - B13"
