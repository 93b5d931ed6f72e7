"""Written award names: what is dropped, what is not guessed (docs/contract.md#values)."""

from __future__ import annotations

import pytest

from pipelines.reference.reference import Reference


def _code(reference: Reference, text: str, *, city: bool = False) -> tuple[str | None, str | None]:
    key, rank = reference.award_names.key(text)
    found = {
        a.award_code for a in reference.award_aliases if a.alias_key == key and (city or not a.city_only)
    }
    assert len(found) <= 1
    return (found.pop() if found else None), rank


@pytest.mark.parametrize(
    ("text", "code", "rank"),
    [
        ("Tập thể lao động tiên tiến", "TTLDTT", None),
        ("Danh hiệu “Tập thể lao động tiên tiến”", "TTLDTT", None),
        ("TẶNG DANH HIỆU: «Chiến sỹ thi đua cơ sở»", "CSTD-CS", None),
        ("Huân chương Lao động hạng Nhì", "HC-LD", "Nhì"),
        ("Huân chương Lao động hạng III", "HC-LD", "Ba"),
        ("Tặng Bằng khen của Chủ tịch UBND tỉnh Lạng Sơn", "BK-CTUBND-TINH", None),
        ("Bằng khen của UBND tỉnh Bắc Kạn", "BK-CTUBND-TINH", None),
        ("Bằng khen của UBND Thành phố Hồ Chí Minh", "BK-CTUBND-TINH", None),
        ("Giấy khen của Hiệu trưởng trường bất kỳ", "GK", None),
        ("Giấy khen", "GK", None),
        ("Kỉ niệm chương", "KNC", None),
        ("Danh hiệu văn hóa", "DH-VANHOA", None),
        ("Bằng khen", None, None),
        ("Bằng khen của Hội Nông dân", None, None),
        ("Giấy khenn", None, None),
        ("", None, None),
    ],
)
def test_name(reference: Reference, text: str, code: str | None, rank: str | None) -> None:
    assert _code(reference, text) == (code, rank)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cờ thi đua của UBND Thành phố", "CTD-TINH"),
        ("Bằng khen của Chủ tịch UBND Thành phố", "BK-CTUBND-TINH"),
        ("Bằng khen của UBND Thành phố Hà Nội", "BK-CTUBND-TINH"),
        ("Chiến sĩ thi đua Thành phố", "CSTD-TINH"),
    ],
)
def test_city_reads_as_province_only_for_units_of_a_city(reference: Reference, text: str, code: str) -> None:
    assert _code(reference, text, city=True) == (code, None)
    assert _code(reference, text) == (None, None)


def test_every_known_name_finds_its_own_award(reference: Reference) -> None:
    for award in reference.awards.awards:
        if not award.is_group:
            for text in (award.official_name, *award.short_forms):
                assert _code(reference, text, city=True)[0] == award.code, text
