"""The list of attacks in all that units send: pages, journal, receipts, downloads, answers to mails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pytest

from pipelines.arrival import rulings
from pipelines.arrival.accounts.account import ROLES, Place
from pipelines.arrival.approvals import APPROVED, Approvals, Decision
from pipelines.arrival.checking.checkers import Checked
from pipelines.arrival.checking.job import FileTold, MessageTold
from pipelines.arrival.journal import about
from pipelines.arrival.mailbox.answer import enqueue, words_of
from pipelines.arrival.mailbox.letter import Letter
from pipelines.arrival.names import safe_name
from pipelines.arrival.receiving import RECEIVED, Receipt, Sent
from pipelines.arrival.web import office_account
from pipelines.arrival.web.app import PAGES
from pipelines.arrival.web.office import BACK, Office
from pipelines.common.paths import PROJECT
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.reference.settings import Settings, Waiver
from pipelines.reports import build
from pipelines.reports.mail.delivery import write_files
from pipelines.reports.mail.dispatch import Due, due_mails
from pipelines.reports.mail.memory import Memory
from pipelines.reports.reading import read_published
from tests.fire import attacks
from tests.unit.arrival.web import Nobody, Visitor, account

LEADS_ON = ("/", office_account.THERE, BACK)
"""To where each begins; to a provider of accounts, which there is none of here."""
WHERE = ("LS-1620", "LS-SO-Y-TE")
"""A unit with a table, a letter, findings and a mail to come."""
REFERENCE = PROJECT / "data" / "reference"


def told(attack: str) -> FileTold:
    """What a check says of a file, every word an attack."""
    message = MessageTold(
        severity="blocking", lines=(attack, attack), where=attack, fixes=(attack,), bases=((attack, attack),)
    )
    return FileTold(
        file=attack, exit_code=1, read=attack, total=attack, messages=(message,), due=(attack,),
        marked=safe_name(f"{attack}.pdf"),
    )  # fmt: skip


@dataclass(frozen=True)
class Street:
    """Pages whose every word is an attack, with a unit that has a mail to come."""

    office: Office
    place: Place
    due: Due


@pytest.fixture(scope="module")
def street(attacked: NightRequest, shared_folder: Path) -> Street:
    root = shared_folder
    (root / "raw").mkdir()
    settings = root / "settings.yml"
    settings.write_text("{}")
    request = NightRequest.make(root / "raw", root / "home", attacked.as_of, REFERENCE, settings)
    home, memory = request.home, Memory(request.home.outbox)
    home.warehouse.parent.mkdir(parents=True)
    home.warehouse.hardlink_to(attacked.home.warehouse)
    published = read_published(home.warehouse)
    reports = home.reports(published.as_of)
    build.build_reports(published, reports, PROJECT / "data" / "raw", REFERENCE, settings, memory)
    due = next(
        due
        for due in due_mails(published, reports, REFERENCE, Settings(), memory)
        if due.place == WHERE and due.attachments
    )
    home.dashboards.mkdir()
    (home.dashboards / "index.html").write_text("<html><body>Số liệu</body></html>")
    office = Office.open(request, Nobody())  # type: ignore[arg-type]
    for number, attack in enumerate(attacks.ALL):
        office.receiving.receive(Sent(*WHERE, attack, b"%d" % number, attack, "page"))
        office.journal.add(attack, "mail_aside", about(*WHERE), name=attack, why=attack)
    return Street(office, Place(*WHERE), due)


def wrong(answer: Any) -> list[str]:
    """What is alive in an answer of the pages."""
    kind = answer.headers["content-type"].split(";")[0]
    if kind == "text/html":
        return attacks.alive(Path("page.html"), answer.content)
    assert kind == "application/octet-stream", kind  # a kind of answer nobody thought of ends the test
    assert answer.headers["content-disposition"].startswith("attachment; ")
    name = unquote(answer.headers["content-disposition"].split("''", 1)[1])
    return attacks.alive(Path(name), answer.content)


def test_every_page_and_download_holds_words_and_nothing_alive(street: Street) -> None:
    office, place = street.office, street.place
    visitors = []
    for role in ROLES:
        own = {"unit": [place], "officer": [Place(place.programme_id, "")]}.get(role, [])
        account(office, role, role, *own)
        visitors.append(Visitor(office))
        assert visitors[-1].sign_in(role).status_code == 303
    links = [
        office.accounts.invite(f"moi-{number}", attack, "unit", [place], datetime.now(TIME_ZONE))
        for number, attack in enumerate(attacks.ALL)
    ]
    draft = office.drafts.keep(
        "unit", place, [(safe_name(attack), b"x") for attack in attacks.ALL],
        [Checked(told(attack), b"%PDF") for attack in attacks.ALL], "".join(attacks.ALL),
    )  # fmt: skip
    decision = Decision(APPROVED, attacks.MARKUP[0], " ".join(attacks.MARKUP), "\n".join(attacks.ALL))
    Approvals(office.request).decide(street.due, decision)
    receipts = [str(entry.number) for entry in office.journal.entries(RECEIVED)]
    with duckdb.connect(str(office.home.warehouse), read_only=True) as marts:
        three_of_a_name = (
            "SELECT recipient_id FROM marts.dim_recipients WHERE recipient_id IN "
            "(SELECT recipient_id FROM marts.fct_recipient_events WHERE unit_code = ?) "
            "QUALIFY row_number() OVER (PARTITION BY recipient_name ORDER BY recipient_id) <= 3 "
            "ORDER BY recipient_name, recipient_id"
        )
        recipients = [one for (one,) in marts.execute(three_of_a_name, [place.unit_code]).fetchall()]
        attacked_in = (
            "SELECT count(DISTINCT decision_no), count(DISTINCT source_sheet) "
            "FROM marts.fct_recipient_events WHERE list_contains(?, recipient_id)"
        )
        assert marts.execute(attacked_in, [recipients]).fetchall() == [(len(attacks.ALL),) * 2]
        standing = "SELECT finding_id FROM marts.fct_findings WHERE is_open ORDER BY 1 LIMIT 40"
        findings = [one for (one,) in marts.execute(standing).fetchall()]
    assert findings
    for number, attack in enumerate(attacks.ALL):
        given = Waiver(finding_id=findings[number % len(findings)], reason=attack, by=attack, until=date.max)
        rulings.waive(office.home, attack, attack, about(*WHERE), given)
    chapter = next(one for one in office.chapters if one.id == place.programme_id)
    for entry, attack in zip(chapter.entries, attacks.ALL, strict=False):
        rulings.rule_on(office.home, attack, attack, entry.id, attack, is_confirmed=len(attack) % 2 == 0)
    filled = {
        "programme": [place.programme_id], "unit": [place.unit_code], "draft": [draft.id], "number": ["0"],
        "name": [name for _, name in office.kit.names(place.programme_id)],
        "kind": ["xlsx", "docx"], "link": links,
        "path": ["index.html"], "numbers": [",".join(receipts)],
        "recipient": recipients, "format": ["xlsx", "csv"],
        "finding": findings, "chapter": [place.programme_id],
    }  # fmt: skip
    shown = 0
    for address in [path for method, path, _ in PAGES if method == "GET"]:
        wanted = re.findall(r"\{(\w+)", address)
        times = max((len(filled[one]) for one in wanted), default=1)
        for number in range(times):
            values = {one: filled[one][number % len(filled[one])] for one in wanted}
            path = re.sub(r"\{(\w+)[^}]*\}", lambda found, values=values: values[found[1]], address)  # type: ignore[misc]
            answers = [one for visitor in visitors if (one := visitor.get(path)).status_code == 200]
            assert answers or address in LEADS_ON, path
            for answer in answers:
                assert wrong(answer) == [], path
                shown += b"onerror=alert(1)" in answer.content
    assert shown > 8


@pytest.mark.parametrize("attack", attacks.MARKUP)
def test_what_is_told_back_at_once_is_words(street: Street, attack: str) -> None:
    stranger = Visitor(street.office)
    assert wrong(stranger.post("/dang-nhap", data={"login": attack[:60], "password": attack})) == []
    assert wrong(stranger.get("/khong-co/<script>alert(1)</script>")) == []


def test_answers_to_mails_hold_words_and_nothing_alive(street: Street) -> None:
    home, place, now = street.office.home, street.place, datetime.now(TIME_ZONE)
    memory = Memory(home.outbox)
    for attack in attacks.ALL:
        letter = Letter(attack, "van-thu@don-vi.example", attack, place, (), (attack,))
        receipt = Receipt(1, now, attack, attack, "0" * 64, 1, now)
        words = words_of(attack, [receipt], [attack], [told(attack)], attack)
        enqueue(memory, street.office.settings, letter, words, attack, now)
    written = write_files(home.outbox, memory, now)
    assert len(written) == len(attacks.ALL)
    assert {path.name: found for path in written if (found := attacks.alive(path))} == {}
