"""The officer's desk: only what was approved goes out, in the officer's words; each in the own programmes."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pipelines.arrival.approvals import Approvals
from pipelines.arrival.checking.job import Ready
from pipelines.arrival.mailbox.collect import ASIDE
from pipelines.arrival.web.app import PAGES
from pipelines.arrival.web.office import Office
from pipelines.common.paths import Home
from pipelines.night.request import NightRequest
from pipelines.reports.mail.sending import send_reports
from tests.unit.arrival.web import CAO_BANG, LANG_SON, Nobody, Visitor, account, office_in, visitor
from tests.unit.reports import small
from tests.unit.reports.conftest import home

__all__ = ["home"]
LS, CB = (type(LANG_SON)(one.programme_id) for one in (LANG_SON, CAO_BANG))


@pytest.fixture
def needed(home: Home, tmp_path: Path) -> Office:
    """A published night with mails to three units of Lạng Sơn, in an office where an officer approves."""
    settings = tmp_path / "settings.yml"
    settings.write_text("arrival: {approval: needed}", "utf-8")
    request = NightRequest(tmp_path / "raw", home, small.AS_OF, small.REFERENCE, settings)
    return Office.open(request, Nobody())  # type: ignore[arg-type]


def test_mails_that_wait_for_a_person_stand_on_the_desk(tmp_path: Path) -> None:
    """A stranger's is everybody's; a unit's refused file is told to the officers of its programme."""
    office = office_in(tmp_path)
    office.journal.add("la@noi-khac.example", ASIDE, "", mail="m/1", name="Hỏi", why="người gửi lạ")
    unit = f"{LANG_SON.programme_id}/{LANG_SON.unit_code}"
    office.journal.add("van-thu@don-vi.example", ASIDE, unit, mail="m/2", name="Hồ sơ", why="ảnh chụp")
    own, other = visitor(office, "ls", "officer", LS).get("/ban").text, visitor(office, "cb", "officer", CB)
    assert "2 thư để riêng" in own
    assert "người gửi lạ" in own
    assert "ảnh chụp" in own
    assert "ảnh chụp" not in other.get("/ban").text


def sent(office: Office) -> list[str]:
    """Send what may go out; the texts of the mails to units."""
    send_reports(office.request, dry_run=False, approve=Approvals(office.request).let)
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(office.home.outbox.glob("*unit*.eml"))
    ]
    return [str(mail.get_body().get_content()) for mail in mails]  # type: ignore[union-attr, attr-defined]


SMTP = "smtp: {host: mail.example, port: 587, security: starttls, from: ban@co-quan.example}"


@pytest.mark.parametrize(
    ("said", "policy"),
    [
        ("{}", "not_needed"),
        (SMTP, "needed"),
        (f"{SMTP}\narrival: {{approval: not_needed}}", "not_needed"),
    ],
)
def test_unless_it_is_said_what_goes_out_by_itself_needs_approval(
    needed: Office, said: str, policy: str
) -> None:
    assert needed.request.settings
    needed.request.settings.write_text(said, "utf-8")
    assert Approvals(needed.request).policy == policy


def test_nothing_goes_to_a_unit_before_it_is_approved(needed: Office) -> None:
    assert sent(needed) == []
    assert list(needed.home.outbox.glob("*board*.eml"))  # the officer's own mail needs no approval
    dry = send_reports(needed.request, dry_run=True, approve=Approvals(needed.request).let)
    assert "Còn 3 thư cho đơn vị chờ cán bộ duyệt" in "\n".join(dry.lines)
    officer = visitor(needed, "can-bo", "officer", LS)
    listed = officer.get("/cong-van").text
    assert listed.count("Chờ duyệt") == 3
    path = "/cong-van/LS-1620/LS-SO-Y-TE"
    shown = officer.get(path).text
    key = shown.split('name="key" value="')[1].split('"')[0]
    assert officer.get(f"{path}/tep/0").content[:2] == b"PK"
    stale = officer.post(path, path, data={"key": "another", "what": "approve"})
    assert stale.headers["location"] == path
    assert sent(needed) == []
    words = {"greeting": "Kính gửi: Anh Ba\nBcc: x@y.example", "remarks": "Gọi số máy lẻ 12 khi cần."}
    officer.post(path, path, data={"key": key, "what": "hold"} | words)
    assert sent(needed) == []
    assert "Giữ lại (can-bo)" in officer.get("/cong-van").text
    officer.post(path, path, data={"key": key, "what": "approve"} | words)
    (mail,) = sent(needed)
    assert mail.startswith("Kính gửi: Anh Ba Bcc: x@y.example")
    assert "Gọi số máy lẻ 12 khi cần.\n\nĐây là kiểm tra" in mail.replace("\r\n", "\n")
    assert len(sent(needed)) == 1  # once
    whats = [line.what for line in needed.journal.entries()]
    assert whats.count("mail_approved") == whats.count("mail_held") == 1


