"""Findings let pass and rules confirmed on the desk: who may, what is asked, and that the night takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.arrival import rulings
from pipelines.arrival.web.office import Office
from pipelines.common.paths import Home
from pipelines.night.request import NightRequest
from pipelines.reference.models.confirmations import Confirmation
from pipelines.reference.settings import Waiver
from pipelines.rules.tables import law_tables
from pipelines.sentences import text as said
from tests.unit.arrival.web import CAO_BANG, LANG_SON, Nobody, Visitor, visitor
from tests.unit.reports import small
from tests.unit.reports.conftest import home

__all__ = ["home"]
LS, CB = (type(LANG_SON)(one.programme_id) for one in (LANG_SON, CAO_BANG))


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Office:
    settings = tmp_path / "settings.yml"
    settings.write_text("{}", "utf-8")
    return Office.open(
        NightRequest(tmp_path / "raw", home, small.AS_OF, small.REFERENCE, settings),
        Nobody(),  # type: ignore[arg-type]
    )


@pytest.fixture
def finding(office: Office) -> str:
    """One that stands against a unit of Lạng Sơn."""
    with duckdb.connect(str(office.home.warehouse), read_only=True) as connection:
        ((found,),) = connection.execute(
            "SELECT min(finding_id) FROM marts.fct_findings WHERE status <> 'fixed' AND unit_code = ?",
            [LANG_SON.unit_code],
        ).fetchall()
    return str(found)


HA_LANG = "CB-HUYEN-UY-HA-LANG"


@pytest.fixture
def misfiled(office: Office) -> str:
    """One against a file of a unit of Cao Bằng that lies among those of Lạng Sơn."""
    with duckdb.connect(str(office.home.warehouse)) as connection:
        connection.execute(
            "INSERT INTO marts.dim_units (unit_code, programme_id) VALUES (?, ?)", [HA_LANG, CB.programme_id]
        )
        for finding, code in (("lac", HA_LANG), ("khong-co", "LS-SO-KHONG-CO")):
            connection.execute(
                "INSERT INTO marts.fct_findings (finding_id, programme_id, unit_code, subject_vi, fact_vi, "
                "severity, status) VALUES (?, ?, ?, 'Hồ sơ chung', 'đơn vị khác', 'blocking', 'new')",
                [finding, LS.programme_id, code],
            )
    return "lac"


def test_what_lies_in_a_folder_of_nobody_is_told_to_both_officers(office: Office, misfiled: str) -> None:
    own, other = (visitor(office, f"can-bo-{one.programme_id}", "officer", one) for one in (CB, LS))
    there, here = (f"/noi-dung/{one.programme_id}/{HA_LANG}" for one in (LS, CB))
    told = own.get(here).text
    assert f"Có tệp ở thư mục LS-1620/{HA_LANG}" in told
    assert f"chuyển tệp sang thư mục CB-2125/{HA_LANG}" in told
    assert "cán bộ chương trình ấy xem và miễn được" in told
    assert there not in told
    assert own.get(there).status_code == 404
    told = other.get(there).text
    assert "Tệp nằm nhầm thư mục" in told
    assert f"/mien/{misfiled}" in told
    assert other.get(here).status_code == 404
    assert waived(other, misfiled, "Công văn 5", office.now().date()) == 303
    assert "Công văn 5" in other.get(there).text
    assert "Không đơn vị nào của chương trình có mã này" in other.get("/noi-dung/LS-1620/LS-SO-KHONG-CO").text
    assert other.get("/noi-dung/LS-1620/LS-KHONG-CO-GI").status_code == 404
    both = visitor(office, "ca-hai", "officer", LS, CB)
    assert there in both.get(here).text
    quiet = both.get(f"/noi-dung/{CB.programme_id}/{CAO_BANG.unit_code}").text
    assert "Tệp nằm nhầm thư mục" not in quiet


def waived(officer: Visitor, finding: str, reason: str, until: object, what: str = "waive") -> int:
    path = f"/mien/{finding}"
    sent = {"reason": reason, "until": str(until), "what": what}
    return int(officer.post(path, path, data=sent).status_code)


def test_a_waiver_has_a_reason_and_an_end_and_the_night_takes_it(office: Office, finding: str) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    today = office.now().date()
    until = today + timedelta(days=30)
    far, past = today + timedelta(days=4000), today - timedelta(days=1)
    lacking = [("", until), ("  ", until)]
    lacking += [("Công văn 5", day) for day in ("", past, far, "31/12/2099")]  # type: ignore[misc]
    for reason, day in lacking:
        assert waived(officer, finding, reason, day) == 400, (reason, day)
    assert rulings.waivers(office.home) == {}
    assert waived(officer, finding, "Công văn 5/UBND", until) == 303
    (line,) = office.journal.entries(rulings.WAIVED)
    assert (line.who, line.about) == ("can-bo", "LS-1620/LS-SO-Y-TE")
    given = Waiver(finding_id=finding, reason="Công văn 5/UBND", by="can-bo", until=until)
    twice = replace(office.settings, waivers=(given.model_copy(update={"reason": "cũ"}),))
    _, settings = rulings.in_force(office.home, office.reference, twice)
    assert settings.waivers == (given,)  # one of each finding, or the night would count it twice
    table = law_tables(office.reference, settings)["waivers"]
    assert table.rows() == [(finding, "Công văn 5/UBND", "can-bo", until)]
    shown = officer.get("/noi-dung/LS-1620/LS-SO-Y-TE").text
    assert "Công văn 5/UBND Có hiệu lực từ đêm tiếp theo." in shown
    assert waived(officer, finding, "", "", "end") == 303
    _, settings = rulings.in_force(office.home, office.reference, office.settings)
    assert settings.waivers == ()
    assert len(office.journal.entries(rulings.WAIVED, rulings.WAIVER_ENDED)) == 2


def test_nobody_waives_what_is_not_theirs(office: Office, finding: str) -> None:
    page = "/noi-dung/LS-1620/LS-SO-Y-TE"
    for login, role, place, own, sees in (
        ("don-vi", "unit", LANG_SON, "/gui", 404),
        ("can-bo-cb", "officer", CB, "/tra-cuu", 404),
        ("lanh-dao", "leader", LS, "/tra-cuu", 200),
    ):
        other = visitor(office, login, role, place)  # type: ignore[arg-type]
        assert other.get(page).status_code == sees, role
        assert "/mien/" not in other.get(page).text
        assert other.get(f"/mien/{finding}").status_code == 404
        sent = {"token": other.token(own), "reason": "x", "until": str(office.now().date())}
        assert other.client.post(f"/mien/{finding}", data=sent).status_code == 404, role
    assert Visitor(office).get(page).status_code == 303
    officer = visitor(office, "can-bo", "officer", LS)
    assert officer.get("/mien/khong-co").status_code == 404
    assert officer.get("/noi-dung/LS-1620/KHONG-CO").status_code == 404
    assert office.journal.entries(rulings.WAIVED) == []


def test_a_rule_is_confirmed_remarked_and_told(office: Office) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    rule = next(one for one in office.chapters if one.id == "LS-1620").entries[0].id
    path = "/quy-tac/LS-1620"
    assert rule in officer.get(path).text
    assert officer.post(path, path, data={"rule": rule, "what": "remark", "remark": " "}).status_code == 400
    assert officer.post(path, path, data={"rule": "KHONG-CO", "what": "confirm"}).status_code == 404
    sent = {"rule": rule, "what": "confirm", "remark": "đã đối chiếu"}
    assert officer.post(path, path, data=sent).status_code == 303
    today = office.now().date()
    reference, _ = rulings.in_force(office.home, office.reference, office.settings)
    assert reference.confirmations[rule] == Confirmation(
        rule=rule, by="can-bo", on=today, remark="đã đối chiếu"
    )
    assert law_tables(reference, office.settings)["rule_confirmations"]["rule_id"].to_list() == [rule]
    assert said("confirming.confirmed", by="can-bo", on=today.strftime("%d/%m/%Y")) in officer.get(path).text
    officer.post(path, path, data={"rule": rule, "what": "remark", "remark": "khoản 2 khác"})
    reference, _ = rulings.in_force(office.home, office.reference, office.settings)
    assert rule not in reference.confirmations  # taken back
    assert reference.opinions[rule].remark == "khoản 2 khác"
    later = Confirmation(rule=rule, by="Anh Tư", on=today + timedelta(days=1))
    brought = replace(office.reference, confirmations={rule: later})
    reference, _ = rulings.in_force(office.home, brought, office.settings)
    assert reference.confirmations[rule] == later  # what came later stands, wherever it was decided


def test_rules_are_confirmed_by_officers_of_their_programme(office: Office) -> None:
    other, leader = visitor(office, "can-bo-cb", "officer", CB), visitor(office, "lanh-dao", "leader", LS)
    assert other.get("/quy-tac/LS-1620").status_code == 404
    assert leader.get("/quy-tac/LS-1620").status_code == 200
    rule = next(one for one in office.chapters if one.id == "LS-1620").entries[0].id
    for one in (other, leader):
        answer = one.post("/quy-tac/LS-1620", "/tra-cuu", data={"rule": rule, "what": "confirm"})
        assert answer.status_code == 404
    assert office.journal.entries(rulings.CONFIRMED) == []


def test_the_journal_tells_an_officer_what_was_decided_and_why(office: Office, finding: str) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    other = visitor(office, "can-bo-khac", "officer", CB)
    assert waived(officer, finding, "Công văn 5", office.now().date()) == 303
    chapter = "/quy-tac/LS-1620"
    sent = {"rule": "CP-LS-BC", "what": "remark", "remark": "Chưa rõ mục nào"}
    assert officer.post(chapter, chapter, data=sent).status_code == 303
    told = officer.get("/nhat-ky").text
    assert "Miễn nội dung: Công văn 5" in told
    assert "Ghi ý kiến về quy tắc: CP-LS-BC. Chưa rõ mục nào" in told
    assert "Công văn 5" not in other.get("/nhat-ky").text
