"""How commands open the published snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipelines.commands.options import known, say
from pipelines.sentences import text

if TYPE_CHECKING:
    import duckdb


class Scope(StrEnum):
    """Whose awards a table holds: the unit's own, or with all below it."""

    own = "own"
    rollup = "rollup"


@contextmanager
def published(home: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published snapshot, open for reading; ends the command with 1 where there is none."""
    import duckdb

    from pipelines.night.request import NightRequest

    found = NightRequest.make(home=home).home
    if not found.warehouse.exists():
        say(text("cli.no_snapshot", home=found.root))
        raise typer.Exit(1)
    connection = duckdb.connect(str(found.warehouse), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def known_in(connection: duckdb.DuckDBPyConnection, unit: str | None, programme: str | None = None) -> None:
    """End with exit code 2 and the nearest name when the snapshot knows no such programme or unit."""
    for kind, given, column, table in (
        ("programme", programme, "programme_id", "dim_programmes"),
        ("unit", unit, "unit_code", "dim_units"),
    ):
        rows = connection.execute(f"SELECT DISTINCT {column} FROM marts.{table}").fetchall()
        known(kind, given, [code for (code,) in rows])


def night_of(connection: duckdb.DuckDBPyConnection) -> str:
    """Of which night the published figures are, as people read it."""
    from pipelines.text.dates_vi import format_date

    ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
    return format_date(as_of)
