"""Phủ giai đoạn: which step and which unit is late, what is still short, which deadline comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.rows import Mark, both, dots
from dashboards.facts import deadlines_ahead, headline_row
from dashboards.figures import figure, headline, said
from dashboards.formats import day, number, slug
from dashboards.pages.coverage_heat import family, family_label
from dashboards.pages.coverage_units import POLICIES, cells_of, first_heat, heat_of
from dashboards.pages.page import MOST, Lists, Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text

KINDS = ("collectives", "individuals", "households", "any")
MOST_QUOTAS = 8
LEFT = ("units_partial", "units_none", "units_not_due")
"""With those that are whole they are all units of a step."""
STATUSES = ["none", "partial", "not_due", "covered"]
"""Of a unit's step, what is most left to do first."""
SUMMARY = "rpt_phase_coverage_summary"
QUOTAS = "rpt_quota_coverage"


def pages(site: Site) -> Iterator[Output]:
    """One page per programme and the list behind each of its cells."""
    for programme in site.programmes:
        cells = cells_of(site, programme)
        ahead = deadlines_ahead(site, programme)
        quota = _quota(site, programme)
        context = {
            "programme": programme,
            "sentences": sentences(programme, cells, ahead),
            "matrix": _matrix(site, cells),
            "heat": first_heat(programme, site.heats.pop(programme.id, []) or heat_of(site, programme)),
            "quota": quota,
            "ahead": ahead,
            "fields": site.snapshot.rows(
                "SELECT * FROM rpt_field_coverage WHERE programme_id = ? ORDER BY period", programme.id
            ),
            "goals": site.snapshot.rows(
                "SELECT g.*, coalesce(q.quote, g.goal_id) AS label FROM rpt_programme_goals AS g "
                "LEFT JOIN ref.quotas AS q ON q.quota_id = g.goal_id "
                "WHERE g.programme_id = ? ORDER BY goal_id",
                programme.id,
            ),
            "list": f"phu-{slug(programme.id)}",
            "policies": POLICIES,
        }
        yield _lists(site, programme, cells)
        yield Page(programme.page("coverage"), "coverage.html.j2", context, (quota,))


def sentences(programme: Programme, cells: list[Row], ahead: list[Row]) -> list[str]:
    """The slowest step that is due, then the next deadline."""
    due = [c for c in cells if c["coverage_pct"] is not None and c["units_not_due"] < c["units_expected"]]
    out: list[str] = []
    if cells and all(cell["is_optional"] for cell in cells):
        out.append(text("coverage.only_optional"))
    elif not cells or all(cell["coverage_pct"] is None for cell in cells):
        out.append(text("coverage.no_list"))
    elif due:
        worst = min(due, key=lambda cell: (cell["coverage_pct"], -cell["units_expected"], cell["cell_order"]))
        if worst["coverage_pct"] >= 100:
            out.append(text("coverage.lead_all"))
        else:
            late = said("coverage.lead_late", n=_of(worst, "units_late")) if worst["units_late"] else ""
            parts = [said(f"coverage.{name}", n=_of(worst, name)) for name in LEFT if worst[name]]
            out.append(
                said(
                    "coverage.lead_worst",
                    label=worst["label"],
                    done=_of(worst, "units_covered"),
                    all=_of(worst, "units_expected"),
                    rest=Markup("").join(parts),
                    late=late,
                )
            )
    if any(cell["rests_on_usual"] for cell in cells):
        out.append(text("coverage.lead_usual"))
    if ahead:
        first = ahead[0]
        key = "coverage.lead_ahead" if first["days"] else "coverage.lead_today"
        out.append(
            text(
                key,
                label=first["label"] or first["cell_id"],
                date=day(first["last_day"]),
                days=number(first["days"]),
            )
        )
    elif cells:
        out.append(text("coverage.lead_none_ahead"))
    return out


def _of(cell: Row, column: str) -> Markup:
    return figure(cell, SUMMARY, ["cell_id"], column)


def _matrix(site: Site, cells: list[Row]) -> dict[str, Any]:
    periods = sorted({cell["period"] for cell in cells})
    lines: dict[str, dict[str, Any]] = {}
    for cell in cells:
        line = lines.setdefault(
            family(cell),
            {
                "stage": cell["field_name"] or site.word("stage", cell["stage"]),
                "label": family_label(cell),
                "cells": {},
            },
        )
        line["cells"][cell["period"]] = cell
    return {"periods": {code: site.period(code) for code in periods}, "lines": list(lines.values())}


def _counts(row: Row) -> str:
    """``1/2 tập thể, 3/3 cá nhân`` of one unit's step."""
    parts = []
    for kind in KINDS:
        if row[f"{kind}_required"]:
            counted = f"{number(row[f'{kind}_counted'] or 0)}/{number(row[f'{kind}_required'])}"
            parts.append(f"{counted} {text(f'coverage.kind.{kind}')}")
    return ", ".join(parts)


