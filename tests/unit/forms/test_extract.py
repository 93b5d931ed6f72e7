from datetime import date

import pytest

from pipelines.forms.extract import award_mentions, figures, rating_mentions, years_in
from pipelines.forms.registry import load_words
from tests.forms.golden import reference

WORDS = load_words()


def test_award_has_the_decision_of_its_own_line() -> None:
    text = "Chiến sĩ thi đua cơ sở năm 2020\nGiấy khen của Giám đốc (Quyết định số 7/QĐ-SYT ngày 03/01/2021)"
    first, second = award_mentions(text, reference())
    assert (first.award_code, first.decision_no, first.year) == ("CSTD-CS", None, 2020)
    assert (second.award_code, second.decision_no, second.decision_date) == (
        "GK",
        "7/QĐ-SYT",
        date(2021, 1, 3),
    )


def test_line_with_a_decision_but_no_known_award_is_kept() -> None:
    (mention,) = award_mentions("Kỷ vật quý (Quyết định số 9/QĐ-X ngày 01/02/2019)", reference())
    assert (mention.award_code, mention.decision_no, mention.year) == (None, "9/QĐ-X", 2019)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2020, 2021 hoàn thành xuất sắc nhiệm vụ.", [("HTXSNV", 2020), ("HTXSNV", 2021)]),
        ("Năm 2020 HTTNV, năm 2021 HTXSNV", [("HTTNV", 2020), ("HTXSNV", 2021)]),
        ("Hoàn thành tốt nhiệm vụ các năm 2018 - 2019", [("HTTNV", 2018), ("HTTNV", 2019)]),
        ("Luôn phấn đấu xuất sắc trong năm 2020", []),
        ("Hoàn thành xuất sắc nhiệm vụ", []),
    ],
)
def test_ratings_with_their_years(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(item.code, item.year) for item in rating_mentions(text, reference())] == expected


def test_figures_leave_out_years_dates_and_document_numbers() -> None:
    text = "Năm 2020 đạt 102,5% kế hoạch, thu 1.250 triệu đồng theo Quyết định số 15/QĐ ngày 02/3/2020."
    assert [item.number for item in figures(text, WORDS)] == [102.5, 1250.0]


def test_span_of_years_names_each() -> None:
    assert years_in("từ 2018 đến năm 2020") == [2018, 2019, 2020]
