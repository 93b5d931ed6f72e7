"""A title that seems to propose but misspells it is asked about; a title that merely resembles is not."""

import pytest

from pipelines.forms.registry import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    "title",
    ["DANH SÁCH ĐỀN GHỊ KHEN THƯỞNG", "DANH SÁCH ĐỀ GNHỊ KHEN THƯỞNG", "DANH SÁCH ĐỀ NGHỈ KHEN THƯỞNG",
     "DANH SÁCH ĐÊ NGHI KHEN THƯỞNG", "Danh sách đề ngị khen thưởng"],
)  # fmt: skip
def test_a_misspelt_proposal_is_asked_about(title: str) -> None:
    assert WORDS.nearly(WORDS.list_key(title)) == "đề nghị"


@pytest.mark.parametrize(
    "title",
    ["DANH SÁCH KHEN THƯỞNG NĂM 2019", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", "KHEN THƯỞNG theo đề nghị của Sở",
     "DANH SÁCH KHEN THƯỞNG kèm theo Nghị quyết số 1", "KHEN THƯỞNG NGÀY THÀNH LẬP ĐẢNG, KỶ NIỆM 90 NĂM"],
)  # fmt: skip
def test_other_titles_are_not(title: str) -> None:
    assert WORDS.nearly(WORDS.list_key(title)) is None
