"""From a name to recipients and the time line of each: data, for the command and for a page to print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.text.keys import match_key, search_key

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


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
    """award, award_told (a record tells it), rating, de_nghi, dang_ky, gioi_thieu."""
    label: str | None
    """Name of the award or rating; of a proposal what is proposed."""
    sub_kind: str | None
    decision_no: str | None
    decision_date: date | None
    programme: str
    unit: str
    is_repeated: bool
    """A record tells what a list has too."""
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


@dataclass(frozen=True, slots=True)
class Found:
    """What a name led to: how many recipients, and the first of them."""

    total: int
    recipients: tuple[Recipient, ...]


MOST = 20
"""So many recipients are told whole; of more the rest is counted."""


def name_key(name: str) -> str:
    """A name as ``dim_recipient_names.name_search`` has it: match key, no diacritics, ``_`` for blanks."""
    return _NOT_A_LETTER.sub("_", search_key(match_key(name))).strip("_")


def lookup(
    connection: duckdb.DuckDBPyConnection, name: str, unit_code: str | None = None, most: int = MOST
) -> Found:
    """Recipients of a name: the name itself, else names that begin with it, else those that hold its words.

    Args:
        connection: the published snapshot.
        name: of a person, collective or household; diacritics may be left out.
        unit_code: only those of this unit and the units below it.
        most: so many are told whole.

    Returns:
        The first recipients, each apart, in the order of units, and how many there are in all.
    """
    key = name_key(name)
    if not key:
        return Found(0, ())
    words = [f"%{word}%" for word in key.split("_")]
    for condition, values in (
        ("name_search = ?", [key]),
        ("name_search >= ? AND name_search < ?", [key, f"{key}`"]),
        (" AND ".join(["name_search LIKE ?"] * len(words)), words),
    ):
        ids = _ids(connection, condition, values, unit_code)
        if ids:
            return Found(len(ids), tuple(_recipient(connection, one) for one in ids[:most]))
    return Found(0, ())


def _ids(
    connection: duckdb.DuckDBPyConnection, condition: str, values: list[str], unit_code: str | None
) -> list[str]:
    below = "SELECT unit_code FROM marts.dim_unit_rollups WHERE ancestor_code = ?"
    only, units = (f" AND unit_code IN ({below})", [unit_code]) if unit_code else ("", [])
    rows = connection.execute(
        "SELECT recipient_id FROM marts.dim_recipient_names "
        f"WHERE {condition}{only} GROUP BY recipient_id ORDER BY min(unit_code), recipient_id",
        [*values, *units],
    ).fetchall()
    return [str(row[0]) for row in rows]


def _recipient(connection: duckdb.DuckDBPyConnection, recipient_id: str) -> Recipient:
    """One recipient whole: every question names one id, by which the tables are in order."""

    def asked(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, [recipient_id]).fetchall()

    told = asked(_TOLD)
    return Recipient(
        recipient_id,
        told[0][0],
        tuple(Told(*row[1:]) for row in told),
        tuple(Join(*row) for row in asked(_JOINS)),
        tuple(_event(row) for row in asked(_EVENTS)),
        tuple(Candidate(*row) for row in asked(_CANDIDATES)),
        tuple(Step(*row) for row in asked(_STEPS)),
    )


def _event(row: tuple[Any, ...]) -> Event:
    said: tuple[Any, ...] = (*row[:9], Place(*row[9:]))
    return Event(*said)


_OF = "recipient_id = ?"
_TOLD = f"""
    SELECT
        recipient_kind, recipient_key, recipient_name, keys.unit_code, units.name,
        workplace, position, positions, keys.basis
    FROM marts.dim_recipient_keys AS keys
    LEFT JOIN marts.dim_units AS units ON keys.unit_code = units.unit_code
    WHERE {_OF}
    ORDER BY recipient_key <> recipient_id, recipient_key
"""
_JOINS = f"""
    SELECT reason, decided_by, decided_on, why
    FROM marts.rpt_recipient_joins WHERE {_OF} GROUP BY ALL ORDER BY ALL
"""
_CANDIDATES = f"""
    SELECT
        candidates.reason, candidates.other_id,
        others.recipient_name, units.name, others.workplace
    FROM marts.rpt_recipient_candidates AS candidates
    LEFT JOIN marts.dim_recipients AS others ON candidates.other_id = others.recipient_id
    LEFT JOIN marts.dim_units AS units ON others.unit_code = units.unit_code
    WHERE candidates.{_OF}
    ORDER BY ALL
"""
_STEPS = f"""
    SELECT award_vi, verdict, met_vi, lacks_vi, asks_vi, law_vi, clause_vi, is_only_way
    FROM marts.rpt_recipient_steps WHERE {_OF} ORDER BY step_id
"""
_EVENTS = f"""
    SELECT
        events.event_year, events.event_kind,
        coalesce(awards.official_name, ratings.label_vi, events.text_raw),
        kinds.label_vi, events.decision_no, events.decision_date,
        programmes.short_name, units.name, events.is_repeated,
        events.source_file, events.source_sheet, events.source_row, events.source_cell
    FROM marts.fct_recipient_events AS events
    LEFT JOIN marts.dim_awards AS awards ON events.code = awards.award_code
    LEFT JOIN (
        SELECT code, label_vi FROM marts.dim_codes WHERE field = 'rating'
    ) AS ratings ON events.code = ratings.code
    LEFT JOIN (
        SELECT code, label_vi FROM marts.dim_codes WHERE field = 'sub_kind'
    ) AS kinds ON events.sub_kind = kinds.code
    LEFT JOIN marts.dim_programmes AS programmes ON events.programme_id = programmes.programme_id
    LEFT JOIN marts.dim_units AS units ON events.unit_code = units.unit_code
    WHERE events.{_OF}
    ORDER BY
        events.event_year NULLS LAST, events.decision_date NULLS LAST,
        events.event_kind, events.event_id
"""
