"""What a list says of itself: how many it holds, how its rows are numbered, what its headings name."""

from __future__ import annotations

import pytest

from tests.forms.test_human_files import HEADER, SIGNED, TITLE, Rows, outcome, row, rows, told, word, workbook


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("Danh sách này có 03 người./.", True),
        ("(Danh sách gồm 02 cá nhân, 01 tập thể)", True),
        ("Danh sách này có 03 (ba) đồng chí, trong đó 01 nữ", True),
        ("Ấn định danh sách: 03 trường hợp", True),
        ("Danh sách này có 02 trang", True),
        ("Danh sách này có 05 (năm) người./.", False),
        ("Danh sách gồm 02 cá nhân, 02 tập thể.", False),
        ("DANH SÁCH NÀY CÓ 30 NGƯỜI, TRONG ĐÓ 03 NỮ", False),
    ],
)
def test_how_many_a_list_says_it_holds_is_compared(said: str, is_right: bool) -> None:
    expected = {} if is_right else {"RD-SO-DONG": 1}
    assert outcome(workbook([HEADER, *rows(1, 3), [None, said], *SIGNED])) == ("KT-DS", 3, expected)
    assert outcome(word(TITLE, [HEADER, *rows(1, 3)], said, "GIÁM ĐỐC")) == ("KT-DS", 3, expected)


def test_a_list_may_count_names_or_the_rows_of_one_table() -> None:
    twice = [HEADER, row(1), row(2), row(2, F="Giấy khen"), ["", "Danh sách này có 02 người"]]
    assert outcome(workbook(twice)) == ("KT-DS", 3, {})
    blocks = [
        TITLE,
        [HEADER, *rows(1, 3)],
        "Danh sách có 03 người",
        [HEADER, *rows(4, 5)],
        "Danh sách có 02 người",
    ]
    assert outcome(word(*blocks)) == ("KT-DS", 5, {})


def test_what_was_not_read_is_told_once() -> None:
    unread = [
        HEADER,
        *rows(1, 3),
        [4, None, None, None, "Vi Văn Giả đã nghỉ việc"],
        ["", "Danh sách có 04 người"],
    ]
    assert "RD-SO-DONG" not in told(workbook(unread))


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (rows(1, 3), None),
        ([*rows(1, 2), row(4), row(5)], "3"),
        ([row(1), row(4), row(9)], "2 - 3, 5 - 8"),
        ([row(1), row(2), ["II. Giấy khen"], row(1), row(2)], None),  # numbers begin anew
        ([row(1, A="1."), row(2, A="2."), row(4, A="4.")], "3"),
        ([row(1), row(2, A=10**12)], "2 - 999999999999"),
    ],
)
def test_numbers_left_out_are_told(lines: Rows, numbers: str | None) -> None:
    reading = workbook([HEADER, *lines])
    found = [f["params"] for f in reading.rows("reading_findings") if f["rule_id"] == "RD-DANH-SO"]
    assert len(found) == (numbers is not None)
    assert numbers is None or f'"thieu": "{numbers}"' in found[0]


@pytest.mark.parametrize(
    ("heading", "changed", "is_told"),
    [
        ("I. Lao động tiên tiến", {}, False),
        ("I. Chiến sĩ thi đua cơ sở", {}, True),
        ("I. Danh hiệu khác", {}, False),  # names no award
        ("Năm 2019", {}, False),
        ("Năm 2018", {}, True),
        ("Năm học 2018-2019", {}, False),
        ("Quyết định số 12/QĐ-SYT ngày 05/02/2019", {"G": "12 / QĐ-SYT"}, False),
        ("Quyết định số 13/QĐ-SYT", {}, True),
        ("1. Phòng Kế hoạch", {}, False),  # the office above the one in the row
    ],
)
def test_a_heading_that_contradicts_the_cells_below_is_told_once(
    heading: str, changed: dict[str, str], is_told: bool
) -> None:
    lines = [HEADER, [heading], row(1, **changed), row(2, **changed)]
    assert outcome(workbook(lines)) == ("KT-DS", 2, {"RD-MUC-KHAC": 1} if is_told else {})
