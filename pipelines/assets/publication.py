"""Last stages: the snapshot, then everything that is made from it."""

from datetime import datetime

from dagster import AssetKey, AssetsDefinition, MaterializeResult, asset

from pipelines.assets.night_resource import Night
from pipelines.night import TIME_ZONE
from pipelines.publish import quarantine, snapshot
from pipelines.warehouse import nights


def published_snapshot(marts: list[AssetKey]) -> AssetsDefinition:
    """The asset that publishes; it waits for all marts and is held back by their blocking checks."""

    @asset(name="published_snapshot", deps=marts, group_name="publication")
    def publish(night: Night) -> MaterializeResult[None]:
        """One file that replaces the published one in a single step; Parquet and a dated copy beside it."""
        request = night.request
        with night.log.stage("publish"):
            at = datetime.now(TIME_ZONE)
            nights.record(request, night.log, published=True, ended=False)
            tables = snapshot.publish(request.home, at.isoformat(timespec="seconds"))
            snapshot.keep_dated(request.home, request.as_of)
            explained = quarantine.explain(request.home)
        night.log.figures["published_at"] = at.strftime("%H:%M")
        return MaterializeResult(metadata={"tables": len(tables), "quarantined": explained})

    return publish
