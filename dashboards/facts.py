"""The headline figures of one programme, each straight from a column of a mart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.site import Programme, Site
from dashboards.snapshot import Row

LIVE = "('new', 'open', 'reopened')"
"""The states of findings that still ask for something."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Headline figures; what could not be counted is None."""

    files: int
    unread_files: int
    nominations: int
    incomplete: int
    awards_in: int
    awards_outside: int
    awards_by_level: int
    awards_from_tables: int
    individuals: int
    direct: int
    direct_pct: float | None
    leaders: int
    unknown_individuals: int
    findings: int
    blocking: int
    new: int
    fixed: int
    waiting_long: int
    silent_units: tuple[str, ...]
    expected_units: int
    deadline: date | None
    first_night: bool

    @property
    def has_data(self) -> bool:
        """Whether any file of the programme ever arrived."""
        return self.files + self.unread_files > 0


def headline_row(site: Site, programme: Programme) -> Row:
    """The row of ``rpt_headlines``."""
    return site.snapshot.row("SELECT * FROM rpt_headlines WHERE programme_id = ?", programme.id)


def facts_of(site: Site, programme: Programme) -> Facts:
    """The headline figures of a programme, as ``rpt_headlines`` has them."""
    ask, key = site.snapshot, programme.id
    row = headline_row(site, programme)
    nights = ask.row("SELECT count(*) AS n FROM nights WHERE as_of <= ?", site.as_of)["n"]
    return Facts(
        files=row["files_used"],
        unread_files=row["files_unread"],
        nominations=row["nominations"],
        incomplete=row["incomplete_nominations"],
        awards_in=row["awards_in_mau_02"],
        awards_outside=row["awards_outside_mau_02"],
        awards_by_level=row["awards_by_level"],
        awards_from_tables=row["awards_from_tables"],
        individuals=row["individuals"],
        direct=row["direct_individuals"],
        direct_pct=row["direct_individuals_pct"],
        leaders=row["leader_individuals"],
        unknown_individuals=row["unknown_class_individuals"],
        findings=row["open_findings"],
        blocking=row["blocking_findings"],
        new=row["new_findings"],
        fixed=row["fixed_findings"],
        waiting_long=row["open_over_30_days"],
        silent_units=tuple(_silent_units(site, key)),
        expected_units=row["units_expected"],
        deadline=_dossier_deadline(site, key),
        first_night=nights < 2,
    )


def due_steps(site: Site, programme: Programme) -> list[Row]:
    """Steps that are due, the least covered first; of equal ones that of more units first."""
    return site.snapshot.rows(
        """
        SELECT s.programme_id, s.cell_id, s.period, s.units_expected, s.units_covered, s.coverage_pct,
               s.rests_on_usual,
               coalesce(r.label_vi, s.cell_id) AS label,
               (SELECT count(*) FROM rpt_phase_coverage AS c
                WHERE c.cell_id = s.cell_id AND c.status = 'none') AS none
        FROM rpt_phase_coverage_summary AS s
        LEFT JOIN ref.coverage_cells AS r USING (cell_id)
        WHERE s.programme_id = ? AND s.coverage_pct IS NOT NULL AND EXISTS (
            FROM rpt_phase_coverage AS c WHERE c.cell_id = s.cell_id AND c.status <> 'not_due')
        ORDER BY s.coverage_pct, s.units_expected DESC, r.cell_order, s.cell_id
        """,
        programme.id,
    )


def _dossier_deadline(site: Site, key: str) -> date | None:
    """The next last day of a cell that counts a form of the incomplete nominations."""
    found: date | None = site.snapshot.row(
        """
        SELECT min(d.last_day) AS last_day
        FROM dim_deadlines AS d JOIN ref.deadline_forms AS f USING (cell_id)
        WHERE d.programme_id = ? AND d.is_named AND d.last_day >= ?
        AND f.form_id IN (SELECT form_id FROM fct_nominations WHERE programme_id = ? AND NOT is_complete)
        """,
        key,
        site.as_of,
        key,
    )["last_day"]
    return found


def _silent_units(site: Site, key: str) -> list[str]:
    """Expected units that never sent a file, by name."""
    found = site.snapshot.rows(
        "SELECT unit_code FROM rpt_units WHERE programme_id = ? AND is_expected AND sending = 'none'", key
    )
    return sorted((row["unit_code"] for row in found), key=site.unit_key)


def deadlines_ahead(site: Site, programme: Programme) -> list[Row]:
    """Cells whose last valid day is not past, soonest first, with the units that are not there yet."""
    return site.snapshot.rows(
        """
        WITH cells AS (
            SELECT c.cell_id, c.stage, c.period,
                   coalesce(max(r.last_day), max(c.deadline)) AS last_day,
                   max(r.label_vi) AS label,
                   count(*) AS units, count(*) FILTER (c.status = 'covered') AS covered
            FROM rpt_phase_coverage AS c
            LEFT JOIN (
                SELECT cell_id, max(last_day) AS last_day, max(label_vi) AS label_vi
                FROM dim_deadlines WHERE is_named GROUP BY cell_id
            ) AS r ON r.cell_id = c.cell_id
            WHERE c.programme_id = ? AND c.deadline IS NOT NULL
            GROUP BY ALL
        )
        SELECT *, date_diff('day', ?::DATE, last_day) AS days FROM cells
        WHERE last_day >= ? ORDER BY last_day, cell_id
        """,
        programme.id,
        site.as_of,
        site.as_of,
    )


def award_years(site: Site, programme: Programme, unit: str | None = None, scope: str = "own") -> list[Row]:
    """Counts by level and year of a programme, or of one unit in a scope."""
    where = "unit_code = ?" if unit else "? IS NULL"
    return site.snapshot.rows(
        f"""
        SELECT level, award_year,
               sum(collectives + individuals + households)::BIGINT AS total,
               sum(individuals)::BIGINT AS individuals, sum(direct_individuals)::BIGINT AS direct,
               sum(leader_individuals)::BIGINT AS leaders, sum(unknown_class_individuals)::BIGINT AS unclear
        FROM rpt_award_totals_by_level
        WHERE programme_id = ? AND scope = ? AND {where}
        GROUP BY ALL ORDER BY award_year, level
        """,
        programme.id,
        scope,
        unit,
    )
