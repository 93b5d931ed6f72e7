"""From cells to typed values, each distinct cell value read once in a process."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pipelines.forms.recognise.labels import words_key
from pipelines.inbox.document import CellError, CellValue
from pipelines.text.dates_vi import DateReading, format_date, parse_date
from pipelines.text.keys import clean, match_key
from pipelines.text.memo import Memo
from pipelines.text.numbers_vi import NumberProblem, format_number, parse_number

_BLANKS = re.compile(r"[\s.…_:;,/()\[\]\-–—\"“”'‘’*]*")
_APART = re.compile(r"\s*(\d{1,2})\s+(\d{1,2})\s+((?:19|20)\d\d)\s*")
"""Day, month and year in three cells under one heading."""


def is_unfilled(text: str) -> bool:
    """Whether a text is only the dots, dashes and brackets of a blank on paper."""
    return _BLANKS.fullmatch(text) is not None


def text_of(value: CellValue) -> str | None:
    """A cell as text: NFC, blanks trimmed and collapsed; ``None`` when nothing is there.

    Whole numbers have no decimals, dates read ``dd/mm/yyyy``.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format_number(value)
    if isinstance(value, datetime):
        plain = not (value.hour or value.minute or value.second)
        return format_date(value.date()) if plain else f"{format_date(value.date())} {value:%H:%M:%S}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return value.code


DAYS_TO_1904 = 1462
"""Between day zero of a workbook that counts from 1900 and of one that counts from 1904."""
FIRST_SERIAL = 5000
"""Smaller numbers are years."""


def since_1900(value: CellValue) -> CellValue:
    """A number of days that counts from 1904, as one that counts from 1900; anything else as it is."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= FIRST_SERIAL:
        return value + DAYS_TO_1904
    return value


FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY_ZERO = date(1899, 12, 30)


def year_shown_as_day(value: CellValue) -> CellValue:
    """A year in a cell formatted as a date (2019 shows as 11/07/1905); anything else as it is."""
    if not isinstance(value, date):
        return value
    day = value.date() if isinstance(value, datetime) else value
    number = (day - _DAY_ZERO).days
    return number if FIRST_YEAR <= number <= LAST_YEAR else value


def date_of(value: CellValue) -> DateReading | None:
    """A cell as a date or a year; ``None`` when nothing is there, or only the dash of a blank."""
    if isinstance(value, str):
        if is_unfilled(value):
            return None
        apart = _APART.fullmatch(value)
        value = "/".join(apart.groups()) if apart else value.rstrip(" .;,")
    reading = parse_date(value if not isinstance(value, time | timedelta | CellError) else text_of(value))
    return None if reading.problem == "trong" else reading


def number_of(value: CellValue) -> int | float | NumberProblem | None:
    """A cell as a number; a problem when something else is there; ``None`` when nothing is."""
    try:
        return parse_number(value if isinstance(value, int | float | str) else text_of(value))
    except NumberProblem as problem:
        return None if problem.reason == "trong" else problem


def count_of(value: CellValue) -> int | NumberProblem | None:
    """A cell as a count: a whole number, not negative."""
    number = number_of(value)
    if number is None or isinstance(number, NumberProblem):
        return number
    if number < 0 or number != int(number) or number > 10**12:
        return NumberProblem("khong_phai_so", text_of(value) or "")
    return int(number)


def _key(text: str | None) -> str:
    return match_key(text) if text else ""


def _words(text: str | None) -> str:
    return words_key(text) if text else ""


TEXT = Memo(text_of)
FILLED = Memo(lambda value: None if isinstance(value, str) and is_unfilled(value) else text_of(value))
"""As ``TEXT``; the dots and dashes of a blank on paper are nothing."""
DATE = Memo(date_of)
COUNT = Memo(count_of)
NUMBER = Memo(number_of)
KEY = Memo(_key)
"""Text or ``None`` -> match key or ``""``."""
WORDS = Memo(_words)


NO_VALUES = frozenset({bool, CellError})


def plain_cells(cells: list[CellValue]) -> tuple[list[CellValue], list[int]]:
    """Take error values and booleans out of a column: neither is a value of any form.

    Returns:
        The column with ``None`` in their places, and the positions where they stood.
    """
    wrong = [number for number, value in enumerate(cells) if isinstance(value, bool | CellError)]
    plain = list(cells)
    for number in wrong:
        plain[number] = None
    return plain, wrong
