"""Benchmarks of many award events go on fitting the models they measure."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks import lookup, mau_02
from pipelines.common.paths import Home
from pipelines.transform.compiled import build_models

EVENTS, UNITS = 300, 5


def _count(home: Home, table: str) -> int:
    with duckdb.connect(str(home.staging)) as connection:
        ((rows,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)


def test_marts_of_mau_02_are_built_over_made_up_events(tmp_path: Path) -> None:
    home = Home(tmp_path)
    mau_02.fill(home, EVENTS, UNITS)
    mau_02.run_once("hand", home)
    assert _count(home, "marts.fct_awards") == EVENTS
    assert _count(home, "marts.rpt_mau_02 WHERE unit_code = 'U0' AND collectives + individuals > 0") > 0


def test_recipients_are_joined_over_made_up_events(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lookup.fill(home, EVENTS, UNITS)
    with lookup.opened(home) as connection:
        build_models(connection, lookup.JOINING, given=[lookup.GIVEN, *lookup.FEW])
    assert _count(home, "intermediate.int_recipient_keys") > EVENTS // 4
