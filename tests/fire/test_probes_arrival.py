"""What scanners try on every page: paths that climb, words that are code, verbs, hosts, headers, cookies.

An answer is one of the few that pages give; none is a fault of ours, none shows a file of the machine, and
all carry the headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.journal import Journal
from pipelines.arrival.web.app import PAGES
from pipelines.arrival.web.office import Office
from tests.unit.arrival.web import LANG_SON, PASSWORD, Visitor, account, office_in

SECRET = "nội dung không ai được thấy"
CLIMBING = (
    "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt",
    "%252e%252e%252fsecret.txt", "....//secret.txt", "..;/secret.txt", "%c0%ae%c0%ae/secret.txt",
    "../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "/etc/passwd", "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd", "index.html%00.png", "%00", ".git/config", ".env", "accounts.sqlite",
    "../arrival/accounts.sqlite", "..%2farrival%2fjournal.sqlite", "..%2farrival%2fsecret",
    "C:%5cWindows%5cwin.ini",
)  # fmt: skip
WORDS = (
    "' OR '1'='1", "'; DROP TABLE account; --", '" UNION SELECT * FROM marts.fct_findings --', "1; SELECT 1",
    "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "<script>alert(1)</script>", "javascript:alert(1)",
    "$(id)", "`id`", "; id", "| id", "%0d%0aSet-Cookie: a=b", "\r\nX-A: b", "\0", "A" * 5000, "-1",
    "9" * 30, "0x41", "NaN", "null", "[]", "{}", "*", "?", "#", "%", "%s%s%s%n",
    "\u202egpj.exe", "．．／", "..", ".",
)  # fmt: skip
LEAKS = (SECRET, "root:x:0:", "Traceback", "SQLite format", "Binder Error", "Parser Error", "jinja2.")
ANSWERS = {200, 303, 400, 401, 403, 404, 405, 409, 413, 429}
"""307 is a router's way to a path without its last slash; it is not among them."""


@pytest.fixture(scope="module")
def office(shared_folder: Path) -> Office:
    folder = shared_folder
    one = office_in(folder)
    one.home.dashboards.mkdir(parents=True)
    (one.home.dashboards / "index.html").write_text("<html><body>Số liệu</body></html>", "utf-8")
    (one.home.root / "secret.txt").write_text(SECRET, "utf-8")
    (folder / "secret.txt").write_text(SECRET, "utf-8")
    return one


@pytest.fixture(scope="module")
def visitors(office: Office) -> Iterator[dict[str, Visitor]]:
    """Nobody, a unit, an officer, an operator; all their many questions in one loop each."""
    account(office, "unit", "unit", LANG_SON)
    account(office, "officer", "officer", Place("LS-1620"))
    account(office, "operator", "operator")
    found = {"nobody": Visitor(office, raise_server_exceptions=False)}
    for name in ("unit", "officer", "operator"):
        found[name] = Visitor(office, raise_server_exceptions=False)
        assert found[name].sign_in(name).status_code == 303
    with ExitStack() as open_loops:
        for one in found.values():
            open_loops.enter_context(one.client)
        yield found


def wrong(answer: Any, at: object) -> None:
    assert answer.status_code in ANSWERS, (at, answer.status_code)
    said = answer.text
    for leak in (
        SECRET,
        "root:x:0:",
        "Traceback",
        "SQLite format",
        "Binder Error",
        "Parser Error",
        "jinja2.",
    ):
        assert leak not in said, (at, leak)
    assert answer.headers["x-content-type-options"] == "nosniff", at
    assert "content-security-policy" in answer.headers, at
    assert "x-a" not in answer.headers, at
    assert "a" not in answer.cookies, at


def filled(path: str, word: str) -> Iterator[str]:
    """An address with one of its parts replaced, the others as they should be."""
    own = {"programme": "LS-1620", "unit": LANG_SON.unit_code, "number": "0", "kind": "xlsx", "format": "csv"}
    names = re.findall(r"\{(\w+)", path)
    for name in names:
        values = own | {name: word}
        yield re.sub(r"\{(\w+)[^}]*\}", lambda found, values=values: values.get(found[1], "x"), path)  # type: ignore[misc]


@pytest.mark.parametrize("who", ["nobody", "unit", "officer", "operator"])
def test_paths_that_climb_lead_nowhere(visitors: dict[str, Visitor], who: str) -> None:
    one = visitors[who]
    for _, path, _ in [page for page in PAGES if page[0] == "GET" and "{" in page[1]]:
        for word in CLIMBING:
            for address in filled(path, word):
                wrong(one.client.get(address), address)
    for word in CLIMBING:
        wrong(one.client.get(f"/{word}"), word)
        wrong(one.client.get(f"/tep/{word}"), word)


