"""`ref` tables of rules: one row per completeness rule, criterion, quota, reading rule, with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.reference.models.criteria import Criterion
from pipelines.reference.models.programmes import CompletenessRule, Quota
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, Schema, citation_columns, citation_vi, frame, json_text
from pipelines.reference.tables.quotas import quota_tables, quota_vi

TEXT, FLAG = pl.String, pl.Boolean
RULES: Schema = {
    **dict.fromkeys(("rule_id", "kind", "programme_id", "category", "severity", "mends"), TEXT),
    **dict.fromkeys(
        ("message_vi", "short_vi", "how_to_fix_vi", "unknown_vi", "rule_ref", "citation_vi"), TEXT
    ),
    **CITATION,
}


def rule_tables(reference: Reference, policies: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    """rules, confirmations, completeness_rules, criteria, their groups, quotas (``quotas.py``), fields."""
    criteria = [rule for rules in reference.all_rules for rule in rules.criteria]
    quotas = [quota for rules in reference.all_rules for quota in rules.quotas]
    groups = [group for rules in reference.all_rules for group in rules.groups]
    completeness = [rule for rules in reference.all_rules for rule in rules.completeness]
    return quota_tables(reference) | {
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
        "rule_confirmations": frame(
            dict.fromkeys(("rule_id", "confirmed_by", "remark"), TEXT) | {"confirmed_on": pl.Date},
            [(c.rule, c.by, c.remark, c.on) for c in reference.confirmations.values()],
        ),
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
