"""The law of titles through the years, and the ministry's tables, name only what is there."""

from __future__ import annotations

from pipelines.reference.checks.known import Names
from pipelines.reference.reference import Reference


def check_history(reference: Reference, names: Names) -> None:
    """Note every award, rating, law, programme and sub-kind of the two files that nobody knows."""
    codes = {award.code for award in reference.awards.awards}
    for table in reference.statistics.tables:
        for column in table.columns:
            names.check("statistics.yaml", "mã khen", column.awards, codes)
        for row in table.rows:
            names.check("statistics.yaml", "mã khen", row.awards, codes)
            if row.by == "programme":
                tops = {unit.unit_type for unit in reference.units if unit.parent_code is None}
                names.check("statistics.yaml", "loại đơn vị đứng đầu chương trình", row.values, tops)
            if row.by == "manner":
                names.check("statistics.yaml", "loại khen", row.values, reference.awards.sub_kind_values)
    law = reference.award_law
    ratings = {rating.code for rating in reference.ratings}
    names.check("award_law.yaml", "mã khen", law.yearly, codes)
    for one in law.order:
        names.check("award_law.yaml", "mã khen", [one.award, *one.after], codes)
    for step in law.steps:
        names.check(step.id, "luật", [step.law], [each.id for each in law.laws])
        names.check(
            step.id, "mã khen", [step.award, *(code for need in step.needs for code in need.awards)], codes
        )
        names.check(step.id, "mức xếp loại", [code for need in step.needs for code in need.ratings], ratings)
