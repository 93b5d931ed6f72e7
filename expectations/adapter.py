"""The only file that touches Great Expectations: checks of a checkpoint in, keys of failing rows out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from expectations.measures import Check


def run_checkpoint(stage: str, checks: Sequence[Check]) -> dict[str, tuple[str, ...]]:
    """Assert the rows of all checks in one checkpoint.

    Args:
        stage: name of the checkpoint.
        checks: with their rows and bounds.

    Returns:
        Check id → keys of the rows that Great Expectations found outside the bounds, in their order.

    Raises:
        RuntimeError: Great Expectations could not evaluate an expectation.
    """
    asserted = [check for check in checks if check.rows]
    if not asserted:
        return {check.id: () for check in checks}
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # Its import costs seconds: nights on which nothing changed never pay for it.
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    frame = pd.DataFrame(
        [(check.id, row.key, row.value, row.code) for check in asserted for row in check.rows],
        columns=["check", "key", "value", "code"],
    ).astype({"value": "float64"})
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas(stage)
    rows = source.add_dataframe_asset(stage).add_batch_definition_whole_dataframe(stage)
    suite = context.suites.add(gx.ExpectationSuite(name=stage))
    for check in asserted:
        where = {"row_condition": f"check=={check.id!r}", "condition_parser": "pandas"}
        told: dict[str, Any] = {"meta": {"check": check.id}, **where}
        if check.codes is not None:
            suite.add_expectation(
                gx.expectations.ExpectColumnValuesToBeInSet(
                    column="code", value_set=list(check.codes), **told
                )
            )
        else:
            suite.add_expectation(
                gx.expectations.ExpectColumnValuesToBeBetween(
                    column="value", min_value=check.least, max_value=check.most, **told
                )
            )
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name=stage, data=rows, suite=suite)
    )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=stage,
            validation_definitions=[definition],
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["key"]},
        )
    )
    outcome = checkpoint.run(batch_parameters={"dataframe": frame})
    found: dict[str, tuple[str, ...]] = {check.id: () for check in checks}
    for results in outcome.run_results.values():
        for result in results.results:
            asked = result.expectation_config
            if asked is None or "element_count" not in result.result:
                raise RuntimeError(f"{stage}: the expectation itself failed: {result.exception_info}")
            failing = result.result.get("unexpected_index_list") or ()
            found[asked.meta["check"]] = tuple(str(row["key"]) for row in failing)
    return found
