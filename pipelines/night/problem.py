"""Why a night was not published whole, from the events Dagster keeps of its run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dagster import AssetCheckEvaluation, DagsterEvent, DagsterEventType, DagsterInstance

from pipelines.common.refusals import is_full, path_in, refusal_in, refusal_of
from pipelines.sentences import text

_OURS = re.compile(r"^(?:pipelines|expectations|dashboards)(?:\.\w+)+: ")
"""The class of an error of ours, before what it says: of no use to whoever reads the sentence."""
_STOPPED = "ExecutionInterrupted"
"""Of Dagster's error for a run that was ended from outside."""
_IN_FILE = re.compile(r"\.(?:ya?ml|csv):\d+: ")
"""A mistake of reference data or settings is told with its file and line."""


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
            if _STOPPED in why:
                return Problem(str(event.step_key), text("failed.stopped"), text("night.do_again"))
            problem = _in_words(str(event.step_key), _OURS.sub("", why), refusal_in(why))
            return replace(problem, do=text("night.do_data")) if _IN_FILE.search(problem.why) else problem
    return None


def problem_before(error: BaseException, home: Path) -> Problem | None:
    """Why a night could not begin or go on, where the machine refused it; None: it was something else.

    Args:
        error: raised outside of the steps.
        home: the night's.
    """
    kind = refusal_of(error)
    if kind == "io" and is_full(home):  # SQLite tells of a full disk in these words
        kind = "full"
    return (
        _in_words("start", str(error), kind, getattr(error, "filename", None) or str(home)) if kind else None
    )


def _in_words(step: str, why: str, kind: str | None, path: str | None = None) -> Problem:
    """A refusal of the machine in the operator's words; any other cause as it was told."""
    if kind is None:
        return Problem(step, why, "")
    told = text(f"failed.{kind}", path=path or path_in(why) or text("failed.somewhere"))
    return Problem(step, told, text(f"failed.{kind}.do"))


def problem_of_run(instance: DagsterInstance, run_id: str) -> Problem | None:
    """The problem of a run that Dagster keeps; None where it has none so far."""
    wanted = {DagsterEventType.ASSET_CHECK_EVALUATION, DagsterEventType.STEP_FAILURE}
    entries = instance.all_logs(run_id, of_type=wanted)
    return problem_of(entry.dagster_event for entry in entries if entry.dagster_event is not None)
