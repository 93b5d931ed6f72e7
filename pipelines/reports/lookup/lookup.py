"""From a name to recipients: who bears it, in few words or whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.reports.lookup.recipient import Recipient, recipients, rows_of
from pipelines.text.keys import match_key, search_key

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
MOST = 10
"""So many recipients are told whole; of more the rest is counted. Each costs some milliseconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a name led to: how many recipients, and the first of them."""

    total: int
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A recipient in one line."""

    recipient_id: str
    kind: str | None
    name: str
    unit: str
    workplace: str | None
    position: str | None
    awards: int
    revoked: int
    """Of lists, and taken back; not among the awards."""
    awards_told: int
    """Of records, which no list has."""
    nominations: int
    ratings: int
    first_year: int | None
    last_year: int | None
    candidates: int


def name_key(name: str) -> str:
    """A name as ``dim_recipient_names.name_search`` has it: match key, no diacritics, ``_`` for blanks."""
    return _NOT_A_LETTER.sub("_", search_key(match_key(name))).strip("_")


def lookup(connection: duckdb.DuckDBPyConnection, *names: str, unit_code: str | None = None) -> Found:
    """The recipients of a name, each whole and apart, in the order of units.

    Args:
        connection: the published snapshot.
        names: see ``search``.
        unit_code: only those of this unit and the units below it.
    """
    ids = search(connection, *names, units=[unit_code] if unit_code else None)
    return Found(len(ids), recipients(connection, ids[:MOST]))


def search(
    connection: duckdb.DuckDBPyConnection,
    *names: str,
    units: Collection[str] | None = None,
    programmes: Collection[str] | None = None,
) -> list[str]:
    """Ids of a name: of the name itself, else of names that begin with it, else of those that hold its words.

    Args:
        connection: the published snapshot.
        names: of a person, collective or household, diacritics may be left out; the first that leads to
            somebody counts (``Ông Lý Thử``, then ``Lý Thử``).
        units: only those told by one of these units or of the units below them.
        programmes: only those told in one of these programmes.
    """
    only, values = "", []
    for column, table, given in (
        ("ancestor_code", "dim_unit_rollups", units),
        ("programme_id", "dim_units", programmes),
    ):
        if given is not None:
            within = f"SELECT unit_code FROM marts.{table} WHERE {column} IN (SELECT unnest(?))"
            only += f" AND unit_code IN ({within})"
            values.append(list(given))
    for key in dict.fromkeys(filter(None, map(name_key, names))):
        for condition, asked in _ways(key):
            rows = connection.execute(
                "SELECT recipient_id FROM marts.dim_recipient_names "
                f"WHERE {condition}{only} GROUP BY recipient_id ORDER BY min(unit_code), recipient_id",
                [*asked, *values],
            ).fetchall()
            if rows:
                return [str(row[0]) for row in rows]
    return []


def _ways(key: str) -> tuple[tuple[str, list[str]], ...]:
    words = [f"%{word}%" for word in key.split("_")]
    return (
        ("name_search = ?", [key]),
        ("name_search >= ? AND name_search < ?", [key, f"{key}`"]),
        (" AND ".join(["name_search LIKE ?"] * len(words)), words),
    )


def summaries(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Summary]:
    """Recipients in a line each, in the order of their ids."""
    if not ids:
        return []
    rows = connection.execute(
        f"""
        SELECT
            recipient_id, recipient_kind, recipient_name, units.name, workplace, position,
            awards, revoked, awards_told, nominations, ratings, first_year, last_year, candidates
        FROM {rows_of("dim_recipients", len(ids))} AS recipients
        LEFT JOIN marts.dim_units AS units ON recipients.unit_code = units.unit_code
        """,
        list(ids),
    ).fetchall()
    told = {row[0]: Summary(*row) for row in rows}
    return [told[one] for one in ids if one in told]
