"""Criteria: conditions with their checks, and the AND/OR groups exactly as the documents write them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from pipelines.reference.models.base import (
    Citations,
    Code,
    Flag,
    Mends,
    Model,
    RecipientKind,
    Severity,
    Text,
    Whole,
)
from pipelines.reference.models.trees import Logic, Tree
from pipelines.reference.said import unknown

_KINDS = ("tap_the", "ca_nhan", "gia_dinh", "any", "conference", "initiative")


def _kinds(text: str) -> str:
    for part in text.split("|"):
        if part not in _KINDS:
            raise ValueError(unknown("loại đối tượng", part, _KINDS))
    return text


Kinds = Annotated[str, AfterValidator(_kinds)]
"""One recipient kind, several with «|» between, ``any``; or what is no nominee: conference, initiative."""

CriterionType = Literal["machine", "attestable", "qualitative"]


class Criterion(Model):
    """One condition; `check` is its tree."""

    id: Code
    programme: Code
    recipient_kind: Kinds
    subject_group: Text
    type: CriterionType
    text_vi: Text
    check: Tree | None = None
    evidence: str | None = None
    note: str | None = None
    preference: Flag = False
    severity: Severity | None = None
    mends: Mends | None = None
    cite: Citations


class GroupScope(Model):
    """Whom a group decides on: nominations of these forms and kinds, where ``when`` passes."""

    forms: tuple[Code, ...]
    kinds: tuple[RecipientKind, ...] = ()
    when: Tree | None = None


class CriterionGroup(Model):
    """Criteria joined by AND, OR and IF; `logic` nests {all, any, if/then, warns, group, group_by_field}."""

    id: Code
    programme: Code
    applies_to: Text
    applies: GroupScope | None = None
    replaces_field: Code | None = None
    logic: Logic
    text: Text
    cite: Citations


class TypeDefault(Model):
    """Severity and mender of criteria of one type."""

    severity: Severity
    mends: Mends


class CriteriaFile(Model):
    """criteria.yaml; the vocabulary keys stand only in programmes/_all."""

    version: Whole
    type_values: dict[CriterionType, str] = Field(default_factory=dict)
    three_valued_logic: str | None = None
    field_vocabulary: tuple[Text, ...] = ()
    derived_facts: tuple[Text, ...] = ()
    """Facts no form has a place for: what the judging makes of what was sent."""
    by_type: dict[CriterionType, TypeDefault] = Field(default_factory=dict)
    groups: tuple[CriterionGroup, ...] = ()
    rules: tuple[Criterion, ...]


def cited_criteria(logic: Any) -> set[str]:
    """The ids of criteria that a group's logic names (patterns such as ``CB-LV{n}-*`` are none)."""
    if isinstance(logic, str):
        return set()
    found: set[str] = set()
    for key, part in logic.items():
        if key in ("all", "any", "then", "warns"):
            for item in part if isinstance(part, list | tuple) else (part,):
                found |= {item} if isinstance(item, str) else cited_criteria(item)
        elif key == "cases":
            found |= {name for case in part.values() for name in cited_criteria(case)}
    return found


def cited_groups(logic: Any) -> set[str]:
    """The ids of other groups that a group's logic names."""
    found: set[str] = set()
    if isinstance(logic, dict):
        for key, part in logic.items():
            if key == "group":
                found.add(part)
            elif key in ("all", "any", "then", "warns"):
                for item in part if isinstance(part, list | tuple) else (part,):
                    found |= cited_groups(item)
    return found
