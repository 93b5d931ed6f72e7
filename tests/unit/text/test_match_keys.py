import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.keys import clean, match_key, search_key

LETTERS = "aăâeêioôơuưyđbcghklmnpqrstvx ÀẢÃÁẠằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "Hòa Bình"),
        ("Thuý", "thúy"),
        ("UỶ BAN", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("Chiến sĩ", "chiến sỹ"),
        ("Kỉ niệm chương", "Kỷ niệm chương"),
        ("quý", "Quí"),
        ("Ðặng", "Đặng"),
        ("Tên\u00a0tập  thể\n", "tên tập thể\u200b"),
        ("giai đoạn 2016–2020", "giai đoạn 2016-2020"),
        ("“Gia đình văn hóa”", '"gia đình văn hoá"'),
        (unicodedata.normalize("NFD", "Nguyễn Thị Tuyết"), "Nguyễn Thị Tuyết"),
        ("he\u0323\u0302", "hệ"),
        ("e\u0301\u0302", "ế"),
    ],
)
def test_one_key_for_writings_of_one_label(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tuý", "túi"), ("thúy", "thúi"), ("hay", "hai"), ("tay", "tai"), ("Hòa", "Hoa"),
        ("Đa", "Da"), ("Nguyễn Văn A", "Nguyễn Văn Á"), ("hoàn", "hoán"),
    ],
)  # fmt: skip
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize("word", ["hoàng", "già", "quỳnh", "nguyễn", "khuya", "xoáy", "toàn", "giúp"])
def test_words_with_one_writing_stay(word: str) -> None:
    assert match_key(word) == word


@settings(max_examples=60)
@given(st.text(st.sampled_from(LETTERS) | st.characters(codec="utf-8"), max_size=60))
def test_keys_are_stable_under_form_case_and_repetition(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(unicodedata.normalize("NFD", text)) == key
    assert match_key(f"  {text}\u00a0") == key
    assert clean(clean(text)) == clean(text)


@settings(max_examples=40)
@given(st.text(st.sampled_from(LETTERS), max_size=40))
def test_capital_letters_make_no_other_key(text: str) -> None:
    assert match_key(text.upper()) == match_key(text)


def test_clean_changes_nothing_but_form_and_blanks() -> None:
    assert clean("  Trần  Văn\tQuý\u00a0HOÀ ") == "Trần Văn Quý HOÀ"


def test_long_hostile_texts_are_not_remembered() -> None:
    from pipelines.text import keys

    before = len(keys._MATCH_KEYS)
    match_key("x" * 100_000)
    assert len(keys._MATCH_KEYS) == before


def test_search_key_drops_diacritics() -> None:
    assert search_key("Đặng Thị Quỳnh – Ủy ban") == "dang thi quynh - uy ban"
