"""A programme: its document, period and phases; its quotas and completeness rules."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field as FieldOf
from pydantic import model_validator

from pipelines.reference.models.base import (
    Citations,
    Code,
    Day,
    Flag,
    Mends,
    Model,
    Number,
    RecipientKind,
    Severity,
    Text,
    Whole,
)
from pipelines.reference.models.judges import Judge

Basis = Literal[
    "per_year",
    "per_phase",
    "whole_programme",
    "per_report",
    "per_dossier",
    "per_nomination",
    "per_level",
]


class Document(Model):
    """A document that rules cite; `id` is what a citation's `seed` names."""

    id: Text
    short_name: Text
    title: Text


class DocumentsFile(Model):
    """documents.yaml."""

    version: Whole
    documents: tuple[Document, ...]


class PeriodConflict(Model):
    """Another period that the same document names."""

    other_label: Text
    cites: Citations


class Period(Model):
    """From when to when a programme runs."""

    start: Day
    end: Day
    label: Text
    cite: Citations
    conflict: PeriodConflict | None = None


class FormPhase(Model):
    """A phase that forms declare (Cao Bằng's giai đoạn 1 and 2)."""

    id: Code
    label: Text
    years: tuple[Whole, Whole]
    cite: Citations


class Programme(Model):
    """programme.yaml."""

    version: Whole
    id: Code
    short_name: Text
    title: Text
    issuing_body: Text
    signed_by: str | None = None
    document_type: Text
    document_number: str | None = None
    document_date: Day | None = None
    document_number_note: str | None = None
    effective_date: Day | None = None
    number_aliases: tuple[str, ...] = ()
    number_cite: Citations = ()
    legal_basis: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    period: Period
    award_year_window: tuple[Whole, Whole]
    form_phases: tuple[FormPhase, ...] = ()
    forms: tuple[Code, ...] = ()
    """Forms of other programmes that it takes too; none, and no form names it: it takes them all."""


LEADERS, DIRECT = "lanh_dao", "truc_tiep"
"""Of whom a share may be told beside the subject groups: what the class of a row tells."""
Percent = Annotated[Number, FieldOf(ge=0, le=100)]
Amount = Annotated[Whole, FieldOf(ge=0)]
"""How many; never less than none."""


class Enforcement(Model):
    """What breaking a quota means."""

    id: Code | str
    meaning_vi: Text
    severity: Severity
    mends: Mends


class SubCondition(Model):
    """What a quota asks beside its number: `min` of `kind` in one of `groups`, or something to attest."""

    rule: Text
    type: Literal["attestable"] | None = None
    min: Amount | None = None
    kind: RecipientKind | None = None
    groups: tuple[Text, ...] = ()
    applies_when: str | None = None
    cite: Citations


class Quota(Model):
    """A minimum, cap or target; which units it binds, what it counts, and over which period."""

    id: Code
    programme: Code
    subject_unit_type: Text
    named_units: tuple[str, ...] = ()
    unit_codes: tuple[Code, ...] = ()
    unit_types: tuple[Code, ...] = ()
    field: Code | None = None
    period_basis: Text
    basis: Basis
    scope: Literal["own", "rollup"] = "own"
    """Counted of what a unit sends itself, or with all below it: «toàn thành phố không quá 10»."""
    recipient_kind: Text
    count_kinds: tuple[RecipientKind, ...] = ()
    min: Amount | None = None
    max: Amount | None = None
    min_exclusive: Flag = False
    share_of: tuple[Text, ...] = ()
    """Not how many, but how many of a hundred among the ``count_kinds``: of subject groups, of leaders
    (``lanh_dao``), of those who work directly (``truc_tiep``)."""
    min_percent: Percent | None = None
    max_percent: Percent | None = None
    target: Amount | None = None
    logic: str | None = None
    sub_conditions: tuple[SubCondition, ...] = ()
    enforcement: Text
    is_goal: Flag = False
    goal_award_codes: tuple[Code, ...] = ()
    note: str | None = None
    cite: Citations

    @model_validator(mode="after")
    def _whole(self) -> Self:
        percents = (self.min_percent, self.max_percent) != (None, None)
        if percents != bool(self.share_of):
            raise ValueError("tỷ lệ cần cả share_of (của ai) và min_percent hoặc max_percent")
        if percents and (self.min, self.max, self.target) != (None, None, None):
            raise ValueError("tỷ lệ và số lượng (min, max, target) là hai quy định: ghi thành hai mục")
        return self


class QuotasFile(Model):
    """quotas.yaml of a programme; `enforcements` only in programmes/_all."""

    version: Whole
    precedence: str | None = None
    enforcements: tuple[Enforcement, ...] = ()
    quotas: tuple[Quota, ...]


class CompletenessRule(Model):
    """What makes a dossier incomplete, the sentence for the unit, and who mends it."""

    id: Code
    programme: Text
    nomination_kind: Text
    category: Literal[
        "missing_field",
        "missing_attachment",
        "missing_confirmation",
        "missing_year",
        "date_window",
        "quantity",
        "late",
        "consistency",
    ]
    incomplete_when: Text
    judge: Judge
    severity: Severity
    message_vi: Text
    short_vi: Text
    how_to_fix_vi: Text
    rule_ref: str | None = None
    mends: Mends
    cite: Citations


class CompletenessFile(Model):
    """completeness_rules.yaml."""

    version: Whole
    severity_values: dict[Severity, Text] = FieldOf(default_factory=dict)
    late_policy: str | None = None
    not_complete_vs_not_eligible: str | None = None
    rules: tuple[CompletenessRule, ...]


class Field(Model):
    """A field (lĩnh vực) of a programme."""

    id: Code
    programme: Code
    code: Text
    official_name: Text
    names: tuple[Text, ...] = ()
    """Reviewed short names units write: ``Y tế``; none of two fields of a programme."""
    lead_agencies: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    recipient_kinds: tuple[RecipientKind, ...]
    requirements_summary: str | None = None
    quota_ids: tuple[Code, ...] = ()
    criteria_prefix: str | None = None
    collective_types: tuple[str, ...] = ()
    note: str | None = None
    in_field_coverage: Flag
    cite: Citations = ()


class FieldsFile(Model):
    """fields.yaml; ``leading`` and ``skipped`` hold for all programmes and stand in the common file."""

    version: Whole
    note: str | None = None
    leading: tuple[Text, ...] = ()
    """Words that may stand before a field's name: ``điển hình tiên tiến``, ``lĩnh vực``."""
    skipped: tuple[Text, ...] = ()
    """Words that may be left out of it: ``và``."""
    fields: tuple[Field, ...]
