"""`ref` tables of what the law says of titles through the years."""

from __future__ import annotations

import polars as pl

from pipelines.reference.models.award_law import Need
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import frame


def award_law_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    """award_yearly, award_order, the steps of the ladders with their conditions, and what has no step."""
    text, whole, flag, day = pl.String, pl.Int32, pl.Boolean, pl.Date
    law = reference.award_law
    laws = {one.id: one for one in law.laws}
    needs = [(step, number, need) for step in law.steps for number, need in enumerate(step.needs, 1)]
    return {
        "award_yearly": frame({"award_code": text}, [(code,) for code in law.yearly]),
        "award_order": frame(
            {"award_code": text, "after_code": text},
            [(one.award, after) for one in law.order for after in one.after],
        ),
        "award_steps": frame(
            dict.fromkeys(
                ("step_id", "recipient_kind", "award_code", "award_vi", "law_vi", "clause_vi"), text
            )
            | {"valid_from": day, "valid_to": day, "is_only_way": flag, "needs": whole},
            [
                (
                    step.id,
                    kind,
                    step.award,
                    step.award_vi,
                    laws[step.law].name_vi,
                    step.clause_vi,
                    laws[step.law].valid_from,
                    laws[step.law].valid_to,
                    step.is_only_way,
                    len(step.needs),
                )
                for step in law.steps
                for kind in step.kinds
            ],
        ),
        "award_gaps": frame(
            {"law_vi": text, "valid_from": day, "valid_to": day, "recipient_kind": text, "awards_vi": text},
            [
                (one.name_vi, one.valid_from, one.valid_to, kind, awards)
                for one in law.laws
                for kind, awards in one.not_at_hand.items()
            ],
        ),
        "award_needs": frame(
            {"step_id": text, "need_no": whole, "kind": text, "times": whole, "in_a_row": flag}
            | {"words_vi": text, "ask_vi": text},
            [
                (step.id, number, _kind(need), need.times, need.in_a_row, need.words_vi, need.ask_vi)
                for step, number, need in needs
            ],
        ),
        "award_need_codes": frame(
            {"step_id": text, "need_no": whole, "code": text},
            [
                (step.id, number, code)
                for step, number, need in needs
                for code in (*need.awards, *need.ratings)
            ],
        ),
    }


def _kind(need: Need) -> str:
    return "award" if need.awards else "rating" if need.ratings else "ask"
