"""Whether two homes hold the same night: every published table, and every file made of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home

OF_RUNS = {
    ("meta", "nights"),
    ("meta", "snapshot"),
    ("marts", "rpt_checks"),
    ("marts", "rpt_check_failures"),
}
"""Tables that tell of runs and their times."""


def tables(path: Path) -> dict[str, tuple[int, int]]:
    """The number of rows and a hash of every table of a published file, whatever the order of its rows."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('marts', 'meta')"
        ).fetchall()
        return {
            f"{schema}.{name}": connection.execute(
                f'SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {schema}."{name}" AS t'
            ).fetchall()[0]
            for schema, name in names
            if (schema, name) not in OF_RUNS
        }


def parquet(folder: Path) -> dict[str, tuple[int, int]]:
    """The same of a Parquet folder."""
    unstable = {f"{schema}.{name}" for schema, name in OF_RUNS}
    with duckdb.connect() as connection:
        return {
            path.stem: connection.execute(
                f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM '{path}' AS t"
            ).fetchall()[0]
            for path in sorted(Path(os.path.realpath(folder)).glob("*.parquet"))
            if path.stem not in unstable
        }


def files(home: Home, as_of: date) -> set[str]:
    """The names of all files that a night makes for people."""
    return set(_below(home.dashboards)) | set(_below(home.quarantine)) | set(_below(home.reports(as_of)))


def _below(folder: Path) -> Iterator[str]:
    top = Path(os.path.realpath(folder))
    for path in top.rglob("*"):
        if path.is_file():
            yield f"{folder.name}/{path.relative_to(top)}"


def night(home: Home) -> date:
    """The published night of a home."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        as_of: date = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()[0][0]
    return as_of


def differences(one: Home, two: Home) -> list[str]:
    """What differs between the published nights of two homes.

    Args:
        one: a home.
        two: another, with its own folders.
    """
    found = []
    for what, kept_one, kept_two in (
        ("published", tables(one.warehouse), tables(two.warehouse)),
        ("public", tables(one.public_warehouse), tables(two.public_warehouse)),
        ("parquet", parquet(one.parquet), parquet(two.parquet)),
    ):
        found += [
            f"{what}: {name} differs"
            for name in sorted(kept_one.keys() | kept_two.keys())
            if kept_one.get(name) != kept_two.get(name)
        ]
    as_of = night(one)
    if as_of != night(two):
        return [*found, f"nights of {as_of} and {night(two)}"]
    found += [f"file of one only: {name}" for name in sorted(files(one, as_of) ^ files(two, as_of))]
    return found
