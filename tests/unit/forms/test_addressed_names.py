"""Names apart from how their person is addressed: in columns of names, and in a record's own line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext
from pipelines.forms.tables.names import plain_name
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.raw_rows import known_forms


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("Ông Lý Văn Thử", "Ông", "Lý Văn Thử"),
        ("Đ/c Lý Văn Thử", "Đ/c", "Lý Văn Thử"),
        ("PGS.TS. Lý Văn Thử", "PGS.TS.", "Lý Văn Thử"),
        ("Bà ThS. Nông Thị Mẫu", "Bà ThS.", "Nông Thị Mẫu"),
        ("BS.CKII Nông Thị Mẫu", "BS.CKII", "Nông Thị Mẫu"),
        ("Phó Giáo sư, Tiến sĩ Lý Văn Thử", "Phó Giáo sư, Tiến sĩ", "Lý Văn Thử"),
        ("Thượng uý Lý Văn Thử", "Thượng uý", "Lý Văn Thử"),
        ("Ông Thị Kiều", None, "Ông Thị Kiều"),
        ("Lý Văn Thử", None, "Lý Văn Thử"),
        ("Phòng Tổ chức", None, "Phòng Tổ chức"),
        ("Bà Rịa", None, "Bà Rịa"),
        ("TS", None, "TS"),
    ],
)
def test_a_name_alone(written: str, title: str | None, name: str) -> None:
    assert plain_name(written, known_forms().words) == (title, name)


def test_a_record_names_its_person_alone() -> None:
    document = Document()
    for line in (
        "BÁO CÁO THÀNH TÍCH",
        "ĐỀ NGHỊ TẶNG BẰNG KHEN",
        "I. SƠ LƯỢC LÝ LỊCH",
        "Họ và tên: Bà ThS. Nông Thị Mẫu",
        "Đơn vị công tác: Sở Y tế",
    ):
        document.add_paragraph(line)
    data = BytesIO()
    document.save(data)
    context = SubmissionContext("S", "bao-cao.docx", "LS-1620", "LS-SO-Y-TE", date(2020, 6, 1))
    reading = read_submission(
        read_document("bao-cao.docx", data.getvalue()), context, known_forms(), reference()
    )
    assert reading.tables["records"]["recipient_name"] == ["Nông Thị Mẫu"]
