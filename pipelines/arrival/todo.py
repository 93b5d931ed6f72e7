"""What is left for a unit to do, from the published night: what to mend, and which step is due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.arrival.accounts.account import Place
from pipelines.common.paths import Home
from pipelines.reports.privacy import without_personal_data
from pipelines.reports.years import fact_of, rows_once

MOST = 300
"""Findings on one page; the letter and the marked files have them all."""
_FINDINGS = """
    SELECT f.subject_vi, f.fact_vi, f.fix_vi, f.fact_of_years_vi, f.year, f.rule_id, f.nomination_id,
           f.field, f.severity, f.deadline, f.citation,
           CASE WHEN split_part(f.source_file, '/', 2) = f.unit_code THEN f.source_file END AS source_file,
           f.source_sheet, f.source_cell, f.first_seen_on
    FROM marts.fct_findings AS f
    LEFT JOIN marts.dim_rules AS r ON r.rule_id = f.rule_id
    WHERE f.is_open AND f.programme_id = ? AND f.unit_code = ? AND coalesce(r.mends, 'unit') = 'unit'
    ORDER BY f.severity <> 'blocking', f.severity <> 'warning', f.deadline NULLS LAST, f.source_file,
             f.source_row, f.finding_id
    LIMIT ?
"""
_STEPS = """
    SELECT c.cell_id, c.period, c.status, c.timing,
           any_value(d.last_day) FILTER (d.is_named) AS due_on,
           coalesce(any_value(d.label_vi), any_value(c.cell_id)) AS label_vi
    FROM marts.rpt_phase_coverage AS c
    LEFT JOIN marts.dim_units AS u ON u.unit_code = c.unit_code
    LEFT JOIN marts.dim_deadlines AS d ON d.programme_id = c.programme_id AND d.cell_id = c.cell_id
        AND d.period = c.period AND d.unit_type = u.unit_type
    WHERE c.programme_id = ? AND c.unit_code = ?
    GROUP BY ALL
    ORDER BY due_on NULLS LAST, c.cell_id, c.period
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to mend, of one or several years."""

    severity: str
    subject: str
    fact: str
    fix: str
    citation: str
    rows: tuple[dict[str, Any], ...]
    """The findings it tells: where each stands."""

    @property
    def days(self) -> list[date]:
        """Until when, soonest first."""
        return sorted({row["deadline"] for row in self.rows if row["deadline"]})

    @property
    def places(self) -> list[dict[str, Any]]:
        """The rows that stand in a file, each place once."""
        known = {(row["source_file"], row["source_sheet"], row["source_cell"]): row for row in self.rows}
        return [row for (file, *_), row in known.items() if file]


@dataclass(frozen=True, slots=True)
class Todo:
    """Of one unit in one programme."""

    as_of: date | None
    """The published night; None: there is none yet."""
    findings: tuple[Thing, ...] = ()
    steps: tuple[dict[str, Any], ...] = ()
    has_table: bool = False
    """Whether there is a mẫu 02."""


def todo_of(home: Home, place: Place) -> Todo:
    """What is left to do; of files another unit sent it learns nothing."""
    if not home.warehouse.exists():
        return Todo(None)
    unit = [place.programme_id, place.unit_code]
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
        findings = _rows(connection, _FINDINGS, [*unit, MOST])
        steps = _rows(connection, _STEPS, unit)
        ((has_table,),) = connection.execute(
            "SELECT count(*) > 0 FROM marts.rpt_mau_02 WHERE programme_id = ? AND unit_code = ?", unit
        ).fetchall()
    return Todo(as_of, tuple(map(_thing, rows_once(findings))), tuple(steps), has_table)


def _thing(rows: list[dict[str, Any]]) -> Thing:
    first = rows[0]
    fact = without_personal_data(fact_of(rows), first["field"])
    fix, citation = first["fix_vi"] or "", first["citation"] or ""
    return Thing(first["severity"], first["subject_vi"], fact, fix, citation, tuple(rows))


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
