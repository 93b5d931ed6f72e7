"""How a completeness rule is judged, as data: about which thing, where it applies, what must hold.

Trees nest ``all``, ``any``, ``not`` and leaves ``{op: …}``; the SQL of ``dbt_project/models/intermediate``
interprets the leaves (``OPS``), so that a new rule needs no SQL of its own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from pipelines.reference.models.base import Code, Day, Model, RecipientKind, Text

# what each leaf may say beside its op
_VALUE = {"field", "subject", "window", "aggregate", "min", "min_exclusive", "max", "year"}
_YEARS = {"field", "subject", "window", "scale", "min_rating", "year"}
OPS: dict[str, set[str]] = {
    "present": {"field", "subject", "name"},
    "signed": {"field"},
    "mentions": {"field", "values"},
    "field_present": {"field", "subject"},
    "flag": {"field", "subject", "equals"},
    "in": {"field", "subject", "values", "unknown_values"},
    "num": _VALUE,
    "num_all_years": _VALUE,
    "gt_field": _VALUE | {"other"},
    "gt_field_all_years": _VALUE | {"other"},
    "growth_all_years": {"fields", "min_exclusive", "window"},
    "decrease_all_years": {"field", "window"},
    "rating_named": {"subject", "min_rating", "min"},
    "rating_all_years": _YEARS,
    "rating_count_years": _YEARS | {"min_years", "consecutive", "closed", "requires"},
    "rating_year": _YEARS,
    "award_listed": {"subject", "codes", "needs", "window"},
    "awards_complete": {"subject", "codes", "needs"},
    "awards_in_window": {"subject", "window"},
    "award_count": {"subject", "codes", "min", "window", "date_field", "consecutive"},
    "award_all_years": {"subject", "codes", "window"},
    "docs_all_years": {"field", "window"},
    "years_given": _YEARS | {"codes"},
    "distinct_years": {"field", "policy"},
    "subject_given": {"subject"},
    "document": {"forms", "with"},
    "named_in": {"forms", "scope", "same_year"},
    "received": {"cell"},
    "field_known": {"field"},
    "field_allows": {"field"},
    "rule_group_passes": {"group", "subject"},
    "subset": {"left", "right"},
    "checklist": {"items", "min"},
    "criterion": {"criterion"},
    "council": set(),
}
INNER = ("all", "any", "not", "if", "warns")
DEEPEST = 8


def _checked_tree(tree: Any) -> Any:
    _check(tree, 1)
    return tree


def _check(tree: Any, depth: int) -> None:
    if not isinstance(tree, dict):
        raise ValueError(f"phép kiểm phải là một khối {{op: …}}, không phải «{tree}»")
    if depth > DEEPEST:
        raise ValueError(f"phép kiểm lồng quá {DEEPEST} tầng")
    inner = [name for name in INNER if name in tree]
    if inner:
        parts = tree[inner[0]]
        for part in parts if isinstance(parts, list) else [parts]:
            _check(part, depth + 1)
        if "then" in tree:
            _check(tree["then"], depth + 1)
        return
    op = tree.get("op")
    if op not in OPS:
        raise ValueError(f"không có phép kiểm «{op}»")
    extra = set(tree) - OPS[op] - {"op"}
    if extra:
        raise ValueError(f"phép kiểm «{op}» không có «{', '.join(sorted(extra))}»")


Tree = Annotated[dict[str, Any], BeforeValidator(_checked_tree)]


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
    to: int | None = None


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
    max: int | None = None
    groups: tuple[str, ...] = ()
    always_policy: PolicyCase | None = None
    each_kind_policy: PolicyCase | None = None
    household_policy: Code | None = None


class OwedJudge(Model):
    """About each unit a coverage cell expects: what it must send, and by when."""

    about: Literal["owed"]
    cells: tuple[Text, ...]
    forms: tuple[Code, ...] = ()
    missing: bool = False
    asked_after_policy: Code | None = None
    """The setting whose day, once past, makes what is missing asked for; without a day it never is."""
    late: bool = False
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
    family: Code
    rank: int = 1
    records: Literal["head", "row", "award_rows"]
    dossier: bool = False


class WindowRule(Model):
    """A named window of years of the criteria."""

    years: tuple[int, int] | None = None
    policy: Code | None = None
    by_phase: dict[str, tuple[int, int]] = Field(default_factory=dict)
    policy_by_phase: Code | None = None
    first: int | None = None
    last_before_nomination: int | None = None
    last_day: Day | None = None


class HeadPosition(Model):
    """Positions that head a unit, and the words the names of such units begin with (none: any unit)."""

    positions: tuple[Text, ...]
    units: tuple[Text, ...] = ()


class NominationsFile(Model):
    """nominations.yaml: which forms name nominees, what is attached to them by name, who heads a unit."""

    version: int
    forms: tuple[NominationForm, ...]
    attached: tuple[Code, ...]
    windows: dict[str, WindowRule] = Field(default_factory=dict)
    heads: tuple[HeadPosition, ...] = ()
