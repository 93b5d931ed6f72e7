"""Đơn vị: the list of a programme's units, and one page per unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from dashboards.charts.base import Chart
from dashboards.charts.rows import Mark, both, dots
from dashboards.facts import LIVE
from dashboards.figures import SMALL, share_or_counts
from dashboards.formats import day, number, percent, share, slug
from dashboards.pages import whys
from dashboards.pages.page import Output, Page, paths_of
from dashboards.pages.todo import Todo, todo
from dashboards.site import Programme, Site, Unit
from dashboards.snapshot import Row
from pipelines.sentences import text

ON_A_PAGE = 400
"""Units of the list on one page, by name."""
METRICS = ("complete", "direct", "coverage")
POLICIES = ["POL-UNIT-HISTORY", "POL-TRUOC-NGAY"]

Medians = dict[tuple[str, str, str], tuple[float, int]]
"""By programme, type of unit and metric: the middle, and of how many."""


def pages(site: Site) -> Iterator[Output]:
    """The list of each programme's units."""
    figures = unit_figures(site)
    for programme in site.programmes:
        units = site.units_of(programme)
        rows = [(unit, figures[unit.code]) for unit in units]
        sentences_ = _list_sentences(units, figures)
        paths = paths_of(programme, "units", -(-len(rows) // ON_A_PAGE))
        for number_, path in enumerate(paths):
            context = {
                "programme": programme,
                "sentences": sentences_,
                "units": rows[number_ * ON_A_PAGE : (number_ + 1) * ON_A_PAGE],
                "paths": paths,
                "policies": POLICIES,
            }
            yield Page(path, "units.html.j2", context)


@dataclass(frozen=True, slots=True)
class Around:
    """What a unit's page tells of others: read once for all units."""

    figures: dict[str, Row]
    medians: Medians
    below: dict[str, list[Unit]]


def around(site: Site) -> Around:
    """The figures of all units, the middle of each type in each programme, and who is held by whom."""
    figures = unit_figures(site)
    medians: Medians = {}
    below: dict[str, list[Unit]] = defaultdict(list)
    for programme in site.programmes:
        units = site.units_of(programme)
        medians |= _medians(units, figures)
        for unit in units:
            if unit.parent:
                below[unit.parent].append(unit)
    return Around(figures, medians, below)


def unit_pages(site: Site, others: Around) -> Iterator[Page]:
    """A page per unit that is made now, and one that says why each of its findings is one."""
    findings = _by_unit(site, _FINDINGS)
    cells = _by_unit(site, _CELLS)
    steps = _by_unit(site, _STEPS)
    files = _by_unit(site, _FILES)
    totals = {row["unit_code"]: row for row in site.snapshot.rows(_TOTALS)}
    programmes = {programme.id: programme for programme in site.programmes}
    yield from whys.pages(site, programmes, findings)
    for unit in (site.units[code] for code in sorted(site.stale)):
        mine = others.figures[unit.code]
        compare = _compare(unit, mine, others.medians)
        left = todo(site, unit, findings[unit.code], steps[unit.code])
        context = {
            "programme": programmes[unit.programme_id],
            "unit": unit,
            "figures": mine,
            "compare": compare,
            "todo": left,
            "cells": cells[unit.code],
            "files": files[unit.code],
            "totals": totals.get(unit.code),
            "sentences": sentences(site, mine, findings[unit.code], left, cells[unit.code]),
            "below": others.below[unit.code],
            "policies": POLICIES,
        }
        yield Page(unit.page, "unit.html.j2", context, (compare,))


_FINDINGS = f"""
    SELECT f.*, n.recipient_kind, coalesce(f.recipient_name, n.recipient_name) AS nominee
    FROM fct_findings AS f
    LEFT JOIN (SELECT nomination_id, recipient_kind, recipient_name FROM fct_nominations) AS n
        USING (nomination_id)
    WHERE f.status IN {LIVE} AND f.unit_code IN (FROM stale_units)
    ORDER BY CASE f.severity WHEN 'blocking' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
             nominee, f.rule_id, f.finding_id
"""
_CELLS = """
    SELECT c.*, coalesce(r.label_vi, c.cell_id) AS label, coalesce(d.last_day, c.deadline) AS last_day,
           coalesce(r.is_optional, false) AS is_optional
    FROM rpt_phase_coverage AS c LEFT JOIN ref.coverage_cells AS r USING (cell_id)
    LEFT JOIN (
        SELECT cell_id, max(last_day) AS last_day FROM dim_deadlines GROUP BY cell_id
    ) AS d USING (cell_id)
    WHERE c.unit_code IN (FROM stale_units)
    ORDER BY coalesce(r.cell_order, 9999), c.cell_id
"""
_STEPS = """
    SELECT * FROM rpt_steps_left WHERE unit_code IN (FROM stale_units) ORDER BY cell_order, cell_id
"""
_FILES = """
    SELECT * FROM fct_submissions WHERE unit_code IN (FROM stale_units)
    ORDER BY received_on DESC, source_file
"""
_TOTALS = """
    SELECT * FROM rpt_mau_02 WHERE row_type = 'total' AND unit_code IN (FROM stale_units)
    QUALIFY row_number() OVER (PARTITION BY unit_code ORDER BY scope = 'rollup' DESC) = 1
"""


def _by_unit(site: Site, sql: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(sql):
        out[row["unit_code"]].append(row)
    return out


def unit_figures(site: Site) -> dict[str, Row]:
    """Figures of every unit; a share without a denominator is None."""
    rows = site.snapshot.rows(
        """
        SELECT unit_code, is_expected, sending, files_seen AS seen, files_used AS files, nominations,
               incomplete_nominations AS incomplete, open_findings AS findings, blocking_findings AS blocking,
               cells_due AS due, cells_covered AS covered, steps_left AS steps, awards,
               coalesce(individuals, 0) AS individuals, coalesce(direct_individuals, 0) AS direct_individuals
        FROM rpt_units
        """
    )
    for row in rows:
        row["counts"] = {
            "complete": (row["nominations"] - row["incomplete"], row["nominations"]),
            "direct": (row["direct_individuals"], row["individuals"]),
            "coverage": (min(row["covered"], row["due"]), row["due"]),
        }
        row |= {metric: share(*counts) for metric, counts in row["counts"].items()}
    return {row["unit_code"]: row for row in rows}


def _list_sentences(units: list[Unit], figures: dict[str, Row]) -> list[str]:
    if not units:
        return [text("units.empty")]
    usual = sum(unit.is_usual for unit in units)
    more = [text("units.usual", n=number(usual))] if usual else []
    left = sum(1 for unit in units if figures[unit.code]["findings"] + figures[unit.code]["steps"])
    silent = sum(
        figures[unit.code]["is_expected"] and figures[unit.code]["sending"] == "none" for unit in units
    )
    if not left and not silent:
        return [text("units.lead_clean", total=number(len(units))), *more]
    return [text("units.lead", open=number(left), total=number(len(units)), silent=number(silent)), *more]


def sentences(site: Site, figures: Row, findings: list[Row], left: Todo, cells: list[Row]) -> list[str]:
    """What the unit still has to do: of whom, of which steps, until when."""
    out = []
    if findings:
        whose: dict[str, set[str]] = defaultdict(set)
        for row in findings:
            kind = row["recipient_kind"] or ("unclear" if row["nominee"] else "dossier")
            whose[kind].add(row["nomination_id"] or row["nominee"] or "")
        parts = [
            text(f"unit.part.{kind}", n=number(len(whose[kind])))
            for kind in ("ca_nhan", "tap_the", "gia_dinh", "unclear", "dossier")
            if kind in whose
        ]
        key = "unit.lead" if len(findings) > 1 else "unit.lead_one"
        out.append(text(key, n=number(len(findings)), what=", ".join(parts)))
    else:
        out.append(_none_found(figures, left))
    if left.steps and (findings or figures["sending"] != "read"):
        out.append(text("unit.steps", n=number(len(left.steps))))
    if figures["due"]:
        out.append(
            text("unit.due", done=number(min(figures["covered"], figures["due"])), all=number(figures["due"]))
        )
    ahead = sorted(
        (c for c in cells if c["last_day"] and c["last_day"] >= site.as_of and c["status"] != "covered"),
        key=lambda c: c["last_day"],
    )
    if ahead:
        out.append(text("unit.next", label=ahead[0]["label"], date=day(ahead[0]["last_day"])))
    return out


def _none_found(figures: Row, left: Todo) -> str:
    """Nothing is to be asked of what was sent: because it is whole, or because nothing could be read."""
    if figures["sending"] == "none":
        return text("unit.silent")
    if figures["sending"] == "unread":
        return text("unit.unread", n=number(figures["seen"]))
    return text("unit.clean_but_steps", n=number(len(left.steps))) if left.steps else text("unit.clean")


def _medians(units: list[Unit], figures: dict[str, Row]) -> Medians:
    values: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for unit in units:
        for metric in METRICS:
            if figures[unit.code][metric] is not None:
                values[(unit.programme_id, unit.unit_type, metric)].append(figures[unit.code][metric])
    return {key: (median(found), len(found)) for key, found in values.items()}


def compared(others: Around) -> dict[tuple[str, str], str]:
    """What units are compared with, by programme and type of unit, as exactly as it is shown."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (programme_id, unit_type, metric), (middle, count) in sorted(others.medians.items()):
        told[programme_id, unit_type].append(f"{metric} {round(middle, 1)} {count}")
    return {alike: ", ".join(parts) for alike, parts in told.items()}


def _compare(unit: Unit, figures: Row, medians: Medians) -> Chart:
    heads = [text("unit.metric"), text("unit.this"), text("unit.median")]
    shown = [
        (metric, figures[metric], *medians[(unit.programme_id, unit.unit_type, metric)])
        for metric in METRICS
        if figures[metric] is not None
    ]
    shown = [one for one in shown if one[3] >= 3]
    id_ = f"so-sanh-{slug(unit.code)}"
    if not shown:
        return Chart(id_, text("unit.compare"), "", heads, [], None, text("unit.compare_none"))
    printed = {metric: share_or_counts(*counts) for metric, counts in figures["counts"].items()}
    marks = [
        Mark(text(f"unit.metric.{metric}"), value, printed[metric], tick=round(middle, 1), colour="@bar")
        for metric, value, middle, _ in shown
    ]
    rows: list[list[Any]] = [
        [text(f"unit.metric.{m}"), printed[m], percent(middle)] for m, _, middle, _ in shown
    ]
    return Chart(
        id_,
        text("unit.compare_title", n=number(max(count for *_, count in shown))),
        f"{text('unit.compare_unit')} {text('site.few', n=number(SMALL))}",
        heads,
        rows,
        **both(dots, marks, tick_word=text("unit.median"), words=(text("unit.this"), "")),
    )


__all__ = ["Around", "Programme", "around", "pages", "sentences", "unit_figures", "unit_pages"]
