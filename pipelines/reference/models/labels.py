"""Labels: recipient kinds, sub-kinds, subject groups, ratings, object classes, and the shared vocabulary."""

from __future__ import annotations

from typing import Literal

from pipelines.reference.models.base import Flag, Model, RecipientKind, Text, Whole


class Labelled(Model):
    """A code, its official label and every label read as it."""

    code: Text
    label: Text
    labels: tuple[Text, ...]


class RecipientsFile(Model):
    """recipients.yaml."""

    version: Whole
    recipient_kinds: tuple[Labelled, ...]
    sub_kinds: tuple[Labelled, ...]
    subject_groups: tuple[Labelled, ...]
    ratings: tuple[Labelled, ...]


class ObjectClass(Model):
    """A class of `Phân loại đối tượng` (docs/contract.md#forms, KT-DS)."""

    code: Text
    label: Text
    kinds: tuple[RecipientKind, ...]
    is_direct: Flag | None
    aliases: tuple[Text, ...] = ()


class OtherClass(Model):
    """The class of any label of a recipient kind that is not in the list."""

    kind: RecipientKind
    code: Text
    label: Text
    is_direct: Flag | None


class PositionHint(Model):
    """Beginnings of a position that suggest a class; only for suggestions and contradictions."""

    starts: tuple[Text, ...]
    object_class: Text


class ObjectClassesFile(Model):
    """object_classes.yaml."""

    version: Whole
    leaders: tuple[Text, ...]
    """Classes of persons that count as leaders: «từ cấp phòng trở lên», a step of a ladder and all above."""
    classes: tuple[ObjectClass, ...]
    other_class: tuple[OtherClass, ...]
    position_hints: tuple[PositionHint, ...]

    def is_leader(self, code: str, kind: str) -> bool | None:
        """Whether a person of the class is a leader; of a collective that is not asked."""
        return code in self.leaders if kind == "ca_nhan" else None


class Word(Model):
    """A code and the word people see for it."""

    code: Text
    label: str
    dense: str | None = None
    note: str | None = None


class Words(Model):
    """The vocabularies that the pages, the reports and the counting read."""

    coverage_status: tuple[Word, ...]
    finding_detail: tuple[Word, ...]
    finding_year: tuple[Word, ...]
    came_late: tuple[Word, ...]
    count_detail: tuple[Word, ...]
    part_of_year: tuple[Word, ...]
    grassroots_level: tuple[Word, ...] = ()
    finding_subject: tuple[Word, ...]
    history_detail: tuple[Word, ...]
    step_detail: tuple[Word, ...]
    unclear_revocation: tuple[Word, ...]
    coverage_mark: tuple[Word, ...]
    coverage_reason: tuple[Word, ...]
    severity: tuple[Word, ...]
    finding_status: tuple[Word, ...]
    eligibility: tuple[Word, ...]
    mends: tuple[Word, ...]
    stage: tuple[Word, ...]
    award_level: tuple[Word, ...]
    submission_status: tuple[Word, ...]

    def items(self) -> list[tuple[str, tuple[Word, ...]]]:
        """Each vocabulary with its words."""
        return [(name, getattr(self, name)) for name in type(self).model_fields]


class DeadlineWords(Model):
    """How a deadline is told where its document has no words of its own."""

    exclusive: Text
    inclusive: Text


class CriterionWords(Model):
    """The sentences of a criterion."""

    message_vi: Text
    short_vi: Text
    unknown_vi: Text
    how_to_fix_vi: Text
    evidence_vi: Text | None = None


class QuotaWords(Model):
    """The sentences of a quota, and its number in words."""

    message_vi: Text
    short_vi: Text
    how_to_fix_vi: Text
    min_vi: Text
    over_vi: Text
    max_vi: Text
    exact_vi: Text
    target_vi: Text
    share_min_vi: Text
    share_max_vi: Text
    none_vi: Text


class RuleTemplates(Model):
    """Sentences made from what a rule says."""

    deadline: DeadlineWords
    criterion: CriterionWords
    council: CriterionWords
    quota: QuotaWords


class VocabularyFile(Model):
    """vocabulary.yaml."""

    version: Whole
    words: Words
    rule_templates: RuleTemplates
    quota_units_vi: dict[Text, Text]
    quota_shares_vi: dict[Text, Text]
    """Of whom a share is told, beside the subject groups."""


class AnnexOption(Model):
    """A choice of a fact's value, with its code."""

    code: Text
    label_vi: Text


class AnnexLabel(Model):
    """A content of the annex PL-TC: a fact that criteria ask for and no official form has a place for."""

    label_vi: Text
    vocabulary: Text
    type: Literal[
        "rating", "party_rating", "award", "award_name", "choice", "flag", "number", "text", "document"
    ]
    programmes: tuple[Text, ...] = ()
    """Those it is asked in; in a programme's own file none: it is the programme's."""
    kinds: tuple[RecipientKind, ...]
    by_year: Flag
    subject: Literal["self", "party_org", "mass_org", "led_unit", "family"] | None = None
    unit: Text | None = None
    options: tuple[AnnexOption | Text, ...] = ()
    award_codes: tuple[Text, ...] = ()


class AnnexFile(Model):
    """annex_labels.yaml."""

    form_id: Literal["PL-TC"]
    version: Whole
    labels: tuple[AnnexLabel, ...]
