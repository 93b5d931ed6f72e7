"""Who has had what, for whoever sees more than one unit: a name, the recipients that bear it, one time line.

A name is asked for in a form, never in an address: addresses stand in the logs of proxies. Who looked up
whom is in the journal. A recipient is shown to whom one of the programmes that tell it is his.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, TypeVar

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dashboards.list_files import Value, comma_separated, workbook
from pipelines.arrival.web.desk import overseer
from pipelines.arrival.web.render import download, page
from pipelines.arrival.web.visit import Visit
from pipelines.forms.registry import load_words
from pipelines.reports.lookup import text as words
from pipelines.reports.lookup.lookup import Summary, name_key, search, summaries
from pipelines.reports.lookup.recipient import Recipient, recipients
from pipelines.sentences import text
from pipelines.text.dates_vi import format_date
from pipelines.text.keys import search_key

MOST = 100
"""Recipients of a name in one list; of more the rest is counted."""
LONGEST = 200
"""Letters of what is asked for."""
COLUMNS = (
    "year",
    "kind",
    "what",
    "decision",
    "day",
    "programme",
    "unit",
    "remarks",
    "file",
    "sheet",
    "cell",
)
"""Of a time line as a file; each has its words in the sentences, ``history.column.<name>``."""
FILES = {"xlsx": workbook, "csv": lambda _, header, rows: comma_separated(header, rows)}
T = TypeVar("T")


async def ask_page(visit: Visit) -> Response:
    """The form."""
    overseer(visit)
    return _asked(visit)


def _asked(visit: Visit, name: str = "", unit: str = "", why: str = "") -> Response:
    return page(visit, "look_up.html.j2", 400 if why else 200, name=name, unit=unit, why=why)


async def found_page(visit: Visit) -> Response:
    """The recipients of a name; where there is one, on to its time line."""
    overseer(visit)
    form = await visit.form()
    name, unit = (str(form.get(field, ""))[:LONGEST].strip() for field in ("name", "unit"))
    if not name_key(name):
        return _asked(visit, name, unit, text("lookup.no_name"))
    units = _units_called(visit, unit) if unit else None
    if units == []:
        return _asked(visit, name, unit, text("history.no_unit", unit=unit))

    _, plain = load_words().rows.without_address(name)

    def find(connection: duckdb.DuckDBPyConnection) -> tuple[int, list[Summary]]:
        ids = search(connection, name, plain, units=units, programmes=_programmes(visit))
        return len(ids), summaries(connection, ids[:MOST])

    total, found = await _published(visit, find)
    visit.note("looked_up", name=name, found=total)
    if total == 1:
        return visit.go(f"/tra-cuu/{found[0].recipient_id}")
    shown: dict[str, Any] = {"name": name, "unit": unit, "total": total, "found": found, "words": words}
    return page(visit, "found.html.j2", **shown)


def _units_called(visit: Visit, asked: str) -> list[str]:
    """Units by their code, or by a part of their name without diacritics."""
    key = search_key(asked)
    return [
        unit.unit_code
        for unit in visit.office.reference.units
        if unit.programme_id in _programmes(visit)
        and (unit.unit_code.casefold() == asked.casefold() or key in search_key(unit.name))
    ]


def _programmes(visit: Visit) -> list[str]:
    return visit.office.programmes_of(overseer(visit))


async def recipient_page(visit: Visit) -> Response:
    """One recipient with its time line, what the law makes next, who may be the same."""
    one = await _recipient(visit)
    visit.note("history_read", recipient=one.recipient_id)
    years = [(year, [*events]) for year, events in groupby(one.events, words.year_words)]
    return page(visit, "recipient.html.j2", one=one, years=years, words=words, kinds=tuple(FILES))


async def recipient_file(visit: Visit) -> Response:
    """The time line as a file."""
    one, kind = await _recipient(visit), visit.request.path_params["format"]
    if kind not in FILES:
        raise HTTPException(404)
    visit.note("history_saved", recipient=one.recipient_id)
    header = [text(f"history.column.{column}") for column in COLUMNS]
    data = await run_in_threadpool(FILES[kind], text("serve.way.history"), header, _rows(one))
    return download(f"qua-trinh-{one.recipient_id}.{kind}", data)


def _rows(one: Recipient) -> list[list[Value]]:
    return [
        [
            words.year_words(event),
            words.event_kind(event),
            words.what_words(event),
            event.decision_no,
            format_date(event.decision_date) if event.decision_date else None,
            event.programme,
            event.unit,
            "; ".join(words.remarks_on(event)) or None,
            event.place.source_file,
            event.place.source_sheet,
            event.place.source_cell or event.place.source_row,
        ]
        for event in one.events
    ]


async def _recipient(visit: Visit) -> Recipient:
    """The recipient that the address names.

    Raises:
        HTTPException: 404, there is none, or none of the programmes that tell it is the visitor's.
    """
    programmes, asked = _programmes(visit), visit.request.path_params["recipient"]
    found = await _published(visit, lambda connection: recipients(connection, [asked]))
    mine = {unit.unit_code for unit in visit.office.reference.units if unit.programme_id in programmes}
    if not found or not any(way.unit_code in mine for way in found[0].told):
        raise HTTPException(404)
    return found[0]


async def _published(visit: Visit, ask: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    """What the published file answers.

    Raises:
        HTTPException: 409, nothing is published yet.
    """
    path = visit.office.home.warehouse
    if not path.exists():
        raise HTTPException(409, text("serve.no_night"))

    def answer() -> T:
        with duckdb.connect(str(path), read_only=True) as connection:
            return ask(connection)

    return await run_in_threadpool(answer)
