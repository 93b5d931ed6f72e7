"""What a unit sees of its own: what it sent, what is left to do, its papers, its blank files."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.arrival import papers
from pipelines.arrival.accounts.account import Place
from pipelines.arrival.approvals import Approvals
from pipelines.arrival.journal import about
from pipelines.arrival.receiving import RECEIVED
from pipelines.arrival.states import sent_files
from pipelines.arrival.todo import Todo, todo_of
from pipelines.arrival.web.render import download, page
from pipelines.arrival.web.sending import of_unit, place_of
from pipelines.arrival.web.visit import Visit

SHOWN = 500
"""Files of a unit on its page, the latest."""


async def sent_page(visit: Visit) -> Response:
    """All it ever sent, with what became of it."""
    account, office = of_unit(visit), visit.office
    sent = {
        place: await run_in_threadpool(
            sent_files,
            office.journal.entries(RECEIVED, about=about(place.programme_id, place.unit_code), latest=SHOWN),
            office.home.warehouse,
            visit.now,
        )
        for place in account.places
    }
    return page(visit, "sent.html.j2", sent=sent)


async def todo_page(visit: Visit) -> Response:
    """What is left to do, with its days, and the papers of the published night."""
    account, office = of_unit(visit), visit.office
    found: dict[object, Todo] = {}
    for place in account.places:
        found[place] = await run_in_threadpool(todo_of, office.home, place)
    letters = {place for place in account.places if _letter(visit, place)}
    return page(visit, "todo.html.j2", todo=found, names=papers.FORMATS, letters=letters)


async def mau_02(visit: Visit) -> Response:
    """Its mẫu 02 of the published night."""
    _, place = place_of(visit)
    kind = visit.request.path_params["kind"]
    data = (
        await run_in_threadpool(papers.mau_02, visit.office.home, place, kind)
        if kind in papers.FORMATS
        else None
    )
    if data is None:
        raise HTTPException(404)
    return download(f"mau-02-{place.unit_code}.{kind}", data)


def _letter(visit: Visit, place: Place) -> Path | None:
    """A unit's letter, once nobody has to approve it any more."""
    if not Approvals(visit.office.request).shows_letters(place.programme_id, place.unit_code):
        return None
    return papers.letter(visit.office.home, place)


async def letter(visit: Visit) -> Response:
    """The letter of the published night to it."""
    _, place = place_of(visit)
    found = _letter(visit, place)
    if found is None:
        raise HTTPException(404)
    return download(found.name, found.read_bytes())


async def templates_page(visit: Visit) -> Response:
    """The blank files of its programmes."""
    account = of_unit(visit)
    kit = visit.office.kit
    known = {place: [name for _, name in kit.names(place.programme_id)] for place in account.places}
    return page(visit, "templates.html.j2", known=known)


async def template(visit: Visit) -> Response:
    """A blank file with the unit's name in it."""
    _, place = place_of(visit)
    office, name = visit.office, visit.request.path_params["name"]
    if name not in (known for _, known in office.kit.names(place.programme_id)):
        raise HTTPException(404)
    unit = office.unit_name(place.unit_code)
    return download(name, await run_in_threadpool(office.kit.file, name, unit))
