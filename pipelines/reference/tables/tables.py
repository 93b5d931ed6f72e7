"""The `ref.*` tables: the law and the settings in the warehouse, loaded anew each night.

Every citation is four columns (`document`, `section`, `quote`, `seed_ref`) of the rule's first citation, and
`citations` with all of them as JSON, so that an analyst joins a finding to its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from pipelines.reference.deadlines import deadlines
from pipelines.reference.policies import said
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.award_law import award_law_tables
from pipelines.reference.tables.awards import award_tables
from pipelines.reference.tables.coverage import coverage_tables
from pipelines.reference.tables.deadlines import deadline_tables
from pipelines.reference.tables.help import citation_columns, frame, json_text
from pipelines.reference.tables.judging import judging_tables
from pipelines.reference.tables.recipients import recipient_tables
from pipelines.reference.tables.rules import rule_tables
from pipelines.reference.tables.statistics import statistics_tables


def policy_values(reference: Reference, settings: Settings) -> dict[str, Any]:
    """The value in force of every policy."""
    return {policy_id: settings.policy(reference, policy_id) for policy_id in reference.policies}


def reference_tables(reference: Reference, settings: Settings) -> dict[str, pl.DataFrame]:
    """All tables of the schema `ref`, by name without the schema.

    Args:
        reference: the reference data.
        settings: policies and waivers of this installation.
    """
    policies = policy_values(reference, settings)
    known = deadlines(reference, policies)
    return {
        **_programme_tables(reference),
        **_unit_tables(reference),
        **_label_tables(reference),
        **award_tables(reference, policies),
        **award_law_tables(reference),
        **rule_tables(reference, policies),
        **coverage_tables(reference, policies, known),
        **deadline_tables(reference, policies, known),
        **judging_tables(reference, policies),
        **recipient_tables(reference),
        **statistics_tables(reference),
        "policies": _policies(reference, settings),
        "waivers": frame(
            {"finding_id": pl.String, "reason": pl.String, "by": pl.String, "until": pl.Date},
            [(w.finding_id, w.reason, w.by, w.until) for w in settings.waivers],
        ),
    }


def _programme_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    programmes, phases = [], []
    for rules in reference.programmes.values():
        one = rules.programme
        assert one is not None
        first, last = one.award_year_window
        programmes.append(
            (
                one.id,
                one.short_name,
                one.title,
                one.issuing_body,
                one.document_type,
                one.document_number,
                one.document_date,
                one.period.start,
                one.period.end,
                one.period.label,
                first,
                last,
                *citation_columns(reference, one.period.cite),
            )
        )
        cite = citation_columns(reference, one.period.cite)
        phases.append((one.id, one.id, one.period.label, "programme", first, last, *cite))
        for phase in one.form_phases:
            cite = citation_columns(reference, phase.cite)
            phases.append((one.id, phase.id, phase.label, "declared", *phase.years, *cite))
    text, day, whole = pl.String, pl.Date, pl.Int32
    cite_schema = {"document": text, "section": text, "quote": text, "seed_ref": text, "citations": text}
    return {
        "programmes": frame(
            {
                **dict.fromkeys(
                    ("programme_id", "short_name", "title", "issuing_body", "document_type"), text
                ),
                **{"document_number": text, "document_date": day, "period_start": day, "period_end": day},
                **{"period_label": text, "first_award_year": whole, "last_award_year": whole},
                **cite_schema,
            },
            programmes,
        ),
        "phases": frame(
            {
                **dict.fromkeys(("programme_id", "phase_id", "label", "kind"), text),
                **{"first_year": whole, "last_year": whole},
                **cite_schema,
            },
            phases,
        ),
    }


def _unit_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    units = [
        (
            u.unit_code,
            u.name,
            u.unit_type,
            u.parent_code,
            u.programme_id,
            u.province_gso_code,
            u.cluster,
            u.valid_from,
            u.valid_to,
            u.successor_code,
            u.basis,
            u.party_congress_date,
            u.unit_code in reference.placeholders,
            reference.is_in_city(u),
            u.is_usual,
            u.official_name or u.name,
            u.agency_code,
        )
        for u in reference.units
    ]
    ancestors: Sequence[tuple[str, str, date | None, None]] = [
        (pair.unit_code, pair.ancestor_code, pair.valid_from, None) for pair in reference.units.ancestors
    ]
    standings = [(s.unit_code, s.standing_code, s.valid_from, s.valid_to) for s in reference.units.standings]
    types = [
        (t.id, t.programme, t.name, json_text(t.includes), t.note, *citation_columns(reference, t.cite))
        for t in reference.unit_types.values()
    ]
    text, day = pl.String, pl.Date
    return {
        "units": frame(
            {
                **dict.fromkeys(("unit_code", "name", "unit_type", "parent_code", "programme_id"), text),
                **{"province_gso_code": text, "cluster": text, "valid_from": day, "valid_to": day},
                **{"successor_code": text, "basis": text, "party_congress_date": day},
                **{"is_placeholder": pl.Boolean, "is_in_city": pl.Boolean, "is_usual": pl.Boolean},
                **{"official_name": text, "agency_code": text},
            },
            units,
        ),
        "unit_ancestors": frame(
            {"unit_code": text, "ancestor_code": text, "valid_from": day, "valid_to": day}, ancestors
        ),
        "unit_standings": frame(
            {"unit_code": text, "standing_code": text, "valid_from": day, "valid_to": day}, standings
        ),
        "unit_types": frame(
            dict.fromkeys(
                (
                    "unit_type",
                    "programme_id",
                    "name",
                    "includes",
                    "note",
                    "document",
                    "section",
                    "quote",
                    "seed_ref",
                    "citations",
                ),
                text,
            ),
            types,
        ),
        "unit_aliases": frame(
            dict.fromkeys(("programme_id", "canonical", "alias"), text),
            [(a.programme, a.canonical, name) for a in reference.unit_aliases for name in a.aliases],
        ),
    }


def _label_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    text, flag = pl.String, pl.Boolean
    recipients, classes = reference.recipients, reference.object_classes
    pairs = {"code": text, "label": text}
    return {
        "recipient_kinds": frame(pairs, [(k.code, k.label) for k in recipients.recipient_kinds]),
        "sub_kinds": frame(pairs, [(k.code, k.label) for k in recipients.sub_kinds]),
        "subject_groups": frame(pairs, [(k.code, k.label) for k in recipients.subject_groups]),
        "ratings": frame(
            {"scale": text, "code": text, "rank": pl.Int32, "label": text},
            [(r.scale, r.code, r.rank, r.label) for r in reference.ratings],
        ),
        "object_classes": frame(
            {
                "object_class": text,
                "recipient_kind": text,
                "label": text,
                "is_direct": flag,
                "is_leader": flag,
            }
            | {"is_other": flag},
            [
                *(
                    (c.code, kind, c.label, c.is_direct, classes.is_leader(c.code, kind), False)
                    for c in classes.classes
                    for kind in c.kinds
                ),
                *((c.code, c.kind, c.label, c.is_direct, None, True) for c in classes.other_class),
            ],
        ),
        "position_hints": frame(
            {"hint_order": pl.Int32, "starts_with": text, "object_class": text},
            [
                (number, starts, hint.object_class)
                for number, hint in enumerate(classes.position_hints, 1)
                for starts in hint.starts
            ],
        ),
        "words": frame(
            {"vocabulary": text, "code": text, "label": text, "dense": text, "word_order": pl.Int32},
            [
                (name, word.code, word.label, word.dense, number)
                for name, words in reference.vocabulary.words.items()
                for number, word in enumerate(words, 1)
            ],
        ),
    }


def _policies(reference: Reference, settings: Settings) -> pl.DataFrame:
    rows = []
    for policy in reference.policies.values():
        value = settings.policy(reference, policy.id)
        rows.append(
            (
                policy.id,
                json_text(value),
                json_text(policy.default_value),
                value == policy.default_value,
                policy.is_setting,
                policy.group,
                said(policy, value),
                ", ".join(policy.seed_refs),
            )
        )
    text, flag = pl.String, pl.Boolean
    schema = {"policy_id": text, "value": text, "default_value": text, "is_default": flag, "is_setting": flag}
    return frame({**schema, "group": text, "text": text, "citation": text}, rows)
