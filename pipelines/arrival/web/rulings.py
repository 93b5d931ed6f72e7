"""What an officer decides on the desk: a finding let pass until a day, a rule confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.arrival import rulings
from pipelines.arrival.accounts.account import Account, Place
from pipelines.arrival.journal import about
from pipelines.arrival.standing import Stray, finding_of, findings_of, strays_of
from pipelines.arrival.web.desk import decider, overseer
from pipelines.arrival.web.render import page
from pipelines.arrival.web.visit import Visit
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Waiver
from pipelines.rules.book import Chapter, Entry, confirmation
from pipelines.sentences import text

LONGEST = 1000
"""Letters of a reason or a remark."""
FARTHEST = timedelta(days=1100)
"""No waiver runs longer: past it nobody remembers why it was given."""
GENERAL, SETTINGS = "*", "policies"
"""Chapters of the book that are no programme's own."""


async def findings_page(visit: Visit) -> Response:
    """What stands against a unit, with a way to let each pass."""
    account = overseer(visit)
    place = Place(visit.request.path_params["programme"], visit.request.path_params["unit"])
    if not account.oversees(place.programme_id):
        raise HTTPException(404)
    as_of, found = await run_in_threadpool(findings_of, visit.office.home, place)
    if not (found or visit.office.is_place(place)):
        raise HTTPException(404)
    strays = [one for one in await run_in_threadpool(strays_of, visit.office.home) if _is_about(one, place)]
    given = rulings.waivers(visit.office.home)
    decides = account.decides(place.programme_id)
    shown: dict[str, Any] = {"place": place, "as_of": as_of, "found": found, "given": given}
    shown["strays"] = [(one, account.oversees(one.folder.programme_id)) for one in strays]
    return page(visit, "findings.html.j2", today=visit.now.date(), decides=decides, **shown)


def _is_about(stray: Stray, place: Place) -> bool:
    """Whether files lie there under this unit's code, or this is the folder itself."""
    return place == stray.folder or place == Place(stray.belongs_to or "", stray.folder.unit_code)


async def _finding(visit: Visit) -> tuple[Account, dict[str, Any]]:
    """A finding that the visitor may decide on.

    Raises:
        HTTPException: 401 or 404.
    """
    decider(visit)
    found = await run_in_threadpool(finding_of, visit.office.home, visit.request.path_params["finding"])
    if found is None:
        raise HTTPException(404)
    return decider(visit, found["programme_id"] or ""), found


async def waiver_page(visit: Visit) -> Response:
    """One finding and the form that lets it pass."""
    _, found = await _finding(visit)
    return _waiver(visit, found)


def _waiver(
    visit: Visit, found: dict[str, Any], why: str = "", reason: str = "", until: str = ""
) -> Response:
    today = visit.now.date()
    shown: dict[str, Any] = {
        "one": found,
        "place": Place(found["programme_id"], found["unit_code"]),
        "given": rulings.waivers(visit.office.home).get(found["finding_id"]),
        "why": why,
        "reason": reason,
        "until": until,
        "today": today,
        "farthest": today + FARTHEST,
        "longest": LONGEST,
    }
    return page(visit, "waiver.html.j2", 400 if why else 200, **shown)


async def waive(visit: Visit) -> Response:
    """Let it pass from the next night on, or no longer."""
    account, found = await _finding(visit)
    form, home = await visit.form(), visit.office.home
    unit, finding_id = about(found["programme_id"], found["unit_code"]), found["finding_id"]
    if form.get("what") == "end":
        if finding_id in rulings.waivers(home):
            await run_in_threadpool(rulings.end_waiver, home, account.login, unit, finding_id)
    else:
        reason, until = (str(form.get(name, "")).strip()[:LONGEST] for name in ("reason", "until"))
        today, day = visit.now.date(), _day(until)
        if not reason:
            return _waiver(visit, found, text("waiver.no_reason"), reason, until)
        if day is None or not today <= day <= today + FARTHEST:
            return _waiver(visit, found, text("waiver.no_day", years=FARTHEST.days // 365), reason, until)
        given = Waiver(finding_id=finding_id, reason=reason, by=account.name, until=day)
        await run_in_threadpool(rulings.waive, home, account.login, account.name, unit, given)
    return visit.go(f"/noi-dung/{found['programme_id']}/{found['unit_code']}")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


async def rules_page(visit: Visit) -> Response:
    """The chapters of the book of rules, and the rules of one of them."""
    account = overseer(visit)
    chapters = await run_in_threadpool(_chapters, visit, account)
    asked = visit.request.path_params.get("chapter", chapters[0].id)
    return _rules(visit, account, chapters, asked)


def _rules(visit: Visit, account: Account, chapters: list[Chapter], asked: str, why: str = "") -> Response:
    chapter = next((one for one in chapters if one.id == asked), None)
    if chapter is None:
        raise HTTPException(404)
    shown: dict[str, Any] = {"chapters": chapters, "chapter": chapter, "decides": _rules_on(account, chapter)}
    return page(visit, "rules.html.j2", 400 if why else 200, why=why, longest=LONGEST, **shown)


async def rule(visit: Visit) -> Response:
    """Confirm a rule, or say what is against it."""
    account = decider(visit)
    form = await visit.form()
    chapters = await run_in_threadpool(_chapters, visit, account)
    asked, named = visit.request.path_params["chapter"], str(form.get("rule", ""))
    chapter = next((one for one in chapters if one.id == asked), None)
    if chapter is None or not _rules_on(account, chapter) or named not in {one.id for one in chapter.entries}:
        raise HTTPException(404)
    remark, is_confirmed = str(form.get("remark", "")).strip()[:LONGEST], form.get("what") == "confirm"
    if not (is_confirmed or remark):
        return _rules(visit, account, chapters, asked, text("confirming.no_remark", rule=named))
    await run_in_threadpool(
        lambda: rulings.rule_on(
            visit.office.home, account.login, account.name, named, remark, is_confirmed=is_confirmed
        )
    )
    return visit.go(f"/quy-tac/{asked}#{named}")


def _rules_on(account: Account, chapter: Chapter) -> bool:
    """Rules of one programme are its officers'; those of all programmes any officer's."""
    if chapter.id in (GENERAL, SETTINGS):
        return account.role != "leader"
    return account.decides(chapter.id)


def _chapters(visit: Visit, account: Account) -> list[Chapter]:
    """The chapters that concern an account, with what was confirmed up to now."""
    office = visit.office
    reference, _ = rulings.in_force(office.home, office.reference, office.settings)
    own = {GENERAL, SETTINGS, *office.programmes_of(account)}
    return [
        replace(chapter, entries=tuple(_as_confirmed(one, reference) for one in chapter.entries))
        for chapter in office.chapters
        if chapter.id in own
    ]


def _as_confirmed(entry: Entry, reference: Reference) -> Entry:
    confirmed, by, on, remark = confirmation(reference, entry.id)
    return replace(entry, confirmed=confirmed, by=by, on=on, remark=remark)
