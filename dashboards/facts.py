"""What several pages say of a programme, each figure straight from a column of a mart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dashboards.figures import headline
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import listed, named


@dataclass(frozen=True, slots=True)
class Facts:
    """What a programme's first sentences rest on."""

    row: Row
    """Of ``rpt_headlines``; what could not be counted is None."""
    silent_units: tuple[str, ...]
    deadline: date | None
    first_night: bool
    kinds: tuple[str, ...] = ()
    """Of the nominations that came: proposals, registrations, introductions."""

    @property
    def what(self) -> str:
        """What this programme's nominations are called: «đăng ký», «đề nghị, giới thiệu»."""
        called = listed("nominations.kind")
        return ", ".join(
            str(named("nominations.kind", kind)) for kind in called if kind in (self.kinds or called[:1])
        )

    def figure(self, column: str) -> Markup:
        """A headline figure with its origin."""
        return headline(self.row, column)

    @property
    def has_data(self) -> bool:
        """Whether any file of the programme ever arrived."""
        return bool(self.row["files_used"] + self.row["files_unread"])

    @property
    def has_awards(self) -> bool:
        """Whether any award was counted."""
        return bool(self.row["awards_in_mau_02"] + self.row["awards_outside_mau_02"])


def headline_row(site: Site, programme: Programme) -> Row:
    """The row of ``rpt_headlines``."""
    return site.snapshot.row("SELECT * FROM rpt_headlines WHERE programme_id = ?", programme.id)


def facts_of(site: Site, programme: Programme) -> Facts:
    """What ``rpt_headlines`` has of a programme, its silent units and its next deadline."""
    ask, key = site.snapshot, programme.id
    nights = ask.row("SELECT count(*) AS n FROM nights WHERE as_of <= ?", site.as_of)["n"]
    return Facts(
        row=headline_row(site, programme),
        silent_units=tuple(_silent_units(site, key)),
        deadline=_dossier_deadline(site, key),
        first_night=nights < 2,
        kinds=tuple(
            row["kind"]
            for row in ask.rows(
                "SELECT DISTINCT kind FROM fct_nominations WHERE programme_id = ? ORDER BY 1", key
            )
        ),
    )


def due_steps(site: Site, programme: Programme) -> list[Row]:
    """Steps that are due, the least covered first; of equal ones that of more units first."""
    return site.snapshot.rows(
        """
        SELECT s.*, coalesce(r.label_vi, s.cell_id) AS label
        FROM rpt_phase_coverage_summary AS s
        LEFT JOIN ref.coverage_cells AS r USING (cell_id)
        WHERE s.programme_id = ? AND s.coverage_pct IS NOT NULL AND s.units_not_due < s.units_expected
        ORDER BY s.coverage_pct, s.units_expected DESC, r.cell_order, s.cell_id
        """,
        programme.id,
    )


def _dossier_deadline(site: Site, key: str) -> date | None:
    """The next day by which what the incomplete nominations lack is due; None: each is past or has none."""
    found: date | None = site.snapshot.row(
        """
        SELECT min(f.deadline) AS last_day
        FROM fct_findings AS f JOIN fct_nominations AS n USING (nomination_id)
        WHERE n.programme_id = ? AND NOT n.is_complete
        AND f.is_open AND f.severity = 'blocking' AND f.deadline >= ?
        """,
        key,
        site.as_of,
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
            SELECT s.*, r.label_vi AS label,
                   coalesce(r.last_day, (SELECT max(c.deadline) FROM rpt_phase_coverage AS c
                                         WHERE c.cell_id = s.cell_id)) AS last_day
            FROM rpt_phase_coverage_summary AS s
            LEFT JOIN (
                SELECT cell_id, max(last_day) AS last_day, max(label_vi) AS label_vi
                FROM dim_deadlines WHERE is_named GROUP BY cell_id
            ) AS r ON r.cell_id = s.cell_id
            WHERE s.programme_id = ? AND s.units_on_time IS NOT NULL
        )
        SELECT *, date_diff('day', ?::DATE, last_day) AS days FROM cells
        WHERE last_day >= ? ORDER BY last_day, cell_id
        """,
        programme.id,
        site.as_of,
        site.as_of,
    )


def award_years(site: Site, programme: Programme) -> list[Row]:
    """Awards of a programme by level and year; ``all`` stands for every level, every year."""
    return site.snapshot.rows(
        "SELECT * FROM rpt_awards_by_period WHERE programme_id = ? ORDER BY level, period", programme.id
    )
