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

from pipelines.assets.night_resource import Night
from pipelines.common.paths import Home
from pipelines.sentences import text
from pipelines.transform import dbt


class _Translator(DagsterDbtTranslator):
    """Models appear in Dagster's lineage in a group per stage, as they lie in folders."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """``intermediate`` or ``marts``."""
        return str(dbt_resource_props["fqn"][1])


TRANSLATOR = _Translator(
    settings=DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_source_tests_as_checks=True)
)


def dbt_half(name: str, half: str, home: Home) -> AssetsDefinition:
    """One half of the models as a multi-asset.

    Args:
        name: of the step, as the operator sees it.
        half: ``dbt.FIRST_HALF`` or ``dbt.SECOND_HALF``.
        home: where the manifest is kept.
    """
    manifest = dbt.manifest(home)

    @dbt_assets(
        manifest=manifest, select=half, exclude=dbt.IN_CI, name=name, dagster_dbt_translator=TRANSLATOR
    )
    def build_half(context: AssetExecutionContext, night: Night) -> Iterator[Any]:
        with night.log.stage(name):
            results = dbt.build(night.request.home, half)
        errors = [result for result in results if result.status == "error"]
        checks = set(context.selected_asset_check_keys)
        for result in results:
            kind = result.unique_id.split(".")[0]
            if kind == "model" and result.status == "success":
                spec = TRANSLATOR.get_asset_spec(manifest, result.unique_id, None)
                yield MaterializeResult(asset_key=spec.key, metadata={"seconds": result.seconds})
            elif kind == "test" and result.status != "skipped":
                key = get_asset_check_key_for_test(manifest, TRANSLATOR, result.unique_id, None)
                if key is not None and key in checks:
                    yield AssetCheckResult(
                        asset_key=key.asset_key,
                        check_name=key.name,
                        passed=result.status == "pass",
                        metadata={
                            "failures": result.failures,
                            "message": result.message,
                            **(_told(key.asset_key.path[-1], result) if result.status != "pass" else {}),
                        },
                    )
        if errors:
            raise Failure(
                description="; ".join(f"{error.unique_id}: {error.message.strip()}" for error in errors[:3]),
                allow_retries=False,
            )

    return build_half


def _told(table: str, result: dbt.NodeResult) -> dict[str, str]:
    """A broken grain or total in the operator's words."""
    check = result.unique_id.split(".")[2]
    why = text("gate.structure", table=table, check=check, failures=result.failures)
    return {"why": why, "do": text("gate.structure.do")}
