import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.legacy_fonts import TCVN3, VNI, encoding_of, is_legacy, to_unicode

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + [
    *"đbcdghklmnpqrstvx "
]
TO_TCVN3 = {letter: stored for stored, letter in TCVN3.items()}
TO_VNI = {letter: stored for stored, letter in VNI.items()}


@pytest.mark.parametrize(
    ("font", "stored", "text"),
    [
        (".VnTime", "NguyÔn V¨n TuÊn, chiÕn sÜ thi ®ua", "Nguyễn Văn Tuấn, chiến sĩ thi đua"),
        (".VnTimeH", "danh s¸ch khen th\u00adëng", "DANH SÁCH KHEN THƯỞNG"),
        (".VnArial", "§Æng ThÞ Hång", "Đặng Thị Hồng"),
        ("VNI-Times", "Nguyeãn Vaên Tuaán, chieán só thi ñua", "Nguyễn Văn Tuấn, chiến sĩ thi đua"),
        ("VNI-Helve", "ÑAËNG THÒ HOÀNG, Ñöôøng Kyø Hoøa", "ĐẶNG THỊ HỒNG, Đường Kỳ Hòa"),
        ("Times New Roman", "Nguyễn", "Nguyễn"),
        (".VnTime", "Nguyễn Văn Tuấn", "Nguyễn Văn Tuấn"),
        (None, "à", "à"),
    ],
)
def test_known_texts(font: str | None, stored: str, text: str) -> None:
    assert to_unicode(stored, font) == text


def test_fonts_are_told_by_name() -> None:
    assert [encoding_of(font) for font in (".VnTime", ".VnTimeH", "vni-times", "Arial", None, "")] == [
        "tcvn3", "tcvn3_capitals", "vni", None, None, None,
    ]  # fmt: skip
    assert is_legacy(".VnAvantH")


def test_tables_hold_every_vietnamese_letter_once() -> None:
    accented = {letter for letter in LOWER if not letter.isascii()}
    assert accented <= set(TCVN3.values())
    assert len(TCVN3) == len(set(TCVN3.values())) == 67 + 7
    assert accented | {letter.upper() for letter in accented} == set(VNI.values())


@settings(max_examples=60)
@given(st.text(st.sampled_from(LOWER), max_size=40))
def test_round_trip(text: str) -> None:
    tcvn3 = "".join(TO_TCVN3.get(letter, letter) for letter in text)
    assert to_unicode(tcvn3, ".VnTime") == text
    assert to_unicode(tcvn3, ".VnTimeH") == text.upper()
    vni = "".join(TO_VNI.get(letter, letter) for letter in text)
    assert to_unicode(vni, "VNI-Times") == text
    capitals = "".join(TO_VNI.get(letter, letter) for letter in text.upper())
    assert to_unicode(capitals, "VNI-Times") == text.upper()
