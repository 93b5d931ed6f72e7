"""The only file that touches Great Expectations: patterns of verdicts in, failing patterns out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

FAIL = "fail"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one expectation found in one suite."""

    suite: str
    rule_id: str
    failed_patterns: tuple[str, ...]
    """Ids of the patterns (rows of the frame) whose verdict is ``fail``."""


def assert_verdicts(suite: str, verdicts: pl.DataFrame, rules: Sequence[str], key: str) -> list[RuleResult]:
    """Assert that no verdict of a suite is ``fail``.

    Args:
        suite: name of the kind of thing judged, the form, or ``DON-VI``.
        verdicts: one row per pattern, ``key`` and one column per rule: ``pass``, ``fail``, ``unknown`` or
            NULL (the rule does not apply).
        rules: the columns to assert.
        key: the column that names a row; failing rows are reported by it.

    Returns:
        One result per rule, in the order of ``rules``.

    Raises:
        RuntimeError: Great Expectations could not evaluate an expectation, or counts otherwise than it lists.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # Its import costs seconds, so nights without anything to assert never pay for it.
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas(suite)
    batch = (
        source.add_dataframe_asset(suite)
        .add_batch_definition_whole_dataframe(suite)
        .get_batch(batch_parameters={"dataframe": verdicts.select(rules).to_pandas()})
    )
    outcome = batch.validate(
        gx.ExpectationSuite(
            name=suite,
            expectations=[
                gx.expectations.ExpectColumnValuesToNotBeInSet(
                    column=rule, value_set=[FAIL], meta={"rule_id": rule}
                )
                for rule in rules
            ],
        ),
        # Listing each failing value costs Great Expectations 20 µs a piece: it counts, the frame lists.
        result_format={"result_format": "BASIC", "partial_unexpected_count": 0},
    )
    found = {}
    for result in outcome.results:
        asked = result.expectation_config
        if asked is None or "element_count" not in result.result:
            raise RuntimeError(f"{suite}: the expectation itself failed: {result.exception_info}")
        rule = asked.meta["rule_id"]
        failed = () if result.success else tuple(verdicts.filter(pl.col(rule) == FAIL)[key].to_list())
        if len(failed) != result.result["unexpected_count"]:
            raise RuntimeError(f"{suite}, {rule}: {result.result['unexpected_count']} ≠ {len(failed)} rows")
        found[rule] = RuleResult(suite=suite, rule_id=rule, failed_patterns=failed)
    return [found[rule] for rule in rules]
