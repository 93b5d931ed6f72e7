"""Letters, mails, workbook: what an official reads."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pipelines.common.paths import Home
from pipelines.reports.deadlines import Deadline
from pipelines.reports.letters.content import letter_content
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.letters.letters import write_letter
from pipelines.reports.mail.reminders import Reminders
from pipelines.reports.privacy import without_personal_data
from pipelines.sentences.words import count
from tests.unit.reports import small


def test_the_letter_reads_as_an_official_would_write_it(tmp_path: Path) -> None:
    published = small.write_published(tmp_path / "p.duckdb")
    head = load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn", ("tdkt@so-noi-vu.example",))
    content = letter_content(published, small.LS, small.TRANG_DINH, head, 1)
    assert content is not None
    assert content.lead == (
        "Căn cứ Hướng dẫn số …… ngày …/…/…… của Sở Nội vụ tỉnh Lạng Sơn về tổ chức hội nghị và công tác "
        "khen thưởng tại Hội nghị biểu dương điển hình tiên tiến các cấp tiến tới Đại hội Thi đua yêu nước "
        "tỉnh Lạng Sơn lần thứ V, năm 2020, qua kiểm tra hồ sơ nhận ngày 04/06/2020, "
        "02 trong 05 trường hợp và hồ sơ chung còn thiếu nội dung. "
        "Đề nghị quý đơn vị bổ sung theo danh sách dưới đây và gửi lại trước ngày 10/06/2020 "
        "(chậm nhất hết ngày 09/06/2020)."
    )
    assert content.subject == "V/v đề nghị bổ sung hồ sơ khen thưởng điển hình tiên tiến"
    assert [(s.name, [item.sentence for item in s.items]) for s in content.subjects] == [
        (
            "Nguyễn Văn A (cá nhân)",
            [
                "ghi một nhóm: Nông dân; Công nhân; Học sinh; Khác (mẫu 03, ô D9)",
                "thiếu xếp loại năm 2017, 2018; ghi kết quả xếp loại của từng năm (mẫu 03, ô F9)",
            ],
        ),
        ("Tập thể B", ["ghi tóm tắt thành tích (mẫu 03, ô E11)"]),
        ("Hồ sơ chung", ["bổ sung biên bản họp xét của Hội đồng"]),
    ]
    assert content.notes[0] == (
        "Văn bản, tệp gửi về Ban Thi đua - Khen thưởng, Sở Nội vụ tỉnh Lạng Sơn; "
        "thư điện tử: tdkt@so-noi-vu.example."
    )
    assert content.closing == (
        "Trường hợp không nêu ở trên đã đủ thành phần hồ sơ; đủ hồ sơ chưa phải là kết quả xét./."
    )
    write_letter(tmp_path / "a.docx", content, head, 2020, datetime(2020, 6, 5))
    write_letter(tmp_path / "b.docx", content, head, 2020, datetime(2020, 6, 5))
    document = Document(str(tmp_path / "a.docx"))
    left, right = document.tables[0].rows[0].cells
    assert left.paragraphs[0].text == "SỞ NỘI VỤ TỈNH LẠNG SƠN"
    assert right.paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "Ông" not in "".join(p.text for p in document.paragraphs)
    section = document.sections[0]
    assert section.left_margin is not None
    assert (round(section.left_margin.mm), section.different_first_page_header_footer) == (30, True)


def test_a_past_deadline_leaves_the_new_day_to_the_official(tmp_path: Path) -> None:
    published = small.write_published(tmp_path / "p.duckdb", as_of=date(2020, 7, 1))
    head = load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn")
    content = letter_content(published, small.LS, small.TRANG_DINH, head, 0)
    assert content is not None
    assert "hết ngày 09/06/2020, đã qua" in content.lead
    assert "trước ngày …../…../2020" in content.lead


def test_a_party_body_writes_as_a_party_body(tmp_path: Path) -> None:
    """003:162: the lead is Ban Tuyên giáo Tỉnh uỷ; a party letter has no state heading."""
    head = load_letterhead(small.REFERENCE, "CB-2125", "Cao Bằng")
    assert (head.superior, head.agency, head.country) == (
        "Tỉnh uỷ Cao Bằng",
        "Ban Tuyên giáo",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    )
    assert (head.motto, head.mark, head.number) == ("", "*", "Số ………-CV/BTGTU")
    assert "khen thưởng" not in head.subject
    state = load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn")
    assert (state.country, state.number, state.mark) == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: ………/BTĐKT",
        "",
    )


def test_a_new_programme_without_letterhead_has_dots(tmp_path: Path) -> None:
    head = load_letterhead(tmp_path, "X-2630", "X")
    assert head.agency == "Ban Thi đua - Khen thưởng"
    assert set(head.place) == {"…"}


def test_the_workbook_has_text_numbers_and_days_but_no_formulas(home: Home) -> None:
    book = load_workbook(home.reports(small.AS_OF) / "noi-dung-can-bo-sung-2020-06-05.xlsx")
    assert book.sheetnames == ["Đọc trước", "Cao Bằng 2021-2025", "Lạng Sơn 2016-2020"]
    sheet = book["Lạng Sơn 2016-2020"]
    assert [cell.value for cell in sheet[1]][:5] == [
        "Đơn vị", "Tập thể, cá nhân", "Nội dung còn thiếu", "Cách bổ sung", "Mức độ",
    ]  # fmt: skip
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:O10"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[4] for row in rows] == ["Bắt buộc"] * 5 + ["Cần bổ sung"] * 2 + ["Lưu ý", "Bắt buộc"]
    assert rows[-1][5] == "Đã xử lý"
    assert rows[0][6] == datetime(2020, 6, 9)
    assert {type(row[7]) for row in rows} == {int}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    empty = book["Cao Bằng 2021-2025"]
    assert empty["A2"].value == (
        "Không thấy nội dung nào cần bổ sung. Đây là kiểm tra hồ sơ, chưa phải kết quả xét."
    )
    assert "0912345678" not in str(rows)
    assert "31/02/1980" not in str(rows)


@pytest.mark.parametrize(("number", "words"), [(0, "00"), (2, "02"), (15, "15"), (1204, "1.204")])
def test_counts(number: int, words: str) -> None:
    assert count(number) == words


@pytest.mark.parametrize(
    ("sentence", "field", "left"),
    [
        ("Ngày sinh “31/02/1980” sai", "ngay_sinh", "Ngày sinh “…” sai"),
        ("Quyết định “12/QĐ-UBND” trùng", "decision_no", "Quyết định “12/QĐ-UBND” trùng"),
        ("Số 012345678901 chưa rõ", None, "Số “…” chưa rõ"),
        ("Gọi 0912 345 678", None, "Gọi “…”"),
        ("thiếu năm 2017, 2018", None, "thiếu năm 2017, 2018"),
    ],
)
def test_personal_values_are_left_out(sentence: str, field: str | None, left: str) -> None:
    assert without_personal_data(sentence, field) == left


def test_a_reminder_is_due_once_per_day_of_the_schedule() -> None:
    schedule = Reminders((7, 14), (3,))
    first = date(2020, 5, 1)
    deadline = Deadline(date(2020, 6, 9), True)
    assert not schedule.due(first, first, deadline, date(2020, 5, 7))
    assert schedule.due(first, first, deadline, date(2020, 5, 8))
    assert not schedule.due(first, date(2020, 5, 8), deadline, date(2020, 5, 9))
    assert schedule.due(first, date(2020, 5, 15), deadline, date(2020, 6, 6))
    assert not schedule.due(first, date(2020, 5, 15), deadline, date(2020, 6, 20))


def test_one_cell_is_asked_for_once(tmp_path: Path) -> None:
    """Two rules ask for one cell with the same fix; the plain one says nothing that the other does not."""
    cell = {"nomination_id": "n1", "subject_vi": "Nguyễn Văn A", "source_row": 9, "source_cell": "D9"}
    plain = cell | {"finding_id": "a", "rule_id": "CP-LS-DOITUONG", "fact_vi": "chưa ghi nhóm đối tượng"}
    told = plain | {
        "finding_id": "b",
        "fact_vi": "chưa rõ nhóm (ghi “cán bộ”)",
        "values_vi": '{"v": "cán bộ"}',
    }
    elsewhere = plain | {"finding_id": "c", "nomination_id": "n2", "subject_vi": "Tập thể B"}
    published = small.write_published(tmp_path / "p.duckdb", [plain, told, elsewhere])
    content = letter_content(
        published, small.LS, small.TRANG_DINH, load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn"), 0
    )
    assert content is not None
    assert [(subject.name, len(subject.items)) for subject in content.subjects] == [
        ("Nguyễn Văn A (cá nhân)", 1),
        ("Tập thể B", 1),
    ]
    assert content.subjects[0].items[0].sentence.startswith("chưa rõ nhóm (ghi “cán bộ”); ghi một nhóm")
