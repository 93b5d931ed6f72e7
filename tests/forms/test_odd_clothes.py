"""Lists as clerks really make them: marks in brackets, carried totals, remarks after a comma, lost fonts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openpyxl.styles import Font

from pipelines.forms.reading import Reading
from pipelines.text.lost_fonts import LOST
from tests.forms.test_human_files import HEADER, TITLE, outcome, read, row, rows, word, workbook

VNI = ["Nguyeãn Vaên Thöû", "Traàn Thò Maãu", "Leâ Höõu Duï"]
TCVN3 = ["NguyÔn V¨n Thö", "TrÇn ThÞ MÉu", "Lª H÷u Dô"]


def column(reading: Reading, name: str) -> list[Any]:
    return [found[name] for found in reading.rows("award_rows")]


def test_marks_in_brackets_repeat_the_value_above() -> None:
    below = [row(2, D="(nt)", G="( như trên )", I="[nt]"), row(3, D="như hàng trên", F="(như dòng trên)")]
    reading = workbook([HEADER, row(1), *below])
    assert outcome(reading) == ("KT-DS", 3, {})
    for name in ("workplace", "decision_no", "award_year", "award_raw"):
        assert len({*column(reading, name)}) == 1


def test_totals_carried_over_a_page_are_no_rows() -> None:
    carried = [["", "Cộng trang 1", "", "", "", "2"], HEADER, ["", "Trang trước mang sang", "", "", "", "2"]]
    assert outcome(workbook([HEADER, *rows(1, 2), *carried, *rows(3, 4)])) == ("KT-DS", 4, {})


def _two_columns(lines: list[list[Any]]) -> list[list[Any]]:
    """With the family name and the given name in columns of their own."""
    return [[line[0], *str(line[1]).rsplit(" ", 1), *line[2:]] for line in lines]


SPLIT = ["", "Họ và chữ đệm", "Tên", *HEADER[2:]]


@pytest.mark.parametrize(
    ("header", "again"),
    [
        (SPLIT, SPLIT),
        (SPLIT, [one.upper() for one in SPLIT]),
        (SPLIT, [f" {one} " for one in SPLIT]),
        (HEADER, ["", *(one.replace(" ", "\n") for one in HEADER[1:])]),
        (HEADER, [one.upper() for one in HEADER]),
    ],
)
def test_a_header_that_stands_there_again_is_no_row(header: list[str], again: list[str]) -> None:
    lines = rows(1, 4) if header is HEADER else _two_columns(rows(1, 4))
    for reading in (
        workbook([header, *lines[:2], again, *lines[2:]]),
        word(TITLE, [header, *lines[:2], again, *lines[2:]]),
    ):
        assert outcome(reading) == ("KT-DS", 4, {})


@pytest.mark.parametrize(
    "remark", ["đã nghỉ việc, không xét", "chuyển trường; xin rút", "nghỉ hưu. Không đạt"]
)
def test_remarks_that_take_a_row_out_after_saying_why(remark: str) -> None:
    beside = workbook([HEADER, row(1, B=f"Lý Văn Thử ({remark})"), row(2)])
    assert outcome(beside) == ("KT-DS", 2, {"RD-RUT": 1})
    assert column(beside, "withdrawn") == [remark, None]
    noted = workbook([[*HEADER, "Ghi chú"], [*row(1), remark], [*row(2), "85 điểm, xếp thứ 2"]])
    assert column(noted, "withdrawn") == [remark, None]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("01", {"RD-TEN-SO": 1}),
        (7, {"RD-TEN-SO": 1}),
        ("(2)", {"RD-TEN-SO": 1}),
        ("12/3/2019", {"RD-TEN-SO": 1}),
        ("x", {"RD-TEN-SO": 1}),
        ("Lý A", {}),
        ("Đội 3", {}),
        ("A Phử", {}),
    ],
)
def test_names_without_letters_are_told_once(name: object, found: dict[str, int]) -> None:
    lines = [row(number, B=name) if number < 3 else row(number) for number in range(1, 5)]
    assert outcome(workbook([HEADER, *lines])) == ("KT-DS", 4, found)


def test_several_names_as_items_of_one_cell() -> None:
    reading = workbook([HEADER, row(1), row(2, B="1. Lý Văn Thử\n2. Nông Thị Mẫu\n3. Vi Văn Dụ")])
    assert outcome(reading) == ("KT-DS", 2, {"RD-NHIEU-TEN": 1})


@pytest.mark.parametrize("names", [VNI, TCVN3], ids=["vni", "tcvn3"])
def test_names_of_an_old_encoding_without_their_font_are_told_once(names: list[str]) -> None:
    lines = [row(number, B=name) for number, name in enumerate(names, 1)]
    csv = "\n".join(",".join(map(str, line)) for line in [[TITLE], HEADER, *lines])
    for reading in (workbook([HEADER, *lines]), word(TITLE, [HEADER, *lines]), read(csv.encode(), "a.csv")):
        assert outcome(reading) == ("KT-DS", 3, {"RD-BANG-MA": 1})
        assert column(reading, "recipient_name") == names
        told = json.loads(reading.rows("reading_findings")[0]["params"])
        assert told == {"gia_tri": names[0], "so": "3"}


def test_names_of_an_old_encoding_with_their_font_are_read() -> None:
    def old_font(book: Any, sheet: Any) -> None:
        for number in range(4, 7):
            sheet.cell(number, 2).font = Font(name="VNI-Times")

    reading = workbook([HEADER, *(row(number, B=name) for number, name in enumerate(VNI, 1))], old_font)
    assert outcome(reading) == ("KT-DS", 3, {})
    assert column(reading, "recipient_name") == ["Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Hữu Dụ"]


@pytest.mark.parametrize(
    "text",
    [
        "Jürgen Müller",
        "José Nuñez",
        "Y Ñiê",
        "Lò Văn Mé",
        "Bà Hoà",
        "½ ngày",
        "100 m²",
        "25°C",
        "254/QÐ-GÐ",
        "GÐ nhiều liệt sĩ",
        "b\xad",
        "Ho\xadà",
        "«Khen»",
        "© Sở",
    ],
)
def test_names_of_others_and_signs_are_of_no_old_encoding(text: str) -> None:
    assert not LOST[text]
