"""A unit's way over the pages: choose, check, send in, see what became of it; each sees only its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.arrival.accounts.store import Accounts
from pipelines.arrival.checking.checkers import Checkers
from pipelines.arrival.receiving import RECEIVED
from pipelines.arrival.web.office import Office
from pipelines.inbox.register import scan
from tests.unit.arrival.test_checking import FILE
from tests.unit.arrival.web import CAO_BANG, LANG_SON, Visitor, office_in, visitor

WHERE = f"{CAO_BANG.programme_id}/{CAO_BANG.unit_code}"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path)


@pytest.fixture
def checking(tmp_path: Path, checkers: Checkers) -> Office:
    return office_in(tmp_path, checkers)


def choose(unit: Visitor, *files: tuple[str, bytes], where: str = WHERE) -> str:
    """Check files; the address of what is said of them."""
    sent = unit.post(f"/gui/{where}", "/gui", files=[("files", file) for file in files])
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def test_a_unit_checks_mends_and_sends(checking: Office) -> None:
    unit = visitor(checking, "trung-khanh", "unit", CAO_BANG)
    assert "Kiểm tra" in unit.get("/gui").text
    draft = choose(unit, (FILE.name, FILE.read_bytes()))
    said = unit.get(draft).text
    for words in ("Đã đọc 9 dòng ở 2 bảng", "Bắt buộc", "ô F10", "CP-CB-GP-TT", "hết ngày 29/12/2022"):
        assert words in said
    back = unit.get(f"{draft}/danh-dau/0")
    assert back.content[:2] == b"PK"
    assert back.headers["content-disposition"].startswith("attachment")
    assert scan(checking.request.raw) == []
    sent = unit.post(f"{draft}/gui", draft)
    receipt = unit.get(sent.headers["location"]).text
    (lying,) = scan(checking.request.raw)
    assert lying.path.read_bytes() == FILE.read_bytes()
    (entry,) = checking.journal.entries(RECEIVED)
    assert entry.who == "trung-khanh"
    assert entry.details["sha256"] in receipt
    assert "02:00" in receipt
    assert unit.get(draft).headers["location"] == sent.headers["location"]  # sent in, and gone
    listed = unit.get("/da-gui").text
    assert "Đang chờ đêm" in listed
    assert "Biểu đăng ký.xlsx" in listed
    again = unit.post(f"{choose(unit, (FILE.name, FILE.read_bytes()))}/gui", "/gui")
    assert "không nhận lần thứ hai" in unit.get(again.headers["location"]).text
    assert len(scan(checking.request.raw)) == 1
    whats = [one.what for one in checking.journal.entries()]
    assert whats.count("checked") == 2
    assert whats.count(RECEIVED) == 1


def test_what_cannot_be_checked_can_still_be_sent(office: Office) -> None:
    unit = visitor(office, "a", "unit", CAO_BANG)
    draft = choose(unit, ("x.xlsx", b"la"))
    assert "chưa kiểm tra" in unit.get(draft).text
    assert unit.post(f"{draft}/gui", draft).status_code == 303
    assert len(scan(office.request.raw)) == 1


def test_a_unit_sees_only_its_own(office: Office) -> None:
    mine = visitor(office, "cao-bang", "unit", CAO_BANG)
    other = visitor(office, "lang-son", "unit", LANG_SON)
    draft = choose(mine, ("x.xlsx", b"la"))
    assert other.get(draft).status_code == 404
    assert other.post(f"{draft}/gui", "/gui").status_code == 404
    receipt = mine.post(f"{draft}/gui", draft).headers["location"]
    assert mine.get(receipt).status_code == 200
    for path in (
        receipt,
        f"/thu/{WHERE}",
        f"/mau-02/{WHERE}/xlsx",
        f"/mau/{WHERE}/{'Tờ trình (DOC-TOTRINH).docx'}",
        "/bien-nhan/1,2",
        "/bien-nhan/-1",
        "/bien-nhan/9999999999999999999999",
        "/so-lieu/index.html",
        "/ban-nhap/../../accounts.sqlite",
        "/ban-nhap/" + "A" * 32,
    ):
        assert other.get(path).status_code == 404, path
    assert other.post(f"/gui/{WHERE}", "/gui", files=[("files", ("x", b"y"))]).status_code == 404
    assert "x.xlsx" not in other.get("/da-gui").text
    stranger = Visitor(office)
    for path in ("/gui", "/da-gui", "/viec", "/mau", receipt, "/so-lieu/index.html"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap"), path


def test_a_second_click_and_the_way_back_lead_to_the_receipts(office: Office) -> None:
    """Whoever clicks twice, or goes back, learns that it was sent; nothing is sent twice."""
    unit = visitor(office, "a", "unit", CAO_BANG)
    draft = choose(unit, ("x.xlsx", b"la"), ("y.xlsx", b"lb"))
    token = unit.token(draft)
    receipts = unit.client.post(f"{draft}/gui", data={"token": token}).headers["location"]
    for again in (unit.client.post(f"{draft}/gui", data={"token": token}), unit.get(draft)):
        assert (again.status_code, again.headers["location"]) == (303, receipts)
    assert "hai" not in unit.get(receipts).text
    assert len(scan(office.request.raw)) == 2
    other = visitor(office, "b", "unit", CAO_BANG)
    assert other.get(draft).status_code == 404


def test_a_session_that_ended_while_files_were_sent_is_told(office: Office) -> None:
    unit = visitor(office, "a", "unit", CAO_BANG)
    token = unit.token("/gui")
    office.accounts.end_session(next(value for name, value in unit.client.cookies.items() if value))
    unit.client.cookies.clear()
    sent = unit.client.post(f"/gui/{WHERE}", data={"token": token}, files=[("files", ("a.xlsx", b"x"))])
    assert sent.status_code == 303
    assert "chưa được nhận" in unit.get(sent.headers["location"]).text
    assert "chưa được nhận" not in unit.get("/dang-nhap").text


def test_names_of_files_lead_nowhere(office: Office) -> None:
    unit = visitor(office, "a", "unit", CAO_BANG)
    names = (
        "../../../x.xlsx",
        "..\\..\\y.xlsx",
        ".hidden",
        "~$z.xlsx",
        "a\u202eb.xlsx",
        "<script>alert(1)</script>",
    )
    for name in names:
        draft = choose(unit, (name, name.encode()))
        assert "<script" not in unit.get(draft).text
        receipt = unit.post(f"{draft}/gui", draft).headers["location"]
        assert "<script" not in unit.get(receipt).text
    found = scan(office.request.raw)
    assert len(found) == len(names)
    assert all(file.problem is None and file.unit_code == CAO_BANG.unit_code for file in found)
    assert "<script" not in unit.get("/da-gui").text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Chưa chọn tệp nào"),
        ([("a.xlsx", b"")], "không có nội dung"),
        ([("a.xlsx", b"1"), ("a.xlsx", b"2")], "hai tệp cùng tên"),
        ([("a.xlsx", b"x" * 1_500_000)], "mỗi tệp nhiều nhất 1 MB"),
        ([(f"{n}.xlsx", b"x") for n in range(4)], "nhiều tệp"),
    ],
)
def test_what_is_not_taken_is_told(tmp_path: Path, files: list[tuple[str, bytes]], said: str) -> None:
    office = office_in(tmp_path, settings="arrival: {file_mb: 1, files_at_once: 3}")
    unit = visitor(office, "a", "unit", CAO_BANG)
    sent = unit.post(f"/gui/{WHERE}", "/gui", files=[("files", file) for file in files] or {"other": b"x"})
    assert sent.status_code in (400, 413)
    assert said in sent.text
    assert scan(office.request.raw) == []


def test_a_day_has_a_limit_and_the_rest_stays(tmp_path: Path) -> None:
    office = office_in(tmp_path, settings="arrival: {files_a_day: 2}")
    unit = visitor(office, "a", "unit", CAO_BANG)
    draft = choose(unit, *((f"{n}.xlsx", f"{n}".encode()) for n in range(3)))
    refused = unit.post(f"{draft}/gui", draft)
    assert refused.status_code == 409
    assert "đã gửi đủ 2 tệp" in refused.text
    assert "Còn 1 tệp chưa nhận" in refused.text
    assert len(scan(office.request.raw)) == 2
    assert unit.get(draft).status_code == 200


def test_blank_files_have_the_units_name(office: Office) -> None:
    import io

    import openpyxl

    unit = visitor(office, "a", "unit", CAO_BANG)
    listed = unit.get("/mau").text
    links = re.findall(r'href="(/mau/[^"]+)"', listed)
    assert len(links) > 5
    assert "Lạng Sơn" not in listed
    book = openpyxl.load_workbook(io.BytesIO(unit.get(next(one for one in links if "KT-DS" in one)).content))
    name = office.unit_name(CAO_BANG.unit_code)
    assert any(name in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    for link in links:
        assert unit.get(link).status_code == 200


def test_forms_that_a_programme_brings_along_are_given_out_too(office: Office) -> None:
    """With the unit's name, and the address of these pages where units have no software of their own."""
    import io

    import openpyxl

    programme = "VD-2630"
    code = next(one.unit_code for one in office.reference.units if one.programme_id == programme)
    unit = visitor(office, "a", "unit", type(CAO_BANG)(programme, code))
    links = re.findall(r'href="(/mau/[^"]+)"', unit.get("/mau").text)
    own = next(one for one in links if "VD-DSDK" in one)
    told = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(unit.get(own).content))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any(office.unit_name(code) in one for one in told)
    assert not any("thidua check" in one for one in told)


