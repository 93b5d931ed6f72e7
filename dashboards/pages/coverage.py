"""Phủ giai đoạn: which step and which unit is late, what is still short, which deadline comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from dashboards.charts.base import Chart
from dashboards.charts.rows import Mark, both, dots
from dashboards.facts import deadlines_ahead
from dashboards.formats import day, number, slug
from dashboards.pages.coverage_heat import (
    MOST_TOGETHER,
    chunks,
    family,
    family_label,
    heat_map,
    on_first_page,
)
from dashboards.pages.page import MOST, Lists, Output, Page, paths_of
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text

KINDS = ("collectives", "individuals", "households", "any")
POLICIES = ["POL-TRUOC-NGAY", "POL-LATE-SEVERITY", "POL-UNIVERSE"]
MOST_QUOTAS = 8


def pages(site: Site) -> Iterator[Output]:
    """One page per programme and the list behind each of its cells."""
    for programme in site.programmes:
        cells = _cells(site, programme)
        units = site.snapshot.rows(
            "SELECT * FROM rpt_phase_coverage WHERE programme_id = ? ORDER BY cell_id, unit_code",
            programme.id,
        )
        ahead = deadlines_ahead(site, programme)
        quota = _quota(programme, site, units, cells)
        heat = heat_map(site, cells, units)
        context = {
            "programme": programme,
            "sentences": sentences(programme, cells, ahead),
            "matrix": _matrix(site, cells),
            "heat": _first_heat(programme, heat),
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
        yield _lists(site, programme, cells, units)
        yield Page(programme.page("coverage"), "coverage.html.j2", context, (quota,))
        yield from _heat_pages(programme, heat)


Heat = list[dict[str, Any]]


def _heat_paths(programme: Programme, group: dict[str, Any]) -> list[str]:
    return paths_of(programme, "coverage", -(-group["count"] // MOST_TOGETHER), slug(group["type"]))


def _first_heat(programme: Programme, heat: Heat) -> Heat:
    """The heat maps on the programme's page; of many units only the first, with the way to all."""
    most = on_first_page(heat)
    return [
        group
        | {
            "chunks": chunks(group["rows"][:most]),
            "all": _heat_paths(programme, group)[0] if group["count"] > most else "",
        }
        for group in heat
    ]


def _heat_pages(programme: Programme, heat: Heat) -> Iterator[Page]:
    """The pages of a type whose units are too many for the programme's page."""
    most = on_first_page(heat)
    for group in (one for one in heat if one["count"] > most):
        paths = _heat_paths(programme, group)
        for number_, path in enumerate(paths):
            rows = group["rows"][number_ * MOST_TOGETHER : (number_ + 1) * MOST_TOGETHER]
            context = {
                "programme": programme,
                "sentences": [],
                "heat": [group | {"chunks": [rows], "all": ""}],
                "paths": paths,
                "policies": POLICIES,
            }
            yield Page(path, "coverage_units.html.j2", context)


def _cells(site: Site, programme: Programme) -> list[Row]:
    """Cells with their words, in the order of the reference; ``none`` and ``late`` counted from the units."""
    return site.snapshot.rows(
        """
        SELECT s.*, coalesce(r.label_vi, s.cell_id) AS label, coalesce(r.cell_order, 9999) AS cell_order,
               d.deadline_text_vi, f.official_name AS field_name,
               coalesce(r.is_optional, false) AS is_optional,
               count(c.unit_code) FILTER (c.status = 'none') AS none,
               count(c.unit_code) FILTER (c.status = 'not_due') AS not_due,
               count(c.unit_code) FILTER (c.status IN ('covered', 'partial') AND c.on_time = false) AS late,
               count(c.unit_code) AS units
        FROM rpt_phase_coverage_summary AS s
        LEFT JOIN ref.coverage_cells AS r ON r.cell_id = s.cell_id
        LEFT JOIN (
            SELECT cell_id, max(wording_vi) AS deadline_text_vi FROM dim_deadlines GROUP BY cell_id
        ) AS d ON d.cell_id = s.cell_id
        LEFT JOIN ref.fields AS f ON f.field_id = r.field_id
        LEFT JOIN rpt_phase_coverage AS c ON c.programme_id = s.programme_id AND c.cell_id = s.cell_id
        WHERE s.programme_id = ? GROUP BY ALL ORDER BY cell_order, s.cell_id
        """,
        programme.id,
    )


