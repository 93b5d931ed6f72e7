"""`ref` tables of rules: one row per completeness rule, criterion, quota, reading rule, with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.reference.coverage import kinds_key, opened
from pipelines.reference.models.criteria import Criterion
from pipelines.reference.models.programmes import DIRECT, LEADERS, CompletenessRule, Quota
from pipelines.reference.models.units import Unit
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, Schema, citation_columns, citation_vi, frame, json_text

TEXT, WHOLE, FLAG, NUMBER = pl.String, pl.Int32, pl.Boolean, pl.Float64
RULES: Schema = {
    **dict.fromkeys(("rule_id", "kind", "programme_id", "category", "severity", "mends"), TEXT),
    **dict.fromkeys(
        ("message_vi", "short_vi", "how_to_fix_vi", "unknown_vi", "rule_ref", "citation_vi"), TEXT
    ),
    **CITATION,
}


def rule_tables(reference: Reference, policies: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    """rules, confirmations, completeness_rules, criteria, their groups, quotas and whom they bind, fields."""
    criteria = [rule for rules in reference.all_rules for rule in rules.criteria]
    quotas = [quota for rules in reference.all_rules for quota in rules.quotas]
    groups = [group for rules in reference.all_rules for group in rules.groups]
    completeness = [rule for rules in reference.all_rules for rule in rules.completeness]
    return {
        "rules": frame(RULES, _rules(reference, policies, criteria, quotas)),
        "completeness_rules": frame(
            dict.fromkeys(("rule_id", "programme_id", "nomination_kind", "category", "incomplete_when"), TEXT)
            | {"severity": TEXT},
            [
                (
                    r.id,
                    r.programme,
                    r.nomination_kind,
                    r.category,
                    r.incomplete_when,
                    _severity(reference, r, policies),
                )
                for r in completeness
            ],
        ),
        "criteria": frame(
            dict.fromkeys(("criterion_id", "programme_id", "recipient_kind", "subject_group", "type"), TEXT)
            | dict.fromkeys(("text_vi", "op", "check", "evidence", "note"), TEXT)
            | CITATION,
            [
                (
                    c.id,
                    c.programme,
                    c.recipient_kind,
                    c.subject_group,
                    c.type,
                    c.text_vi,
                    (c.check or {}).get("op"),
                    json_text(c.check) if c.check else None,
                    c.evidence,
                    c.note,
                    *citation_columns(reference, c.cite),
                )
                for c in criteria
            ],
        ),
        "criterion_groups": frame(
            dict.fromkeys(("group_id", "programme_id", "applies_to", "logic", "text"), TEXT) | CITATION,
            [
                (
                    g.id,
                    g.programme,
                    g.applies_to,
                    json_text(g.logic),
                    g.text,
                    *citation_columns(reference, g.cite),
                )
                for g in groups
            ],
        ),
        "quotas": frame(
            {
                "quota_id": TEXT,
                "programme_id": TEXT,
                "subject_unit_type": TEXT,
                "field_id": TEXT,
                "basis": TEXT,
            }
            | {
                "quota_vi": TEXT,
                "counts": TEXT,
                "count_kinds": TEXT,
                "min": WHOLE,
                "max": WHOLE,
                "min_exclusive": FLAG,
            }
            | {"share_of": TEXT, "of_leaders": FLAG, "of_direct": FLAG, "of_groups": FLAG}
            | {"min_percent": NUMBER, "max_percent": NUMBER}
            | {"scope": TEXT, "target": WHOLE, "enforcement": TEXT, "severity": TEXT, "is_goal": FLAG}
            | {"goal_award_codes": TEXT, "note": TEXT}
            | CITATION,
            [
                (
                    q.id,
                    q.programme,
                    q.subject_unit_type,
                    q.field,
                    q.basis,
                    quota_vi(reference, q),
                    kinds_key(q),
                    json_text(q.count_kinds),
                    q.min,
                    q.max,
                    q.min_exclusive,
                    json_text(q.share_of),
                    LEADERS in q.share_of,
                    DIRECT in q.share_of,
                    bool({*q.share_of} - {LEADERS, DIRECT}),
                    q.min_percent,
                    q.max_percent,
                    q.scope,
                    q.target,
                    q.enforcement,
                    reference.enforcements[q.enforcement].severity,
                    q.is_goal,
                    json_text(q.goal_award_codes),
                    q.note,
                    *citation_columns(reference, q.cite),
                )
                for q in quotas
            ],
        ),
        "rule_confirmations": frame(
            dict.fromkeys(("rule_id", "confirmed_by", "remark"), TEXT) | {"confirmed_on": pl.Date},
            [(c.rule, c.by, c.remark, c.on) for c in reference.confirmations.values()],
        ),
        "quota_conditions": frame(
            {"quota_id": TEXT, "recipient_kind": TEXT, "subject_groups": TEXT, "at_least": WHOLE},
            [
                (q.id, condition.kind, json_text(condition.groups), condition.min)
                for q in quotas
                for condition in q.sub_conditions
                if condition.groups
            ],
        ),
        "quota_units": frame({"quota_id": TEXT, "unit_code": TEXT}, _quota_units(reference, quotas)),
        "fields": frame(
            dict.fromkeys(("field_id", "programme_id", "code", "official_name"), TEXT)
            | {"in_field_coverage": FLAG, "recipient_kinds": TEXT, "collective_types": TEXT}
            | {"criteria_prefix": TEXT, "citation_vi": TEXT}
            | CITATION,
            [
                (
                    f.id,
                    f.programme,
                    f.code,
                    f.official_name,
                    f.in_field_coverage,
                    json_text(f.recipient_kinds),
                    json_text(f.collective_types),
                    f.criteria_prefix,
                    citation_vi(reference, f.cite),
                    *citation_columns(reference, f.cite),
                )
                for f in reference.fields.values()
            ],
        ),
    }


def _severity(reference: Reference, rule: CompletenessRule, policies: Mapping[str, Any]) -> str:
    """The rule's severity as written; where POL-LATE-SEVERITY is set, that of every rule about lateness."""
    late = reference.policies["POL-LATE-SEVERITY"]
    is_set = policies[late.id] != late.default_value
    return str(policies[late.id]) if is_set and rule.category == "late" else rule.severity


