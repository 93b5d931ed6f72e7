"""How a completeness rule is judged, as data: about which thing, where it applies, what must hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from pipelines.reference.models.base import Code, Flag, Model, RecipientKind, Text, Whole, Year
from pipelines.reference.models.leaves import Years
from pipelines.reference.models.trees import Tree


class TreeJudge(Model):
    """About each nomination, each form or each dossier: where ``when`` passes, ``test`` must hold."""

    about: Literal["nomination", "form", "dossier"]
    forms: tuple[Code, ...]
    kinds: tuple[RecipientKind, ...] = ()
    when: Tree | None = None
    test: Tree
    field: str | None = None


class PolicyCase(Model):
    """True while a policy has a value."""

    policy: Code
    value: Any


class PolicyYears(Model):
    """Years by a policy: a list, its ``key``, or from a first year to ``to``."""

    policy: Code | None = None
    key: str | None = None
    first_year_policy: Code | None = None
    to: Whole | None = None


class CountJudge(Model):
    """About each unit that sent one of ``forms``: how many it named, against the quotas that bind it."""

    about: Literal["count"]
    forms: tuple[Code, ...]
    quotas: tuple[Text, ...]
    not_quotas: tuple[Code, ...] = ()
    per: Literal["programme", "year", "phase", "field_year"] = "programme"
    years: PolicyYears | None = None
    limit: Literal["min", "max", "exact"] = "min"
    kinds: tuple[RecipientKind, ...] = ()
    max: Annotated[Whole, Field(ge=0)] | None = None
    groups: tuple[Text, ...] = ()
    if_unknown: Flag = False
    """It asks where the numbers cannot be told yet, instead of where they are wrong."""
    always_policy: PolicyCase | None = None
    each_kind_policy: PolicyCase | None = None
    household_policy: Code | None = None


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
    last_before_nomination: Whole | None = None
    until_cell: Text | None = None
    """What is due (coverage.yaml) whose day also ends the window."""


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
