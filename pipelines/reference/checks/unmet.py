"""Criteria that no nominee can ever meet or fail: no form and no content of the annex tells what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pipelines.reference.forms import KnownForm
from pipelines.reference.models.base import RecipientKind
from pipelines.reference.models.criteria import Criterion
from pipelines.reference.models.labels import AnnexLabel
from pipelines.reference.nodes import with_operator
from pipelines.reference.reference import ProgrammeRules, Reference

_TYPES = {"num": "number", "num_all_years": "number", "flag": "flag"}
"""What the annex holds for an operator."""
_BESIDE = ("party_org", "mass_org", "family")
"""Whose awards and ratings the annex alone tells of."""


def unmet(
    reference: Reference, rules: ProgrammeRules, forms: Mapping[str, KnownForm]
) -> Iterator[tuple[str, str, object]]:
    """Each criterion that asks for what nobody can tell, with the line of annex_labels.yaml that it lacks.

    Args:
        reference: the reference data, without mistakes.
        rules: one programme's.
        forms: the forms of the catalogue.
    """
    assert rules.programme is not None
    programme = rules.programme.id
    told = {field for form in forms.values() if form.is_of(programme) for field in form.fields}
    told |= set(reference.criteria_vocabulary.derived_facts)
    annex = [label for label in reference.annex if programme in label.programmes]
    for criterion in rules.criteria:
        for leaf in with_operator(criterion.check):
            for field in _asked(leaf, told):
                if lacking := _lacking(criterion, [one for one in annex if _base(one) == field]):
                    yield criterion.id, _said(criterion.id, field, leaf, lacking), None
            if leaf.get("subject") in _BESIDE and leaf.get("codes"):
                labels = [one for one in annex if _tells_award(one, leaf)]
                if lacking := _lacking(criterion, labels):
                    yield criterion.id, _said(criterion.id, "award.code", leaf, lacking), None


def _asked(leaf: Mapping[str, Any], told: set[str]) -> Iterator[str]:
    """The fields of a leaf that no form and no reckoning gives."""
    named_by = (leaf.get("field"), leaf.get("other"), *leaf.get("fields", ()))
    for field in named_by if leaf["op"] in _TYPES or "other" in leaf or "fields" in leaf else ():
        # «x.y»: a part of the field x
        if field and field not in told and field.rpartition(".")[0] not in told:
            yield field


def _lacking(criterion: Criterion, labels: list[AnnexLabel]) -> list[str]:
    """The kinds of a criterion that none of the labels is about; of one on any kind one label is enough."""
    every = get_args(RecipientKind)
    if criterion.recipient_kind == "any":
        return [] if labels else [*every]
    kinds = [kind for kind in criterion.recipient_kind.split("|") if kind in every]
    return [kind for kind in kinds if all(kind not in label.kinds for label in labels)]


def _base(label: AnnexLabel) -> str:
    return label.vocabulary.partition("(")[0]


def _tells_award(label: AnnexLabel, leaf: Mapping[str, Any]) -> bool:
    same = not label.award_codes or not {*label.award_codes}.isdisjoint(leaf["codes"])
    return label.vocabulary == "award.code" and label.subject == leaf["subject"] and same


def _said(name: str, field: str, leaf: Mapping[str, Any], kinds: list[str]) -> str:
    more = "by_year: true" if leaf.get("window") else "by_year: false"
    if field == "award.code":
        codes = ", ".join(leaf["codes"])
        more += f", subject: {leaf['subject']}, options: [Có, Không], award_codes: [{codes}]"
        kind_of = "award"
    else:
        kind_of = _TYPES.get(leaf["op"], "number")
        more += ", options: [Có, Không]" if kind_of == "flag" else ""
    line = f"{{label_vi: …, vocabulary: {field}, type: {kind_of}, kinds: [{', '.join(kinds)}], {more}}}"
    said = f"{name}: không biểu nào của chương trình có chỗ ghi «{field}», phụ lục PL-TC cũng chưa hỏi"
    said = (
        f"{said} ({', '.join(kinds)}): không ai đạt hay không đạt được; thêm vào labels ở annex_labels.yaml"
    )
    return f"{said}: {line} (label_vi: chữ đơn vị chọn ở cột «Nội dung» của phụ lục)"
