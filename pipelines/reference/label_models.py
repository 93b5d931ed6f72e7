"""Labels: recipient kinds, sub-kinds, subject groups, ratings, object classes, and the shared vocabulary."""

from __future__ import annotations

from typing import Any

from pipelines.reference.base import Model, RecipientKind, Text


class Labelled(Model):
    """A code, its official label and every label read as it."""

    code: Text
    label: Text
    labels: tuple[Text, ...]


class Rating(Labelled):
    """A rating with its rank in its scale."""

    scale: Text
    rank: int


class RecipientsFile(Model):
    """recipients.yaml."""

    version: int
    recipient_kinds: tuple[Labelled, ...]
    sub_kinds: tuple[Labelled, ...]
    subject_groups: tuple[Labelled, ...]
    ratings: tuple[Rating, ...]


class ObjectClass(Model):
    """A class of `Phân loại đối tượng` (CONTRACT §2, KT-DS)."""

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


class CorrectionsFile(Model):
    """ocr_corrections.yaml."""

    version: int
    kinds: dict[str, str]
    match_key_note: str
    policy: str
    corrections: tuple[dict[str, Any], ...]