def _first_units(site: Site, programme: Programme) -> dict[str, list[Row]]:
    """By step: the first fifty units, those with most left first, each with how many there are."""
    codes = site.snapshot.rows(
        "SELECT DISTINCT unit_code FROM rpt_phase_coverage WHERE programme_id = ?", programme.id
    )
    site.place_units("placed_units", (row["unit_code"] for row in codes))
    found: dict[str, list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(
        f"""
        SELECT
            c.*,
            count(*) OVER (PARTITION BY c.cell_id) AS units,
            row_number() OVER (
                PARTITION BY c.cell_id ORDER BY coalesce(list_position(?, c.status), 9), p.rowid) AS place
        FROM rpt_phase_coverage AS c JOIN placed_units AS p USING (unit_code)
        WHERE c.programme_id = ?
        QUALIFY place <= {MOST}
        ORDER BY c.cell_id, place
        """,
        STATUSES,
        programme.id,
    ):
        found[row["cell_id"]].append(row)
    return found


def _lists(site: Site, programme: Programme, cells: list[Row]) -> Lists:
    lists = Lists(
        f"phu-{slug(programme.id)}",
        [
            (text("drill.unit"), "link"),
            (text("coverage.status"), "text"),
            (text("coverage.received"), "text"),
            (text("coverage.counts"), "text"),
        ],
    )
    first = _first_units(site, programme)
    for cell in cells:
        rows = first.get(cell["cell_id"], [])
        numbers = [lists.add(_unit_row(site, row, cell)) for row in rows]
        total = rows[0]["units"] if rows else 0
        lists.set(cell["cell_id"], cell["label"], total, numbers, note=_note(cell))
    return lists


def _note(cell: Row) -> str:
    """The deadline in words, and that the list of units is not confirmed."""
    said = [cell["deadline_text_vi"], text("coverage.usual") if cell["rests_on_usual"] else None]
    return "; ".join(part for part in said if part)


def _unit_row(site: Site, row: Row, cell: Row) -> list[Any]:
    unit = site.units.get(row["unit_code"])
    timing = f" ({text('coverage.timing.' + row['timing'])})" if row["timing"] else ""
    not_sent = cell["is_optional"] and row["status"] == "not_due"
    return [
        [site.unit_name(row["unit_code"]), f"{unit.page}#o-{slug(row['cell_id'])}" if unit else ""],
        (text("coverage.optional") if not_sent else site.word("coverage_status", row["status"])) + timing,
        day(row["first_received_on"]),
        _counts(row),
    ]


def _quota(site: Site, programme: Programme) -> Chart:
    """Counted against required by step and kind, the largest shortfall first; the table names the units.

    No unit makes up for another: what one has above its requirement does not count. What is optional or
    not yet due asks for nothing.
    """
    heads = [
        text("drill.unit"),
        text("coverage.work"),
        text("coverage.counted_required"),
        text("coverage.shortfall"),
    ]
    id_ = f"chi-tieu-{slug(programme.id)}"
    steps = site.snapshot.rows(
        f"""
        SELECT q.*, coalesce(r.label_vi, q.cell_id) AS label
        FROM {QUOTAS} AS q LEFT JOIN ref.coverage_cells AS r USING (cell_id)
        WHERE q.programme_id = ? ORDER BY q.shortfall DESC, q.cell_id, q.kind
        """,
        programme.id,
    )
    if not steps:
        return Chart(id_, text("coverage.quota"), "", heads, [], None, text("coverage.quota_none"))
    marks = [
        Mark(
            f"{row['label']}: {text('coverage.kind.' + row['kind'])}",
            row["counted_pct"],
            f"{number(row['counted'])}/{number(row['required'])}",
            f"#ds={row['cell_id']}",
        )
        for row in steps[:MOST_QUOTAS]
    ]
    is_short = any(row["shortfall"] for row in steps)
    rows, left_out = _short(site, steps)
    missing = headline(headline_row(site, programme), "quota_shortfall")
    return Chart(
        id_,
        said("coverage.quota_title", missing=missing) if is_short else text("coverage.quota_full"),
        text("coverage.quota_unit"),
        heads,
        rows,
        **both(dots, marks, words=(text("coverage.counted"), "")),
        picture=True,
        left_out=left_out,
        measures=tuple(f"{QUOTAS}.{name}" for name in ("counted", "required", "shortfall")),
    )


def _short(site: Site, steps: list[Row]) -> tuple[list[list[Any]], int]:
    """Units that have less than they must, the largest shortfall first, and how many are left out."""
    cells = {row["cell_id"]: row["label"] for row in steps}
    found = []
    for row in site.snapshot.rows(
        "SELECT * FROM rpt_phase_coverage WHERE list_contains(?, cell_id) AND status <> 'not_due' AND ("
        + " OR ".join(f"{kind}_required > coalesce({kind}_counted, 0)" for kind in KINDS)
        + ")",
        list(cells),
    ):
        for kind in KINDS:
            missing = (row[f"{kind}_required"] or 0) - (row[f"{kind}_counted"] or 0)
            if missing > 0:
                found.append((missing, row, kind))
    found.sort(key=lambda item: (-item[0], site.unit_key(item[1]["unit_code"]), item[1]["cell_id"], item[2]))
    keys = ["cell_id", "unit_code"]
    shown = [
        [
            site.unit_name(row["unit_code"]),
            f"{cells[row['cell_id']]}: {text(f'coverage.kind.{kind}')}",
            figure(row, "rpt_phase_coverage", keys, f"{kind}_counted/{kind}_required"),
            figure(row, "rpt_phase_coverage", keys, f"{kind}_required-{kind}_counted"),
        ]
        for _, row, kind in found[:MOST]
    ]
    return shown, max(0, len(found) - MOST)
