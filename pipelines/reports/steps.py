"""Steps of the plan that are due, not whole, and asked for by no finding: work left all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from pipelines.reports.deadlines import Deadline
from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.sentences import text
from pipelines.sentences.words import joined
from pipelines.text.numbers_vi import format_number

WHOSE = ("step_id", "programme_id", "unit_code")
SAID = (
    "cell_id", "label_vi", "label_of_years_vi", "year", "status", "last_day", "is_before", "citation",
    "left_since_on", "collectives_required", "collectives_counted", "individuals_required",
    "individuals_counted", "households_required", "households_counted", "any_required", "any_counted",
)  # fmt: skip
"""All that is said of a step: the same for many units."""
STEPS_LEFT = f"""
    SELECT {", ".join((*WHOSE, *SAID))}
    FROM marts.rpt_steps_left WHERE NOT is_told ORDER BY programme_id, unit_code, cell_order, cell_id
"""
DONE = ("step_id", "programme_id", "unit_code", "cell_id", "label_vi", "status", "left_since_on")
STEPS_DONE = """
    SELECT concat_ws('|', c.programme_id, c.unit_code, c.cell_id) AS step_id, c.programme_id, c.unit_code,
           c.cell_id, d.label_vi, c.status, c.first_received_on AS left_since_on
    FROM marts.rpt_phase_coverage AS c JOIN marts.dim_coverage_cells AS d USING (cell_id)
    WHERE c.status = 'covered'
"""
"""Of a reader's steps those that became whole are news to him; the others are not told."""
KINDS = ("collectives", "individuals", "households", "any")


def step_words(step: Mapping[str, Any]) -> str:
    """``Hội nghị điểm cấp xã: chưa có``, ``Đăng ký năm 2023: còn thiếu, mới có 1/2 tập thể``.

    Args:
        step: a row of ``rpt_steps_left``, or of ``STEPS_DONE``.
    """
    if step["status"] != "partial":
        return _whole_words(step["status"], step["label_vi"])
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
    if counts:
        return text("step.short", label=step["label_vi"], counts=joined(counts))
    return _whole_words("partial", step["label_vi"])


@lru_cache(maxsize=4_096)  # thousands of units lack the same steps
def _whole_words(status: str, label: str) -> str:
    return text(f"step.{status}", label=label)


def words_of_years(step: Mapping[str, Any]) -> str | None:
    """The words of a step with ``{years}`` for its year; None where it is not told with other years.

    Args:
        step: a row of ``rpt_steps_left``.
    """
    if step["label_of_years_vi"] is None or step["status"] != "none":
        return None
    return _whole_words("none", step["label_of_years_vi"])


def steps_left(steps: Iterable[Sequence[Any]], as_of: date) -> list[Finding]:
    """Steps as things left to do, of the same shape as findings.

    Args:
        steps: rows of ``STEPS_LEFT``, as they are fetched.
        as_of: the night.
    """
    fix = text("step.fix")

    @cache  # a country's units lack some hundred steps: each is put into words once
    def of(*said: Any) -> tuple[Any, ...]:
        step = dict(zip(SAID, said, strict=True))
        return _step(
            step,
            "new" if step["left_since_on"] >= as_of else "open",
            step["left_since_on"],
            fix=fix,
            citation=step["citation"],
            fixed_on=None,
            deadline=Deadline(step["last_day"], step["is_before"]) if step["last_day"] else None,
            fact_of_years=words_of_years(step),
            year=step["year"],
        )

    return [
        Finding(step_id, programme_id, unit_code, *of(*said))
        for step_id, programme_id, unit_code, *said in steps
    ]


def step_done(row: Sequence[Any], as_of: date) -> Finding:
    """A step that is whole, as a thing mended.

    Args:
        row: of ``STEPS_DONE``, as it is fetched.
        as_of: the night.
    """
    step = dict(zip(DONE, row, strict=True))
    said = _step(step, "fixed", step["left_since_on"] or as_of, fix="", citation=None, fixed_on=as_of)
    return Finding(*(step[name] for name in WHOSE), *said)


def _step(step: Mapping[str, Any], status: str, since: date, **more: Any) -> tuple[Any, ...]:
    """All of a step but whose it is: what stands in ``Finding`` behind ``WHOSE``."""
    step_of_nobody = Finding(
        finding_id="",
        programme_id="",
        unit_code=None,
        form_id=None,
        nomination_id=None,
        recipient_name=None,
        rule_id=step["cell_id"],
        severity="warning",
        field=None,
        subject=text("step.subject"),
        fact=step_words(step),
        values=frozenset(),
        source_file=None,
        source_sheet=None,
        source_row=None,
        source_cell=None,
        status=status,
        first_seen_on=since,
        mends=BY_UNIT,
        category=None,
        cell_id=step["cell_id"],
        is_step=True,
        **more,
    )
    return step_of_nobody[len(WHOSE) :]
