"""Dates as Vietnamese offices write them; a bare year and a school year are years, not dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pipelines.text.keys import clean

Reason = Literal[
    "trong", "khong_doc_duoc", "khong_co_trong_lich", "nam_hai_chu_so", "thieu_ngay", "de_trong",
    "khoang_nam", "nhieu_ngay",
]  # fmt: skip
"""trong: empty; khong_doc_duoc: no date; khong_co_trong_lich: not in the calendar, as 31/02/2019;
nam_hai_chu_so: a year of two digits; thieu_ngay: month and year only; de_trong: the dotted blanks of
``ngày … tháng … năm`` were not filled; khoang_nam: a range of years; nhieu_ngay: several different dates."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIAL_FROM, _SERIAL_TO = 10_000, 73_415  # 18/05/1927 to 31/12/2100; smaller numbers are years or slips
_EXCEL_DAY_ZERO = datetime(1899, 12, 30)

_CLOCK = r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})\s*([/.\-–])\s*([0-9]{{1,2}})\s*\2\s*([0-9]{{2}}|[0-9]{{4}}){_CLOCK}"
)
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_CLOCK}")
_MONTH_ONLY = re.compile(r"(?:tháng\s*)?[0-9]{1,2}\s*[/.\-]\s*[0-9]{4}", re.IGNORECASE)
_YEARS = re.compile(r"(?:năm\s*(?:học)?\s*)?([0-9]{4})(?:\s*[-–—/]\s*(?:năm\s*)?([0-9]{4}))?", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"ngày\s*([0-9]{1,2})\s*tháng\s*([0-9]{1,2})\s*năm\s*([0-9]{4})(?![0-9])", re.IGNORECASE
)
_IN_DIGITS = re.compile(r"(?<![0-9/.\-])([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4})(?![0-9/.\-]*[0-9])")
_BLANKS = re.compile(r"ngày[\s.…_]*tháng[\s.…_]*[0-9]*[\s.…_]*năm", re.IGNORECASE)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says about time: a day, a year alone, or a problem; exactly one of the three.

    ``year`` is also set for a day. ``text`` is what was written, for messages.
    """

    text: str
    day: date | None = None
    year: int | None = None
    problem: Reason | None = None


def _day(text: str, year: int, month: int, day: int) -> DateReading:
    try:
        found = date(year, month, day)
    except ValueError:
        return DateReading(text, problem="khong_co_trong_lich")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateReading(text, problem="khong_doc_duoc")
    return DateReading(text, found, year)


def parse_date(value: object) -> DateReading:
    """Read a cell as a date or a year.

    Args:
        value: a date cell, an Excel serial number, a year, or a text (NFC) in one of the forms of
            docs/contract.md#values; in a longer text «ngày … tháng … năm …» is found.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _day(value.isoformat(), value.year, value.month, value.day)
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return (
            DateReading("", problem="trong")
            if value is None
            else DateReading(str(value), problem="khong_doc_duoc")
        )
    if isinstance(value, str):
        return _parse_text(clean(value))
    return _parse_serial(value, f"{value:g}" if isinstance(value, float) else str(value))


def _parse_serial(value: int | float, text: str) -> DateReading:
    if FIRST_YEAR <= value <= LAST_YEAR and value == int(value):
        return DateReading(text, year=int(value))
    if _SERIAL_FROM <= value <= _SERIAL_TO:
        found = (_EXCEL_DAY_ZERO + timedelta(days=int(value))).date()
        return _day(text, found.year, found.month, found.day)
    return DateReading(text, problem="khong_doc_duoc")


def _parse_text(text: str) -> DateReading:
    if not text:
        return DateReading(text, problem="trong")
    if found := _DAY_FIRST.fullmatch(text):
        if len(found[4]) == 2:
            return DateReading(text, problem="nam_hai_chu_so")
        return _day(text, int(found[4]), int(found[3]), int(found[1]))
    if found := _ISO.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _YEARS.fullmatch(text):
        return _years(text, int(found[1]), int(found[2]) if found[2] else None)
    if _SERIAL.fullmatch(text):
        return _parse_serial(float(text.replace(",", ".")), text)
    if _MONTH_ONLY.fullmatch(text):
        return DateReading(text, problem="thieu_ngay")
    return _in_longer_text(text)


def _years(text: str, first: int, second: int | None) -> DateReading:
    """A school year ``2018-2019`` counts as its second year (docs/contract.md#values)."""
    if second is not None and second != first + 1:
        return DateReading(text, problem="khoang_nam")
    year = second or first
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateReading(text, problem="khong_doc_duoc")
    return DateReading(text, year=year)


def _in_longer_text(text: str) -> DateReading:
    readings = find_dates(text)
    days = {reading.day for reading in readings if reading.day}
    if len(days) > 1:
        return DateReading(text, problem="nhieu_ngay")
    broken = next((reading.problem for reading in readings if reading.problem), None)
    if broken:
        return DateReading(text, problem=broken)
    if days:
        day = days.pop()
        return DateReading(text, day, day.year)
    return DateReading(text, problem="de_trong" if _BLANKS.search(text) else "khong_doc_duoc")


def find_dates(text: str) -> list[DateReading]:
    """Every ``ngày d tháng m năm y`` and ``dd/mm/yyyy`` in a longer text (NFC), in order."""
    found = [
        (match.start(), _day(match[0], int(match[3]), int(match[2]), int(match[1])))
        for match in _IN_WORDS.finditer(text)
    ]
    found += [
        (match.start(), _day(match[0], int(match[4]), int(match[3]), int(match[1])))
        for match in _IN_DIGITS.finditer(text)
    ]
    return [reading for _, reading in sorted(found, key=lambda item: item[0])]


def format_date(day: date) -> str:
    """``05/06/2020``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
