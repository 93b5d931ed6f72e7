"""First stages: the reference data and the files of the raw folder into the staging file."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from pipelines.arrival.rulings import in_force
from pipelines.assets.engine import reading
from pipelines.assets.night_resource import Night
from pipelines.assets.quality import reading_checks, reading_specs
from pipelines.assets.retries import tried_again
from pipelines.common.paths import DBT_PROJECT
from pipelines.common.transaction import transaction
from pipelines.common.yaml_files import read_plain
from pipelines.contracts.raw import RAW
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables_of
from pipelines.warehouse import intake, staging

# The tables dbt reads are the tables dbt declares.
_SOURCES = read_plain(DBT_PROJECT / "models" / "staging" / "sources.yml")["sources"]
REF_TABLES = [table["name"] for source in _SOURCES if source["name"] == "ref" for table in source["tables"]]

READ = [*(["raw", name] for name in RAW), ["meta", "night"]]
"""Keys of the tables that reading writes."""

RAW_FILES = AssetSpec(
    "raw_files",
    group_name="intake",
    description="What units sent: RAW/<programme>/<unit>/<date>/<file>. Never written by us.",
    kinds={"file"},
)
REFERENCE_FILES = AssetSpec(
    "reference_files",
    group_name="reference",
    description="The law as data (data/reference) and the settings (settings.yml).",
    kinds={"yaml", "csv"},
)


@multi_asset(
    specs=[AssetSpec(["ref", name], group_name="reference", deps=[REFERENCE_FILES]) for name in REF_TABLES]
)
def reference(context: AssetExecutionContext, night: Night) -> Iterator[MaterializeResult[None]]:
    """The law, the settings and what officers decided on the desk, as ref.* tables."""
    request = night.request
    with (
        tried_again(context.op_execution_context),
        night.log.stage("reference"),
        staging.opened(request.home.staging) as connection,
    ):
        staging.prepare(connection)
        known = load_reference(request.reference)
        law = in_force(request.home, known, load_settings(request.settings, known))
        tables = law_tables_of(request.reference, *law)
        with transaction(connection):
            staging.replace_tables(connection, "ref", tables)
    for name in REF_TABLES:
        yield MaterializeResult(asset_key=["ref", name], metadata={"rows": tables[name].height})


@multi_asset(
    specs=[AssetSpec(key, group_name="intake", deps=[["ref", "units"], RAW_FILES]) for key in READ],
    check_specs=reading_specs,
)
def raw_tables(context: AssetExecutionContext, night: Night) -> Iterator[Any]:
    """Every new or changed file of the raw folder, read into raw.* tables; the others stay as read."""
    with tried_again(context.op_execution_context), night.log.stage("intake") as bar:
        taken = intake.take_in(night.request, night.log.run_id, bar, reading(night.request))
    night.log.figures.update(taken.figures())
    for key in READ:
        yield MaterializeResult(asset_key=key, metadata=taken.figures())
    yield from reading_checks(night)
