"""How reports come to know the published night: read from its file, column by column as they are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.reports.deadlines import Deadline
from pipelines.reports.finding import Finding
from pipelines.reports.privacy import without_personal_data
from pipelines.reports.published import Nomination, Published, Submission
from pipelines.reports.steps import STEPS_DONE, STEPS_LEFT, steps_left
from pipelines.sentences import text

_UNITS = """
    SELECT u.unit_code, u.name, u.programme_id, u.is_usual, u.official_name, u.valid_to < ?,
           s.official_name
    FROM marts.dim_units AS u LEFT JOIN marts.dim_units AS s ON u.successor_code = s.unit_code
"""
_NOMINATIONS = """
    SELECT nomination_id, programme_id, unit_code, recipient_kind, recipient_name,
           coalesce(is_complete, false)
    FROM marts.fct_nominations
"""
_FINDINGS = """
    SELECT f.finding_id, f.programme_id, f.unit_code, f.form_id, f.nomination_id,
           coalesce(nullif(n.recipient_name, ''), f.recipient_name), f.rule_id, f.severity, f.field,
           f.subject_vi, f.fact_vi, f.fix_vi, f.values_vi, f.citation, f.source_file, f.source_sheet,
           f.source_row, f.source_cell, f.status, f.first_seen_on, f.fixed_on,
           coalesce(r.mends, 'unit'), r.category, f.cell_id, f.deadline, f.fact_of_years_vi, f.year,
           coalesce(d.is_before, false)
    FROM marts.fct_findings AS f
    LEFT JOIN marts.fct_nominations AS n ON n.nomination_id = f.nomination_id
    LEFT JOIN marts.dim_rules AS r ON r.rule_id = f.rule_id
    LEFT JOIN (SELECT DISTINCT cell_id, is_before FROM marts.dim_deadlines) AS d ON d.cell_id = f.cell_id
    ORDER BY f.programme_id, f.unit_code, f.source_file, f.source_row, f.finding_id
"""
"""The columns of ``Finding`` in their order, and how its deadline is counted."""


class NothingPublished(Exception):
    """The home has no published snapshot yet."""


def read_published(path: Path) -> Published:
    """Read the published file.

    Args:
        path: ``HOME/warehouse/thidua.duckdb``.

    Raises:
        NothingPublished: when there is no such file.
    """
    if not path.exists():
        raise NothingPublished(str(path))
    with duckdb.connect(str(path), read_only=True) as connection:

        def rows(query: str, *values: object) -> list[Any]:
            return connection.execute(query, values).fetchall()

        ((as_of, run_id, code_version),) = rows("SELECT as_of, run_id, code_version FROM meta.snapshot")
        units = rows(_UNITS, as_of)
        return Published(
            as_of=as_of,
            run_id=str(run_id),
            findings=(*_findings(rows(_FINDINGS)), *steps_left(rows(STEPS_LEFT), as_of)),
            code_version=str(code_version),
            nominations={row[0]: Nomination(*row) for row in rows(_NOMINATIONS)},
            units={code: name for code, name, *_ in units},
            usual=frozenset(code for code, _, _, is_usual, *_ in units if is_usual),
            addressed={code: _addressed(*told) for code, _, _, _, *told in units},
            sending=dict(rows("SELECT unit_code, sending FROM marts.rpt_units")),
            forms_of_cell={
                cell: tuple(json.loads(forms or "[]"))
                for cell, forms in rows("SELECT cell_id, forms FROM marts.dim_coverage_cells")
            },
            programme_of={code: programme_id for code, _, programme_id, *_ in units},
            programmes=dict(rows("SELECT programme_id, short_name FROM marts.dim_programmes")),
            submissions={
                row[0]: Submission(*row)
                for row in rows(
                    "SELECT source_file, received_on, status, submission_id FROM marts.fct_submissions"
                )
            },
            changed_readings=tuple(
                words
                for (words,) in rows(
                    "SELECT text FROM marts.dim_policies WHERE NOT is_default ORDER BY policy_id"
                )
            ),
            done={row[0]: row for row in rows(STEPS_DONE)},
        )


def _addressed(official_name: str, has_ended: bool | None, successor: str | None) -> str:
    """Whom a letter is to: of a body that has ended whoever took its tasks over."""
    if not has_ended:
        return str(official_name)
    if successor:
        return text("letter.to_successor", unit=successor, old=official_name)
    return text("letter.to_whoever_followed", old=official_name)


def _findings(rows: list[Any]) -> Iterator[Finding]:
    for *row, is_before in rows:
        one = Finding(*row)
        yield one._replace(
            fact=without_personal_data(one.fact, one.field),
            fact_of_years=one.fact_of_years and without_personal_data(one.fact_of_years, one.field),
            values=_told_values(row[_VALUES] or "{}"),
            deadline=_deadline(row[_DEADLINE], is_before) if row[_DEADLINE] else None,
        )


_VALUES, _DEADLINE = map(Finding._fields.index, ("values", "deadline"))


@lru_cache(maxsize=4_096)
def _deadline(last_day: date, is_before: bool) -> Deadline:
    return Deadline(last_day, is_before)


@lru_cache(maxsize=4_096)
def _told_values(values: str) -> frozenset[str]:
    return frozenset(json.loads(values).values())
