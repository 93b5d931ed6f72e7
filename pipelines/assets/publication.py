"""Last stages: the snapshot, then everything that is made from it."""

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
        with tried_again(context.op_execution_context), night.log.stage("publish"):
            at = datetime.now(TIME_ZONE)
            nights.record(request, night.log, published=True, ended=False)
            tables = snapshot.publish(request.home, at.isoformat(timespec="seconds"))
            public.publish(request.home)
            snapshot.keep_dated(request.home, request.as_of)
            explained = quarantine.explain(request.home)
        night.log.figures["published_at"] = at.strftime("%H:%M")
        return MaterializeResult(metadata={"tables": len(tables), "quarantined": explained})

    return publish
