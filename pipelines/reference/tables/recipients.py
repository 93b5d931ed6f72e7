"""`ref` tables of what people decided on who is who."""

from __future__ import annotations

import polars as pl

from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import frame
from pipelines.text.keys import nfc


def recipient_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    """recipient_joins: pairs joined or kept apart; recipient_splits: what tells another one."""
    text, flag, whole, day = pl.String, pl.Boolean, pl.Int32, pl.Date
    decisions = list(enumerate(reference.recipient_decisions, 1))
    return {
        "recipient_joins": frame(
            {"decision_no": whole, "one": text, "other": text, "is_join": flag}
            | {"decided_by": text, "decided_on": day, "why": text},
            [
                (number, keys[0], other, one.join is not None, one.by, one.date, one.why)
                for number, one in decisions
                if (keys := sorted(one.join or one.apart or ()))
                for other in keys[1:]
            ],
        ),
        "recipient_splits": frame(
            {"decision_no": whole, "recipient_key": text, "position": text, "year": whole, "mark": text}
            | {"decided_by": text, "decided_on": day, "why": text},
            [
                (number, one.split, position, year, mark, one.by, one.date, one.why)
                for number, one in decisions
                if one.split
                for mark in [_mark([*one.positions, *map(str, one.years)])]
                for position, year in (
                    *((_as_compared(position), None) for position in one.positions),
                    *((None, year) for year in one.years),
                )
            ],
        ),
    }


def _as_compared(position: str) -> str:
    return nfc(position).lower()


def _mark(told: list[str]) -> str:
    """What tells the other one, in one word: the same whatever else the file decides."""
    return "|".join(sorted(map(_as_compared, told)))
