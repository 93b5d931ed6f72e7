"""What the rows of a table come to: their number and digest, told by who puts them in place.

The staging file knows it of the tables of its models (``meta.built``), a published file of those it holds
(``meta.row_states``, in the same file as the rows). Where both are alike nobody needs to look at them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from pipelines.common.sql import quoted
from pipelines.publish.standing import Written, write

STATES = "meta.row_states"
_NOTED = ("unit_code", "recipient_id")
"""Columns of which the staging file notes the values in rows that came out different."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Of a mart in the staging file."""

    state: str
    since: str | None
    """What they came to when the night began, where ``meta.changed`` has all that came out different."""


@dataclass(frozen=True, slots=True)
class Known:
    """What two files know of the tables they hold, by ``schema.name``."""

    tonight: dict[str, Rows]
    """The staging file."""
    before: dict[str, str]
    """The file that is published anew."""


def known_of(connection: duckdb.DuckDBPyConnection, database: str) -> Known:
    """Ask both files.

    Args:
        connection: with the staging file attached as ``built``, and the one that is published anew.
        database: the name it is attached under; one that was begun empty knows nothing.
    """
    tonight = {
        name: Rows(state, since)
        for name, state, since in connection.execute(
            "SELECT 'marts.' || split_part(node, '.', 3), state, since FROM built.meta.built "
            "WHERE node LIKE 'model.%' AND state IS NOT NULL"
        ).fetchall()
    }
    try:
        before = dict(connection.execute(f"SELECT table_name, state FROM {database}.{STATES}").fetchall())
    except duckdb.CatalogException:
        before = {}
    return Known(tonight, before)


def say(connection: duckdb.DuckDBPyConnection, database: str, states: dict[str, str]) -> Written:
    """Say what the rows come to that were written into a file.

    Args:
        connection: with the file attached for writing.
        database: the name it is attached under.
        states: by ``schema.name``.
    """
    names, called = (f"[{', '.join(map(quoted, some))}]::VARCHAR[]" for some in (states, states.values()))
    rows = f"SELECT unnest({names}) AS table_name, unnest({called}) AS state"
    return write(connection, database, STATES, rows)


def copy(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: tuple[str, str],
    rows: str,
    known: Known,
    columns: Collection[str] = _NOTED,
) -> Written:
    """Write the rows of a table that a file does not hold already, looking no further than is needed.

    Args:
        connection: as ``known_of`` asked it.
        database: the name the file is attached under.
        table: its schema and name.
        rows: a query of its rows.
        known: of ``known_of``.
        columns: those that are published, as far as the staging file notes their values.
    """
    schema, name = table
    now, before = known.tonight.get(f"{schema}.{name}"), known.before.get(f"{schema}.{name}")
    if now and now.state == before:
        return Written.NOTHING
    is_all = now is not None and before is not None and now.since == before
    likely = _likely_others(connection, name, columns)
    return write(connection, database, f'{schema}."{name}"', rows, likely, is_all)


def _likely_others(connection: duckdb.DuckDBPyConnection, name: str, columns: Collection[str]) -> str:
    """What is true of the rows of a table that came out different tonight, if all were noted."""
    noted = f"FROM built.meta.changed WHERE split_part(node, '.', 3) = '{name}'"
    ((rows, *known),) = connection.execute(
        f"SELECT count(*), {', '.join(f'count({column})' for column in _NOTED)} {noted}"
    ).fetchall()
    for column, told in zip(_NOTED, known, strict=True):
        if column in columns and rows and told == rows:
            return f"{column} IN (SELECT {column} {noted})"
    return "true"
