"""From one number of mẫu 02 to the award rows, form cells and headcounts behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

COUNTS = (
    "collectives",
    "individuals",
    "households",
    "grassroots_collectives",
    "direct_individuals",
    "leader_individuals",
    "unknown_class_collectives",
    "unknown_class_individuals",
)
# percentage: numerator, denominator among the awarded, whether POL-PCT-DENOM may name another denominator
SHARES = {
    "grassroots_collectives_pct": ("grassroots_collectives", "collectives", True),
    "direct_individuals_pct": ("direct_individuals", "individuals", True),
    "leader_individuals_pct": ("leader_individuals", "individuals", False),
}
RATES = {
    "award_rate_collectives_pct": ("collectives", "collectives"),
    "award_rate_individuals_pct": ("individuals", "individuals"),
}
COLUMNS = (*COUNTS, *SHARES, *RATES)


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that enters a number, and where it stands."""

    unit: str
    amount: int
    label: str
    award: str | None
    year: int | None
    source_file: str
    source_sheet: str | None
    source_row: int | None
    source_cell: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """A count with everything that enters it; the amounts add up to it."""

    column: str
    value: int | None
    sources: tuple[Source, ...]
    is_headcount: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """A number of mẫu 02: a count, or a percentage with its numerator and denominator."""

    unit: str
    label: str
    percentage: float | None
    numbers: tuple[Number, ...]
    """One count; for a percentage numerator and denominator."""


def trace(
    connection: duckdb.DuckDBPyConnection,
    programme_id: str,
    unit_code: str,
    scope: str,
    row_id: str,
    column: str,
) -> Trace | None:
    """Everything behind one number of the published mẫu 02.

    Args:
        connection: the published snapshot.
        programme_id: the programme.
        unit_code: the unit of the table.
        scope: ``own`` or ``rollup``.
        row_id: row of the form, e.g. ``I.9``.
        column: one of ``COLUMNS``.

    Returns:
        The number and its sources; None where the form has no such row.
    """
    place = [programme_id, unit_code, scope, row_id]
    shown = connection.execute(
        f"SELECT label, units.name, {', '.join(COLUMNS)}, unit_collectives, unit_individuals "
        "FROM marts.rpt_mau_02 AS report LEFT JOIN marts.dim_units AS units USING (unit_code) "
        "WHERE report.programme_id = ? AND unit_code = ? AND scope = ? AND row_id = ?",
        place,
    )
    names = [item[0] for item in shown.description or []]
    row = shown.fetchone()
    if row is None:
        return None
    values = dict(zip(names, row, strict=True))

    def count(name: str) -> Number:
        return Number(name, values[name], _awards(connection, [*place, name]))

    def heads(name: str) -> Number:
        return Number(
            name,
            values[f"unit_{name}"],
            _headcounts(connection, [programme_id, unit_code, scope], name),
            True,
        )

    if column in COUNTS:
        numbers: tuple[Number, ...] = (count(column),)
    elif column in RATES:
        part, whole = RATES[column]
        numbers = (count(part), heads(whole))
    else:
        part, whole, by_policy = SHARES[column]
        if by_policy and _policy_is(connection, "POL-PCT-DENOM", "unit_total_of_kind"):
            numbers = (count(part), heads(whole))
        elif _policy_is(connection, "POL-UNKNOWN-IN-PCT", "exclude"):
            numbers = (count(part), _without(count(whole), count(f"unknown_class_{whole}")))
        else:
            numbers = (count(part), count(whole))
    percentage = None if column in COUNTS else values[column]
    return Trace(str(values["name"]), str(values["label"]), percentage, numbers)


def _policy_is(connection: duckdb.DuckDBPyConnection, policy_id: str, value: str) -> bool:
    found = "SELECT value FROM marts.dim_policies WHERE policy_id = ?"
    row = connection.execute(found, [policy_id]).fetchone()
    return row is not None and json.loads(row[0]) == value


def _without(all_of: Number, unknown: Number) -> Number:
    """A count less the recipients of unknown class."""
    left_out = set(unknown.sources)
    kept = tuple(source for source in all_of.sources if source not in left_out)
    return Number(all_of.column, (all_of.value or 0) - (unknown.value or 0), kept)


def _awards(connection: duckdb.DuckDBPyConnection, values: list[Any]) -> tuple[Source, ...]:
    rows = connection.execute(
        "SELECT units.name, amount, label, awards.official_name, award_year, "
        "source_file, source_sheet, source_row, source_cell "
        "FROM marts.trc_mau_02 AS behind "
        "LEFT JOIN marts.dim_units AS units ON behind.sent_by = units.unit_code "
        "LEFT JOIN marts.dim_awards AS awards USING (award_code) "
        "WHERE behind.programme_id = ? AND behind.unit_code = ? AND scope = ? AND row_id = ? "
        "AND column_name = ? "
        "ORDER BY source_file, source_sheet, source_row, source_cell",
        values,
    ).fetchall()
    return tuple(Source(*row) for row in rows)


def _headcounts(connection: duckdb.DuckDBPyConnection, values: list[Any], column: str) -> tuple[Source, ...]:
    rows = connection.execute(
        f"SELECT units.name, heads.{column}, '', NULL, heads.year, source_file, source_sheet, source_row, "
        f"heads.{column}_cell FROM marts.trc_headcounts AS heads "
        "INNER JOIN marts.dim_units AS units USING (unit_code) "
        f"WHERE heads.programme_id = ? AND heads.{column} IS NOT NULL AND heads.unit_code IN ("
        "SELECT rollups.unit_code FROM marts.dim_unit_rollups AS rollups WHERE rollups.ancestor_code = ? "
        "AND (? = 'rollup' OR rollups.unit_code = rollups.ancestor_code)) "
        "ORDER BY units.name, heads.year",
        values,
    ).fetchall()
    return tuple(Source(*row) for row in rows)
