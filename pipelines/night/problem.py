"""Why a night was not published whole, from the events Dagster keeps of its run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dagster import AssetCheckEvaluation, DagsterEvent, DagsterEventType, DagsterInstance


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a night was not published."""

    step: str
    why: str
    do: str
    """Empty where nothing special is to be done."""


def problem_of(events: Iterable[DagsterEvent]) -> Problem | None:
    """The first thing that held a night back: a failing blocking check, else a failed step.

    Args:
        events: of one run, in order.
    """
    listed = list(events)
    for event in listed:
        evaluation = event.event_specific_data
        if isinstance(evaluation, AssetCheckEvaluation) and evaluation.blocking and not evaluation.passed:
            facts = {name: value.value for name, value in evaluation.metadata.items()}
            return Problem(
                step=f"gate.{evaluation.check_name}",
                why=str(facts.get("why") or facts.get("message") or evaluation.check_name),
                do=str(facts.get("do") or ""),
            )
    for event in listed:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            user = event.step_failure_data.user_failure_data
            why = (user.description if user else None) or (error.message.strip() if error else "")
            return Problem(step=str(event.step_key), why=why, do="")
    return None


def problem_of_run(instance: DagsterInstance, run_id: str) -> Problem | None:
    """The problem of a run that Dagster keeps; None where it has none so far."""
    wanted = {DagsterEventType.ASSET_CHECK_EVALUATION, DagsterEventType.STEP_FAILURE}
    entries = instance.all_logs(run_id, of_type=wanted)
    return problem_of(entry.dagster_event for entry in entries if entry.dagster_event is not None)
