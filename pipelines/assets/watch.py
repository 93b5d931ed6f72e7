"""The watch: runs that died without a word are marked so, and the operator hears of failure and silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    DefaultSensorStatus,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from pipelines.assets.post import forget_old
from pipelines.night.request import NightRequest
from pipelines.night.schedule import load_schedule
from pipelines.operate import operator_mail
from pipelines.operate.status import status_of


def watch(request: NightRequest) -> SensorDefinition:
    """A sensor that starts nothing; it looks after the nights of one home."""

    @sensor(
        name="watch",
        minimum_interval_seconds=load_schedule().watch_every_seconds,
        default_status=DefaultSensorStatus.RUNNING,
    )
    def look(context: SensorEvaluationContext) -> SkipReason:
        """Bury dead runs, forget old ones of the post; tell of a night that failed or did not happen."""
        buried = bury(context.instance, request)
        forget_old(context.instance)
        told = operator_mail.tell(request.home, request.settings)
        return SkipReason(f"dead runs: {len(buried)}; mails: {len(told)}")

    return look


def bury(instance: DagsterInstance, request: NightRequest) -> list[str]:
    """Mark runs as failed whose process is gone (power cut, kill), so that they hold up no other run.

    Returns:
        Their run ids.
    """
    running = status_of(request.home).running
    alive = running.began.run_id if running else None
    before = datetime.now(UTC) - timedelta(minutes=load_schedule().dead_after_minutes)
    wanted = RunsFilter(statuses=[DagsterRunStatus.STARTED, DagsterRunStatus.STARTING], updated_before=before)
    buried = []
    for record in instance.get_run_records(wanted):
        if record.dagster_run.run_id != alive:
            instance.report_run_failed(record.dagster_run, "its process ended without a word")
            buried.append(record.dagster_run.run_id)
    return buried
