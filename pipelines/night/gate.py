"""The gate: row counts outside the bounds of gate.yml hold publication back; incomplete nominations never do.

Grains and totals are tests of dbt beside the models; they hold a night back before this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import yaml
from pydantic import BaseModel

from pipelines.common.paths import Home
from pipelines.sentences import text


class Fall(BaseModel, frozen=True, extra="forbid"):
    """How much of a mart may be lost against the published snapshot."""

    check: str
    table: str
    only: str = "true"
    what_vi: str
    most_lost: float
    from_rows: int
    why_vi: str
    do_vi: str


class Ceiling(BaseModel, frozen=True, extra="forbid"):
    """A mart that cannot have more rows than were read."""

    check: str
    table: str
    what_vi: str
    why_vi: str


class Bounds(BaseModel, frozen=True, extra="forbid"):
    """gate.yml."""

    falls: tuple[Fall, ...]
    ceilings: tuple[Ceiling, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """One check of the gate."""

    name: str
    passed: bool
    why: str
    """Vietnamese sentence with the figures; empty when passed."""
    do: str
    """What the operator does about it; empty when passed."""


@lru_cache(maxsize=1)
def bounds() -> Bounds:
    """The bounds of gate.yml."""
    return Bounds.model_validate(yaml.safe_load(Path(__file__).with_name("gate.yml").read_text("utf-8")))


def check(home: Home) -> list[GateResult]:
    """Hold tonight's marts against what was read tonight and against the published snapshot.

    Args:
        home: its staging file holds tonight's marts, its warehouse the last published ones.

    Returns:
        One result per bound of gate.yml; falls pass where nothing was published before.
    """
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH '{home.staging}' AS staging (READ_ONLY)")
        has_before = home.warehouse.exists()
        if has_before:
            connection.execute(f"ATTACH '{home.warehouse}' AS before (READ_ONLY)")
            has_before = _later_or_same_night(connection)
        falls = [_fall(connection, bound, has_before) for bound in bounds().falls]
        return falls + [_ceiling(connection, bound) for bound in bounds().ceilings]
    finally:
        connection.close()


def _fall(connection: duckdb.DuckDBPyConnection, bound: Fall, has_before: bool) -> GateResult:
    before = _count(connection, "before", bound.table, bound.only) if has_before else 0
    now = _count(connection, "staging", bound.table, bound.only)
    if before < bound.from_rows or before - now <= bound.most_lost * before:
        return GateResult(bound.check, True, "", "")
    share = f"{(before - now) / before * 100:.1f}".replace(".", ",")
    values = {"what": bound.what_vi, "before": _whole(before), "now": _whole(now), "share": share}
    return GateResult(bound.check, False, text("gate.fall", **values), bound.do_vi)


def _ceiling(connection: duckdb.DuckDBPyConnection, bound: Ceiling) -> GateResult:
    now = _count(connection, "staging", bound.table, "true")
    read = connection.execute(
        "SELECT coalesce(sum(rows_read), 0) FROM staging.marts.fct_submissions WHERE status = 'accepted'"
    ).fetchall()[0][0]
    if now <= read:
        return GateResult(bound.check, True, "", "")
    values = {"what": bound.what_vi, "now": _whole(now), "read": _whole(int(read))}
    return GateResult(bound.check, False, text("gate.ceiling", **values), text("gate.structure.do"))


def _later_or_same_night(connection: duckdb.DuckDBPyConnection) -> bool:
    """A backfill of an earlier night has fewer rows by nature; it is compared with nothing."""
    rows = connection.execute(
        "SELECT (SELECT as_of FROM staging.meta.night) >= (SELECT as_of FROM before.meta.snapshot)"
    ).fetchall()
    return bool(rows[0][0])


def _count(connection: duckdb.DuckDBPyConnection, database: str, table: str, only: str) -> int:
    rows = connection.execute(f"SELECT count(*) FROM {database}.marts.{table} WHERE {only}").fetchall()
    return int(rows[0][0])


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")
