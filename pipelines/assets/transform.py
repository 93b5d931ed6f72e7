"""The two halves of dbt as Dagster assets: models are assets, dbt tests are their blocking checks."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetsDefinition,
    Failure,
    MaterializeResult,
)
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from pipelines.assets.engine import counting, spark_of
from pipelines.assets.night_resource import Night
from pipelines.common import differing
from pipelines.common.paths import Home
from pipelines.sentences import text
from pipelines.transform import built, counted, dbt, stale
from pipelines.transform.asked import ask
from pipelines.transform.graph import Graph, Node, graph_of
from pipelines.transform.refresh import refresh
from pipelines.warehouse import staging

STANDS = "stands_from_an_earlier_night"


class _Translator(DagsterDbtTranslator):
    """Models appear in Dagster's lineage in a group per stage, as they lie in folders."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """``intermediate`` or ``marts``."""
        return str(dbt_resource_props["fqn"][1])


TRANSLATOR = _Translator(
    settings=DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_source_tests_as_checks=True)
)


def project(home: Home) -> tuple[dict[str, Any], Graph]:
    """The manifest of the dbt project and its graph, read once for both halves.

    Args:
        home: where the manifest is kept.
    """
    manifest = dbt.manifest(home)
    return manifest, graph_of(manifest, (dbt.FIRST_HALF, dbt.SECOND_HALF), dbt.CI)


def dbt_half(half: str, manifest: dict[str, Any], graph: Graph) -> AssetsDefinition:
    """One half of the models as a multi-asset; what stands from an earlier night is not built again.

    Args:
        half: ``dbt.FIRST_HALF`` or ``dbt.SECOND_HALF``.
        manifest: of the dbt project.
        graph: what it says of models and sources.
    """
    name = f"dbt_{half}"

    @dbt_assets(
        manifest=manifest,
        select=dbt.WHOLE[half],
        exclude=dbt.IN_CI,
        name=name,
        dagster_dbt_translator=TRANSLATOR,
    )
    def build_half(context: AssetExecutionContext, night: Night) -> Iterator[Any]:
        engine, home = spark_of(night.request), night.request.home
        if engine:
            night.log.figures["spark"] = engine.master
        with night.log.stage(name) as bar, counting(engine, home, bar) as count:
            results = build_stale(home, graph, half, count)
        errors = [result for result in results if result.status == "error"]
        checks = set(context.selected_asset_check_keys)
        done = {result.unique_id: result for result in results}
        for node in graph.nodes:
            result = done.get(node.id)
            if node.half == half and node.is_model and (result is None or result.status == "success"):
                spec = TRANSLATOR.get_asset_spec(manifest, node.id, None)
                seconds = {"seconds": result.seconds} if result else {}
                yield MaterializeResult(asset_key=spec.key, metadata={STANDS: result is None, **seconds})
        told = set()
        for result in results:
            if not result.asks:
                continue
            key = get_asset_check_key_for_test(manifest, TRANSLATOR, result.unique_id, None)
            if key is None or key not in checks:
                continue
            told.add(key)
            if result.status != "skipped":
                why = _told(key.asset_key.path[-1], result) if result.status != "pass" else {}
                yield AssetCheckResult(
                    asset_key=key.asset_key,
                    check_name=key.name,
                    passed=result.status == "pass",
                    metadata={"failures": result.failures, "message": result.message, **why},
                )
        # what stands passed its checks when it was built, on the very rows that stand
        for key in sorted(checks - told, key=str):
            yield AssetCheckResult(
                asset_key=key.asset_key, check_name=key.name, passed=True, metadata={STANDS: True}
            )
        if errors:
            raise Failure(
                description="; ".join(f"{error.unique_id}: {error.message.strip()}" for error in errors[:3]),
                allow_retries=False,
            )

    return build_half


def build_stale(
    home: Home, graph: Graph, half: str, count: counted.Count | None = None
) -> list[dbt.NodeResult]:
    """Make what does not stand, and remember what passed its tests.

    Args:
        home: its staging file has tonight's sources.
        graph: of the project.
        half: one of the two; the second comes after the first.
        count: counts tables elsewhere; None: DuckDB does.
    """
    with staging.opened(home.staging) as connection:
        staging.prepare(connection)
        counted.withdraw(connection)
        if half == dbt.FIRST_HALF:
            stale.note_sources(connection, graph)
        due = refresh(connection, graph, half, count)
    results = {id_: dbt.NodeResult(id_, "success", "", took, 0, (), "") for id_, took in due.seconds.items()}
    if due.to_build:
        results |= {one.unique_id: one for one in dbt.build(home, _selection(graph, half, due.to_build))}
    left: list[Node] = []
    if due.to_test:
        with staging.opened(home.staging) as connection:
            passed, left = ask(connection, graph, due.to_test, due.passed_before)
        results |= {one.unique_id: one for one in passed}
    if left:
        told = dbt.build(home, _selection(graph, half, left), only_tests=True)
        results |= {one.unique_id: one for one in told}
    failed = {
        node for one in results.values() if one.status not in dbt.FINE for node in (one.unique_id, *one.asks)
    }
    sql = {id_: one.sql for id_, one in results.items()}
    with staging.opened(home.staging) as connection:
        counted.withdraw(connection)
        made = [node for node in due.to_build if node.id not in failed]
        rows = {
            node.id: differing.digest(connection, f"FROM {node.relation}")
            for node in made
            if node.is_published
        }
        built.note(connection, {node.id: sql.get(node.id, "") for node in made}, rows)
        built.note(connection, {id_: one.sql for id_, one in results.items() if one.asks and one.sql})
        built.trust(connection, [node.id for node in due.to_test if node.id not in failed])
    return list(results.values())


def _selection(graph: Graph, half: str, wanted: list[Node]) -> str:
    whole = len(wanted) == sum(node.half == half for node in graph.nodes)
    return dbt.WHOLE[half] if whole else " ".join(node.selector for node in wanted)


def _told(table: str, result: dbt.NodeResult) -> dict[str, str]:
    """A broken grain or total in the operator's words."""
    check = result.unique_id.split(".")[2]
    why = text("gate.structure", table=table, check=check, failures=result.failures)
    return {"why": why, "do": text("gate.structure.do")}
