"""Labels: recipient kinds, sub-kinds, subject groups, ratings, object classes, and the shared vocabulary."""

from __future__ import annotations

from typing import Literal

from pipelines.reference.models.base import Model, RecipientKind, Text


class Labelled(Model):
    """A code, its official label and every label read as it."""

    code: Text
    label: Text
    labels: tuple[Text, ...]


class RecipientsFile(Model):
    """recipients.yaml."""

    version: int
    recipient_kinds: tuple[Labelled, ...]
    sub_kinds: tuple[Labelled, ...]
    subject_groups: tuple[Labelled, ...]
    ratings: tuple[Labelled, ...]


class ObjectClass(Model):
    """A class of `Phân loại đối tượng` (docs/contract.md#forms, KT-DS)."""

    code: Text
    label: Text
    kinds: tuple[RecipientKind, ...]
    is_direct: bool | None
    is_leader: bool | None
    aliases: tuple[Text, ...] = ()


class OtherClass(Model):
    """The class of any label of a recipient kind that is not in the list."""

    kind: RecipientKind
    code: Text
    label: Text
    is_direct: bool | None
    is_leader: bool | None


class PositionHint(Model):
    """Beginnings of a position that suggest a class; only for suggestions and contradictions."""

    starts: tuple[Text, ...]
    object_class: Text


class ObjectClassesFile(Model):
    """object_classes.yaml."""

    version: int
    classes: tuple[ObjectClass, ...]
    other_class: tuple[OtherClass, ...]
    position_hints: tuple[PositionHint, ...]


class Word(Model):
    """A code and the word people see for it."""

    code: Text
    label: str
    dense: str | None = None
    note: str | None = None


class VocabularyFile(Model):
    """vocabulary.yaml."""

    version: int
    words: dict[str, tuple[Word, ...]]
    rule_templates: dict[str, dict[str, str]]
    quota_units_vi: dict[str, str]


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
    programmes: tuple[Text, ...]
    kinds: tuple[RecipientKind, ...]
    by_year: bool
    subject: Text | None = None
    unit: Text | None = None
    options: tuple[AnnexOption | Text, ...] = ()
    award_codes: tuple[Text, ...] = ()


class AnnexFile(Model):
    """annex_labels.yaml."""

    form_id: Text
    version: int
    labels: tuple[AnnexLabel, ...]
