"""A unit sends files: chosen, checked at once, mended or sent in, with a receipt."""

from __future__ import annotations

import re
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.arrival.accounts.account import Account, Place
from pipelines.arrival.checking.checkers import CannotCheck
from pipelines.arrival.drafts import KEPT_SECONDS, Draft
from pipelines.arrival.journal import about
from pipelines.arrival.names import safe_name
from pipelines.arrival.receiving import MB, RECEIVED, Receipt, Refused, Sent, receipt_of
from pipelines.arrival.web.render import download, page
from pipelines.arrival.web.visit import Visit
from pipelines.sentences import text

CHECKS = "30/minute"
"""Of one account."""
_BEFORE = "l"
"""Behind the number of a receipt that had been given before."""
_NUMBER = re.compile(rf"([0-9]{{1,15}}){_BEFORE}?")


def place_of(visit: Visit) -> tuple[Account, Place]:
    """The unit in the address of a page, which must be one's own.

    Raises:
        HTTPException: 401 nobody is signed in; 404 it is no unit of this account, whether it exists or not.
    """
    account = visit.need()
    place = Place(visit.request.path_params["programme"], visit.request.path_params["unit"])
    if not account.sends_for(place):
        raise HTTPException(404)
    return account, place


def of_unit(visit: Visit) -> Account:
    """The account of a unit.

    Raises:
        HTTPException: 401 or 404, as ``place_of``.
    """
    account = visit.need()
    if account.role != "unit":
        raise HTTPException(404)
    return account


async def send_page(visit: Visit) -> Response:
    """Choose the programme and the files."""
    return _choose(visit, of_unit(visit))


def _choose(visit: Visit, account: Account, why: str = "", status: int = 200) -> Response:
    return page(visit, "send.html.j2", status, account=account, limits=visit.office.settings.arrival, why=why)


async def check(visit: Visit) -> Response:
    """Check what was chosen, and keep it until it is sent in."""
    account, place = place_of(visit)
    limits = visit.office.settings.arrival
    visit.limits.hit(CHECKS, "check", account.login)
    form = await visit.form(max_files=limits.files_at_once)
    uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not uploads:
        return _choose(visit, account, text("serve.no_file"), 400)
    files: dict[str, bytes] = {}
    for upload in uploads:
        data, name = await upload.read(), safe_name(upload.filename or "")
        if not data:
            return _choose(visit, account, text("arrival.empty", file=name), 400)
        if len(data) > limits.file_mb * MB:
            told = text("arrival.too_large", file=name, size=round(len(data) / MB), most=limits.file_mb)
            return _choose(visit, account, told, 413)
        if files.get(name, data) != data:
            return _choose(visit, account, text("serve.same_name", file=name), 400)
        files[name] = data
    named = sorted(files.items(), key=lambda one: one[0].encode())
    draft = await run_in_threadpool(_checked, visit, account, place, named)
    visit.note(
        "checked", about(place.programme_id, place.unit_code), names=draft.names, blocked=blocked(draft)
    )
    return visit.go(f"/ban-nhap/{draft.id}")


def _checked(visit: Visit, account: Account, place: Place, files: list[tuple[str, bytes]]) -> Draft:
    office = visit.office
    try:
        checked = office.checkers.check(files, place.programme_id, place.unit_code, visit.now.date())
        return office.drafts.keep(account.login, place, files, checked)
    except CannotCheck as why:
        return office.drafts.keep(account.login, place, files, [], str(why))


def blocked(draft: Draft) -> int:
    """How many of a draft's files lack what is required."""
    return sum(one.exit_code > 0 for one in draft.told)


def _draft(visit: Visit) -> tuple[Account, Draft]:
    """One's own draft, for a unit that is still one's own."""
    account = visit.need()
    draft = visit.office.drafts.of(visit.request.path_params["draft"], account.login)
    if draft is None or not account.sends_for(draft.place):
        raise HTTPException(404, text("serve.no_draft"))
    return account, draft


def _receipts_of_before(visit: Visit) -> str | None:
    """The page of the receipts of a draft that was sent in: for a second click, and the way back."""
    id_ = visit.request.path_params["draft"]
    account, since = visit.need(), visit.now - timedelta(seconds=KEPT_SECONDS)
    numbers = [
        str(entry.number)
        for entry in visit.office.journal.entries(RECEIVED, since=since)
        if entry.details.get("sending") == id_ and entry.who == account.login
    ]
    if visit.office.drafts.of(id_, account.login):  # what is left of it is still to be sent
        return None
    return f"/bien-nhan/{','.join(numbers)}" if numbers else None


async def draft_page(visit: Visit) -> Response:
    """What the check says of each file; once it is sent in, its receipts."""
    if receipts := _receipts_of_before(visit):
        return visit.go(receipts)
    _, draft = _draft(visit)
    return page(visit, "draft.html.j2", draft=draft, blocked=blocked(draft))


async def marked(visit: Visit) -> Response:
    """A file given back with marks, under its own name."""
    _, draft = _draft(visit)
    number = visit.request.path_params["number"]
    name = draft.told[number].marked if number < len(draft.told) else None
    data = visit.office.drafts.bytes_of(draft, number, marked=True)
    if name is None or data is None:
        raise HTTPException(404)
    return download(name, data)


async def send_in(visit: Visit) -> Response:
    """Lay the files of a draft into the raw folder; the receipts say so."""
    visit.need()
    await visit.form()
    if before := _receipts_of_before(visit):
        return visit.go(before)
    account, draft = _draft(visit)
    receipts: list[Receipt] = []
    for number, name in enumerate(draft.names):
        data = visit.office.drafts.bytes_of(draft, number)
        if data is None:
            if before := _receipts_of_before(visit):  # a second click was quicker
                return visit.go(before)
            raise HTTPException(404, text("serve.no_draft"))
        place = draft.place
        sent = Sent(place.programme_id, place.unit_code, name, data, account.login, "page", draft.id)
        try:
            receipts.append(await run_in_threadpool(visit.office.receiving.receive, sent))
        except Refused as why:
            return page(
                visit,
                "receipts.html.j2",
                409,
                receipts=receipts,
                why=str(why),
                left=len(draft.names) - number,
            )
    visit.office.drafts.forget(draft)
    numbers = ",".join(str(one.number) + (_BEFORE if one.again else "") for one in receipts)
    return visit.go(f"/bien-nhan/{numbers}")


async def receipts_page(visit: Visit) -> Response:
    """Receipts by their numbers; those of others do not exist."""
    account = of_unit(visit)
    receipts = []
    for written in visit.request.path_params["numbers"].split(",")[:200]:
        number = _NUMBER.fullmatch(written)
        found = visit.office.journal.entries(RECEIVED, number=int(number[1])) if number else []
        if not found or not account.sends_for(Place(*found[0].about.split("/", 1))):
            raise HTTPException(404)
        receipts.append(receipt_of(found[0], again=written.endswith(_BEFORE)))
    return page(visit, "receipts.html.j2", receipts=receipts, why="", left=0)
