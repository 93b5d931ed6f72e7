"""What makes a paper blank: placeholders, dots and hints are no content."""

from datetime import date

import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.records.label_lines import is_placeholder
from pipelines.forms.values.reference_values import reference_values
from pipelines.inbox.document import Document, Paragraph
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

CATALOGUE = known_forms()
VALUES = reference_values(load_reference(PROJECT / "data" / "reference"))


def read(*lines: str) -> Reading:
    blocks = [Paragraph(text, number) for number, text in enumerate(lines, 1)]
    context = SubmissionContext("x", "a.docx", "LS-1620", "LS", date(2020, 6, 1))
    return read_submission(Document("word", [*blocks]), context, CATALOGUE, VALUES)


def is_blank(*lines: str) -> bool:
    reading = read(*lines)
    assert reading.recognised
    told = [row["rule_id"] for row in reading.rows("reading_findings")]
    assert ("RD-CHUA-DIEN" in told) != bool(reading.rows("parts"))
    return "RD-CHUA-DIEN" in told


@pytest.mark.parametrize(
    "lines",
    [
        ["………, ngày … tháng … năm …", "Kính gửi: ………………", "……………………………"],
        ["Kính gửi: UBND tỉnh", "[Nêu lý do đề nghị]", "Nơi nhận:", "- Như trên;"],
        ["1. Lý do: ____________", "2. Danh sách kèm theo: ……"],
        ["<Nội dung>", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)", "Lý Văn Thử"],
    ],
)
def test_blank(lines: list[str]) -> None:
    assert is_blank("TỜ TRÌNH", "Về việc đề nghị tặng Bằng khen", *lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["Sở Ví dụ trình danh sách 05 cá nhân."],
        ["Kính gửi: UBND tỉnh", "Đơn vị đã họp xét và kính trình."],
        ["1. Lý do: đơn vị tròn 20 năm thành lập"],
        ["Số: 7/TTr-PNV", "Kính gửi: UBND tỉnh", "TRƯỞNG PHÒNG", "(Ký, đóng dấu)"],
        [],
    ],
)
def test_filled_in(lines: list[str]) -> None:
    reading = read("TỜ TRÌNH", "Về việc đề nghị tặng Bằng khen", *lines)
    assert len(reading.rows("parts")) == 1


def test_dots_behind_a_label_are_no_value() -> None:
    reading = read(
        "BÁO CÁO THÀNH TÍCH", "ĐỀ NGHỊ UBND TỈNH TẶNG BẰNG KHEN", "- Họ và tên: Lý Văn Thử", "- Chức vụ: ………"
    )
    fields = {row["field"] for row in reading.rows("fields")}
    assert "ho_ten" in fields
    assert "chuc_vu" not in fields


def test_placeholders() -> None:
    assert all(map(is_placeholder, ["……", ".....", "__/__/____", "[Tên đơn vị]", "XX/XX/XXXX", "(  )", "-"]))
    assert not any(map(is_placeholder, ["A", "(không)", "12", "[x] đã họp"]))
