"""A letter (công văn) has no title: its subject stands under its number (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.recognise.by_lines import match_documents
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.registry import load_catalogue

CATALOGUE = load_catalogue(PROJECT / "data" / "reference")
HEAD = ("CÔNG ĐOÀN CÔNG TY MẪU", "Số: 12/CV-CĐ")
BODY = ("Kính gửi: Công đoàn Tổng công ty Mẫu", "Đề nghị xem xét theo danh sách kèm theo.")


def _form(*lines: str) -> str | None:
    read = [TextLine(text, number, number) for number, text in enumerate(lines, 1)]
    found = match_documents(read, list(CATALOGUE.forms.values()), CATALOGUE)
    return found[0].form.id if found else None


@pytest.mark.parametrize(
    "subject",
    ["V/v đề nghị khen thưởng năm 2026", "Về việc đề nghị xét tặng danh hiệu «Người thợ giỏi»",
     "V/v: đề nghị tôn vinh điển hình tiên tiến", "V/v đề nghị tặng Bằng khen"],
)  # fmt: skip
def test_a_letter_that_asks_for_awards(subject: str) -> None:
    assert _form(*HEAD, subject, *BODY) == "DOC-TOTRINH"
    assert _form(HEAD[0], "CÔNG VĂN", subject, *BODY) == "DOC-TOTRINH"
    # with its list in the same file
    assert _form(*HEAD, subject, *BODY, "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG") == "DOC-TOTRINH"


@pytest.mark.parametrize(
    "lines",
    [
        (*HEAD, "V/v đề nghị bổ sung hồ sơ khen thưởng", *BODY),
        (*HEAD, "V/v gửi báo cáo thành tích đề nghị khen thưởng", *BODY),
        (*HEAD, "V/v tổ chức hội nghị đề nghị khen thưởng", *BODY),
        (*HEAD, "THÔNG BÁO", "Về việc đề nghị khen thưởng", *BODY),
        (*HEAD, "GIẤY MỜI", "V/v họp xét đề nghị tặng Bằng khen", *BODY),
    ],
)
def test_other_letters_are_not(lines: tuple[str, ...]) -> None:
    assert _form(*lines) is None


@pytest.mark.parametrize("whose", ["", " CÁ NHÂN", " TẬP THỂ"])
def test_achievements_under_another_title(whose: str) -> None:
    assert _form(HEAD[0], f"BẢN THÀNH TÍCH{whose}", "Họ và tên: Nguyễn Văn An") == "ND91-TT"
