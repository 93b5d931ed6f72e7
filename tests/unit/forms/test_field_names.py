"""Which field of its programme a cell names: by its code, its official name, or a reviewed short one."""

from __future__ import annotations

import pytest

from pipelines.forms.values.field_names import field_key
from pipelines.forms.values.reference_values import reference_values
from tests.raw_rows import reference

FIELDS = reference_values(reference()).fields


@pytest.mark.parametrize(
    ("text", "field"),
    [
        # a letter is a code alone or apart from what follows, never the first word of a name
        ("Y tế, chăm sóc sức khỏe Nhân dân", "HCM-e"),
        ("Y tế", "HCM-e"),
        ("Y", None),
        ("lĩnh vực Y", None),
        ("i", "HCM-i"),
        ("I)", "HCM-i"),
        ("e) Y tế", "HCM-e"),
        ("Lĩnh vực e", "HCM-e"),
        ("Đ - Giáo dục và đào tạo", "HCM-đ"),
        ("Ð", "HCM-đ"),
        ("d", "HCM-d"),
        ("A dua", None),
        ("e) Giáo dục", None),  # the letter says one field, the name another
        ("Điển hình tiên tiến trong lĩnh vực y tế", "HCM-e"),
        ("Y tế: phòng, chống dịch", "HCM-e"),
        ("Cải cách hành chính", "HCM-l"),
        ("Chuyển đổi số", "HCM-m"),
        ("Lĩnh vực khác: bảo tồn di sản", "HCM-OTHER"),
        ("Bảo tồn di sản", None),
    ],
)
def test_city(text: str, field: str | None) -> None:
    assert FIELDS["HCM-2125"].find(text) == field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Giáo dục - đào tạo", "CB-3.1.6"),
        ("giáo dục và đào tạo", "CB-3.1.6"),
        ("3.1.10", "CB-3.1.10"),
        ("3.1.6. Giáo dục", "CB-3.1.6"),
        ("3.1.6 Y tế", None),
        ("Xoá đói, giảm nghèo", "CB-3.1.3"),
        ("Sản xuất - kinh doanh", "CB-3.1.4"),
        ("Phong trào thi đua xây dựng nông thôn mới", "CB-3.1.2"),
        ("Quốc phòng - An ninh", "CB-3.1.8"),
        ("Hội, đoàn thể", "CB-3.1.9"),
        ("Khối cơ quan, đơn vị", "CB-3.1.10"),
        ("Văn nghệ", None),
    ],
)
def test_cao_bang(text: str, field: str | None) -> None:
    assert FIELDS["CB-2125"].find(text) == field


def test_no_name_is_that_of_two_fields() -> None:
    words = reference().field_words
    seen: dict[tuple[str, str], str] = {}
    for field in reference().fields.values():
        for name in (field.official_name, *field.names):
            key = (field.programme, field_key(name, words.leading, words.skipped))
            assert seen.setdefault(key, field.id) == field.id, name