def _quota_units(reference: Reference, quotas: list[Quota]) -> Iterator[tuple[str, str]]:
    """Which units each quota binds; one that names a unit replaces the type's quota of the same matter."""
    after: dict[str, set[str]] = {}
    for one in reference.units.standings:
        after.setdefault(one.unit_code, set()).add(one.standing_code)
    named: dict[tuple[Any, ...], set[str]] = {}
    for quota in quotas:
        named.setdefault(_matter(quota), set()).update(*(after[code] for code in quota.unit_codes))
    of_programme: dict[str, list[Unit]] = {}
    for unit in reference.units:
        of_programme.setdefault(unit.programme_id, []).append(unit)
    for quota in quotas:
        named_else = named[_matter(quota)]
        by_name = {code for named_code in quota.unit_codes for code in after[named_code]}
        types = set(opened(reference, quota))
        for unit in reference.units if by_name else of_programme.get(quota.programme, []):
            if unit.unit_code in by_name or (
                unit.programme_id == quota.programme
                and unit.unit_type in types
                and unit.unit_code not in named_else
            ):
                yield quota.id, unit.unit_code


def _matter(quota: Quota) -> tuple[Any, ...]:
    """What a quota is about: whoever is named for it has that one."""
    return quota.programme, quota.field, quota.basis, quota.scope, quota.share_of, kinds_key(quota)


