"""What is laid before Great Expectations: each expectation as rows of key and value, counted in SQL.

Counting says nothing about right or wrong: the bounds go to Great Expectations, which alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from expectations.suite import Balance, Ceiling, Codes, Expectation, Fall, Share, Usual, Verdicts
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number


@dataclass(frozen=True, slots=True)
class Row:
    """One value to be asserted."""

    key: str
    value: float | None = None
    """Number between the bounds; None is not asserted."""
    code: str | None = None
    told: dict[str, Any] = field(default_factory=dict)
    """What the sentence about a failing row prints."""


@dataclass(frozen=True, slots=True)
class Check:
    """An expectation with its rows; ``verdicts`` makes one per form, all others one."""

    id: str
    expectation: Expectation
    rows: tuple[Row, ...]
    least: float | None = None
    most: float | None = None
    codes: tuple[str, ...] | None = None
    rules: tuple[str, ...] = ()

    def sentence(self, row: Row) -> str:
        """A failing row in words."""
        values = {"what": self.expectation.what_vi, "key": row.key, **row.told}
        printed = {name: _printed(value) for name, value in values.items()}
        return text(f"expect.{self.expectation.expect}", **printed)


def _printed(value: object) -> object:
    """Numbers as people write them, shares with one decimal."""
    if not isinstance(value, int | float):
        return value
    return format_number(value, None if float(value).is_integer() else 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is counted on: the staging file, the night, the published file to compare with."""

    connection: duckdb.DuckDBPyConnection
    as_of: date
    has_before: bool = False
    """The published file is attached as ``before``."""

    def rows(self, query: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query, values or []).fetchall()

    def number(self, query: str) -> int:
        """The only value of a query."""
        return int(self.rows(query)[0][0] or 0)


def checks_of(ground: Ground, expectation: Expectation) -> list[Check]:
    """Count what an expectation looks at."""
    return list(_COUNTED[type(expectation)](ground, expectation))


def _fall(ground: Ground, wanted: Fall) -> Iterator[Check]:
    counted = f"marts.{wanted.table} WHERE {wanted.only}"
    now = ground.number(f"SELECT count(*) FROM {counted}")
    before = ground.number(f"SELECT count(*) FROM before.{counted}") if ground.has_before else 0
    lost = 100.0 * (before - now) / before if before >= wanted.from_rows and before else None
    row = Row(wanted.table, lost, told={"before": before, "now": now, "share": lost})
    yield Check(wanted.id, wanted, (row,), most=wanted.most_lost_pct)


def _ceiling(ground: Ground, wanted: Ceiling) -> Iterator[Check]:
    now = ground.number(f"SELECT count(*) FROM marts.{wanted.table}")
    read = ground.number("SELECT sum(rows_read) FROM marts.fct_submissions WHERE status = 'accepted'")
    yield Check(wanted.id, wanted, (Row(wanted.table, now, told={"now": now, "read": read}),), most=read)


def _balance(ground: Ground, wanted: Balance) -> Iterator[Check]:
    key = "concat_ws(', ', {})".format(", ".join(wanted.key))
    found = ground.rows(
        f"SELECT {key} AS key, {wanted.whole}, {' + '.join(wanted.parts)} FROM {wanted.table} ORDER BY ALL"
    )
    rows = tuple(
        Row(key, float(whole - parts), told={"whole": whole, "parts": parts}) for key, whole, parts in found
    )
    yield Check(wanted.id, wanted, rows, least=0, most=0)


def _share(ground: Ground, wanted: Share) -> Iterator[Check]:
    ((n, every),) = ground.rows(
        f"SELECT count(*) FILTER ({wanted.of}), count(*) FROM {wanted.table} WHERE {wanted.among}"
    )
    share = 100.0 * n / every if every and every >= wanted.from_rows else None
    row = Row(wanted.table, share, told={"n": n, "all": every, "share": share, "most": wanted.most_pct})
    yield Check(wanted.id, wanted, (row,), most=wanted.most_pct)


