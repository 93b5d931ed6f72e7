"""Nights long past are thinned; what marts tell tonight stays the same, night after night."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import duckdb
import polars as pl

from expectations.findings_of_night import thin
from pipelines.contracts.raw import KEPT
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import reference

FIRST, NIGHTS = date(2025, 1, 1), 90
COUNTED = "SELECT count(*) FROM quality.finding_nights"


def _night(connection: duckdb.DuckDBPyConnection, seen: list[tuple[int, int]], as_of: date) -> None:
    """Note what was found in a night: which finding, in which of its unit's files."""
    columns = list(KEPT["quality.finding_nights"])
    rows = [
        {
            **dict.fromkeys(columns),
            "as_of": as_of,
            "finding_id": f"f{finding}",
            "row_id": "r",
            "severity": "blocking" if finding % 2 else "warning",
            "submission_id": f"s{file}",
            "form_id": "LS-M01",
        }
        for finding, file in seen
    ]
    text = dict.fromkeys(columns, pl.String) | {"as_of": pl.Date, "source_row": pl.Int32}
    append(connection, "quality.finding_nights", pl.DataFrame(rows, schema=text))
    connection.execute("INSERT INTO quality.nights VALUES (?, ?)", [as_of, f"d{as_of}"])


def _told(connection: duckdb.DuckDBPyConnection, as_of: date) -> list[Any]:
    connection.execute("CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of", [as_of])
    build_models(connection, ["fct_findings", "int_coverage_past_blocks"])
    return [
        connection.execute(f"FROM {table} ORDER BY ALL").fetchall()
        for table in ("marts.fct_findings", "intermediate.int_coverage_past_blocks")
    ]


def test_what_marts_tell_does_not_need_every_night() -> None:
    chance = random.Random(7)
    with in_memory() as whole, in_memory() as thinned:
        for connection in (whole, thinned):
            prepare(connection)
            replace_tables(connection, "ref", law_tables(reference(), Settings()))
        here = dict.fromkeys(range(12), True)
        for number in range(NIGHTS):
            as_of = FIRST + timedelta(days=number)
            here = {finding: there != (chance.random() < 0.08) for finding, there in here.items()}
            seen = [(one, number // (20 + one)) for one, there in here.items() if there]
            for connection in (whole, thinned):
                _night(connection, seen, as_of)
            thin(thinned, as_of)
            if number in (31, 62, NIGHTS - 1):
                assert _told(thinned, as_of) == _told(whole, as_of), as_of
        ((left,),), ((all_,),) = thinned.execute(COUNTED).fetchall(), whole.execute(COUNTED).fetchall()
        assert left < 0.6 * all_
        whole_nights = thinned.execute("SELECT count(*) FROM quality.nights WHERE verdict_digest <> ''")
        assert whole_nights.fetchall() == [(32,)], "thirty nights and two ends of months"
