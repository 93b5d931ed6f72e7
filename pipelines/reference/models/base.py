"""What every model of the reference data shares: frozen, no unknown keys, a citation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints, model_validator

Severity = Literal["blocking", "warning", "information"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the heaviest to the lightest: the order in which findings are told."""
Mends = Literal["unit", "board", "operator"]
RecipientKind = Literal["tap_the", "ca_nhan", "gia_dinh"]
AwardLevel = Literal["nha_nuoc", "tinh_bo_nganh", "bo_nganh", "co_so"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-ZĐ0-9][A-Za-zĐđ0-9._-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Annotated[int, Strict()] | Annotated[float, Strict()]
Year = Annotated[int, Strict(), Field(ge=1945, le=2100)]


def _as_tuple(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _as_date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"ngày «{value}» không theo dạng YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_as_date)]


def _as_pattern(value: Any) -> Any:
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str) or not re.fullmatch(r"(\d{4}|\{(next_)?year\})-\d{2}-\d{2}", text):
        raise ValueError(
            f"ngày «{value}» không theo dạng YYYY-MM-DD, {{year}}-MM-DD hoặc {{next_year}}-MM-DD"
        )
    try:
        date.fromisoformat(text.format(year=2023, next_year=2023))
    except ValueError:
        raise ValueError(f"ngày «{value}» không có trong lịch") from None
    return text


DayPattern = Annotated[str, BeforeValidator(_as_pattern)]
"""A day, or a day of every year or of the year after: ``{year}-07-31``, ``{next_year}-01-15`` (29 February is
no such day)."""


class Model(BaseModel):
    """A frozen record; a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def names(model: type[BaseModel]) -> list[str]:
    """The keys of a model as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


class PolicyYears(Model):
    """Years that a policy gives: a list, its ``key``, or all from a first year to ``to``."""

    policy: Code | None = None
    key: str | None = None
    first_year_policy: Code | None = None
    to: Whole | None = None

    @model_validator(mode="after")
    def _whence(self) -> Self:
        if (self.policy is None) == (self.first_year_policy is None):
            raise ValueError("cần đúng một trong policy, first_year_policy")
        if self.first_year_policy and self.to is None:
            raise ValueError("first_year_policy cần to: năm cuối")
        return self


YearList = Annotated[tuple[Year, ...], Field(min_length=1)] | PolicyYears
"""Years one by one, or those of a policy."""


def listed_years(years: tuple[int, ...] | PolicyYears, policies: Mapping[str, Any]) -> list[int]:
    """The years meant.

    Args:
        years: as written.
        policies: the value in force of every policy.
    """
    if not isinstance(years, PolicyYears):
        return list(years)
    if years.first_year_policy:
        assert years.to is not None
        return list(range(policies[years.first_year_policy], years.to + 1))
    assert years.policy is not None
    value = policies[years.policy]
    return list(value[years.key] if years.key else value)


TO_FILL = "ĐIỀN"
"""Stands in a new programme where the document's own words are to be written."""


class Citation(Model):
    """Where a rule stands: document, section, line and a short quote."""

    seed: Text
    section: Text
    line: int | None = None
    quote: Text


Citations = Annotated[tuple[Citation, ...], BeforeValidator(_as_tuple)]
