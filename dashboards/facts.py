"""The headline figures of one programme, each straight from a mart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.formats import share
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
    individuals: int
    direct: int
    leaders: int
    unknown_individuals: int
    findings: int
    blocking: int
    new: int
    fixed: int
    overdue: int
    silent_units: tuple[str, ...]
    expected_units: int
    deadline: date | None
    first_night: bool

    @property
    def direct_pct(self) -> float | None:
        """Direct workers among awarded persons."""
        return share(self.direct, self.individuals)

    @property
    def has_data(self) -> bool:
        """Whether any file of the programme ever arrived."""
        return self.files + self.unread_files > 0


def facts_of(site: Site, programme: Programme) -> Facts:
    """Count the headline figures of a programme from the marts."""
    ask, key = site.snapshot, programme.id
    files = ask.row(
        "SELECT count(*) FILTER (status = 'accepted') AS used, "
        "count(*) FILTER (status IN ('quarantined', 'unrecognised')) AS unread "
        "FROM fct_submissions WHERE programme_id = ?",
        key,
    )
    nominations = ask.row(
        "SELECT count(*) AS total, count(*) FILTER (NOT is_complete) AS incomplete "
        "FROM fct_nominations WHERE programme_id = ?",
        key,
    )
    inside = ask.row(
        "SELECT coalesce(sum(collectives + individuals + households), 0)::BIGINT AS n FROM rpt_mau_02 "
        "WHERE programme_id = ? AND scope = 'own' AND row_type = 'total'",
        key,
    )
    outside = ask.row(
        "SELECT coalesce(sum(collectives + individuals + households), 0)::BIGINT AS n "
        "FROM rpt_awards_outside_mau_02 WHERE programme_id = ? AND scope = 'own'",
        key,
    )
    persons = ask.row(
        "SELECT coalesce(sum(individuals), 0)::BIGINT AS individuals, "
        "coalesce(sum(direct_individuals), 0)::BIGINT AS direct, "
        "coalesce(sum(leader_individuals), 0)::BIGINT AS leaders, "
        "coalesce(sum(unknown_class_individuals), 0)::BIGINT AS unclear "
        "FROM rpt_award_totals_by_level WHERE programme_id = ? AND scope = 'own'",
        key,
    )
    findings = _findings(site, key)
    silent = _silent_units(site, key)
    expected = ask.row(
        "SELECT count(DISTINCT unit_code) AS n FROM rpt_phase_coverage WHERE programme_id = ? "
        "AND unit_code NOT IN (SELECT unit_code FROM dim_units WHERE is_placeholder)",
        key,
    )
    nights = ask.row("SELECT count(*) AS n FROM nights WHERE as_of <= ?", site.as_of)["n"]
    return Facts(
        files["used"],
        files["unread"],
        nominations["total"],
        nominations["incomplete"],
        inside["n"],
        outside["n"],
        persons["individuals"],
        persons["direct"],
        persons["leaders"],
        persons["unclear"],
        findings["total"],
        findings["blocking"],
        findings["new"],
        findings["fixed"],
        findings["overdue"],
        tuple(silent),
        expected["n"],
        _dossier_deadline(site, key),
        nights < 2,
    )


def _findings(site: Site, key: str) -> Row:
    """Findings of tonight; without ``fixed_on`` a fixed one was last seen the night before."""
    return site.snapshot.row(
        f"""
        WITH last_night AS (SELECT max(as_of) AS as_of FROM nights WHERE as_of < ?)
        SELECT count(*) FILTER (status IN {LIVE}) AS total,
               count(*) FILTER (status IN {LIVE} AND severity = 'blocking') AS blocking,
               count(*) FILTER (status IN ('new', 'reopened')) AS new,
               count(*) FILTER (status = 'fixed' AND coalesce(
                   fixed_on = ?, last_seen_on = (SELECT as_of FROM last_night))) AS fixed,
               count(*) FILTER (status IN {LIVE} AND first_seen_on < ?::DATE - 30) AS overdue
        FROM fct_findings WHERE programme_id = ?
        """,
        site.as_of,
        site.as_of,
        site.as_of,
        key,
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
    """Expected units of which no file was ever taken, by name; stand-ins for an official list are none."""
    found = site.snapshot.rows(
        """
        SELECT DISTINCT unit_code FROM rpt_phase_coverage AS c
        WHERE programme_id = ?
        AND unit_code NOT IN (SELECT unit_code FROM dim_units WHERE is_placeholder)
        AND NOT EXISTS (
            FROM fct_submissions AS s WHERE s.unit_code = c.unit_code AND s.programme_id = c.programme_id
            AND s.status IN ('accepted', 'superseded', 'duplicate'))
        """,
        key,
    )
    return sorted(
        (row["unit_code"] for row in found if row["unit_code"]), key=lambda code: site.unit_name(code)
    )


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
