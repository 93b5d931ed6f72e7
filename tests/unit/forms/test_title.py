from datetime import date

import pytest

from pipelines.forms.recognise.title import make_title, single_year
from pipelines.forms.registry import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("BÁO CÁO NĂM 2022", 2022),
        ("giai đoạn 2016 - 2020", None),
        ("năm 2022 của giai đoạn 2021-2025", 2022),
        ("năm 2021 và năm 2022", None),
        ("không có năm", None),
    ],
)
def test_single_year_of_a_title(text: str, year: int | None) -> None:
    assert single_year(text) == year


def test_title_names_the_decision_it_comes_with() -> None:
    title = make_title(
        ["SỞ Y TẾ", "DANH SÁCH KHEN THƯỞNG", "(Kèm theo Quyết định số 12/QĐ-SYT ngày 05/02/2019)"], WORDS
    )
    assert title.text == "DANH SÁCH KHEN THƯỞNG"
    assert (title.decision_no, title.decision_date) == ("12/QĐ-SYT", date(2019, 2, 5))


def test_known_misreading_of_a_title_is_set_right_in_its_key_only() -> None:
    title = make_title(["BÁO CÁO THÀNH TÍCH ĐIỆN HÌNH TIÊN TIẾN"], WORDS)
    assert "ĐIỆN HÌNH" in title.text
    assert title.key.endswith("điển hình tiên tiến")
    assert title.repaired


def test_title_of_a_document_ends_where_its_body_begins() -> None:
    lines = ["KẾ HOẠCH", "Thực hiện phong trào thi đua năm 2021", "I. Mục đích", "Tổng kết năm 2019"]
    title = make_title(lines, WORDS, earliest=True)
    assert (title.text, title.year, title.end) == ("KẾ HOẠCH Thực hiện phong trào thi đua năm 2021", 2021, 2)