def _usual(ground: Ground, wanted: Usual) -> Iterator[Check]:
    """Tonight's counts are noted, so that later nights know what is usual."""
    ground.connection.execute(
        "DELETE FROM quality.check_counts WHERE as_of = ? AND check_id = ?", [ground.as_of, wanted.id]
    )
    ground.connection.execute(
        f"INSERT INTO quality.check_counts SELECT ?, ?, {wanted.per}, {wanted.count} FROM {wanted.table} "
        f"WHERE {wanted.only} AND {wanted.per} IS NOT NULL GROUP BY {wanted.per}",
        [ground.as_of, wanted.id],
    )
    found = ground.rows(
        """
        WITH nights AS (
            SELECT DISTINCT as_of FROM quality.check_counts WHERE check_id = $id AND as_of < $night
            ORDER BY as_of DESC LIMIT $nights
        ),
        keys AS (
            SELECT DISTINCT key FROM quality.check_counts
            WHERE check_id = $id AND (as_of = $night OR as_of IN (SELECT as_of FROM nights))
        ),
        counts AS (
            SELECT keys.key, nights.as_of, coalesce(counts.n, 0) AS n
            FROM keys CROSS JOIN nights
            LEFT JOIN quality.check_counts AS counts
                ON counts.check_id = $id AND counts.key = keys.key AND counts.as_of = nights.as_of
        ),
        usual AS (SELECT key, median(n) AS usual, max(n) AS most, count(*) AS nights FROM counts GROUP BY key)
        SELECT keys.key, coalesce(tonight.n, 0)::BIGINT, usual.usual, coalesce(usual.most, 0),
            coalesce(usual.nights, 0)
        FROM keys
        LEFT JOIN usual ON keys.key = usual.key
        LEFT JOIN quality.check_counts AS tonight
            ON tonight.check_id = $id AND tonight.key = keys.key AND tonight.as_of = $night
        ORDER BY keys.key
        """,
        {"id": wanted.id, "night": ground.as_of, "nights": wanted.nights},  # type: ignore[arg-type]
    )
    rows = []
    for key, now, usual, most, nights in found:
        compared = nights >= wanted.from_nights and max(most, now) >= wanted.from_rows and usual
        told = {"now": now, "usual": float(usual or 0), "nights": nights}
        rows.append(Row(str(key), 100.0 * now / usual if compared else None, told=told))
    yield Check(wanted.id, wanted, tuple(rows), least=wanted.least_pct, most=wanted.most_pct)


def _codes(ground: Ground, wanted: Codes) -> Iterator[Check]:
    known = list(wanted.codes)
    if wanted.of_table:
        listed = f"SELECT DISTINCT {wanted.of_column} FROM {wanted.of_table} ORDER BY 1"
        known += [str(code) for (code,) in ground.rows(listed)]
    found = ground.rows(
        f"SELECT {wanted.column}::VARCHAR, count(*) FROM {wanted.table} "
        f"WHERE {wanted.column} IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    rows = tuple(Row(code, code=code, told={"n": n}) for code, n in found)
    yield Check(wanted.id, wanted, rows, codes=tuple(known))


def _verdicts(ground: Ground, wanted: Verdicts) -> Iterator[Check]:
    found = ground.rows(
        "SELECT suite, rule_id, sum(rows)::BIGINT, coalesce(sum(rows) FILTER (verdict = 'fail'), 0)::BIGINT, "
        "coalesce(sum(rows) FILTER (verdict = 'unknown'), 0)::BIGINT "
        "FROM intermediate.int_verdict_counts GROUP BY ALL ORDER BY ALL"
    )
    by_suite: dict[str, list[Row]] = {}
    for suite, rule_id, checked, failed, unknown in found:
        told = {"checked": checked, "failed": failed, "unknown": unknown}
        by_suite.setdefault(suite, []).append(Row(rule_id, float(failed), told=told))
    for suite, rows in by_suite.items():
        yield Check(suite, wanted, tuple(rows), most=wanted.most_failed)


_COUNTED: dict[type, Callable[[Ground, Any], Iterator[Check]]] = {
    Fall: _fall,
    Ceiling: _ceiling,
    Balance: _balance,
    Share: _share,
    Usual: _usual,
    Codes: _codes,
    Verdicts: _verdicts,
}
