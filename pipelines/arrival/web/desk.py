"""The officer's desk: who sent what, who is silent, the mails to approve, the accounts, the journal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.arrival.accounts.account import ROLES, Account, Place, Role
from pipelines.arrival.accounts.inviting import Unfit, close, invite
from pipelines.arrival.approvals import APPROVED, HELD, LONGEST, Approvals, Decision, worded
from pipelines.arrival.journal import Entry
from pipelines.arrival.mailbox.collect import ASIDE
from pipelines.arrival.receiving import RECEIVED, receipt_of
from pipelines.arrival.silence import silence_of
from pipelines.arrival.standing import strays_of
from pipelines.arrival.web.render import download, page
from pipelines.arrival.web.visit import Visit
from pipelines.reports.mail.dispatch import Due, due_mails
from pipelines.reports.mail.memory import Memory
from pipelines.reports.reading import NothingPublished, read_published

LINES = 300
"""Of the journal, the latest."""
ASIDE_SHOWN = timedelta(days=6)
"""Before today: mails set aside so lately stand on the desk, all are in the journal."""


def overseer(visit: Visit) -> Account:
    """Whoever sees more than one unit.

    Raises:
        HTTPException: 401 nobody is signed in; 404 it is a unit.
    """
    account = visit.need()
    if not account.sees_figures:
        raise HTTPException(404)
    return account


def decider(visit: Visit, programme_id: str | None = None) -> Account:
    """Whoever may decide, in one programme or at all.

    Raises:
        HTTPException: 401 or 404.
    """
    account = overseer(visit)
    if account.role == "leader" or (programme_id is not None and not account.decides(programme_id)):
        raise HTTPException(404)
    return account


async def desk_page(visit: Visit) -> Response:
    """Who sent what today, which mails wait for a person, and who is silent against each deadline."""
    account, office = overseer(visit), visit.office
    midnight = visit.now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = [line for line in office.journal.entries(RECEIVED, since=midnight) if _sees(account, line)]
    shown = {}
    for programme_id in office.programmes_of(account):
        waiting = {
            Place(*line.about.split("/", 1)).unit_code
            for line in office.journal.entries(RECEIVED)
            if line.about.startswith(f"{programme_id}/") and receipt_of(line).night > visit.now
        }
        shown[programme_id] = await run_in_threadpool(
            silence_of, office.home, programme_id, visit.now.date(), waiting
        )
    received = [(Place(*line.about.split("/", 1)), line, receipt_of(line)) for line in reversed(today)]
    week = office.journal.entries(ASIDE, since=midnight - ASIDE_SHOWN)
    aside = [line for line in reversed(week) if not line.about or _sees(account, line)]
    strays = [
        (one, Place(mine, one.folder.unit_code))
        for one in await run_in_threadpool(strays_of, office.home)
        if (mine := next(filter(account.oversees, (one.folder.programme_id, one.belongs_to or "")), None))
    ]
    fences = office.checkers.ready if account.role == "operator" else None
    context: dict[str, Any] = {"received": received, "programmes": shown, "aside": aside}
    return page(visit, "desk.html.j2", strays=strays, fences=fences, **context)


def _sees(account: Account, line: Entry) -> bool:
    return account.oversees(line.about.split("/", 1)[0])


async def letters_page(visit: Visit) -> Response:
    """The mails that are due, each with what was decided on it."""
    account = decider(visit)
    approvals = Approvals(visit.office.request)
    due = await run_in_threadpool(_due, visit, account)
    context: dict[str, Any] = {"due": due, "decided": approvals.decisions(), "approvals": approvals}
    return page(visit, "letters.html.j2", approved=APPROVED, **context)


def _due(visit: Visit, account: Account) -> list[tuple[Place, Due]]:
    request, settings = visit.office.request, visit.office.settings
    try:
        published = read_published(request.home.warehouse)
    except NothingPublished:
        return []
    reports = request.home.reports(published.as_of)
    mails = due_mails(published, reports, request.reference, settings, Memory(request.home.outbox))
    return [(Place(*due.place), due) for due in mails if due.place and account.decides(due.place[0])]


async def _one_due(visit: Visit) -> tuple[Account, Place, Due]:
    place = Place(visit.request.path_params["programme"], visit.request.path_params["unit"])
    account = decider(visit, place.programme_id)
    for other, due in await run_in_threadpool(_due, visit, account):
        if other == place:
            return account, place, due
    raise HTTPException(404)


async def letter_page(visit: Visit) -> Response:
    """A mail to read, with its greeting and remarks to change."""
    _, place, due = await _one_due(visit)
    decision = Approvals(visit.office.request).decisions().get(due.key)
    shown = worded(due, decision) if decision else due
    context: dict[str, Any] = {"place": place, "due": due, "shown": shown, "decision": decision}
    return page(visit, "letter.html.j2", longest=LONGEST, approved=APPROVED, **context)


async def attachment(visit: Visit) -> Response:
    """A file that goes with a mail."""
    _, _, due = await _one_due(visit)
    number = visit.request.path_params["number"]
    if number >= len(due.attachments):
        raise HTTPException(404)
    path: Path = due.attachments[number]
    return download(path.name, await run_in_threadpool(path.read_bytes))


async def decide(visit: Visit) -> Response:
    """Approve a mail, or hold it back."""
    account, place, due = await _one_due(visit)
    form = await visit.form()
    if form.get("key") != due.key:  # a night came between: what was read is not what would go out
        return visit.go(f"/cong-van/{place.programme_id}/{place.unit_code}")
    greeting, remarks = (str(form.get(name, ""))[:LONGEST] for name in ("greeting", "remarks"))
    what = APPROVED if form.get("what") == "approve" else HELD
    decision = Decision(what, account.login, " ".join(greeting.split()), remarks.strip())
    await run_in_threadpool(Approvals(visit.office.request).decide, due, decision)
    return visit.go("/cong-van")


async def accounts_page(visit: Visit) -> Response:
    """Who may sign in, and the form that invites somebody."""
    return _accounts(visit, decider(visit))


def _accounts(visit: Visit, account: Account, why: str = "", link: str = "") -> Response:
    office = visit.office
    known = [one for one in office.accounts.all() if _manages(account, one)]
    units = {programme_id: office.units_of(programme_id) for programme_id in office.programmes_of(account)}
    roles = ROLES if account.role == "operator" else ("unit",)
    shown: dict[str, Any] = {"known": known, "units": units, "roles": roles, "why": why, "link": link}
    return page(visit, "accounts.html.j2", 400 if why else 200, **shown)


def _manages(account: Account, other: Account) -> bool:
    """An operator manages all; an officer the units of the own programmes."""
    if account.role == "operator":
        return True
    return other.role == "unit" and all(account.decides(place.programme_id) for place in other.places)


def _may_invite(visit: Visit, account: Account, role: str, places: list[Place]) -> bool:
    """An operator anybody, an officer units of the own programmes; no place that does not exist."""
    office = visit.office
    if role not in ROLES or not all(
        office.is_place(one) if one.unit_code else one.programme_id in office.reference.programmes
        for one in places
    ):
        return False
    return account.role == "operator" or (
        role == "unit" and all(account.decides(one.programme_id) for one in places)
    )


async def invite_somebody(visit: Visit) -> Response:
    """Invite a unit, or with an operator's rights anybody; the link is shown once."""
    account, office = decider(visit), visit.office
    form = await visit.form()
    role = str(form.get("role", "unit"))
    login, name = str(form.get("login", "")), str(form.get("name", ""))
    places = [Place(*str(one).split("/", 1)) for one in form.getlist("places") if one]
    before = office.accounts.of(login)
    if not _may_invite(visit, account, role, places) or (before and not _manages(account, before)):
        raise HTTPException(403)
    try:
        chosen: Role = role  # type: ignore[assignment]
        link = invite(office.accounts, office.home, login, name, chosen, places, account.login)
    except Unfit as problem:
        return _accounts(visit, account, why=str(problem))
    address = office.settings.arrival.address or str(visit.request.base_url).rstrip("/")
    return _accounts(visit, account, link=f"{address}/moi/{link}")


async def close_account(visit: Visit) -> Response:
    """Let somebody sign in no more."""
    account = decider(visit)
    form = await visit.form()
    other = visit.office.accounts.of(str(form.get("login", "")))
    if other is None or not _manages(account, other) or other.login == account.login:
        raise HTTPException(404)
    close(visit.office.accounts, visit.office.home, other.login, account.login)
    return visit.go("/tai-khoan")


async def journal_page(visit: Visit) -> Response:
    """The latest lines of the journal; an officer sees those of the own programmes and the own."""
    account = decider(visit)
    lines = visit.office.journal.entries(latest=LINES)
    own = [line for line in lines if line.who == account.login or _sees(account, line)]
    return page(visit, "journal.html.j2", lines=own[::-1])
