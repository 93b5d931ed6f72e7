"""What an answer may be: a day, a number, a text as people write them in an answers file."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, InstanceOf, StringConstraints

from pipelines.programmes.said import Bounds, Due, bounds, due
from pipelines.reference.models.base import Day
from pipelines.reference.models.base import Whole as _Whole
from pipelines.reference.models.base import Year as _Year
from pipelines.reference.yaml_lines import Fraction

Text = Annotated[
    str,
    BeforeValidator(lambda value: _as_text(value)),
    StringConstraints(min_length=1, strip_whitespace=True),
]
"""A text; a number is taken as it is written: clause 1, 2.10, a column 2025."""
Whole = Annotated[_Whole, BeforeValidator(lambda value: _as_number(value))]
Year = Annotated[_Year, BeforeValidator(lambda value: _as_number(value))]
"""Numbers that may stand in quotes, or with a zero before them."""
Years = Annotated[tuple[Year, Year], BeforeValidator(lambda value: _as_years(value))]
"""The first and the last: a list, or «2026-2030», «2026 - 2030»."""
_Day = InstanceOf[Due]
Yearly = Annotated[_Day, BeforeValidator(lambda value: due(value, yearly=True, usual="exclusive"))]
"""A day of every year: ``12-15``, «chậm nhất 15/01 năm sau»; alone it is «trước ngày»."""
Once = Annotated[_Day, BeforeValidator(lambda value: due(value, yearly=False, usual="exclusive"))]
"""A day that comes once: «trước 31/3/2026»."""
Until = Annotated[_Day, BeforeValidator(lambda value: due(value, yearly=False, usual="inclusive"))]
"""The same; alone it is the last day («trong quý III» is until its end)."""
Rounds = Annotated[
    tuple[Yearly, ...],
    BeforeValidator(lambda value: value if isinstance(value, list | tuple) else (value,)),
    AfterValidator(lambda days: _in_order(days)),
]
"""The day of every year, or of each round in it: «[trước 20/4, trước 20/10]»; the last is the last of all."""
Signed = Annotated[Day, BeforeValidator(lambda value: _signed(value))]
"""The day of a document: ``05/01/2026``, ``2026-01-05``."""
AtLeast = Annotated[InstanceOf[Bounds], BeforeValidator(lambda value: bounds(value, bare="least"))]
"""How many; a number alone is the least."""
AtMost = Annotated[InstanceOf[Bounds], BeforeValidator(lambda value: bounds(value, bare="most"))]
"""How many; a number alone is the most."""


def _signed(value: object) -> object:
    return due(value, yearly=False, usual="inclusive").day if isinstance(value, str) else value


def _as_text(value: object) -> object:
    if isinstance(value, Fraction):
        return value.written
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.strip().isdigit() else value


def _as_years(value: object) -> object:
    return value.replace("–", "-").split("-") if isinstance(value, str) else value


def _in_order(days: tuple[Due, ...]) -> tuple[Due, ...]:
    if len({one.day for one in days}) < len(days):
        raise ValueError("hai đợt ghi cùng một ngày")
    return tuple(sorted(days, key=lambda one: one.day.format(year=1, next_year=2)))
