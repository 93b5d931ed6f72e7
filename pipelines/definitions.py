"""Dagster wiring only: assets of a night, its job, the 02:00 schedule, the sensor on new files, the post."""

from __future__ import annotations

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    Definitions,
    ScheduleDefinition,
    define_asset_job,
    in_process_executor,
)

from expectations.judged_forms import judged_forms
from pipelines.assets.dashboards import dashboards
from pipelines.assets.intake import RAW_FILES, REFERENCE_FILES, raw_tables, reference
from pipelines.assets.night_resource import Night
from pipelines.assets.post import post
from pipelines.assets.publication import published_snapshot
from pipelines.assets.quality import gate_checks, make_findings
from pipelines.assets.reports import quality_reports
from pipelines.assets.sensor import new_files
from pipelines.assets.transform import dbt_half, project
from pipelines.assets.watch import watch
from pipelines.common.paths import Home
from pipelines.night.request import TIME_ZONE
from pipelines.night.schedule import load_schedule
from pipelines.transform import dbt

JOB_NAME = "nightly"


def make_definitions(home: Home, night: Night) -> Definitions:
    """The whole code location of one home, with the night it runs."""
    manifest, graph = project(home)
    first_half = dbt_half(dbt.FIRST_HALF, manifest, graph)
    second_half = dbt_half(dbt.SECOND_HALF, manifest, graph)
    findings = make_findings(judged_forms(night.request.reference))
    snapshot = published_snapshot(sorted(second_half.keys))
    job = define_asset_job(JOB_NAME, selection=AssetSelection.all(), executor_def=in_process_executor)
    post_jobs, post_schedules = post(night.request)
    return Definitions(
        assets=[
            RAW_FILES,
            REFERENCE_FILES,
            reference,
            raw_tables,
            first_half,
            findings,
            second_half,
            snapshot,
            dashboards,
            quality_reports,
        ],
        asset_checks=[gate_checks],
        jobs=[job, *post_jobs],
        schedules=[
            ScheduleDefinition(
                name="every_night",
                job=job,
                cron_schedule=load_schedule().cron,
                execution_timezone=str(TIME_ZONE),
                default_status=DefaultScheduleStatus.RUNNING,
            ),
            *post_schedules,
        ],
        sensors=[new_files(job, night.request), watch(night.request)],
        resources={"night": night},
        executor=in_process_executor,
    )
