"""A recipient whole: how it is told, what joined it, its time line, who may be the same, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written."""

    source_file: str
    source_sheet: str | None
    source_row: int | None
    source_cell: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing known of a recipient."""

    year: int | None
    kind: str
    """award, award_told (a record tells it), rating, de_nghi, dang_ky, gioi_thieu, revocation."""
    label: str | None
    """Name of the award or rating; of a proposal what is proposed."""
    sub_kind: str | None
    decision_no: str | None
    decision_date: date | None
    programme: str
    unit: str
    is_repeated: bool
    """A record tells what a list has too."""
    withdrawn: str | None
    """A remark beside the row of a list that takes it back."""
    is_revoked: bool
    """A list of revocations takes it back."""
    revoked_no: str | None
    revoked_on: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Told:
    """One way in which a recipient is told: name, workplace, post."""

    recipient_key: str
    name: str
    unit_code: str
    unit: str
    workplace: str | None
    position: str | None
    positions: int
    births: int
    basis: str


@dataclass(frozen=True, slots=True)
class Join:
    """Why two ways to tell are one recipient."""

    reason: str
    decided_by: str | None
    decided_on: date | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another recipient that may be the same one; without id: too many share the name."""

    reason: str
    recipient_id: str | None
    name: str | None
    unit: str | None
    workplace: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A title that the law makes possible next, or not yet."""

    award: str
    verdict: str
    """can, lacks, unknown."""
    met: str | None
    lacks: str | None
    asks: str | None
    law: str
    clause: str
    is_only_way: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Titles no step speaks of: the clause is not at hand."""

    law: str
    awards: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient with all that is known."""

    recipient_id: str
    kind: str | None
    told: tuple[Told, ...]
    joins: tuple[Join, ...]
    events: tuple[Event, ...]
    """In the order of years; what has no year stands last."""
    candidates: tuple[Candidate, ...]
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]

    @property
    def name(self) -> str:
        """As it was told first."""
        return self.told[0].name

    @property
    def is_told_by_unit_alone(self) -> bool:
        """Whether nothing but the name and the unit that sends tells a person or household."""
        return self.kind != "tap_the" and all(way.basis == "unit" for way in self.told)

    @property
    def positions(self) -> int:
        """More than one: two people of one name may stand under one key."""
        return max(way.positions for way in self.told)

    @property
    def births(self) -> int:
        """More than one: two people of one name stand under one key."""
        return max(way.births for way in self.told)


def recipients(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> tuple[Recipient, ...]:
    """Recipients whole, in the order of their ids; those that are not there are left out.

    Each question is asked once for all: tables stand in the order of ids, so that a few cost little more
    than one.
    """
    if not ids:
        return ()

    def asked(sql: str, table: str, keys: Sequence[str] = ids) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for one, *row in connection.execute(sql.format(of=rows_of(table, len(keys))), list(keys)).fetchall():
            found[one].append(tuple(row))
        return found

    told = asked(_TOLD, "dim_recipient_keys")
    joins = asked(_JOINS, "rpt_recipient_joins")
    events = asked(_EVENTS, "fct_recipient_events")
    steps = asked(_STEPS, "rpt_recipient_steps")
    candidates = asked(_CANDIDATES, "rpt_recipient_candidates")
    others = {other for rows in candidates.values() for _, other in rows if other}
    named = asked(_OTHERS, "dim_recipients", sorted(others)) if others else {}
    gaps = connection.execute("SELECT recipient_kind, law_vi, awards_vi FROM marts.dim_award_gaps").fetchall()
    return tuple(
        Recipient(
            one,
            told[one][0][0],
            tuple(Told(*row[1:]) for row in told[one]),
            tuple(Join(*row) for row in joins[one]),
            tuple(_event(row) for row in events[one]),
            _candidates(candidates[one], named),
            tuple(Step(*row) for row in steps[one]),
            tuple(Gap(law, awards) for kind, law, awards in gaps if kind == told[one][0][0]),
        )
        for one in ids
        if told[one]
    )


def rows_of(table: str, count: int) -> str:
    """The rows of some recipients in a published table, to read from.

    The rows are found by their ids first, and the other columns read of them alone: asked for at once, every
    column of all that stands between is read.
    """
    of = ", ".join("?" * count)
    found = f"SELECT rowid FROM marts.{table} WHERE recipient_id IN ({of})"
    return f"(SELECT * FROM marts.{table} WHERE rowid IN ({found}))"


def _candidates(
    rows: list[tuple[Any, ...]], named: Mapping[str, list[tuple[Any, ...]]]
) -> tuple[Candidate, ...]:
    """Who may be the same, with name, unit and workplace; in the order of reasons and ids."""
    return tuple(
        Candidate(reason, other, *(named[other][0] if other in named else (None, None, None)))
        for reason, other in rows
    )


def _event(row: tuple[Any, ...]) -> Event:
    said: tuple[Any, ...] = (*row[:13], Place(*row[13:]))
    return Event(*said)


_TOLD = """
    SELECT
        recipient_id, recipient_kind, recipient_key, recipient_name, keys.unit_code, units.name,
        workplace, position, positions, births, keys.basis
    FROM {of} AS keys
    LEFT JOIN marts.dim_units AS units ON keys.unit_code = units.unit_code
    ORDER BY recipient_key <> recipient_id, recipient_key
"""
_JOINS = """
    SELECT recipient_id, reason, decided_by, decided_on, why
    FROM {of} GROUP BY ALL ORDER BY ALL
"""
_CANDIDATES = """
    SELECT recipient_id, reason, other_id FROM {of} ORDER BY reason, other_id
"""
_OTHERS = """
    SELECT recipient_id, recipient_name, units.name, workplace
    FROM {of} AS recipients
    LEFT JOIN marts.dim_units AS units ON recipients.unit_code = units.unit_code
"""
_STEPS = """
    SELECT recipient_id, award_vi, verdict, met_vi, lacks_vi, asks_vi, law_vi, clause_vi, is_only_way
    FROM {of} ORDER BY step_id
"""
_EVENTS = """
    SELECT
        events.recipient_id, events.event_year, events.event_kind,
        coalesce(awards.official_name, ratings.label_vi, events.text_raw),
        kinds.label_vi, events.decision_no, events.decision_date,
        programmes.short_name, units.name, events.is_repeated, events.withdrawn,
        events.is_revoked, events.revoked_no, events.revoked_on,
        events.source_file, events.source_sheet, events.source_row, events.source_cell
    FROM {of} AS events
    LEFT JOIN marts.dim_awards AS awards ON events.code = awards.award_code
    LEFT JOIN (
        SELECT code, label_vi FROM marts.dim_codes WHERE field = 'rating'
    ) AS ratings ON events.code = ratings.code
    LEFT JOIN (
        SELECT code, label_vi FROM marts.dim_codes WHERE field = 'sub_kind'
    ) AS kinds ON events.sub_kind = kinds.code
    LEFT JOIN marts.dim_programmes AS programmes ON events.programme_id = programmes.programme_id
    LEFT JOIN marts.dim_units AS units ON events.unit_code = units.unit_code
    ORDER BY
        events.event_year NULLS LAST, events.decision_date NULLS LAST,
        events.event_kind, events.event_id
"""
