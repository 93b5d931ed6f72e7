"""Last stages: the snapshot, then everything that is made from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    FreshnessPolicy,
    MaterializeResult,
    asset,
)

from pipelines.assets.night_resource import Night
from pipelines.assets.retries import tried_again
from pipelines.night.request import TIME_ZONE
from pipelines.night.schedule import load_schedule
from pipelines.publish import public, quarantine, snapshot
from pipelines.warehouse import nights


def published_snapshot(marts: list[AssetKey]) -> AssetsDefinition:
    """The asset that publishes; it waits for all marts and is held back by their blocking checks."""

    schedule = load_schedule()

    @asset(
        name="published_snapshot",
        deps=marts,
        group_name="publication",
        # Dagster shows it as overdue when no night has published by the end of the grace.
        freshness_policy=FreshnessPolicy.cron(
            deadline_cron=schedule.deadline_cron,
            lower_bound_delta=timedelta(minutes=schedule.grace_minutes),
            timezone=str(TIME_ZONE),
        ),
    )
    def publish(context: AssetExecutionContext, night: Night) -> MaterializeResult[None]:
        """One file that replaces the published one in a single step; Parquet and a dated copy beside it."""
        request = night.request
        at = datetime.now(TIME_ZONE)
        with tried_again(context.op_execution_context), night.log.stage("publish"), told(night, at):
            nights.record(request, night.log, published=True, ended=False)
            published = snapshot.publish(request.home, at.isoformat(timespec="seconds"))
            public.publish(request.home, published)
            snapshot.keep_dated(request.home, request.as_of)
            explained = quarantine.explain(request.home)
        return MaterializeResult(metadata={"tables": len(published.tables), "quarantined": explained})

    return publish


@contextmanager
def told(night: Night, at: datetime) -> Iterator[None]:
    """Note that the night is published once its file is out, also where the copies beside it fail.

    Args:
        night: whose log the summary, the exit line and the next night go by.
        at: when it is published.
    """
    try:
        yield
    finally:
        if snapshot.published_run(night.request.home) == night.log.run_id:
            night.log.figures["published_at"] = at.strftime("%H:%M")
