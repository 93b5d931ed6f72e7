"""Signing in with an account of the office's own, against a provider that runs on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pipelines.arrival.web.office import Office
from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from tests.unit.arrival.oidc_provider import CLIENT, Provider, provider
from tests.unit.arrival.web import LANG_SON, Visitor, account, office_in

pytest.importorskip("authlib")
LOGIN = "can-bo@co-quan.example"
RSA = type(Provider().key)


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture
def office(there: Provider, tmp_path: Path) -> Office:
    settings = (
        f"arrival: {{address: 'http://localhost'}}\n"
        f"oidc: {{issuer: '{there.issuer}', client_id: {CLIENT}, name: tài khoản của tỉnh}}"
    )
    office = office_in(tmp_path, settings=settings)
    account(office, LOGIN, "officer", type(LANG_SON)("LS-1620"))
    return office


def answer_of(there: str) -> str:
    """Where the provider sends a visitor back to: the visitor signs in there."""
    back = requests.get(there, allow_redirects=False, timeout=10).headers["location"]
    parts = urlsplit(back)
    assert parts.netloc == "localhost"
    return f"{parts.path}?{parts.query}"


def come_back(one: Visitor) -> Any:
    begun = one.get("/dang-nhap/co-quan")
    assert begun.status_code == 303
    return one.get(answer_of(begun.headers["location"]))


def why_not(office: Office) -> list[str]:
    return [line.details["why"] for line in office.journal.entries("sign_in_failed")]


def test_an_invited_officer_comes_in(office: Office, there: Provider) -> None:
    one = Visitor(office)
    assert "Đăng nhập bằng tài khoản của tỉnh" in one.get("/dang-nhap").text
    before = one.client.cookies["thidua"]
    answer = come_back(one)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ban")
    assert one.client.cookies["thidua"] != before  # no session is fixed by whoever knew the old cookie
    assert "thidua-oidc" not in one.client.cookies
    assert one.get("/ban").status_code == 200
    (line,) = office.journal.entries("signed_in")
    assert (line.who, line.details) == (LOGIN, {"way": "oidc"})


def test_only_invited_and_open_accounts_come_in(office: Office, there: Provider) -> None:
    there.email = "ai-do@co-quan.example"
    answer = come_back(Visitor(office))
    assert answer.status_code == 401
    assert "chưa được mời" in answer.text
    there.email = LOGIN.upper()
    office.accounts.close(LOGIN)
    assert come_back(Visitor(office)).status_code == 401
    assert why_not(office) == ["account", "account"]
    assert office.accounts.of("ai-do@co-quan.example") is None  # nobody is invited by signing in


@pytest.mark.parametrize(
    "bent",
    [
        {"iss": "https://evil.example"}, {"aud": "another"}, {"aud": [CLIENT, "another"]}, {"exp": 1},
        {"exp": None}, {"nonce": "another"}, {"nonce": None}, {"email": None}, {"email": ["x", "y"]},
        {"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}, {"iat": None},
        {"iat": 4_102_444_800}, {"sub": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_word_that_is_not_quite_the_providers_is_not_taken(
    office: Office, there: Provider, bent: dict[str, Any]
) -> None:
    there.bent = bent
    one = Visitor(office)
    assert come_back(one).status_code == 401
    assert one.get("/ban").status_code == 303
    assert len(why_not(office)) == 1


def test_a_token_of_another_key_is_not_taken(office: Office, there: Provider) -> None:
    there.signs_with = RSA.generate_key(2048, {"kid": "1"})
    assert come_back(Visitor(office)).status_code == 401
    assert why_not(office)[0].startswith("id_token")


def test_the_answer_belongs_to_whoever_asked_and_counts_once(office: Office, there: Provider) -> None:
    mine, other = Visitor(office), Visitor(office)
    answer = answer_of(mine.get("/dang-nhap/co-quan").headers["location"])
    assert other.get(answer).status_code == 401  # it never asked
    other.get("/dang-nhap/co-quan")
    assert other.get(answer).status_code == 401  # it asked something else
    forged = answer.replace("state=", "state=x")
    assert mine.get(forged).status_code == 401
    assert mine.get(answer).status_code == 401  # what was asked is forgotten after one answer
    assert why_not(office) == ["cookie", "state", "state", "cookie"]


def test_pkce_holds_a_stolen_code_is_of_no_use(office: Office, there: Provider) -> None:
    mine, thief = Visitor(office), Visitor(office)
    stolen = answer_of(mine.get("/dang-nhap/co-quan").headers["location"])
    begun = thief.get("/dang-nhap/co-quan").headers["location"]
    own = parse_qs(urlsplit(begun).query)["state"][0]
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    assert thief.get(f"/dang-nhap/co-quan/ve?code={code}&state={own}").status_code == 401
    assert there.refused == [code]


def test_a_provider_that_lies_or_is_silent_lets_nobody_in(office: Office, there: Provider) -> None:
    one = Visitor(office)
    asked, there.issuer = there.issuer, "https://evil.example"
    assert one.get("/dang-nhap/co-quan").status_code == 401
    there.issuer = asked
    assert come_back(one).status_code == 303
    refused = Visitor(office)
    state = parse_qs(urlsplit(refused.get("/dang-nhap/co-quan").headers["location"]).query)["state"][0]
    assert refused.get(f"/dang-nhap/co-quan/ve?error=access_denied&state={state}").status_code == 401
    assert why_not(office) == ["issuer", "access_denied"]


def test_where_no_provider_is_set_there_is_no_such_way(tmp_path: Path) -> None:
    one = Visitor(office_in(tmp_path))
    assert "/dang-nhap/co-quan" not in one.get("/dang-nhap").text
    assert [one.get(f"/dang-nhap/co-quan{end}").status_code for end in ("", "/ve?code=x&state=y")] == [
        404,
        404,
    ]


def test_settings_without_an_address_are_refused(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text("oidc: {issuer: 'https://a.example', client_id: x, name: y}", "utf-8")
    with pytest.raises(ReferenceError, match=r"arrival\.address"):
        load_settings(path, load_reference(office.request.reference))
