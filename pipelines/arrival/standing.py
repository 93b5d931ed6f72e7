"""The findings of a published night that stand against a unit, with those that are let pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.arrival.accounts.account import Place
from pipelines.common.paths import Home

MOST = 500
"""On one page; the workbook of the night has them all."""
_FINDINGS = """
    SELECT finding_id, programme_id, unit_code, subject_vi, fact_vi, fix_vi, severity, status, rule_id,
           citation, deadline, source_file, source_sheet, source_cell
    FROM marts.fct_findings
    WHERE {which} AND status <> 'fixed'
    ORDER BY status = 'waived', severity <> 'blocking', severity <> 'warning', source_file, source_row,
             finding_id
    LIMIT ?
"""
_STRAY = """
    SELECT DISTINCT f.programme_id, f.unit_code, u.programme_id AS belongs_to
    FROM marts.fct_findings AS f
    LEFT JOIN marts.dim_units AS u ON u.unit_code = f.unit_code
    WHERE f.status <> 'fixed' AND f.unit_code IS NOT NULL AND u.programme_id IS DISTINCT FROM f.programme_id
    ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Stray:
    """A folder of the raw folder that is no unit's of its programme; something stands against it."""

    folder: Place
    belongs_to: str | None
    """The programme whose unit has this code; None: no unit has."""


def findings_of(home: Home, place: Place) -> tuple[date | None, list[dict[str, Any]]]:
    """The published night's day, and what stands against a unit; None: no night is published."""
    if not home.warehouse.exists():
        return None, []
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
        unit = [place.programme_id, place.unit_code]
        return as_of, _rows(connection, "programme_id = ? AND unit_code = ?", unit)


def strays_of(home: Home) -> list[Stray]:
    """The folders whose files count for nobody, as the published night found them."""
    if not home.warehouse.exists():
        return []
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute(_STRAY).fetchall()
    return [Stray(Place(programme_id, unit_code), own) for programme_id, unit_code, own in found]


def finding_of(home: Home, finding_id: str) -> dict[str, Any] | None:
    """One finding that stands, or None."""
    if not home.warehouse.exists():
        return None
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return next(iter(_rows(connection, "finding_id = ?", [finding_id])), None)


def _rows(
    connection: duckdb.DuckDBPyConnection, which: str, values: Sequence[object]
) -> list[dict[str, Any]]:
    found = connection.execute(_FINDINGS.format(which=which), [*values, MOST])
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