def test_where_nobody_need_approve_mails_go_out_unless_one_is_held(needed: Office) -> None:
    needed.request.settings.write_text("arrival: {approval: not_needed}", "utf-8")
    officer = visitor(needed, "can-bo", "officer", LS)
    page = "/cong-van/LS-1620/LS-SO-Y-TE"
    key = officer.get(page).text.split('name="key" value="')[1].split('"')[0]
    officer.post(page, page, data={"key": key, "what": "hold"})
    assert len(sent(needed)) == 2


def test_an_office_without_a_desk_lets_mails_go(home: Home, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text("arrival: {approval: not_needed}", "utf-8")
    request = NightRequest(tmp_path / "raw", home, small.AS_OF, small.REFERENCE, settings)
    send_reports(request, dry_run=False, approve=Approvals(request).let)
    assert len(list(home.outbox.glob("*unit*.eml"))) == 3
    assert not home.arrival.exists()


def test_a_unit_sees_its_letter_once_it_is_approved(needed: Office) -> None:
    unit = visitor(needed, "so-y-te", "unit", LANG_SON)
    path = f"/thu/{LANG_SON.programme_id}/{LANG_SON.unit_code}"
    assert unit.get(path).status_code == 404
    officer = visitor(needed, "can-bo", "officer", LS)
    page = "/cong-van/LS-1620/LS-SO-Y-TE"
    key = officer.get(page).text.split('name="key" value="')[1].split('"')[0]
    officer.post(page, page, data={"key": key, "what": "approve"})
    assert unit.get(path).content[:2] == b"PK"


def test_each_officer_decides_in_the_own_programmes(needed: Office) -> None:
    other, leader = visitor(needed, "cao-bang", "officer", CB), visitor(needed, "l", "leader", LS)
    assert "Sở Y tế" not in other.get("/cong-van").text
    assert other.get("/cong-van/LS-1620/LS-SO-Y-TE").status_code == 404
    for path in ("/cong-van", "/tai-khoan", "/nhat-ky", "/cong-van/LS-1620/LS-SO-Y-TE"):
        assert leader.get(path).status_code == 404
    for place, role in ((LANG_SON, "unit"), (CB, "officer"), (LS, "officer")):
        where = f"{place.programme_id}/{place.unit_code}".rstrip("/")
        form = {"login": "moi", "name": "Mới", "role": role, "places": where}
        assert other.post("/tai-khoan", "/tai-khoan", data=form).status_code == 403
    assert needed.accounts.of("moi") is None
    mine = f"{CAO_BANG.programme_id}/{CAO_BANG.unit_code}"
    form = {"login": "trung-khanh", "name": "Huyện uỷ", "role": "unit", "places": mine}
    invited = other.post("/tai-khoan", "/tai-khoan", data=form)
    link = invited.text.split("/moi/")[1].split("<")[0]
    assert Visitor(needed).get(f"/moi/{link}").status_code == 200
    account(needed, "y-te", "unit", LANG_SON)
    for login in ("y-te", "l", "cao-bang"):
        assert other.post("/tai-khoan/dong", "/tai-khoan", data={"login": login}).status_code == 404
        form = {"login": login, "name": "x", "role": "unit", "places": mine}
        assert other.post("/tai-khoan", "/tai-khoan", data=form).status_code == 403
    assert other.post("/tai-khoan/dong", "/tai-khoan", data={"login": "trung-khanh"}).status_code == 303
    assert not needed.accounts.of("trung-khanh").is_open  # type: ignore[union-attr]


def test_the_desk_is_closed_to_units(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    unit = visitor(office, "a", "unit", CAO_BANG)
    filled = {
        "programme": "CB-2125",
        "unit": CAO_BANG.unit_code,
        "number:int": "0",
        "path:path": "index.html",
    }
    for method, path, answer in PAGES:
        if answer.__module__.endswith((".desk", ".figures")):
            for name, value in filled.items():
                path = path.replace(f"{{{name}}}", value)
            told = unit.get(path) if method == "GET" else unit.post(path, "/gui")
            assert told.status_code == 404, path


def test_the_desk_tells_who_sent_today(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    unit = visitor(office, "trung-khanh", "unit", CAO_BANG)
    where = f"/gui/{CAO_BANG.programme_id}/{CAO_BANG.unit_code}"
    draft = unit.post(where, "/gui", files=[("files", ("a.xlsx", b"x"))]).headers["location"]
    unit.post(f"{draft}/gui", draft)
    for programme, seen in ((CB, True), (LS, False)):
        officer = visitor(office, f"can-bo-{seen}".lower(), "officer", programme)
        assert ("a.xlsx" in officer.get("/ban").text) == seen
        assert ("a.xlsx" in officer.get("/nhat-ky").text) == seen


def test_an_operator_sees_which_fences_checks_lack(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    operator, officer = visitor(office, "van-hanh", "operator"), visitor(office, "can-bo", "officer", CB)
    assert "ít rào chắn hơn" not in operator.get("/ban").text
    office.checkers.ready = Ready(without_network=False, confined=False)
    told = operator.get("/ban").text
    assert "chưa cắt được mạng" in told
    assert "cần Landlock" in told
    assert "ít rào chắn hơn" not in officer.get("/ban").text
