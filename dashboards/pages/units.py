"""Đơn vị: the list of a programme's units, and one page per unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from dashboards.facts import Facts, facts_of
from dashboards.figures import figure, said
from dashboards.formats import day, number
from dashboards.pages import whys
from dashboards.pages.alike import Types, compare, types_of
from dashboards.pages.kept import kept
from dashboards.pages.page import Download, Output, Page
from dashboards.pages.parts import parted
from dashboards.pages.todo import Todo, todo
from dashboards.site import Site, Unit
from dashboards.snapshot import Row
from pipelines.sentences import text

ON_A_PAGE = 400
"""Units of the list on one page, by name."""
KEPT = (
    "name", "unit_code", "files_used", "nominations", "incomplete_nominations", "open_findings",
    "blocking_findings", "cells_covered", "cells_due", "steps_left", "awards",
)  # fmt: skip
"""Columns of the list as a file: the unit's name, then those of ``rpt_units``."""
POLICIES = ["POL-UNIT-HISTORY", "POL-TRUOC-NGAY"]


def pages(site: Site) -> Iterator[Output | Download]:
    """The list of each programme's units."""
    for programme in site.programmes:
        units = site.units_of(programme)
        rows = [(unit, unit_figures(site)[unit.code]) for unit in units]
        sentences_ = _list_sentences(facts_of(site, programme))
        header = [text(f"units.kept.{column}") for column in KEPT]
        listed = [[row.get(column, unit_.name) for column in KEPT] for unit_, row in rows]
        files, downloads = kept("don-vi", programme, text("nav.units"), header, listed)
        yield from downloads
        parts = parted(programme, "units", rows, ON_A_PAGE)
        for path, listed_here in parts:
            context = {
                "programme": programme,
                "sentences": sentences_,
                "units": listed_here,
                "paths": [path for path, _ in parts],
                "files": files,
                "policies": POLICIES,
            }
            yield Page(path, "units.html.j2", context)


@dataclass(frozen=True, slots=True)
class Around:
    """What a unit's page tells of others: read once for all units."""

    types: Types
    below: dict[str, list[Unit]]


def around(site: Site) -> Around:
    """The middle of each type of unit in each programme, and who is held by whom."""
    below: dict[str, list[Unit]] = defaultdict(list)
    for programme in site.programmes:
        for unit in site.units_of(programme):
            if unit.parent:
                below[unit.parent].append(unit)
    return Around(types_of(site), below)


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
        mine = unit_figures(site)[unit.code]
        beside = compare(unit, mine, others.types[unit.programme_id, unit.unit_type])
        left = todo(site, unit, findings[unit.code], steps[unit.code])
        context = {
            "programme": programmes[unit.programme_id],
            "unit": unit,
            "figures": mine,
            "compare": beside,
            "todo": left,
            "cells": cells[unit.code],
            "files": files[unit.code],
            "totals": totals.get(unit.code),
            "sentences": sentences(site, mine, findings[unit.code], left, cells[unit.code]),
            "below": others.below[unit.code],
            "policies": POLICIES,
        }
        yield Page(unit.page, "unit.html.j2", context, (beside,))


_FINDINGS = """
    SELECT f.*, n.recipient_kind, coalesce(f.recipient_name, n.recipient_name) AS nominee
    FROM fct_findings AS f
    LEFT JOIN (SELECT nomination_id, recipient_kind, recipient_name FROM fct_nominations) AS n
        USING (nomination_id)
    WHERE f.is_open AND f.unit_code IN (FROM stale_units)
    ORDER BY CASE f.severity WHEN 'blocking' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
             nominee, f.rule_id, f.year, f.finding_id
"""
_CELLS = """
    SELECT c.*, coalesce(r.label_vi, c.cell_id) AS label, coalesce(d.last_day, c.deadline) AS last_day,
           coalesce(d.named_day, c.deadline) AS named_day,
           coalesce(r.is_optional, false) AS is_optional
    FROM rpt_phase_coverage AS c LEFT JOIN ref.coverage_cells AS r USING (cell_id)
    LEFT JOIN (
        SELECT cell_id, max(last_day) AS last_day, max(last_day) FILTER (is_named) AS named_day
        FROM dim_deadlines GROUP BY cell_id
    ) AS d USING (cell_id)
    WHERE c.unit_code IN (FROM stale_units)
    ORDER BY coalesce(r.cell_order, 9999), c.cell_id
"""
_STEPS = """
    SELECT * FROM rpt_steps_left WHERE unit_code IN (FROM stale_units) ORDER BY cell_order, cell_id
"""
_FILES = """
    SELECT * FROM fct_submissions WHERE unit_code IN (FROM stale_units)
    ORDER BY received_on DESC, source_file, status, submission_id
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
    """Figures of every unit, as ``rpt_units`` has them; a share without a denominator is None."""
    if not site.figures:
        site.figures = {row["unit_code"]: row for row in site.snapshot.rows("SELECT * FROM rpt_units")}
    return site.figures


def _list_sentences(facts: Facts) -> list[str]:
    row, total = facts.row, facts.figure("units_listed")
    if not row["units_listed"]:
        return [text("units.empty")]
    usual: list[str] = [said("units.usual", n=facts.figure("units_usual"))] if row["units_usual"] else []
    if not row["units_with_work"] and not row["units_silent"]:
        return [said("units.lead_clean", total=total), *usual]
    work, silent = facts.figure("units_with_work"), facts.figure("units_silent")
    return [said("units.lead", open=work, total=total, silent=silent), *usual]


def _of(figures: Row, column: str) -> Markup:
    return figure(figures, "rpt_units", ["unit_code"], column)


def sentences(site: Site, figures: Row, findings: list[Row], left: Todo, cells: list[Row]) -> list[str]:
    """What the unit still has to do: of whom, of which steps, until when."""
    out: list[str] = []
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
        out.append(said(key, n=_of(figures, "open_findings"), what=", ".join(parts)))
    else:
        out.append(_none_found(figures, left))
    if left.steps and (findings or figures["sending"] != "read"):
        out.append(said("unit.steps", n=_of(figures, "steps_left")))
    if figures["cells_due"]:
        done, all_ = _of(figures, "cells_covered"), _of(figures, "cells_due")
        out.append(said("unit.due", done=done, all=all_))
    ahead = sorted(
        (c for c in cells if c["named_day"] and c["named_day"] >= site.as_of and c["status"] != "covered"),
        key=lambda c: c["named_day"],
    )
    if ahead:
        out.append(text("unit.next", label=ahead[0]["label"], date=day(ahead[0]["named_day"])))
    return out


def _none_found(figures: Row, left: Todo) -> str:
    """Nothing is to be asked of what was sent: because it is whole, or because nothing could be read."""
    if figures["sending"] == "none":
        return text("unit.silent")
    if figures["sending"] == "unread":
        return said("unit.unread", n=_of(figures, "files_seen"))
    steps = _of(figures, "steps_left")
    return said("unit.clean_but_steps", n=steps) if left.steps else text("unit.clean")
