"""Steps of the plan that are due, not whole, and asked for by no finding: work left all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipelines.reports.deadlines import Deadline
from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.sentences import text
from pipelines.sentences.words import joined
from pipelines.text.numbers_vi import format_number

STEPS_LEFT = """
    SELECT step_id, programme_id, unit_code, cell_id, label_vi, status, last_day, is_before, citation,
           left_since_on, collectives_required, collectives_counted, individuals_required,
           individuals_counted,
           households_required, households_counted, any_required, any_counted
    FROM marts.rpt_steps_left WHERE NOT is_told ORDER BY programme_id, unit_code, cell_order, cell_id
"""
KINDS = ("collectives", "individuals", "households", "any")


def step_words(step: Mapping[str, Any]) -> str:
    """``Hội nghị điểm cấp xã: chưa có gì``, ``Đăng ký năm 2023: còn thiếu, mới có 1/2 tập thể``.

    Args:
        step: a row of ``rpt_steps_left``.
    """
    counts = [
        text(
            "step.count",
            counted=format_number(step[f"{kind}_counted"] or 0),
            required=format_number(step[f"{kind}_required"]),
            kind=text(f"coverage.kind.{kind}"),
        )
        for kind in KINDS
        if step[f"{kind}_required"] and (step[f"{kind}_counted"] or 0) < step[f"{kind}_required"]
    ]
    if step["status"] == "partial" and counts:
        return text("step.short", label=step["label_vi"], counts=joined(counts))
    return text(f"step.{step['status']}", label=step["label_vi"])


def steps_left(steps: list[dict[str, Any]], as_of: date) -> list[Finding]:
    """Steps as things left to do, of the same shape as findings.

    Args:
        steps: rows of ``STEPS_LEFT``.
        as_of: the night.
    """
    return [
        Finding(
            finding_id=step["step_id"],
            programme_id=step["programme_id"],
            unit_code=step["unit_code"],
            form_id=None,
            nomination_id=None,
            recipient_name=None,
            rule_id=step["cell_id"],
            severity="warning",
            field=None,
            subject=text("step.subject"),
            fact=step_words(step),
            fix=text("step.fix"),
            values=frozenset(),
            citation=step["citation"],
            source_file=None,
            source_sheet=None,
            source_row=None,
            source_cell=None,
            status="new" if step["left_since_on"] >= as_of else "open",
            first_seen_on=step["left_since_on"],
            fixed_on=None,
            mends=BY_UNIT,
            category=None,
            deadline=Deadline(step["last_day"], step["is_before"]) if step["last_day"] else None,
            is_step=True,
        )
        for step in steps
    ]