def _rules(
    reference: Reference, policies: Mapping[str, Any], criteria: list[Criterion], quotas: list[Quota]
) -> Iterator[tuple[Any, ...]]:
    for rules in reference.all_rules:
        for rule in rules.completeness:
            yield (
                (
                    rule.id,
                    "completeness",
                    rule.programme,
                    rule.category,
                    _severity(reference, rule, policies),
                    rule.mends,
                    rule.message_vi,
                    rule.short_vi,
                    rule.how_to_fix_vi,
                    None,
                    rule.rule_ref,
                    citation_vi(reference, rule.cite),
                    *citation_columns(reference, rule.cite),
                )
            )
    for criterion in criteria:
        yield _criterion(reference, criterion)
    for quota in quotas:
        yield _quota(reference, quota)
    for reading in reference.reading_rules.values():
        citation = reading.citation
        yield (
            (
                reading.id,
                "reading",
                "*",
                reading.category or "reading",
                reading.severity,
                reading.mends,
                reading.message_vi,
                reading.short_vi,
                reading.how_to_fix_vi,
                None,
                reading.rule,
                citation,
                citation,
                None,
                None,
                None,
                json_text([citation]),
            )
        )


def _criterion(reference: Reference, criterion: Criterion) -> tuple[Any, ...]:
    defaults = reference.criteria_vocabulary.by_type[criterion.type]
    templates = reference.vocabulary.rule_templates
    words = templates.council if criterion.type == "qualitative" else templates.criterion
    text, fix = criterion.text_vi.rstrip(". "), words.how_to_fix_vi
    if criterion.evidence and words.evidence_vi:
        fix = words.evidence_vi.format(evidence=criterion.evidence)
    return (
        criterion.id,
        "criterion",
        criterion.programme,
        criterion.type,
        criterion.severity or defaults.severity,
        criterion.mends or defaults.mends,
        words.message_vi.format(text=text),
        words.short_vi.format(text=text),
        fix,
        words.unknown_vi.format(text=text),
        None,
        citation_vi(reference, criterion.cite),
        *citation_columns(reference, criterion.cite),
    )


def _quota(reference: Reference, quota: Quota) -> tuple[Any, ...]:
    words, enforcement = (
        reference.vocabulary.rule_templates.quota,
        reference.enforcements[quota.enforcement],
    )
    said = quota_vi(reference, quota)
    return (
        quota.id,
        "quota",
        quota.programme,
        quota.enforcement,
        enforcement.severity,
        enforcement.mends,
        *tuple(
            getattr(words, name).format(quota=said) for name in ("message_vi", "short_vi", "how_to_fix_vi")
        ),
        None,
        None,
        citation_vi(reference, quota.cite),
        *citation_columns(reference, quota.cite),
    )


def quota_vi(reference: Reference, quota: Quota) -> str:
    """A quota in words: «ít nhất 03 cá nhân», «không quá 02 tập thể»."""
    words = reference.vocabulary.rule_templates.quota
    kinds = reference.vocabulary.quota_units_vi.get(quota.recipient_kind, quota.recipient_kind)
    numbers = {name: f"{getattr(quota, name) or 0:02d}" for name in ("min", "max", "target")}
    if quota.share_of:
        return _share_vi(reference, quota, kinds)
    if quota.target is not None:
        name = "target_vi"
    elif quota.min is not None and quota.min == quota.max:
        name = "exact_vi"
    elif quota.max is not None and not quota.min:
        name = "max_vi"
    elif quota.max is not None:
        least = words.min_vi.format(kinds="", **numbers).strip()
        return f"{least}, {words.max_vi.format(kinds=kinds, **numbers)}"
    elif quota.min is not None:
        name = "over_vi" if quota.min_exclusive else "min_vi"
    else:
        name = "none_vi"
    return str(getattr(words, name)).format(kinds=kinds, **numbers)


def _share_vi(reference: Reference, quota: Quota, kinds: str) -> str:
    """A share in words: «không quá 20% cá nhân là lãnh đạo, quản lý»."""
    words = reference.vocabulary.rule_templates.quota
    named = reference.vocabulary.quota_shares_vi | {
        group.code: group.label for group in reference.recipients.subject_groups
    }
    share = ", ".join(named[one] for one in quota.share_of)
    said = [
        sentence.format(
            kinds=kinds, share=share, min_percent=quota.min_percent, max_percent=quota.max_percent
        )
        for sentence, bound in (
            (words.share_min_vi, quota.min_percent),
            (words.share_max_vi, quota.max_percent),
        )
        if bound is not None
    ]
    return ", ".join(said)
