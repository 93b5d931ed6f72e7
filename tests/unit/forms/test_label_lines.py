"""Label–value lines: what is a label, what is a heading, and where each value ends."""

from __future__ import annotations

import pytest

from pipelines.forms.recognise.lines import lines_of
from pipelines.forms.records.label_lines import LabelField, LabelIndex, read_labels
from pipelines.inbox.document import Grid, Paragraph

INDEX = LabelIndex(
    [
        LabelField.from_data(item)
        for item in (
            {"id": "ten", "type": "text", "labels": ["Họ và tên"]},
            {"id": "chuc_vu", "type": "text", "labels": ["Chức vụ"]},
            {
                "id": "viec",
                "type": "long_text",
                "labels": ["Thực hiện các nhiệm vụ khác"],
                "printed": "phẩm chất",
            },
            {"id": "khen", "type": "awards", "labels": ["Khen thưởng"]},
        )
    ],
    headings=["Công tác khen thưởng", "Thành tích phải bám sát tiêu chuẩn"],
    notes=["Lưu ý ghi ngắn gọn"],
)


def read(*texts: str) -> tuple[list[tuple[str, str]], list[str]]:
    lines = lines_of([Paragraph(text, number) for number, text in enumerate(texts, start=1)])
    found, strays = read_labels(lines, INDEX)
    return [(item.field.id, item.text) for item in found], [line.text for line in strays]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["- Họ và tên: Lò Mẫu Chức vụ: Kế toán"], [("ten", "Lò Mẫu"), ("chuc_vu", "Kế toán")]),
        (["Họ và tên (in hoa): LÒ MẪU"], [("ten", "LÒ MẪU")]),
        (["1. Họ và tên", "Lò Mẫu"], [("ten", "Lò Mẫu")]),
        (["Họ và tên: Lò Mẫu; Chức vụ: Kế toán."], [("ten", "Lò Mẫu"), ("chuc_vu", "Kế toán")]),
        (["Thực hiện các nhiệm vụ khác (phẩm chất): tốt"], [("viec", "tốt")]),
        (["Thực hiện các nhiệm vụ khác:", "về khen thưởng: đủ"], [("viec", "về khen thưởng: đủ")]),
        (
            ["Thực hiện các nhiệm vụ khác", "Công tác khen thưởng được quan tâm"],
            [("viec", "Công tác khen thưởng được quan tâm")],
        ),
        (["Thực hiện các nhiệm vụ khác", "một", "Lưu ý: ghi ngắn gọn", "hai"], [("viec", "một\nhai")]),
        (["Thực hiện các nhiệm vụ khác: một", "IV. Công tác khen thưởng", "hai"], [("viec", "một")]),
    ],
)
def test_values_of_labels(texts: list[str], found: list[tuple[str, str]]) -> None:
    assert read(*texts)[0] == found


def test_a_line_of_no_field_is_a_stray() -> None:
    assert read("IV. Công tác khen thưởng", "hai")[1] == ["hai"]
    assert read("Thành tích phải bám sát tiêu chuẩn như sau: một")[1] == [
        "Thành tích phải bám sát tiêu chuẩn như sau: một"
    ]
    assert read("……………", "Họ và tên:")[1] == []


def test_values_stand_under_their_labels_in_a_table() -> None:
    grid = Grid("Bảng 1", [["Họ và tên", "Chức vụ"], ["Lò Mẫu", "Kế toán"]], has_addresses=False)
    found, strays = read_labels(lines_of([grid]), INDEX)
    assert [(item.field.id, item.text, item.places) for item in found] == [
        ("ten", "Lò Mẫu", [("Bảng 1", "dòng 2, cột 1")]),
        ("chuc_vu", "Kế toán", [("Bảng 1", "dòng 2, cột 2")]),
    ]
    assert strays == []
