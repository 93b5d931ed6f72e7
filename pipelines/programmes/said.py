"""Days, numbers and periods as documents say them: «trước ngày 31/3», «ít nhất 02», «quý I»."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipelines.common.yaml_files import read_plain
from pipelines.reference.deadlines import ROMAN
from pipelines.text.keys import match_key

_COMMON = 2023
"""A year without a 29/02: a day of every year is one of it."""
_NUMBER = re.compile(r"\d+")
_YEARLY = re.compile(r"(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})")
_ONCE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")
_WITHIN = re.compile(
    r"(?:trong )?(?:quý (iv|i{1,3}|[1-4])|tháng (\d{1,2}))(?:(?: năm |/| )(\d{4})| hằng năm)?"
)
"""A quarter or a month, with the year of what comes once."""


@cache
def _words() -> dict[str, Any]:
    return dict(read_plain(Path(__file__).parent / "folder" / "said.yml"))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: ``2026-03-31``, or of every year ``{year}-03-31``; whether the day itself is in time."""

    day: str
    wording: Literal["exclusive", "inclusive"]


def due(value: object, *, yearly: bool, usual: Literal["exclusive", "inclusive"]) -> Due:
    """A deadline as a document says it.

    Args:
        value: «trước ngày 31/3», «chậm nhất 15/01 năm sau», ``12-15``; where it comes once with its year.
        yearly: whether it comes every year.
        usual: how a day without a word before it is meant.

    Raises:
        ValueError: it names no day of the calendar, or words nobody knows.
    """
    if isinstance(value, Due):
        return value
    text = " ".join(str(value).lower().replace("ngày", " ").split())
    year = "{year}"
    if yearly and text.endswith(_words()["next_year"]):
        year, text = "{next_year}", text.removesuffix(_words()["next_year"]).strip()
    text = _last_day(text, yearly=yearly)
    found = (_YEARLY if yearly else _ONCE).search(text)
    before = text[: found.start()].strip() if found else ""
    if found is None or found.end() != len(text):
        raise ValueError(_no_day(value, yearly))
    if yearly:
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
        calendar, shown = _COMMON, year
    else:
        calendar = int(found[1] or found[6])
        month, day = (found[2], found[3]) if found[1] else (found[5], found[4])
        shown = str(calendar)
    try:
        on = date(calendar, int(month), int(day))
    except ValueError:
        raise ValueError(_no_day(value, yearly)) from None
    return Due(f"{shown}-{on:%m-%d}", _wording(before, usual))


def _last_day(text: str, *, yearly: bool) -> str:
    """Of «trong quý I năm 2028», «trong tháng 4» the last day; any other text as it is."""
    found = _WITHIN.fullmatch(text)
    if found is None or yearly == bool(found[3]):
        return text
    quarter = found[1] and (int(found[1]) if found[1].isdigit() else ROMAN.index(found[1].upper()) + 1)
    month = 3 * quarter if quarter else int(found[2])
    if not 1 <= month <= 12:
        return text
    year = int(found[3] or _COMMON)
    day = f"{_words()['days']['inclusive'][0]} {monthrange(year, month)[1]}/{month}"
    return day if yearly else f"{day}/{year}"


def _no_day(value: object, yearly: bool) -> str:
    if yearly:
        return (
            f"«{value}» không phải một ngày của hằng năm; ghi như 15/12, trước 15/12, chậm nhất 15/01 năm sau"
        )
    return f"«{value}» không phải một ngày; ghi như 31/3/2026, trước 31/3/2026, chậm nhất 31/3/2026"


def _wording(before: str, usual: Literal["exclusive", "inclusive"]) -> Literal["exclusive", "inclusive"]:
    if not before:
        return usual
    if before in _words()["days"]["exclusive"]:
        return "exclusive"
    if before in _words()["days"]["inclusive"]:
        return "inclusive"
    known = ", ".join((*_words()["days"]["exclusive"], *_words()["days"]["inclusive"]))
    raise ValueError(f"không rõ «{before}» tính cả ngày ấy hay không; các chữ dùng được: {known}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many: at least, at most, and whether the least itself is too few."""

    least: int | None = None
    most: int | None = None
    over: bool = False

    def keys(self, suffix: str = "") -> str:
        """As the keys of a quota: ``min: 2, max: 3``."""
        said = [f"min{suffix}: {self.least}"] if self.least is not None else []
        said += [f"max{suffix}: {self.most}"] if self.most is not None else []
        said += ["min_exclusive: true"] if self.over else []
        return ", ".join(said)


def bounds(value: object, *, bare: Literal["least", "most"]) -> Bounds:
    """A number as a document says it.

    Args:
        value: «ít nhất 02», «không quá 3», «từ 01 đến 03», «trên 5», «02 trở lên», or a number alone.
        bare: what a number alone is.

    Raises:
        ValueError: it says no number, or words nobody knows.
    """
    if isinstance(value, Bounds):
        return value
    text = " ".join(str(value).lower().replace("%", " ").split())
    found: dict[str, int] = {}
    before = 0
    for number in _NUMBER.finditer(text):
        said = text[before : number.start()].strip()
        before = number.end()
        found[_kind(said, value, bare)] = int(number[0])
    rest = text[before:].strip()
    if not found or rest not in ("", _words()["upwards"]):
        raise ValueError(_no_number(value))
    if rest and bare == "most" and set(found) == {"most"}:
        found = {"least": found["most"]}
    exactly = found.get("exactly")
    least = found.get("least", found.get("over", exactly))
    most = found["under"] - 1 if "under" in found else found.get("most", exactly)
    if least is not None and most is not None and least > most:
        raise ValueError(f"«{value}»: ít nhất {least} mà không quá {most}")
    return Bounds(least, most, "over" in found)


def _kind(said: str, value: object, bare: str) -> str:
    if not said:
        return bare
    for kind, words in _words()["numbers"].items():
        if said in words:
            return str(kind)
    raise ValueError(_no_number(value))


def _no_number(value: object) -> str:
    known = ", ".join(word for words in _words()["numbers"].values() for word in words)
    said = f"«{value}» không đọc được thành số lượng; chỉ ghi số (không ghi «cá nhân», «tập thể»)"
    return f"{said}, trước nó là: {known}"


def period(name: str) -> tuple[str, ...]:
    """The ways in which titles write a period that is a part of a year; one that is not listed: itself."""
    for ways in _words()["periods"]:
        if match_key(name) in {match_key(one) for one in ways}:
            return tuple(ways)
    return (name,)
