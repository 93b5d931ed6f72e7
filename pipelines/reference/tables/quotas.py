"""`ref` tables of quotas: one row per quota, whom it binds, what it asks beside; a quota in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipelines.reference.coverage import kinds_key, opened
from pipelines.reference.models.programmes import DIRECT, LEADERS, Quota
from pipelines.reference.models.units import Unit
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, citation_columns, frame, json_text

TEXT, WHOLE, FLAG, NUMBER = pl.String, pl.Int32, pl.Boolean, pl.Float64


def quota_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    """quotas, what they ask of groups beside the number, and the units each binds."""
    quotas = [quota for rules in reference.all_rules for quota in rules.quotas]
    return {
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
    }


def _quota_units(reference: Reference, quotas: list[Quota]) -> Iterator[tuple[str, str]]:
    """Which units each quota binds; one that names a unit replaces the type's quota of the same matter."""
    after: dict[str, set[str]] = {}
    for one in reference.units.standings:
        after.setdefault(one.unit_code, set()).add(one.standing_code)
    by_name = [{code for named in quota.unit_codes for code in after[named]} for quota in quotas]
    by_matter: dict[tuple[Any, ...], set[str]] = {}
    for quota, codes in zip(quotas, by_name, strict=True):
        by_matter.setdefault(_matter(quota), set()).update(codes)
    of_programme: dict[str, list[Unit]] = {}
    for unit in reference.units:
        of_programme.setdefault(unit.programme_id, []).append(unit)
    for quota, codes in zip(quotas, by_name, strict=True):
        named_for_it = by_matter[_matter(quota)]
        types = set(opened(reference, quota))
        for unit in reference.units if codes else of_programme.get(quota.programme, []):
            if unit.unit_code in codes or (
                unit.programme_id == quota.programme
                and unit.unit_type in types
                and unit.unit_code not in named_for_it
            ):
                yield quota.id, unit.unit_code


def _matter(quota: Quota) -> tuple[Any, ...]:
    """What a quota is about: whoever is named for it has that one."""
    return quota.programme, quota.field, quota.basis, quota.scope, quota.share_of, kinds_key(quota)


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