@pytest.mark.parametrize("who", ["unit", "operator"])
def test_words_that_are_code_are_words(visitors: dict[str, Visitor], who: str) -> None:
    one = visitors[who]
    for method, path, _ in [page for page in PAGES if "{" in page[1]]:
        for word in WORDS[:: 1 if method == "GET" else 4]:
            for address in filled(path, quote(word, safe="")):
                sent = {} if method == "GET" else {"data": {"token": "x"}}
                answer = one.client.request(method, address, **sent)  # type: ignore[arg-type]
                wrong(answer, (method, address))
                assert not (method == "POST" and answer.status_code == 200), address
    for word in WORDS:
        wrong(one.client.get("/dang-nhap", params={"next": word, word[:50]: word}), word)


def test_fields_of_forms_that_are_code_are_words(office: Office, visitors: dict[str, Visitor]) -> None:
    officer = visitors["operator"]
    for word in WORDS:
        wrong(Visitor(office).post("/dang-nhap", data={"login": word, "password": word}), word)
        for path, page, data in (
            ("/tra-cuu", "/tra-cuu", {"name": word, "unit": word}),
            ("/tai-khoan", "/tai-khoan", {"login": word, "name": word, "role": "unit", "places": word}),
            ("/tai-khoan/dong", "/tai-khoan", {"login": word}),
            ("/quy-tac/LS-1620", "/tra-cuu", {"rule": word, "what": word, "remark": word}),
        ):
            wrong(officer.post(path, page, data=data), (path, word))
    assert [one.login for one in office.accounts.all() if one.login in WORDS and one.is_open] == []


def test_other_verbs_and_hosts_and_headers_do_nothing(office: Office, visitors: dict[str, Visitor]) -> None:
    before = len(Journal(office.home).entries())
    one = visitors["operator"]
    for verb in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"):
        for path in ("/", "/ban", "/tai-khoan", "/so-lieu/index.html"):
            answer = one.client.request(verb, path)
            assert answer.status_code in (404, 405), (verb, path)
            assert PASSWORD not in answer.text
    for header, value in (
        ("x-http-method-override", "DELETE"), ("x-original-url", "/tai-khoan"), ("x-rewrite-url", "/ban"),
        ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example"),
        ("referer", "javascript:alert(1)"),
        ("user-agent", "() { :;}; echo"), ("accept-language", "../../etc/passwd"),
        ("range", "bytes=0-99999999"),
        ("content-encoding", "gzip"), ("if-modified-since", "x"),
    ):  # fmt: skip
        answer = visitors["unit"].client.get("/gui", headers={header: value})
        wrong(answer, header)
        assert "evil.example" not in answer.text
    for host in (
        "evil.example",
        "localhost.evil.example",
        "",
        "localhost@evil.example",
        "localhost:80@evil.example",
    ):
        answer = one.client.get("/ban", headers={"host": host})
        assert answer.status_code == 400, host
    assert len(Journal(office.home).entries()) == before


def test_cookies_that_nobody_was_given_open_nothing(office: Office) -> None:
    for value in ("", "x", "a" * 4000, "../../x", "' OR 1=1 --", "0", "null", '"', "operator"):
        one = Visitor(office)
        one.client.cookies.set("thidua", value)
        answer = one.get("/ban")
        assert answer.status_code == 303, value
        assert answer.headers["location"] == "/dang-nhap"


def test_a_cookie_known_before_signing_in_is_of_no_use_after(office: Office) -> None:
    """Session fixation: whoever planted a cookie has nothing when its owner signs in."""
    account(office, "victim", "unit", LANG_SON)
    victim, thief = Visitor(office), Visitor(office)
    thief.get("/dang-nhap")
    planted = thief.client.cookies["thidua"]
    victim.client.cookies.set("thidua", planted)
    answer = victim.sign_in("victim")
    assert answer.status_code == 303
    given = answer.headers["set-cookie"].split("=", 1)[1].split(";")[0]
    assert given != planted
    own = Visitor(office)
    own.client.cookies.set("thidua", given)
    assert own.get("/gui").status_code == 200
    assert thief.get("/gui").status_code == 303


def test_a_signed_out_cookie_is_dead(office: Office) -> None:
    account(office, "gone", "unit", LANG_SON)
    one = Visitor(office)
    one.sign_in("gone")
    kept = one.client.cookies["thidua"]
    one.post("/dang-xuat", "/gui")
    other = Visitor(office)
    other.client.cookies.set("thidua", kept)
    assert other.get("/gui").status_code == 303


def test_forms_in_odd_shapes_are_refused_not_broken(office: Office, visitors: dict[str, Visitor]) -> None:
    unit = visitors["unit"]
    path = f"/gui/{LANG_SON.programme_id}/{LANG_SON.unit_code}"
    for body, kind in (
        (b"", "multipart/form-data; boundary=x"), (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"--x--\r\n", "multipart/form-data"), (b"a=b", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"{}", "application/json"), (b"<a/>", "text/xml"),
        (b"\xff\xfe\0\0", "application/x-www-form-urlencoded"),
        (b"token=" + b"%" * 999, "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="files"; filename="../../x"\r\n\r\nA\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
        (b"&".join(b"a=%d" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    ):  # fmt: skip
        answer = unit.client.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 403), (body[:40], kind, answer.status_code)
        wrong(answer, kind)
    assert list(Path(office.request.raw).rglob("*")) == []
