import pytest

from pipelines.forms.recognise.lines import lines_of
from pipelines.forms.records.signature import find_signatures, is_person_name, pieces_of
from pipelines.forms.registry import load_words
from pipelines.inbox.document import Grid, Paragraph

WORDS = load_words()


def signed(*texts: str, picture: bool = False) -> bool:
    paragraphs = [Paragraph(text, number) for number, text in enumerate(texts, start=1)]
    if picture:
        paragraphs.append(Paragraph("", len(texts) + 1, picture=True))
    found = find_signatures(pieces_of(lines_of(paragraphs)), WORDS.signature_labels, WORDS)
    return any(item.signed for item in found)


@pytest.mark.parametrize(
    "lines",
    [
        ("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)", "Nguyễn Văn An"),
        ("THỦ TRƯỞNG ĐƠN VỊ", "(Đã ký)"),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TS. Trần Thị Bình"),
    ],
)
def test_name_or_mark_below_the_label_signs(lines: tuple[str, ...]) -> None:
    assert signed(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)"),
        ("Nguyễn Văn An", "THỦ TRƯỞNG ĐƠN VỊ"),
        ("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ và tên, đóng dấu)"),
        ("GIÁM ĐỐC", "- Như trên;"),
    ],
)
def test_printed_hint_alone_is_no_signature(lines: tuple[str, ...]) -> None:
    assert not signed(*lines)


def test_picture_below_the_label_signs() -> None:
    assert signed("THỦ TRƯỞNG ĐƠN VỊ", picture=True)


def test_each_of_two_labels_side_by_side_has_its_own_signature() -> None:
    grid = Grid("B", [["THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN", "NGƯỜI BÁO CÁO"], ["(Ký, đóng dấu)", "Trần Văn B"]])
    found = find_signatures(pieces_of(lines_of([grid])), WORDS.signature_labels, WORDS)
    assert [(item.key, item.signed) for item in found] == [
        ("thủ trưởng đơn vị xác nhận", False),
        ("người báo cáo", True),
    ]


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Nguyễn Văn An", True),
        ("HOÀNG THỊ LAN", True),
        ("PGS.TS. Lê Hoà", True),
        ("Nơi nhận", False),
        ("An", False),
        ("gửi các đơn vị", False),
    ],
)
def test_person_names(text: str, is_name: bool) -> None:
    assert is_person_name(text, WORDS) is is_name
