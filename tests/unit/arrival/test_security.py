"""What the pages withstand: other sites' forms, fixed and stolen cookies, guessing, floods, slow senders."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.arrival.accounts import passwords
from pipelines.arrival.accounts.store import IDLE_FOR, INVITED_FOR, SIGNED_IN_FOR
from pipelines.arrival.web import guard
from pipelines.arrival.web.app import PAGES, make_app
from pipelines.arrival.web.office import Office
from tests.unit.arrival.web import (
    CAO_BANG,
    LANG_SON,
    PASSWORD,
    Visitor,
    account,
    in_own_loop,
    office_in,
    visitor,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path)


FORMS = [path for method, path, _ in PAGES if method == "POST"]
FILLED = {
    "programme": "CB-2125",
    "unit": CAO_BANG.unit_code,
    "draft": "A" * 32,
    "link": "x",
    "login": "a",
    "finding": "x",
    "chapter": "CB-2125",
}


@pytest.mark.parametrize("path", FORMS)
def test_every_form_needs_a_token_of_its_visitor(office: Office, path: str) -> None:
    """Whatever a form would do, without its token nothing is done, and 404 tells nothing either."""
    mine, other = visitor(office, "a", "unit", CAO_BANG), visitor(office, "b", "unit", LANG_SON)
    filled = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: FILLED[found[1]], path)
    before = len(office.journal.entries())
    for token in ({}, {"token": ""}, {"token": "x.y.z"}, {"token": other.token("/gui")}):
        answer = mine.client.post(filled, data=token)
        assert answer.status_code in (403, 404), (filled, token)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = mine.client.post(filled, data={"token": mine.token("/gui")}, headers=headers)
        assert answer.status_code in (403, 404)
    assert len(office.journal.entries()) == before


def test_signing_in_changes_the_cookie_and_ends_the_old_session(office: Office) -> None:
    account(office, "a", "unit", CAO_BANG)
    one = Visitor(office)
    one.client.cookies.set("thidua", "chosen-by-somebody-else", domain="localhost.local")
    one.sign_in("a")
    first = one.client.cookies["thidua"]
    assert first != "chosen-by-somebody-else"
    one.sign_in("a")
    second = one.client.cookies["thidua"]
    assert second != first
    thief = Visitor(office)
    thief.client.cookies.set("thidua", first)
    assert thief.get("/gui").status_code == 303
    one.post("/dang-xuat", "/gui")
    thief.client.cookies.set("thidua", second)
    assert thief.get("/gui").status_code == 303


def test_cookies_are_out_of_reach(office: Office) -> None:
    account(office, "a", "unit", CAO_BANG)
    plain = Visitor(office).sign_in("a").headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    behind_proxy = Visitor(office, host="https://localhost").sign_in("a")
    assert behind_proxy.headers["set-cookie"].startswith("__Host-thidua=")
    assert "Secure" in behind_proxy.headers["set-cookie"]
    assert "max-age" in behind_proxy.headers["strict-transport-security"]


def test_a_session_runs_out(office: Office) -> None:
    account(office, "a", "unit", CAO_BANG)
    accounts, now = office.accounts, office.now()
    idle = accounts.begin_session("a", now)
    assert accounts.signed_in(idle, now + IDLE_FOR - timedelta(minutes=1))
    assert accounts.signed_in(idle, now + IDLE_FOR * 2) is None
    busy, at = accounts.begin_session("a", now), now
    while at < now + SIGNED_IN_FOR:
        assert accounts.signed_in(busy, at)
        at += IDLE_FOR / 2
    assert accounts.signed_in(busy, at + timedelta(minutes=1)) is None


def test_what_lies_on_disk_signs_nobody_in(office: Office) -> None:
    one = visitor(office, "a", "unit", CAO_BANG)
    link = office.accounts.invite("b", "b", "unit", [LANG_SON], office.now())
    path = office.home.arrival / "accounts.sqlite"
    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as connection:
        written = "\n".join(connection.iterdump())
    for secret in (PASSWORD, one.client.cookies["thidua"], link):
        assert secret not in written
    assert "$argon2id$" in written


def test_an_invitation_is_used_once_and_in_time(office: Office) -> None:
    link = office.accounts.invite("a", "A", "unit", [CAO_BANG], office.now())
    assert office.accounts.invited(link, office.now() + INVITED_FOR + timedelta(minutes=1)) is None
    one, path = Visitor(office), f"/moi/{link}"
    for password, again, said in (
        ("sáo sậu", "sáo sậu", "ít nhất 12 ký tự"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "dễ đoán"),
        (PASSWORD, PASSWORD + "!", "khác nhau"),
    ):
        refused = one.post(path, path, data={"password": password, "again": again})
        assert refused.status_code == 400
        assert said in refused.text
        assert password not in refused.text
    assert one.post(path, path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert one.get(path).status_code == 404
    assert one.get("/gui").status_code == 303  # a link sets a password and signs nobody in
    assert one.sign_in("A ").status_code == 303
    assert one.get("/gui").status_code == 200
    office.accounts.close("a")
    assert one.get("/gui").status_code == 303
    assert one.sign_in("a").status_code == 401


def test_guessing_ends_soon_and_tells_nothing(office: Office) -> None:
    account(office, "a", "unit", CAO_BANG)
    one = Visitor(office)
    wrong, nobody = one.sign_in("a", "sai rồi nhé bạn"), one.sign_in("khong-co", "sai rồi nhé bạn")
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    hide = re.compile(r'value="[^"]*"')
    assert hide.sub("", wrong.text) == hide.sub("", nobody.text)
    codes = [one.sign_in("a", f"sai rồi nhé bạn {n}").status_code for n in range(12)]
    assert codes[-1] == 429
    assert one.sign_in("a").status_code == 429  # the right one neither, for an hour
    assert [entry.what for entry in office.journal.entries()].count("sign_in_failed") <= 12
    assert passwords.matches(None, PASSWORD) is False


def test_headers_of_every_answer(office: Office) -> None:
    one = visitor(office, "a", "unit", CAO_BANG)
    for path in ("/dang-nhap", "/gui", "/khong-co", "/tep/trang.css", "/so-lieu/x"):
        headers = one.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        if path != "/tep/trang.css":
            assert headers["cache-control"] == "no-store"
        if not path.startswith("/so-lieu"):
            assert "script-src" not in headers["content-security-policy"]
    page = one.get("/gui").text
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert Visitor(office, host="http://evil.example").get("/dang-nhap").status_code == 400


def test_dashboards_are_for_those_who_may_see_all(office: Office) -> None:
    office.home.dashboards.mkdir()
    (office.home.dashboards / "index.html").write_text("trang", "utf-8")
    (office.home.root / "bi-mat.txt").write_text("không", "utf-8")
    (office.home.dashboards / "ra-ngoai").symlink_to(office.home.root / "bi-mat.txt")
    leader = visitor(office, "l", "leader")
    assert leader.get("/so-lieu/index.html").text == "trang"
    for path in (
        "../bi-mat.txt",
        "%2e%2e/bi-mat.txt",
        "..%2fbi-mat.txt",
        "ra-ngoai",
        "/etc/passwd",
        "",
        "%00",
    ):
        assert leader.get(f"/so-lieu/{path}").status_code in (400, 404), path
    assert leader.get("/gui").status_code == 404


async def _asked(app: Any, messages: list[dict[str, Any]], **more: str) -> int:
    """The status of an upload whose body comes as told; a message without a type is a pause."""
    headers = {"host": "localhost", "content-type": "application/x-www-form-urlencoded"} | more
    scope = {
        "type": "http", "method": "POST", "path": "/dang-nhap", "raw_path": b"/dang-nhap",
        "query_string": b"", "headers": [(name.encode(), told.encode()) for name, told in headers.items()],
        "scheme": "http", "client": ("127.0.0.1", 1), "server": ("localhost", 80), "http_version": "1.1",
        "root_path": "",
    }  # fmt: skip
    left, status = iter(messages), []

    async def receive() -> dict[str, Any]:
        for message in left:
            if "type" in message:
                return message
            await asyncio.sleep(30)
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    await app(scope, receive, send)
    return int(status[0])


def test_bodies_too_large_or_too_slow_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = office_in(tmp_path, settings="arrival: {mb_at_once: 1}")
    monkeypatch.setattr(guard, "QUIET_SECONDS", 0.05)
    app = make_app(office, ("localhost",))
    piece = {"type": "http.request", "body": b"x" * 40_000, "more_body": True}
    assert in_own_loop(_asked(app, [piece] * 3)) == 413
    assert in_own_loop(_asked(app, [piece, {}])) == 413
    for length in ("99999999", "-5", "many"):
        assert in_own_loop(_asked(app, [], **{"content-length": length})) == 413
    upload = {"content-type": "multipart/form-data; boundary=x"}
    head = b'--x\r\ncontent-disposition: form-data; name="files"\r\n\r\n'
    begun = {"type": "http.request", "body": head, "more_body": True}
    assert in_own_loop(_asked(app, [begun, {}], **upload)) == 413
    assert in_own_loop(_asked(app, [], **upload, **{"content-length": "2000001"})) == 413
