"""The night by the plain route, to measure ours against: dbt as a command, a process per step, eager imports.

Same raw tables, models, checks, pages and reports. Loaded by ``dagster job execute -m``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import great_expectations  # noqa: F401 - the plain route imports it at the top of its module
from dagster import (
    AssetExecutionContext,
    AssetsDefinition,
    AssetSelection,
    Definitions,
    define_asset_job,
    multiprocess_executor,
)
from dagster_dbt import DbtCliResource, dbt_assets

from expectations.judged_forms import judged_forms
from pipelines.assets.dashboards import dashboards
from pipelines.assets.intake import RAW_FILES, REFERENCE_FILES, raw_tables, reference
from pipelines.assets.night_resource import Night
from pipelines.assets.publication import published_snapshot
from pipelines.assets.quality import gate_checks, make_findings
from pipelines.assets.reports import quality_reports
from pipelines.assets.transform import TRANSLATOR
from pipelines.common.paths import DBT_PROJECT, PROJECT, Home
from pipelines.transform import dbt

HOME = Home(Path(os.environ["THIDUA_HOME"]).absolute())


def _half(name: str, half: str) -> AssetsDefinition:
    @dbt_assets(
        manifest=dbt.manifest(HOME),
        select=half,
        exclude="resource_type:unit_test",
        name=name,
        dagster_dbt_translator=TRANSLATOR,
    )
    def build_half(context: AssetExecutionContext, dbt_command: DbtCliResource) -> Iterator[Any]:
        yield from dbt_command.cli(["build"], context=context).stream()

    return build_half


_first, _second = (_half(f"dbt_{tag}", selection) for tag, selection in dbt.WHOLE.items())
defs = Definitions(
    assets=[
        RAW_FILES,
        REFERENCE_FILES,
        reference,
        raw_tables,
        _first,
        make_findings(judged_forms(PROJECT / "data" / "reference")),
        _second,
        published_snapshot(sorted(_second.keys)),
        dashboards,
        quality_reports,
    ],
    asset_checks=[gate_checks],
    jobs=[define_asset_job("nightly", selection=AssetSelection.all())],
    executor=multiprocess_executor.configured({"max_concurrent": 1}),
    resources={
        "night": Night(),
        "dbt_command": DbtCliResource(project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT)),
    },
)
