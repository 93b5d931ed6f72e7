"""Checks of fields (lĩnh vực), of whom criteria are for, and of the labels of the annex."""

from __future__ import annotations

from pipelines.reference.checks.known import Names
from pipelines.reference.models.criteria import Criterion
from pipelines.reference.reference import ProgrammeRules, Reference
from pipelines.text.keys import match_key

FIELD = "field "


def check_fields(reference: Reference, names: Names) -> None:
    """Programme, quotas and prefix of criteria of each field."""
    for field in reference.fields.values():
        rules = reference.programmes.get(field.programme)
        names.check(field.id, "chương trình", [field.programme], reference.programmes)
        if rules is None:
            continue
        names.check(field.id, "số lượng", field.quota_ids, {quota.id for quota in rules.quotas})
        prefixes = {one.id[: len(field.criteria_prefix or "")] for one in rules.criteria}
        if field.criteria_prefix and field.criteria_prefix not in prefixes:
            said = (
                f"{field.id}: không tiêu chí nào của {field.programme} bắt đầu bằng «{field.criteria_prefix}»"
            )
            names.places.add(field.id, said, field.criteria_prefix)
    _check_twins(reference, names)


def _check_twins(reference: Reference, names: Names) -> None:
    """What a unit writes names one field of its programme, or none."""
    known: dict[tuple[str, str], str] = {}
    for field in reference.fields.values():
        for written in dict.fromkeys((field.code, field.official_name, *field.names)):
            other = known.setdefault((field.programme, match_key(written)), field.id)
            if other != field.id:
                said = f"{field.id}: «{written}» cũng là cách gọi của {other}"
                names.places.add(field.id, said, "code" if written == field.code else written)


def check_whom(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    """`subject_group: field X` names a field; a quota's type of unit is known where it looks like a code."""
    for criterion in rules.criteria:
        names.check(criterion.id, "lĩnh vực", _field(criterion), names.fields)
    for quota in rules.quotas:
        if (written := quota.subject_unit_type).isupper():
            names.check(quota.id, "loại đơn vị", [written], names.unit_types)


def _field(criterion: Criterion) -> list[str]:
    group = criterion.subject_group
    return [group.removeprefix(FIELD)] if group.startswith(FIELD) else []


def check_annex(reference: Reference, names: Names) -> None:
    """Programmes, facts and awards that the labels of the annex name."""
    for label in reference.annex:
        owner = f"PL-TC «{label.label_vi}»"
        names.check(owner, "chương trình", label.programmes, reference.programmes)
        names.check(
            owner,
            "nội dung (field_vocabulary)",
            [label.vocabulary],
            reference.criteria_vocabulary.field_vocabulary,
        )
        names.check(owner, "mã khen", label.award_codes, names.award_codes)
