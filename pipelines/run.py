"""Run one night in this process, as a Dagster run that the web interface shows like any other."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass

from dagster import DagsterInstance, ExecuteInProcessResult

from pipelines.night import AnotherNight, NightLog, NightRequest, exclusive
from pipelines.paths import Home

DAGSTER_YAML = """\
# Written by thidua. Runs, schedules and the history of assets are kept in this folder.
telemetry:
  enabled: false
run_monitoring:
  enabled: false
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a night was not published."""

    step: str
    why: str
    do: str
    """Empty where nothing special is to be done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night ended."""

    published: bool
    run_id: str
    log: NightLog
    problem: Problem | None


def prepare_dagster(home: Home) -> None:
    """Make the home's Dagster folder and point this process at it; no usage statistics leave the machine."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    settings = home.dagster / "dagster.yaml"
    if not settings.exists():
        settings.write_text(DAGSTER_YAML, "utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    os.environ["THIDUA_HOME"] = str(home.root)


def run_night(request: NightRequest) -> Outcome:
    """Run the whole nightly job.

    Args:
        request: raw folder, home, night, reference data and settings.

    Returns:
        How it ended; findings are no failure.

    Raises:
        AnotherNight: when another night holds the home.
    """
    with exclusive(request):
        pass  # names the holder before anything is written
    prepare_dagster(request.home)
    from pipelines.assets.night_resource import Night, log_of
    from pipelines.definitions import JOB_NAME, make_definitions

    night = Night(
        raw=str(request.raw),
        home=str(request.home.root),
        as_of=request.as_of.isoformat(),
        reference=str(request.reference),
        settings=str(request.settings),
    )
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = make_definitions(request.home, night).resolve_job_def(JOB_NAME)
    with DagsterInstance.get() as instance:
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    problem = _problem(result)
    return Outcome(problem is None, result.run_id, log_of(result.run_id), problem)


def _problem(result: ExecuteInProcessResult) -> Problem | None:
    """The first thing that held publication back: a failing blocking check, else a failed step."""
    for evaluation in result.get_asset_check_evaluations():
        if evaluation.blocking and not evaluation.passed:
            facts = {name: value.value for name, value in evaluation.metadata.items()}
            return Problem(
                step=f"gate.{evaluation.check_name}",
                why=str(facts.get("why") or facts.get("message") or evaluation.check_name),
                do=str(facts.get("do") or ""),
            )
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            user = event.step_failure_data.user_failure_data
            why = (user.description if user else None) or (error.message.strip() if error else "")
            return Problem(step=str(event.step_key), why=why, do="")
    if not result.success:
        return Problem(step="run", why="run failed before its first step", do="")
    return None


__all__ = ["AnotherNight", "Outcome", "Problem", "prepare_dagster", "run_night"]
