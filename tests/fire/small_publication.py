"""Publications of a tiny night, as fast as they go, and what a reader must find at any moment.

Every table of night n holds n in every row: whoever finds two numbers has read two nights mixed.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import duckdb

from dashboards.fresh import FreshFolder
from pipelines.common.paths import Home
from pipelines.publish import public, snapshot
from pipelines.publish.marts import Column, marts
from pipelines.warehouse import staging

TABLES = {"fct_awards": "award_year", "rpt_mau_02": "row_order", "trc_headcounts": "year"}
"""Tables of the night, with the column that holds its number; the public file keeps it."""
ROWS = 5000
PAGES = 12
NIGHT = date(2026, 1, 1)


class Mixed(Exception):
    """A reader found two nights, or a part of one."""


def stage(home: Home, number: int) -> None:
    """Leave night ``number`` in the staging file, as the models would."""
    home.staging.parent.mkdir(parents=True, exist_ok=True)
    with staging.opened(home.staging) as connection:
        staging.prepare(connection)
        connection.execute("CREATE SCHEMA IF NOT EXISTS marts")
        for table in marts():
            if table.name in TABLES:
                told = ", ".join(_told(column, TABLES[table.name], number) for column in table.columns)
                made = f"CREATE OR REPLACE TABLE marts.{table.name} AS SELECT {told} FROM range({ROWS})"
                connection.execute(made)
        connection.execute(
            "CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of, ? AS run_id, "
            "'x' AS code_version, 'x' AS input_digest",
            [NIGHT, str(number)],
        )


def _told(column: Column, marked: str, number: int) -> str:
    value = number if column.name == marked else "NULL"
    return f'{value}::{column.data_type} AS "{column.name}"'


def publish(home: Home, number: int) -> None:
    """One publication, as the night does it."""
    stage(home, number)
    public.publish(home, snapshot.publish(home, "2026-01-01T02:00:00+07:00"))
    snapshot.keep_dated(home, NIGHT)
    fresh = FreshFolder.begun(home.dashboards)
    for page in range(PAGES):
        fresh.write(f"don-vi/{page}.html", str(number if page % 2 else number // 2))  # half stay
    fresh.swap()


def night_in_file(path: Path) -> int:
    """The night a DuckDB file holds.

    Raises:
        Mixed: it holds two, or lacks rows.
        duckdb.Error: it cannot be opened.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        found = [
            connection.execute("SELECT run_id::INTEGER, count(*) FROM meta.snapshot GROUP BY ALL").fetchall()
        ]
        found += [
            connection.execute(f'SELECT DISTINCT "{column}", {ROWS} FROM marts.{table}').fetchall()
            for table, column in TABLES.items()
        ]
    return _one_night([row for rows in found for row in rows], len(TABLES) + 1)


def night_in_parquet(folder: Path) -> int:
    """The night a Parquet folder holds, its link resolved once.

    Raises:
        Mixed: files of two nights, or not all of them.
    """
    resolved = Path(os.path.realpath(folder))
    names = sorted(path.name for path in resolved.iterdir())
    wanted = sorted(["meta.snapshot.parquet", *(f"marts.{table}.parquet" for table in TABLES)])
    if [name for name in names if not name.startswith("meta.") or name == "meta.snapshot.parquet"] != wanted:
        raise Mixed(f"{resolved}: {names}")
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT run_id::INTEGER, 0 FROM '{resolved}/meta.snapshot.parquet'"
        ).fetchall()
        for table, column in TABLES.items():
            file = f"{resolved}/marts.{table}.parquet"
            found += connection.execute(f"SELECT DISTINCT \"{column}\", 0 FROM '{file}'").fetchall()
    return _one_night(found, len(TABLES) + 1)


def night_in_pages(folder: Path) -> int:
    """The night the pages are of, their link resolved once.

    Raises:
        Mixed: pages of two nights, or not all of them.
    """
    resolved = Path(os.path.realpath(folder)) / "don-vi"
    numbers = [int((resolved / f"{page}.html").read_text()) for page in range(PAGES)]
    if {*numbers[1::2]} != {numbers[1]} or {*numbers[::2]} != {numbers[1] // 2}:
        raise Mixed(f"{resolved}: {numbers}")
    return numbers[1]


def _one_night(found: list[tuple[int, int]], pieces: int) -> int:
    nights = {number for number, _ in found}
    if len(nights) != 1 or len(found) != pieces:
        raise Mixed(repr(found))
    return nights.pop()


def main() -> None:
    """Publish night after night into HOME until killed; a line on standard output after each."""
    home, number = Home(Path(sys.argv[1])), int(sys.argv[2])
    while True:
        publish(home, number)
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main()