def sentences(programme: Programme, cells: list[Row], ahead: list[Row]) -> list[str]:
    """The slowest step that is due, then the next deadline."""
    due = [c for c in cells if c["coverage_pct"] is not None and c["not_due"] < c["units"]]
    out = []
    if not cells or all(cell["coverage_pct"] is None for cell in cells):
        out.append(text("coverage.no_list"))
    elif due:
        worst = min(due, key=lambda cell: (cell["coverage_pct"], -cell["units_expected"], cell["cell_order"]))
        if worst["coverage_pct"] >= 100:
            out.append(text("coverage.lead_all"))
        else:
            late = text("coverage.lead_late", n=number(worst["late"])) if worst["late"] else ""
            out.append(
                text(
                    "coverage.lead_worst",
                    label=worst["label"],
                    done=number(worst["units_covered"]),
                    all=number(worst["units_expected"]),
                    late=late,
                    none=number(worst["none"]),
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
    return {"periods": periods, "lines": list(lines.values())}


def _counts(row: Row) -> str:
    """``1/2 tập thể, 3/3 cá nhân`` of one unit's step."""
    parts = []
    for kind in KINDS:
        if row[f"{kind}_required"]:
            counted = f"{number(row[f'{kind}_counted'] or 0)}/{number(row[f'{kind}_required'])}"
            parts.append(f"{counted} {text(f'coverage.kind.{kind}')}")
    return ", ".join(parts)


def _lists(site: Site, programme: Programme, cells: list[Row], units: list[Row]) -> Lists:
    lists = Lists(
        f"phu-{slug(programme.id)}",
        [
            (text("drill.unit"), "link"),
            (text("coverage.status"), "text"),
            (text("coverage.received"), "text"),
            (text("coverage.counts"), "text"),
        ],
    )
    by_cell: dict[str, list[Row]] = defaultdict(list)
    for row in units:
        by_cell[row["cell_id"]].append(row)
    rank = {"none": 0, "partial": 1, "not_due": 2, "covered": 3}
    for cell in cells:
        rows = sorted(
            by_cell[cell["cell_id"]], key=lambda r: (rank.get(r["status"], 9), site.unit_key(r["unit_code"]))
        )
        numbers = [lists.add(_unit_row(site, row)) for row in rows[:MOST]]
        lists.set(cell["cell_id"], cell["label"], len(rows), numbers, note=_note(cell))
    return lists


def _note(cell: Row) -> str:
    """The deadline in words, and that the list of units is not confirmed."""
    said = [cell["deadline_text_vi"], text("coverage.usual") if cell["rests_on_usual"] else None]
    return "; ".join(part for part in said if part)


def _unit_row(site: Site, row: Row) -> list[Any]:
    unit = site.units.get(row["unit_code"])
    late = f" ({text('coverage.late')})" if row["on_time"] is False and row["first_received_on"] else ""
    return [
        [site.unit_name(row["unit_code"]), f"{unit.page}#o-{slug(row['cell_id'])}" if unit else ""],
        site.word("coverage_status", row["status"]) + late,
        day(row["first_received_on"]),
        _counts(row),
    ]


def _quota(programme: Programme, site: Site, units: list[Row], cells: list[Row]) -> Chart:
    """Counted against required by step and kind, the largest shortfall first; the table names the units.

    No unit makes up for another: what one has above its requirement does not count. What is optional or
    not yet due asks for nothing.
    """
    by_id = {cell["cell_id"]: cell for cell in cells if not cell["is_optional"]}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    short: list[tuple[int, Row, str]] = []
    for row in units:
        if row["status"] == "not_due" or row["cell_id"] not in by_id:
            continue
        for kind in KINDS:
            need, got = row[f"{kind}_required"], row[f"{kind}_counted"] or 0
            if need:
                sums[(row["cell_id"], kind)][0] += min(got, need)
                sums[(row["cell_id"], kind)][1] += need
                if got < need:
                    short.append((need - got, row, kind))
    short.sort(key=lambda item: (-item[0], site.unit_key(item[1]["unit_code"]), item[1]["cell_id"]))
    heads = [
        text("drill.unit"),
        text("coverage.work"),
        text("coverage.counted_required"),
        text("coverage.shortfall"),
    ]
    id_ = f"chi-tieu-{slug(programme.id)}"
    if not sums:
        return Chart(id_, text("coverage.quota"), "", heads, [], None, text("coverage.quota_none"))
    ordered = sorted(sums.items(), key=lambda item: (item[1][0] - item[1][1], item[0]))[:MOST_QUOTAS]
    marks = [
        Mark(
            f"{by_id[cell]['label']}: {text(f'coverage.kind.{kind}')}",
            100.0 * got / need,
            f"{number(got)}/{number(need)}",
            f"#ds={cell}",
        )
        for (cell, kind), (got, need) in ordered
    ]
    title = text("coverage.quota_title", missing=number(sum(item[0] for item in short)), n=number(len(short)))
    rows = [
        [
            site.unit_name(row["unit_code"]),
            f"{by_id[row['cell_id']]['label']}: {text(f'coverage.kind.{kind}')}",
            f"{number(row[f'{kind}_counted'] or 0)}/{number(row[f'{kind}_required'])}",
            number(missing),
        ]
        for missing, row, kind in short[:MOST]
    ]
    return Chart(
        id_,
        title if short else text("coverage.quota_full"),
        text("coverage.quota_unit"),
        heads,
        rows,
        **both(dots, marks, words=(text("coverage.counted"), "")),
        picture=True,
    )
