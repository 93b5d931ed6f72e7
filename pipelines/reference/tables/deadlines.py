"""`ref` tables of deadlines: each day once, the units it holds for, the forms that have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines.reference.counted import cells_of
from pipelines.reference.deadlines import Deadline
from pipelines.reference.models.judges import TreeJudge
from pipelines.reference.received import CELL, leaves
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, citation_columns, citation_vi, frame


def deadline_tables(
    reference: Reference, policies: Mapping[str, Any], known: list[Deadline]
) -> dict[str, pl.DataFrame]:
    """deadlines, deadline_unit_types, deadline_units, deadline_forms, rule_deadlines.

    Args:
        reference: the reference data.
        policies: the value in force of every policy.
        known: all ``deadlines`` of them.
    """
    text, whole, day = pl.String, pl.Int32, pl.Date
    return {
        "deadlines": frame(
            {"programme_id": text, "cell_id": text, "label_vi": text, "period": text, "period_start": day}
            | {"period_end": day, "year": whole, "phase_id": text, "day": day, "is_before": pl.Boolean}
            | {"last_day": day, "due_from": day, "wording_vi": text, "citation_vi": text}
            | CITATION,
            [
                (
                    one.programme_id,
                    one.cell_id,
                    one.label_vi,
                    one.period,
                    one.start,
                    one.end,
                    one.year,
                    one.phase_id,
                    one.day,
                    one.is_before,
                    one.last_day,
                    one.due_from,
                    one.wording_vi,
                    citation_vi(reference, one.cite),
                    *citation_columns(reference, one.cite),
                )
                for one in known
            ],
        ),
        "deadline_unit_types": frame(
            {"cell_id": text, "unit_type": text},
            [(one.cell_id, unit_type) for one in known for unit_type in one.unit_types],
        ),
        "deadline_units": frame(
            {"cell_id": text, "unit_code": text, "day": day, "last_day": day},
            [(one.cell_id, *unit_day) for one in known for unit_day in one.unit_days],
        ),
        "deadline_forms": frame(
            {"cell_id": text, "form_id": text}, [(one.cell_id, form) for one in known for form in one.forms]
        ),
        "rule_deadlines": frame(
            {"rule_id": text, "period": text, "cell_id": text},
            [
                (rule.id, None, leaf[CELL])
                for rules in reference.all_rules
                for rule in rules.completeness
                if isinstance(rule.judge, TreeJudge)
                for leaf in leaves(rule.judge.test)
            ]
            + list(cells_of(reference, policies)),
        ),
    }