def test_a_full_disk_is_told_and_nothing_is_half_received(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.arrival import receiving

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    unit = visitor(office, "a", "unit", CAO_BANG)
    draft = choose(unit, ("x.xlsx", b"la"))
    with monkeypatch.context() as patch:
        patch.setattr(receiving, "_lay_down", full)
        refused = unit.post(f"{draft}/gui", draft)
    assert refused.status_code == 507
    assert "Tệp chưa được nhận" in refused.text
    assert scan(office.request.raw) == []
    assert unit.post(f"{draft}/gui", draft).status_code == 303


def test_where_not_even_a_visit_can_be_noted_the_pages_say_why(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = visitor(office, "a", "unit", CAO_BANG)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Accounts, "signed_in", full)
        refused = unit.get("/gui")
    assert refused.status_code == 507
    assert "Tệp chưa được nhận" in refused.text
    assert unit.get("/gui").status_code == 200


def test_a_secret_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    first = office_in(tmp_path).secret
    assert office_in(tmp_path).secret == first
    (tmp_path / "home" / "arrival" / "secret").write_bytes(b"")
    made = office_in(tmp_path).secret
    assert len(made) > 40
    assert made != first
    assert (tmp_path / "home" / "arrival" / "secret").stat().st_mode & 0o777 == 0o600
