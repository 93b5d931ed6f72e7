"""Failing verdicts → findings: a stable id, subject, fact and fix in words, one message per cause."""

from __future__ import annotations

import hashlib
import json

import polars as pl

from pipelines.sentences.finding import END, OF, RuleWords, Speaker, dossier, statement
from pipelines.text.row_runs import told_cells

FEW = 3
"""So many rows that lack the same are told one by one, by name; more are one message with all their cells."""
WHOLE_LIST, SOME_ROWS = "whole_list", "some_rows"
"""Subjects of the vocabulary: all the rows of a list, some of them."""
LATE = "came_late"
"""Words of the vocabulary for what a rule asks for and came late: its own say that it did not come."""

_TOLD = (
    pl.col("cells").map_elements(told_cells, return_dtype=pl.String).replace("", None).alias("source_cell")
)
"""The cells of several rows as one text."""

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
    "subject_vi",
    "fact_vi",
    "fix_vi",
    "values_vi",
    "fact_of_years_vi",
    "year",
    "citation",
    "submission_id",
    "source_file",
    "source_sheet",
    "source_row",
    "source_cell",
    "row_id",
]


def build_findings(failing: pl.DataFrame, rules: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """One finding per failing verdict, or one per list where many of its rows fail for one cause.

    Args:
        failing: the failing rows of ``int_verdicts``; a severity of their own goes before the rule's.
        rules: ``ref.rules``.
        words: ``ref.words``; those of ``finding_detail`` say which years or which period is meant, those of
            ``finding_subject`` whom a finding on no one is about, of ``finding_year`` which value is a year.

    Returns:
        Frame with the columns ``COLUMNS``; ``finding_id`` is made of programme, unit, form, nominee,
        rule and field (and, where those are equal for several rows, their order in the files).

    Raises:
        KeyError: a verdict of a rule that is not in the reference data.
    """
    told = (
        _fold_copies(_fold_lists(failing))
        .rename({"severity": "own_severity"})
        .join(
            rules.unique("rule_id", keep="first", maintain_order=True).select(
                "rule_id", "severity", pl.col("citation_vi").alias("citation")
            ),
            on="rule_id",
            how="left",
        )
    )
    unknown = told.filter(pl.col("severity").is_null())["rule_id"].unique().to_list()
    if unknown:
        raise KeyError(f"verdicts of rules that are not in the reference data: {unknown}")
    told = _worded(told, _speaker(rules, words)).with_columns(
        pl.coalesce("own_severity", "severity").alias("severity"),
        # a verdict may rest on a clause of its own: the number asked of a field
        pl.coalesce(pl.col("params").str.json_path_match("$.citation"), "citation").alias("citation"),
    )
    identity = ["programme_id", "unit_code", "form_id", "recipient_key", "rule_id", "field"]
    told = told.sort(*identity, "source_file", "source_sheet", "source_row", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(identity).alias("nth")
    )
    return told.with_columns(_ids(told, identity)).select(COLUMNS).sort("finding_id")


def _speaker(rules: pl.DataFrame, words: pl.DataFrame) -> Speaker:
    spoken = rules.unique("rule_id", keep="first", maintain_order=True).select(
        "rule_id", "short_vi", "message_vi", "how_to_fix_vi"
    )
    late = _labels(words, LATE)
    return Speaker(
        {rule_id: RuleWords.of(*said) for rule_id, *said in spoken.iter_rows()}
        | {LATE: RuleWords(late["fact"], late["fix"])},
        _labels(words, "finding_detail"),
        _labels(words, "finding_subject"),
        _labels(words, "finding_year").keys(),
    )


def _worded(told: pl.DataFrame, speaker: Speaker) -> pl.DataFrame:
    """With the words of each finding; what is said of many is filled in once."""
    key = ["rule_id", "params"]
    distinct = told.select(key).unique()
    said = [speaker.say(rule_id, params) for rule_id, params in distinct.iter_rows()]
    worded = distinct.with_columns(
        pl.Series("own_subject", [words.subject for words in said], pl.String),
        pl.Series("fact_vi", [words.fact for words in said], pl.String),
        pl.Series("fix_vi", [words.fix for words in said], pl.String),
        pl.Series("values_vi", [words.values for words in said], pl.String),
        pl.Series("fact_of_years_vi", [words.fact_of_years for words in said], pl.String),
        pl.Series("year", [words.year for words in said], pl.Int32),
        pl.Series("alone", [statement(None, words.fact) for words in said], pl.String),
    )
    nominee = pl.when(pl.col("recipient_name") != "").then("recipient_name")
    told = told.join(worded, on=key, how="left", nulls_equal=True).with_columns(
        pl.coalesce("own_subject", nominee, pl.lit(dossier())).alias("subject_vi")
    )
    of_someone = pl.concat_str("subject_vi", pl.lit(OF), "fact_vi", pl.lit(END))
    message = pl.when(pl.col("subject_vi").is_in(["", dossier()])).then("alone").otherwise(of_someone)
    return told.with_columns(message.alias("message_vi"))


def _labels(words: pl.DataFrame, vocabulary: str) -> dict[str, str]:
    chosen = words.filter(pl.col("vocabulary") == vocabulary).sort("word_order")
    return dict(chosen.select("code", "label").iter_rows())


def _fold_lists(failing: pl.DataFrame) -> pl.DataFrame:
    """What many rows of a list lack for one cause becomes one verdict with all their cells.

    Rows are few by all that the list lacks. Where the whole list lacks a column two are many; a nominee's own
    has a list's cause only then.
    """
    sheet = ["submission_id", "source_sheet"]
    lists = [*sheet, "rule_id", "suite", "cause"]
    nominees = pl.col("nomination_id").first().is_not_null() & pl.col("list_size").first().is_not_null()
    no_cells = pl.col("cells").list.len() == 0  # the list has no such column
    many = (
        failing.filter(pl.col("list_cause"))
        .sort("source_row")
        .group_by(lists, maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("failed"),
            (pl.len() >= pl.col("list_size").first()).fill_null(False).alias("is_whole"),
            nominees.alias("of_nominees"),
            pl.col("params").unique().sort().alias("all_params"),
            pl.col("source_cell").drop_nulls().alias("cells"),
        )
        .filter(
            pl.when("of_nominees")
            .then(pl.col("is_whole") & (pl.col("failed") > 1))
            .otherwise(
                (pl.col("failed") > 1)
                & (pl.col("is_whole") & no_cells | (pl.col("failed").sum().over(sheet) > FEW))
            )
        )
    )
    single = failing.join(many, on=lists, how="anti", nulls_equal=True)
    first = (
        failing.join(many, on=lists, how="semi", nulls_equal=True)
        .sort("source_row")
        .group_by(lists, maintain_order=True)
        .first()
        .join(many, on=lists, how="inner", nulls_equal=True)
        .with_columns(
            pl.lit(None, pl.String).alias("recipient_name"),
            pl.lit("*").alias("recipient_key"),
            pl.lit(None, pl.String).alias("nomination_id"),
            _TOLD,
            # where the list has no such column it is of the form as a whole
            pl.when(~no_cells).then("source_row").alias("source_row"),
            pl.struct("all_params", "failed", "is_whole")
            .map_elements(
                lambda row: _shared(
                    row["all_params"], WHOLE_LIST if row["is_whole"] else SOME_ROWS, row["failed"]
                ),
                return_dtype=pl.String,
            )
            .alias("params"),
        )
    )
    return pl.concat([single, first.select(single.columns)])


def _fold_copies(failing: pl.DataFrame) -> pl.DataFrame:
    """Whom several rows of a list name lacks a thing once: told of the first, with that sheet's cells."""
    lacking = ["first_record_id", "rule_id", "suite", "field", "read"]
    read = failing.with_columns(pl.col("params").str.json_path_match("$.read").alias("read"))
    of_someone = pl.col("nomination_id").is_not_null() & pl.col("first_record_id").is_not_null()
    again = of_someone & (pl.len().over(lacking) > 1)
    same_sheet = pl.col("source_sheet").eq_missing(pl.col("source_sheet").first())
    first = (
        read.filter(again)
        .sort("source_row")
        .group_by(lacking, maintain_order=True)
        .agg(
            pl.all().exclude("source_cell").first(),
            pl.col("source_cell").filter(same_sheet).drop_nulls().alias("cells"),
        )
        .with_columns(_TOLD)
    )
    return pl.concat([read.filter(~again).select(failing.columns), first.select(failing.columns)])


def _shared(all_params: list[str | None], whose: str, rows: int) -> str:
    """What all the rows tell, and how many rows they are; what differs is of one row only."""
    first, *others = [json.loads(params or "{}") for params in all_params]
    shared = {name: value for name, value in first.items() if all(o.get(name) == value for o in others)}
    return json.dumps({**shared, whose: rows}, ensure_ascii=False)


def _ids(told: pl.DataFrame, identity: list[str]) -> pl.Series:
    """Of the columns that make a finding itself, and its order among equal ones when it is not the first."""
    named = pl.concat_str(pl.col(identity).fill_null(""), separator="\x1f")
    later = pl.when(pl.col("nth") > 0).then(pl.concat_str(pl.lit("\x1f"), "nth")).otherwise(pl.lit(""))
    texts = told.select(pl.concat_str(named, later)).to_series()
    ids = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts]
    return pl.Series("finding_id", ids, pl.String)
