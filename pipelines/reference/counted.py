"""What a rule of quantities counts against: its quotas, and the step of the plan a period belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pipelines.reference.coverage import ExpandedCell, expand, minima
from pipelines.reference.models.judges import CountJudge
from pipelines.reference.models.programmes import Quota
from pipelines.reference.reference import ProgrammeRules, Reference


def quotas_of(rules: ProgrammeRules, judge: CountJudge) -> list[Quota]:
    """The quotas a rule of quantities counts against.

    Args:
        rules: of the rule's programme.
        judge: of the rule.
    """
    return [
        quota
        for quota in rules.quotas
        if any(fnmatchcase(quota.id, name) for name in judge.quotas)
        and quota.id not in judge.not_quotas
        and quota.count_kinds
    ]


def cells_of(reference: Reference, policies: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rule, period as the rule counts it, and the step due in that period under the same quotas.

    A quantity is owed until its own step is: that of a year with the year, that of the whole plan at its end.
    """
    cells = expand(reference, policies)
    for rules in reference.programmes.values():
        for rule in rules.completeness:
            if not isinstance(rule.judge, CountJudge):
                continue
            asked = {quota.id for quota in quotas_of(rules, rule.judge)}
            for cell in cells:
                period = _period(rule.judge, cell)
                if (
                    period
                    and cell.programme_id == rule.programme
                    and asked & {*minima(cell), *cell.cell.caps}
                ):
                    yield rule.id, period, cell.cell_id


def _period(judge: CountJudge, cell: ExpandedCell) -> str | None:
    """The period of a cell, in the words of ``int_counts``; None where the rule counts by another."""
    match judge.per:
        case "field_year":
            return f"{cell.part.field} {cell.period}" if cell.part else None
        case "year":
            return str(cell.year) if cell.year else None
        case "phase":
            return cell.cell.phase
        case "half" | "quarter":  # a part of a year is due with no step
            return None
        case "programme":
            return cell.programme_id
