"""What is found year after year is told once: one sentence, naming all its years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pipelines.reports.finding import Finding
from pipelines.sentences.finding import alike, of_years

Row = TypeVar("Row", bound=Mapping[str, Any])
_WHAT = ("subject_vi", "nomination_id", "rule_id", "severity", "fact_of_years_vi", "fix_vi", "citation")


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings and steps that differ by their year only as one, which tells each of them.

    Args:
        findings: of one or several units, in their order.
    """
    return [_together(several) for several in alike(findings, _what)]


def _what(one: Finding) -> object:
    if one.fact_of_years is None:
        return None
    whom = (one.programme_id, one.unit_code, one.nominee, one.subject, one.mends)
    rule = None if one.is_step else one.rule_id  # a step's is its cell, which has the year in its name
    return (*whom, rule, one.severity, one.fact_of_years, one.fix, one.citation)


def _together(several: list[Finding]) -> Finding:
    first = several[0]
    if len(several) == 1 or first.fact_of_years is None:
        return first
    years = [one.year for one in several if one.year is not None]
    return first._replace(fact=of_years(first.fact_of_years, years), together=tuple(several))


def rows_once(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of ``fct_findings`` of one unit, those that differ by their year only together."""
    return alike(rows, lambda row: row["fact_of_years_vi"] and tuple(row[column] for column in _WHAT))


def fact_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """What is found, of one group of ``rows_once``."""
    first = rows[0]
    if len(rows) == 1:
        return str(first["fact_vi"])
    return of_years(first["fact_of_years_vi"], [row["year"] for row in rows])
