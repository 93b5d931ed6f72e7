"""Values that head the rows they hold for: ``I. Lao động tiên tiến``, ``Quyết định số 12/QĐ``, ``Năm 2019``.

Which fields a heading may give is the form's data (``heads``); a row's own cell goes before its heading, and
where the two say different things it is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from pipelines.forms.part import Part, short
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.headings import names_kind, without_mark
from pipelines.forms.values.typed import document_number, first_date
from pipelines.inbox.document import Grid
from pipelines.text.dates_vi import format_date
from pipelines.text.keys import match_key
from pipelines.text.row_runs import told_runs

_YEAR = re.compile(r"(?:năm(?: học)?\s*:?\s*)?((?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)", re.IGNORECASE)
_LEVELS = (re.compile(r"\s*(?:[IVX]+|[A-ZĐ])\s*[.)/:-]?\s"), re.compile(r"\s*\d"))
"""How headings of the first and second level are numbered; others stand below both."""


def take_headings(part: Part, grid: Grid, binding: Binding, body: Body) -> None:
    """Give the rows below a heading the value it holds, where they have none of their own.

    Args:
        part: the part.
        grid: the sheet or table.
        binding: the layout on its header.
        body: the rows; the cells of headings that give a value are no longer passed over.
    """
    if not binding.layout.heads or not body.headings:
        return
    waiting = list(body.headings)
    active: dict[str, tuple[int, str, int, int]] = {}
    used: set[int] = set()
    against: defaultdict[tuple[int, str], list[int]] = defaultdict(list)

    @cache
    def names(field: str, value: str) -> str | None:
        return _NAMED[field](part, value) if field in _NAMED else None

    for position, row in enumerate(body.rows):
        above = [heading for heading in waiting if heading[0] < row]
        waiting = waiting[len(above) :]
        opened = [
            (_level(text), at, column, _values(part, text, binding.layout.heads))
            for at, column, text in above
        ]
        # «(tiếp theo)» opens nothing
        ends = min((level for level, *_, given in opened if given or level < len(_LEVELS)), default=None)
        if ends is not None:
            active = {field: value for field, value in active.items() if value[0] < ends}
        for level, at, column, given in opened:
            active |= {field: (level, value, at, column) for field, value in given.items()}
        for field, (_, value, at, column) in active.items():
            own = body.columns.get(field)
            if own is None or is_blank(own[position]):
                body.headed.setdefault(field, {})[position] = value, at, column
                used.add(at)
            elif len({names(field, value), names(field, str(own[position]))} - {None}) > 1:
                against[at, field].append(position)
    body.ignored["dong_muc"] -= len(used)
    body.held += len(used)
    said = {at: text for at, _, text in body.headings}
    for (at, field), positions in against.items():
        rows = [body.rows[position] for position in positions]
        params = {
            "de_muc": short(said[at]),
            "dong_muc": str(at + 1),
            "so": str(len(rows)),
            "cac_dong": told_runs(rows),
            "gia_tri": short(body.columns[field][positions[0]]),
        }
        part.find("RD-MUC-KHAC", grid, rows[0], binding.columns.get(field), field=field, params=params)


def _award(part: Part, text: str) -> str | None:
    return part.reference.awards.get(part.reference.award_names.key(text)[0] or "")


def _year(part: Part, text: str) -> str | None:
    found = _YEAR.fullmatch(text.strip().removesuffix(".0"))
    return found[1] if found and found[1].isdecimal() else None


def _decision(part: Part, text: str) -> str | None:
    number = document_number(text)
    return number and match_key(number).replace(" ", "")


_NAMED: dict[str, Callable[[Part, str], str | None]] = {
    "award": _award,
    "year": _year,
    "decision_no": _decision,
}
"""What a heading or cell names beyond doubt, of the fields in which the two may contradict each other."""


def _level(text: str) -> int:
    return next((number for number, mark in enumerate(_LEVELS) if mark.match(text)), len(_LEVELS))


def _values(part: Part, text: str, heads: tuple[str, ...]) -> dict[str, str]:
    """The fields a heading gives, with their values."""
    words = part.catalogue.words
    rest = without_mark(text)
    key = words_key(rest)
    number = document_number(rest) if starts_with(key, words.decision) else None
    found: dict[str, str | None] = {}
    if _award(part, rest):
        found["award"] = rest
    elif year := _YEAR.fullmatch(rest):
        found["year"] = year[1]
    elif number:
        day = first_date(rest)
        found |= {"decision_no": number, "decision_date": format_date(day) if day else None}
    elif starts_with(key, (*words.collective_heads, *words.rows.office_heads)) and not names_kind(
        rest, words
    ):
        found["workplace"] = rest.partition(":")[2].strip() or rest
    return {field: value for field, value in found.items() if value and field in heads}
