"""Failing verdicts → findings: a stable id, a sentence, one message per cause."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

import polars as pl

# A list in which every row lacks the same thing, from this many rows on, gets one message for the
# list instead of one per row («one cause, one message»).
WHOLE_LIST_FROM = 10

COLUMNS = [
    "finding_id",
    "programme_id",
    "unit_code",
    "form_id",
    "nomination_id",
    "recipient_name",
    "rule_id",
    "severity",
    "field",
    "message_vi",
    "citation",
    "submission_id",
    "source_file",
    "source_sheet",
    "source_row",
    "source_cell",
    "row_id",
]


def build_findings(failing: pl.DataFrame, rules: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """One finding per failing verdict, or one per list where a whole list fails for one cause.

    Args:
        failing: the failing rows of ``int_verdicts``; a severity of their own goes before the rule's.
        rules: ``ref.rules``.
        words: ``ref.words``; those of ``finding_detail`` say which years or which period is meant, those of
            ``finding_subject`` whom a finding on no one is about.

    Returns:
        Frame with the columns ``COLUMNS``; ``finding_id`` is made of programme, unit, form, nominee,
        rule and field (and, where those are equal for several rows, their order in the files).
    """
    collapsed = _collapse_whole_lists(failing)
    details, subjects = _labels(words, "finding_detail"), _labels(words, "finding_subject")
    told = collapsed.rename({"severity": "own_severity"}).join(
        rules.unique("rule_id").select(
            "rule_id", "severity", "message_vi", "short_vi", pl.col("citation_vi").alias("citation")
        ),
        on="rule_id",
        how="left",
    )
    unknown = told.filter(pl.col("severity").is_null())["rule_id"].unique().to_list()
    if unknown:
        raise KeyError(f"verdicts of rules that are not in the reference data: {unknown}")
    sentences = [
        _detailed(details, subjects, *row)
        for row in told.select("params", "recipient_name", "message_vi", "short_vi").iter_rows()
    ]
    told = told.with_columns(
        pl.coalesce("own_severity", "severity").alias("severity"),
        # a verdict may rest on a clause of its own: the number asked of a field
        pl.coalesce(pl.col("params").str.json_path_match("$.citation"), "citation").alias("citation"),
        pl.Series("message_vi", sentences, pl.String),
    )
    identity = ["programme_id", "unit_code", "form_id", "recipient_key", "rule_id", "field"]
    told = told.sort(*identity, "source_file", "source_sheet", "source_row", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(identity).alias("nth")
    )
    ids = [_identity(*row) for row in told.select(*identity, "nth").iter_rows()]
    return told.with_columns(pl.Series("finding_id", ids, pl.String)).select(COLUMNS).sort("finding_id")


def _labels(words: pl.DataFrame, vocabulary: str) -> dict[str, str]:
    chosen = words.filter(pl.col("vocabulary") == vocabulary).sort("word_order")
    return dict(chosen.select("code", "label").iter_rows())


def _collapse_whole_lists(failing: pl.DataFrame) -> pl.DataFrame:
    lists = ["submission_id", "source_sheet", "rule_id", "suite"]
    whole = (
        failing.filter(pl.col("list_cause"))
        .group_by(lists)
        .agg(pl.len().cast(pl.Int64).alias("failed"), pl.col("list_size").first().alias("size"))
        .filter((pl.col("size") == pl.col("failed")) & (pl.col("size") >= WHOLE_LIST_FROM))
        .select(*lists, "size")
    )
    single = failing.join(whole, on=lists, how="anti", nulls_equal=True)
    first = (
        failing.join(whole, on=lists, how="inner", nulls_equal=True)
        .sort("source_row")
        .group_by(lists, maintain_order=True)
        .first()
        .with_columns(
            pl.lit(None, pl.String).alias("recipient_name"),
            pl.lit("*").alias("recipient_key"),
            pl.struct("params", "size")
            .map_elements(lambda row: _with_size(row["params"], row["size"]), return_dtype=pl.String)
            .alias("params"),
        )
    )
    return pl.concat([single, first.select(single.columns)])


def _with_size(params: str | None, size: int) -> str:
    return json.dumps({**json.loads(params or "{}"), "whole_list": size}, ensure_ascii=False)


@lru_cache(maxsize=1 << 16)
def _facts(params: str | None) -> dict[str, Any]:
    """What the verdict tells beside the rule; many verdicts tell the same."""
    facts: dict[str, Any] = json.loads(params or "{}")
    return facts


def _detailed(
    details: dict[str, str],
    subjects: dict[str, str],
    params: str | None,
    recipient: str | None,
    full: str | None,
    short: str | None,
) -> str:
    """The sentence, and in brackets what the verdict knows more exactly than the rule: years, the period."""
    facts = _facts(params)
    told = [label.format_map(facts) for code, label in details.items() if facts.get(code)]
    about = next((label.format_map(facts) for code, label in subjects.items() if facts.get(code)), recipient)
    sentence = str(facts["told"]) if facts.get("told") else _sentence(facts, about, full or "", short)
    return f"{sentence.removesuffix('.')} ({'; '.join(told)})." if told else sentence


def _sentence(facts: dict[str, Any], about: str | None, full: str, short: str | None) -> str:
    """«Nominee: what is missing.», or the rule's full sentence where the finding is about no one."""
    try:
        return f"{about}: {short.format_map(facts)}." if about and short else full.format_map(facts)
    except (KeyError, ValueError, IndexError):
        # A sentence of the officials' own with braces in it, or a fact the verdict could not give.
        return full


def _identity(*parts: object) -> str:
    """Of the columns that make a finding itself, and its order among equal ones when it is not the first."""
    *named, nth = parts
    told = [*named, nth] if nth else named
    return hashlib.sha256("\x1f".join("" if p is None else str(p) for p in told).encode()).hexdigest()[:16]
