"""Where a value stands, in words."""

import pytest

from pipelines.forms.places import Place, paragraph_address, paragraphs_told, told
from pipelines.inbox.document import Paragraph


@pytest.mark.parametrize(
    ("places", "sheet", "words"),
    [
        ([], None, None),
        ([("Báo cáo", "B3")], "Báo cáo", "B3"),
        ([("Báo cáo", "B3"), ("Báo cáo", "B3"), ("Báo cáo", "C4")], "Báo cáo", "B3; C4"),
        ([("Bảng 2", "dòng 1, cột 1")], None, "Bảng 2, dòng 1, cột 1"),
        ([(None, "đoạn 12"), (None, "đoạn 13"), (None, "đoạn 14")], None, "đoạn 12 - 14"),
        ([(None, "đoạn 12"), (None, "đoạn 14")], None, "đoạn 12; đoạn 14"),
        (
            [(None, "trang 1, dòng 30"), (None, "trang 2, dòng 31")],
            None,
            "trang 1, dòng 30; trang 2, dòng 31",
        ),
        (
            [(None, "đoạn 3"), ("Bảng 1", "dòng 1, cột 1"), (None, "đoạn 4")],
            None,
            "đoạn 3; Bảng 1, dòng 1, cột 1; đoạn 4",
        ),
    ],
)
def test_places_are_told_in_words(places: list[Place], sheet: str | None, words: str | None) -> None:
    assert told(places, sheet) == words


def test_each_paragraph_of_a_range() -> None:
    assert paragraphs_told("trang 2, dòng 8 - 10") == [f"trang 2, dòng {n}" for n in (8, 9, 10)]
    assert paragraphs_told("đoạn 5") == ["đoạn 5"]
    assert paragraphs_told("B3") == ["B3"]


def test_a_paragraph_of_each_kind_of_file() -> None:
    assert paragraph_address(Paragraph("x", 12)) == "đoạn 12"
    assert paragraph_address(Paragraph("x", 5, within="trang 2")) == "trang 2, dòng 5"
