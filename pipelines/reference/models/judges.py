"""How a completeness rule is judged, as data: about which thing, where it applies, what must hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from pipelines.reference.models.base import (
    Code,
    Flag,
    Model,
    RecipientKind,
    Text,
    Whole,
    Year,
    YearList,
)
from pipelines.reference.models.leaves import Years
from pipelines.reference.models.trees import Tree


class TreeJudge(Model):
    """About each nomination, each form or each dossier: where ``when`` passes, ``test`` must hold."""

    about: Literal["nomination", "form", "dossier"]
    per: Literal["programme", "year", "phase"] = "programme"
    """Of a dossier: whether a unit has one for the programme, or one a year or phase."""
    forms: tuple[Code | Literal["*"], ...]
    """`*`: every form that nominates and has a place for the `field`."""
    kinds: tuple[RecipientKind, ...] = ()
    when: Tree | None = None
    test: Tree
    field: str | None = None

    @model_validator(mode="after")
    def _per(self) -> Self:
        if self.per != "programme" and self.about != "dossier":
            raise ValueError("per chỉ dùng cho about: dossier")
        return self


class PolicyCase(Model):
    """True while a policy has a value."""

    policy: Code
    value: Any


class CountJudge(Model):
    """About each unit that sent one of ``forms``: how many it named, against the quotas that bind it."""

    about: Literal["count"]
    forms: tuple[Code, ...]
    quotas: tuple[Text, ...]
    not_quotas: tuple[Code, ...] = ()
    per: Literal["programme", "year", "half", "quarter", "phase", "field_year"] = "programme"
    """``half``, ``quarter``: of each of ``years``, by the day a list came."""
    years: YearList | None = None
    limit: Literal["min", "max", "exact"] = "min"
    kinds: tuple[RecipientKind, ...] = ()
    max: Annotated[Whole, Field(ge=0)] | None = None
    groups: tuple[Text, ...] = ()
    if_unknown: Flag = False
    """It asks where the numbers cannot be told yet, instead of where they are wrong."""
    always_policy: PolicyCase | None = None
    each_kind_policy: PolicyCase | None = None
    household_policy: Code | None = None

    @model_validator(mode="after")
    def _which_years(self) -> Self:
        if (self.years is None) == (self.per in ("year", "half", "quarter", "field_year")):
            raise ValueError(
                "per: year, half, quarter, field_year cần years (và chỉ chúng): các năm được đếm"
            )
        return self


class OwedJudge(Model):
    """About each unit a coverage cell expects: what it must send, and by when."""

    about: Literal["owed"]
    cells: tuple[Text, ...]
    forms: tuple[Code, ...] = ()
    missing: Flag = False
    asked_after_policy: Code | None = None
    """The setting whose day, once past, makes what is missing asked for; without a day it never is."""
    late: Flag = False
    participants: tuple[Code, ...] = ()


class JudgedElsewhere(Model):
    """Judged by another model of the warehouse, or not at all (``not_observed``, with the reason)."""

    by: Literal["award_rows", "mau_02", "intake", "cross_checks", "not_observed"]
    why: str | None = None


def _which(data: Any) -> str:
    about = data.get("about") if isinstance(data, dict) else getattr(data, "about", None)
    if about is None:
        return "elsewhere"
    return str(about) if about in ("count", "owed") else "tree"


Judge = Annotated[
    Annotated[TreeJudge, Tag("tree")]
    | Annotated[CountJudge, Tag("count")]
    | Annotated[OwedJudge, Tag("owed")]
    | Annotated[JudgedElsewhere, Tag("elsewhere")],
    Discriminator(_which),
]


class NominationForm(Model):
    """A form that names nominees; forms of one family name the same nominees, the lowest rank first."""

    form: Code
    kind: Literal["de_nghi", "dang_ky", "gioi_thieu"]
    family: Code
    rank: Whole = 1
    records: Literal["head", "row", "award_rows"]
    dossier: Flag = False


class WindowRule(Model):
    """A named window of years of the criteria."""

    years: Years | None = None
    policy: Code | None = None
    by_phase: dict[Code, Years] = Field(default_factory=dict)
    policy_by_phase: Code | None = None
    first: Year | None = None
    first_before_nomination: Whole | None = None
    last_before_nomination: Whole | None = None
    """Years counted back from the nominee's: «hai năm liền trước» is first 2, last 1."""
    until_cell: Text | None = None
    """What is due (coverage.yaml) whose day also ends the window."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        first, last = self.first_before_nomination, self.last_before_nomination
        if first is not None and last is None:
            raise ValueError("first_before_nomination cần last_before_nomination: năm cuối của khung")
        if first is not None and last is not None and first < last:
            raise ValueError(f"khung năm ngược: {first} năm trước là sau {last} năm trước")
        if first is not None and self.first is not None:
            raise ValueError("năm đầu ghi hai lần: first và first_before_nomination")
        return self


class HeadPosition(Model):
    """Positions that head a unit, and the words the names of such units begin with (none: any unit)."""

    positions: tuple[Text, ...]
    units: tuple[Text, ...] = ()


class NominationsFile(Model):
    """nominations.yaml: which forms name nominees, what is attached to them by name, who heads a unit."""

    version: Whole
    forms: tuple[NominationForm, ...]
    attached: tuple[Code, ...]
    windows: dict[str, WindowRule] = Field(default_factory=dict)
    heads: tuple[HeadPosition, ...] = ()
