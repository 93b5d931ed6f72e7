"""Run one night in this process, as a Dagster run that the web interface shows like any other."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, replace
from uuid import uuid4

from dagster import DagsterInstance

from pipelines.common.paths import Home
from pipelines.common.processes import collect_seldom
from pipelines.night.problem import Problem, problem_before, problem_of
from pipelines.night.request import NightLog, NightRequest, exclusive
from pipelines.sentences import text

DAGSTER_YAML = """\
# Written by thidua each night. Runs, schedules and the history of assets are kept in this folder.
event_log_storage:
  module: pipelines.night.run_history
  class: RunHistory
telemetry:
  enabled: false
# No invitation to newsletters; the server has no internet.
nux:
  enabled: false
run_monitoring:
  enabled: false
# One night at a time: what the schedule and the sensor ask for meanwhile waits its turn.
concurrency:
  runs:
    max_concurrent_runs: 1
retention:
  schedule: {purge_after_days: 90}
  sensor: {purge_after_days: {skipped: 7, failure: 90, success: 90}}
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night ended."""

    published: bool
    """Whether this night's snapshot was published."""
    run_id: str
    log: NightLog
    problem: Problem | None
    """What failed: before publication it held the night back, after it pages or reports are old."""


def prepare_dagster(home: Home) -> None:
    """Make the home's Dagster folder and point this process at it; no usage statistics leave the machine."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    settings = home.dagster / "dagster.yaml"
    if not settings.exists() or settings.read_text("utf-8") != DAGSTER_YAML:
        settings.write_text(DAGSTER_YAML, "utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"


def run_night(request: NightRequest) -> Outcome:
    """Run the whole nightly job.

    Args:
        request: raw folder, home, night, reference data and settings.

    Returns:
        How it ended; findings are no failure.

    Raises:
        AnotherNight: when another night holds the home, or took it while this one began.
    """
    with exclusive(request):
        pass  # names the holder before anything is written
    collect_seldom()
    prepare_dagster(request.home)
    from pipelines.assets.night_resource import Night, log_of
    from pipelines.definitions import JOB_NAME, make_definitions

    night = Night(
        raw=str(request.raw),
        home=str(request.home.root),
        as_of=request.as_of.isoformat(),
        reference=str(request.reference),
        settings=str(request.settings),
        engine=request.engine or "",
    )
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = make_definitions(request.home, night).resolve_job_def(JOB_NAME)
    run_id = str(uuid4())
    log = log_of(run_id)
    with DagsterInstance.get() as instance:
        try:
            result = job.execute_in_process(
                instance=instance,
                run_id=run_id,
                raise_on_error=False,
                tags={"thidua/as_of": request.as_of.isoformat()},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        except Exception as error:  # of Dagster's own files, not of a step
            return cut_off(error, request.home, log)
    problem = problem_of(result.all_events)
    if problem is None and not result.success:
        with exclusive(request):
            pass  # a night that was begun at the same moment holds it
        problem = Problem("run", text("failed.before_steps"), text("night.do_again"))
    # a page or a report that fails after publication does not unpublish the snapshot
    return Outcome("published_at" in log.figures, run_id, log, problem)


def cut_off(error: Exception, home: Home, log: NightLog) -> Outcome:
    """How a night ended that broke off between its steps.

    Args:
        error: what broke it off.
        home: the night's.
        log: what its steps left.

    Raises:
        Exception: ``error``, where nothing was published: then the night is as good as never begun.
    """
    if "published_at" not in log.figures:
        raise error
    problem = problem_before(error, home.root) or Problem("run", str(error), "")
    return Outcome(True, log.run_id, log, replace(problem, step="run"))
