"""The look-up texts of reading, made of the reference data."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.forms.recognise.labels import words_key
from pipelines.forms.values.field_names import FieldNames, field_key
from pipelines.forms.values.look_up import Fact, Mau02Line, ReferenceValues
from pipelines.reference.award_names import Alias
from pipelines.reference.models.labels import AnnexLabel, AnnexOption, Labelled
from pipelines.reference.reference import Reference
from pipelines.text.keys import code_key

SURE_RATING = 3
"""Words from which on a rating is one in running text too: ``xuất sắc`` alone is not."""


def _by_label(items: Iterable[Labelled]) -> dict[str, str]:
    return {words_key(text): item.code for item in items for text in (item.label, *item.labels)}


def _fields(reference: Reference) -> dict[str, FieldNames]:
    leading = tuple(words_key(text) for text in reference.field_words.leading)
    skipped = tuple(words_key(text) for text in reference.field_words.skipped)
    tables: dict[str, FieldNames] = {}
    for field in reference.fields.values():
        known = tables.setdefault(field.programme, FieldNames({}, {}, leading, skipped))
        for code in (field.id, field.code):
            known.codes.setdefault(code_key(code), field.id)
        for name in (field.official_name, *field.names):
            known.names.setdefault(field_key(name, leading, skipped), field.id)
    return tables


def _fact(label: AnnexLabel) -> Fact:
    """The fact behind a label of ``annex_labels.yaml``; ``(year)`` stands in the row's own column."""
    field = label.vocabulary.split("(")[0]
    choices: dict[str, str] = {}
    if label.type in ("rating", "party_rating"):
        field = f"rating.{'party' if label.type == 'party_rating' else label.subject or 'self'}"
    elif label.type in ("award", "award_name"):
        field = f"award.{label.subject or 'self'}"
    for option in label.options:
        if isinstance(option, AnnexOption):
            choices[words_key(option.label_vi)] = option.code
    if label.award_codes:
        # what is denied keeps the code of the title: «Không» to one says nothing of another
        choices["false"] = f"false:{label.award_codes[0]}"
    if label.type == "award":
        choices["true"] = label.award_codes[0]
    kinds = {"party_rating": "rating", "award_name": "award", "award": "has_award", "flag": "yes_no"}
    return Fact(field, kinds.get(label.type, label.type), choices)


def reference_values(reference: Reference) -> ReferenceValues:
    """The look-up tables of the reference data.

    Args:
        reference: made by :func:`pipelines.reference.load.load_reference`.
    """
    recipients, classes = reference.recipients, reference.object_classes
    return ReferenceValues(
        kinds=_by_label(recipients.recipient_kinds),
        sub_kinds=_by_label(recipients.sub_kinds),
        subject_groups=_by_label(recipients.subject_groups),
        ratings=_by_label(recipients.ratings),
        object_classes={
            (kind, words_key(text)): item.code
            for item in classes.classes
            for kind in item.kinds
            for text in (item.label, *item.aliases)
        },
        other_class={item.kind: item.code for item in classes.other_class},
        fields=_fields(reference),
        field_vocabulary=tuple(reference.criteria_vocabulary.field_vocabulary),
        award_names=reference.award_names,
        awards={a.alias_key: a.award_code for a in reference.award_aliases if not a.city_only},
        award_phrases=_phrases(a for a in reference.award_aliases if not a.city_only),
        rating_phrases={
            words: code
            for text, code in _by_label(recipients.ratings).items()
            if len(words := tuple(text.split())) >= SURE_RATING or len(words) == 1
        },
        facts={words_key(label.label_vi): _fact(label) for label in reference.annex},
        mau_02_lines=tuple(
            Mau02Line(
                row.row_id,
                row.order,
                row.parent,
                row.row_type,
                (row.label, row.seed_label_raw or row.label),
                row.award_codes,
            )
            for row in reference.mau_02.rows
        ),
        award_years={
            rules.programme.id: rules.programme.award_year_window
            for rules in reference.programmes.values()
            if rules.programme is not None
        },
        cities=frozenset(one.unit_code for one in reference.units if reference.is_in_city(one)),
        city_awards={a.alias_key: a.award_code for a in reference.award_aliases if a.city_only},
        city_phrases=_phrases(a for a in reference.award_aliases if a.city_only),
    )


def _phrases(aliases: Iterable[Alias]) -> dict[tuple[str, ...], str]:
    """Names of awards as words -> code; the first of a name holds."""
    found: dict[tuple[str, ...], str] = {}
    for alias in aliases:
        for text in (alias.alias_key, alias.written):
            found.setdefault(tuple(words_key(text).split()), alias.award_code)
    return found
