"""What is told of nominees in a trial: ratings, columns of the list itself, facts of the annex."""

from __future__ import annotations

from dataclasses import replace

from pipelines.generate.people import Kind
from pipelines.generate.shape import Value
from pipelines.programmes.annexed import Fact, column_of, fact_of
from pipelines.programmes.framed import Frame, frame_of_all, year_by_year
from pipelines.programmes.plan import Plan, criteria_of


def rated(plan: Plan, kind: Kind, year: int, *, is_good: bool) -> dict[int, str]:
    """The ratings of the years before: the best where criteria of a kind ask, else the worst; or not so.

    Args:
        plan: with its criteria.
        kind: of the nominee.
        year: of the proposals.
        is_good: whether the criteria are to pass.
    """
    asking = [check for check in criteria_of(plan, kind).values() if "min_rating" in check]
    best, *_, worst = _ratings(plan, {check["min_rating"] for check in asking})
    frame = frame_of_all(plan.frame(check) for check in asking)
    return year_by_year(year, frame, best, worst, is_good=is_good)


def in_report(plan: Plan, kind: Kind, year: int, *, is_good: bool) -> dict[int, str]:
    """The ratings that only the report of a nominee tells: not those that the list has columns for."""
    columns = plan.proposal.form.tables[0].columns if plan.proposal else ()
    listed = {year - column.year_before for column in columns if column.year_before}
    ratings = rated(plan, kind, year, is_good=is_good)
    return {of: rating for of, rating in ratings.items() if of not in listed}


def _ratings(plan: Plan, asked: set[str]) -> list[str]:
    """The ratings of the scale that criteria ask for, the best first; else of the first scale."""
    scale = next((one.scale for one in plan.reference.ratings if one.code in asked), None)
    first = plan.reference.ratings[0].scale
    of_scale = (one for one in plan.reference.ratings if one.scale == (scale or first))
    return [one.label for one in sorted(of_scale, key=lambda one: -one.rank)]


def in_columns(plan: Plan, kind: Kind, *, is_good: bool) -> dict[str, Value]:
    """What a row of the list of proposals tells of its nominee: ratings of years, facts of criteria."""
    proposal = plan.proposal
    if proposal is None:
        return {}
    ratings = rated(plan, kind, proposal.year, is_good=is_good)
    told: dict[str, Value] = {
        column.id: ratings.get(proposal.year - column.year_before)
        for column in proposal.form.tables[0].columns
        if column.year_before
    }
    for check in criteria_of(plan, kind).values():
        if found := column_of(check, proposal.form):
            column_id, good, bad = found
            told[column_id] = good if is_good else bad
    return told


def facts(plan: Plan, kind: Kind) -> list[Fact]:
    """The contents of the annex that criteria of a kind ask for, each once, with the years they ask about."""
    found: dict[str, Fact] = {}
    frames: dict[str, list[Frame | None]] = {}
    for check in criteria_of(plan, kind).values():
        if fact := fact_of(check, plan.annex, kind):
            found.setdefault(fact.label.label_vi, fact)
            frames.setdefault(fact.label.label_vi, []).append(plan.frame(check))
    return [replace(fact, frame=frame_of_all(frames[name])) for name, fact in found.items()]
