"""One cell or text as the typed value its field asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from pipelines.forms.recognise.labels import words_key
from pipelines.forms.recognise.title import single_year
from pipelines.forms.values.look_up import Fact, ReferenceValues
from pipelines.forms.values.values import COUNT, DATE, NUMBER, TEXT, is_unfilled, text_of
from pipelines.inbox.document import CellError, CellValue
from pipelines.text.dates_vi import find_dates
from pipelines.text.numbers_vi import NumberProblem

_POINTED = re.compile(r"(-?\d{1,3}\.(?:\d{1,2}|\d{4,}))\s*%?")
"""A number whose point can only stand before decimals: three digits after it would be thousands."""
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)")
_FORMULA = re.compile(r"^\s*=|\d\s*[+*]\s*\d")
"""A formula that stands as a text gives no year: ``=2022+1``."""
_DOCUMENT_NO = re.compile(r"\bsố\s*[:.]?\s*(\d[\w./\-–]*(?:\s*/\s*[\w\-–]+)*)", re.IGNORECASE)
_BARE_NO = re.compile(r"(?<![\w/])(\d{1,6}\s*/\s*[A-ZĐ][\w\-–./]*)")


FILLED = "✓"
"""What is kept of a value of which the rules ask only whether it is there (docs/personal-data.md)."""


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value; ``problem`` is the reading rule it breaks."""

    raw: str
    text: str | None = None
    number: float | None = None
    day: date | None = None
    code: str | None = None
    problem: str | None = None


def document_number(text: str) -> str | None:
    """The number of a decision or document named in a text, e.g. ``125/QĐ-UBND``."""
    found = _DOCUMENT_NO.search(text) or _BARE_NO.search(text)
    return re.sub(r"\s*/\s*", "/", found.group(1)).rstrip(".-–") if found else None


def first_date(text: str) -> date | None:
    """The first full date in a text."""
    return next((reading.day for reading in find_dates(text) if reading.day), None)


def text_after_date(text: str) -> str | None:
    """What follows the first full date of a text: ``01/01/1995, thành phố Cao Bằng`` names a place too."""
    dated = next((reading.text for reading in find_dates(text) if reading.day), None)
    rest = text.partition(dated)[2].strip(" ,;.-–\n") if dated else ""
    return rest or None


class Typing:
    """Types values of one submission: the programme decides which fields (``lĩnh vực``) there are."""

    def __init__(
        self, reference: ReferenceValues, programme_id: str, yes_no: dict[str, frozenset[str]]
    ) -> None:
        """Prepare for a programme; ``yes_no``: code -> words keys."""
        self._words = yes_no
        self.reference = reference
        self._fields = reference.fields.get(programme_id)
        self._tables = {
            "recipient_kind": (reference.kinds, "RD-LOAI"),
            "subject_group": (reference.subject_groups, "RD-NHOM"),
            "rating": (reference.ratings, "RD-XEP-LOAI"),
        }

    @property
    def mau_02_labels(self) -> frozenset[str]:
        """The labels of the lines of mẫu 02, without ``Trong đó`` and the like before them."""
        keys = {words_key(text) for row in self.reference.mau_02_lines for text in row.labels}
        return frozenset(keys | {key.removeprefix("trong đó ").removeprefix("danh hiệu ") for key in keys})

    def fact(self, text: str | None) -> Fact | None:
        """The fact of the criteria that a content of the annex names."""
        return self.reference.facts.get(words_key(text)) if text else None

    def value(self, kind: str, cell: CellValue, choices: dict[str, str] | None = None) -> Value | None:
        """The typed value of a cell, or ``None`` when nothing was filled in.

        Args:
            kind: the field's type in the form's data.
            cell: the cell or text.
            choices: words key -> code, for fields of the type ``choice``.
        """
        if isinstance(cell, bool | CellError):
            return Value(text_of(cell) or "", problem="RD-O-LOI")
        raw = TEXT[cell]
        if raw is None or is_unfilled(raw):
            return None
        if kind == "filled":
            return Value(FILLED, text=FILLED)
        plain = Value(raw, text=raw)
        if kind in self._tables:
            table, rule = self._tables[kind]
            code = table.get(words_key(raw))
            return replace(plain, code=code, problem=None if code else rule)
        if kind == "fact":
            fact = self.reference.facts.get(words_key(raw))
            return replace(plain, code=fact.field if fact else None, problem=None if fact else "RD-LUA-CHON")
        if kind == "has_award":
            told = self._yes_no(plain)
            return replace(told, code=(choices or {}).get(told.code or "", told.code))
        if kind == "choice":
            code = (choices or {}).get(words_key(raw))
            return replace(plain, code=code, problem=None if code else "RD-LUA-CHON")
        if kind in ("number", "count", "percent"):
            number = COUNT[cell] if kind == "count" else NUMBER[cell]
            if isinstance(number, NumberProblem):
                pointed = _POINTED.fullmatch(raw) if kind != "count" else None
                if pointed:
                    return replace(plain, number=float(pointed[1]), problem="RD-SO-CHAM")
                return replace(plain, problem="RD-SO")
            return replace(plain, number=float(number))
        if kind in ("date", "date_or_text", "place_date"):
            return self._date(kind, cell, plain)
        if kind in ("year", "year_or_period"):
            return self._year(kind, cell, plain)
        if kind == "field":
            return replace(plain, code=self._fields.find(raw) if self._fields else None)
        if kind == "award":
            key, rank = self.reference.award_names.key(raw)
            code = self.reference.awards.get(key) or (choices or {}).get(self._yes_no(plain).code or "")
            return replace(plain, text=rank or raw, code=code)
        if kind == "yes_no":
            return self._yes_no(plain)
        if kind in ("evidence", "document"):
            return replace(plain, text=document_number(raw) or raw, day=first_date(raw))
        return plain

    def _date(self, kind: str, cell: CellValue, plain: Value) -> Value | None:
        reading = DATE[cell]
        if reading is None or reading.problem == "de_trong":
            return None
        if reading.problem:
            return plain if kind != "date" else replace(plain, problem="RD-NGAY")
        return replace(plain, day=reading.day, number=float(reading.year) if reading.year else None)

    def _year(self, kind: str, cell: CellValue, plain: Value) -> Value | None:
        if _FORMULA.search(plain.raw):
            return replace(plain, problem="RD-NAM")
        period = _PERIOD.search(plain.raw)
        if kind == "year_or_period" and period:
            return replace(plain, text=f"{period[1]} - {period[2]}")
        reading = DATE[cell]
        if reading is not None and reading.year:
            return replace(plain, number=float(reading.year), text=str(reading.year))
        year = single_year(plain.raw)
        if year:
            return replace(plain, number=float(year), text=str(year))
        return replace(plain, problem="RD-NAM")

    def _yes_no(self, plain: Value) -> Value:
        key = words_key(plain.raw)
        for code, words in self._words.items():
            if key in words:
                return replace(plain, code=code)
        return replace(plain, problem="RD-CO-KHONG")
