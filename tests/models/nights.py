"""A home after a published night, to be changed and counted again; and how a whole build of it compares."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.common.bars import bar
from pipelines.night.request import NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models
from pipelines.transform.graph import Graph
from pipelines.warehouse import intake, staging

LIST = "LS-1620/LS-SO-Y-TE/2020-05-20/danh-sach-khen-thuong-2019.csv"


@dataclass(frozen=True)
class World:
    """A home after a published night, and its raw folder, to be changed."""

    request: NightRequest
    graph: Graph


def take_in(request: NightRequest) -> None:
    """The first stages of a night."""
    known = load_reference(request.reference)
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        staging.replace_tables(connection, "ref", law_tables(known, load_settings(request.settings, known)))
    with bar("test") as shown:
        intake.take_in(request, "test", shown)


def build_whole(world: World, copy: Path) -> None:
    """Build everything anew on a copy of a home's staging file, over what the night found there."""
    shutil.copy(world.request.home.staging, copy)
    with staging.opened(copy) as connection:
        build_models(connection)


def differences(one: Path, other: Path) -> list[str]:
    """Tables whose rows are not the same in both files."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'other' "
            "AND schema_name IN ('intermediate', 'marts') ORDER BY ALL"
        ).fetchall()
        assert len(tables) > 80
        found = []
        for schema, table in tables:
            columns = connection.execute(
                "SELECT string_agg('\"' || column_name || '\"', ', ' ORDER BY column_name) "
                "FROM duckdb_columns() WHERE database_name = 'other' AND schema_name = ? AND table_name = ?",
                [schema, table],
            ).fetchall()[0][0]
            rows = [f'SELECT {columns} FROM {file}."{schema}"."{table}"' for file in ("one", "other")]
            for left, right in (rows, reversed(rows)):
                if connection.execute(f"({left}) EXCEPT ALL ({right}) LIMIT 1").fetchall():
                    found.append(table)
                    break
    return found


def one_file(world: World) -> None:
    path = world.request.raw / LIST
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def a_file_went(world: World) -> None:
    (world.request.raw / LIST).unlink()
