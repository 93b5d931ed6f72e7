"""Khen thưởng: mẫu 02 of a unit, alone and with all below it, with charts and the rows behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.rows import Mark, both, dots
from dashboards.facts import facts_of
from dashboards.figures import SMALL, Origin, figure, is_small, said, share_or_counts, shown
from dashboards.formats import number, percent, share, slug
from dashboards.list_files import Value
from dashboards.pages.award_rows import own_lists, rollup_lists
from dashboards.pages.award_table import COLUMNS, IS_SHOWN, IS_ZERO, KINDS, lines
from dashboards.pages.kept import kept
from dashboards.pages.page import Download, Output, Page
from dashboards.pages.units import ON_A_PAGE, unit_figures
from dashboards.site import Programme, Site, Unit
from dashboards.snapshot import Row
from pipelines.reports.trace.trace import COUNTS
from pipelines.sentences import text

POLICIES = ["POL-PCT-DENOM", "POL-LEADER-COLUMN", "POL-UNKNOWN-IN-PCT", "POL-M02-OUTSIDE", "POL-LLVT-MAP"]
DOTS = ("individuals", "direct_individuals%individuals", "leader_individuals%individuals")
KEPT = ("collectives", "individuals", "households", "direct_individuals", "leader_individuals")
"""Counts of the list of units as a file: columns of ``rpt_mau_02``."""
LEVELS = ("nha_nuoc", "tinh_bo_nganh", "bo_nganh", "co_so")


def unit_pages(site: Site) -> Iterator[Output]:
    """A page per unit that is made now, and the rows behind its numbers."""
    site.snapshot.list_units("drawn_units", sorted(site.stale))
    counted = _counted(site)
    yield from own_lists(site)
    yield from rollup_lists(site)
    programmes = {programme.id: programme for programme in site.programmes}
    for unit in (site.units[code] for code in sorted(site.stale)):
        if unit.has_awards:
            context = _context(site, programmes[unit.programme_id], unit, counted)
            yield Page(unit.awards_page, "awards.html.j2", context, _charts(context))


def pages(site: Site) -> Iterator[Output | Download]:
    """A first page per programme, with the unit above all others."""
    firsts = {programme.id: first for programme in site.programmes if (first := _first(site, programme))}
    site.snapshot.list_units("drawn_units", sorted({unit.code for unit in firsts.values()}))
    totals = _totals(site)
    counted = _counted(site)
    for programme in site.programmes:
        units = [unit for unit in site.units_of(programme) if unit.has_awards]
        first = firsts.get(programme.id)
        if first is None:
            context: dict[str, Any] = {
                "programme": programme,
                "unit": None,
                "sentences": [
                    text("awards.empty", name=programme.short_name),
                    text("overview.empty_meaning"),
                ],
                "policies": [],
            }
            yield Page(programme.page("awards"), "awards.html.j2", context)
        else:
            context = _context(site, programme, first, counted)
            header = [text("drill.unit"), *(text(f"awards.col.{column}") for column in KEPT)]
            listed: list[list[Value]] = [
                [unit.name, *(totals[unit.code][column] for column in KEPT)] for unit in units
            ]
            files, downloads = kept("khen-thuong", programme, text("awards.units_title"), header, listed)
            yield from downloads
            context |= {
                "units_files": files,
                "note": _why_shares_differ(site, programme, context["scopes"][-1]["rows"]),
                "units": [(unit, totals[unit.code]) for unit in units[:ON_A_PAGE]],
                "more_units": max(0, len(units) - ON_A_PAGE),
                "without": len(site.units_of(programme)) - len(units),
            }
            yield Page(programme.page("awards"), "awards.html.j2", context, _charts(context))


Tables = dict[tuple[str, str], list[Row]]
"""Rows by unit and scope."""
OUTSIDE = {"own": "awards_outside_mau_02", "rollup": "awards_outside_mau_02_rollup"}
"""Of a scope, the column of ``rpt_units`` with all awards the form has no line for."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted of the units drawn now, read once for all of them."""

    tables: Tables
    outside: Tables
    years: Tables


def _counted(site: Site) -> _Counted:
    return _Counted(_tables(site), _outside(site), _years(site))


def _first(site: Site, programme: Programme) -> Unit | None:
    """The unit shown on a programme's first page: one above all others, else the first with awards."""
    units = (unit for unit in site.units_of(programme) if unit.has_awards)
    return next((unit for unit in site.roots(programme) if unit.has_awards), None) or next(units, None)


def _totals(site: Site) -> dict[str, Row]:
    """The line TỔNG CỘNG of every unit, with all below it where it has any."""
    rows = site.snapshot.rows(
        f"""
        SELECT unit_code, scope, row_id, {", ".join(KEPT)} FROM rpt_mau_02 WHERE row_type = 'total'
        QUALIFY row_number() OVER (PARTITION BY unit_code ORDER BY scope DESC) = 1
        """
    )
    return {row["unit_code"]: row for row in rows}


def _tables(site: Site) -> Tables:
    """mẫu 02 by unit and scope: the lines that a page shows, in the order of the form."""
    out: Tables = defaultdict(list)
    for row in site.snapshot.rows(
        f"""
        SELECT
            unit_code, scope, row_id, row_order, row_type, number, label, number_source,
            {", ".join(COLUMNS)},
            bool_or({IS_ZERO}) OVER (PARTITION BY unit_code, scope) AS has_zeros
        FROM rpt_mau_02
        WHERE unit_code IN (FROM drawn_units)
        QUALIFY {IS_SHOWN}
        ORDER BY unit_code, scope, row_order
        """
    ):
        out[(row["unit_code"], row["scope"])].append(row)
    return out


def _outside(site: Site) -> Tables:
    out: Tables = defaultdict(list)
    rows = site.snapshot.rows(
        """
        SELECT o.*, coalesce(a.official_name, o.award_code) AS label
        FROM rpt_awards_outside_mau_02 AS o LEFT JOIN dim_awards AS a USING (award_code)
        WHERE o.unit_code IN (FROM drawn_units)
        ORDER BY o.unit_code, o.scope, o.collectives + o.individuals + o.households DESC, o.award_code
        """
    )
    for row in rows:
        if row["award_code"] in (None, "?"):
            row["label"] = text("awards.outside_unknown")
        out[(row["unit_code"], row["scope"])].append(row)
    return out


def _years(site: Site) -> Tables:
    """Counts by year and level, as rows for the table of years."""
    out: Tables = defaultdict(list)
    for row in site.snapshot.rows(
        "SELECT unit_code, scope, level, award_year, collectives + individuals + households AS total "
        "FROM rpt_award_totals_by_level WHERE unit_code IN (FROM drawn_units) ORDER BY ALL"
    ):
        out[(row["unit_code"], row["scope"])].append(row)
    return out


def _context(site: Site, programme: Programme, unit: Unit, counted: _Counted) -> dict[str, Any]:
    scopes, tables = [], counted.tables
    below = [code for code in ("own", "rollup") if tables.get((unit.code, code))]
    same = len(below) == 2 and _counts(tables, unit, "own") == _counts(tables, unit, "rollup")
    for scope in below[:1] if same else below:
        rows = tables[(unit.code, scope)]
        scopes.append(
            {
                "scope": scope,
                "rows": rows,
                "lines": lines(rows),
                "list": f"m02-{slug(unit.code)}-{scope}",
                "zeros": rows[0]["has_zeros"],
                "source": rows[-1]["number_source"],
                "outside": counted.outside.get((unit.code, scope), []),
                "years": _year_table(site, counted.years.get((unit.code, scope), [])),
                "years_differ": _years_differ(unit, scope, rows, counted),
                "downloads": site.downloads.get((unit.code, scope), []),
                "dots": _dots(unit, scope, rows),
            }
        )
    shown = scopes[-1]
    return {
        "programme": programme,
        "unit": unit,
        "scopes": scopes,
        "shown": shown["scope"],
        "sentences": _sentences(unit, shown, unit_figures(site)[unit.code]),
        "policies": POLICIES,
        "units": None,
        "counts": COUNTS,
        "note": "",
    }


def _years_differ(unit: Unit, scope: str, rows: list[Row], counted: _Counted) -> bool:
    """Whether the table of years counts less than mẫu 02 and what stands outside it."""
    total, place = _total(rows), (unit.code, scope)
    inside = sum(total[kind] or 0 for kind in KINDS) if total else 0
    outside = sum(row[kind] or 0 for row in counted.outside.get(place, []) for kind in KINDS)
    return inside + outside != sum(row["total"] or 0 for row in counted.years.get(place, []))


def _why_shares_differ(site: Site, programme: Programme, rows: list[Row]) -> str:
    """Why the share of direct workers here is not that of Tổng quan; empty where it is."""
    total, facts = _total(rows), facts_of(site, programme)
    if total is None or total["individuals"] == facts.row["individuals"]:
        return ""
    return said(
        "awards.differs",
        pct=facts.figure("direct_individuals_pct"),
        direct=facts.figure("direct_individuals"),
        individuals=facts.figure("individuals"),
        here=_of(total, "individuals"),
    )


def _total(rows: list[Row]) -> Row | None:
    return next((row for row in rows if row["row_type"] == "total"), None)


def _of(row: Row, column: str) -> Markup:
    """A figure of a line of mẫu 02."""
    return figure(row, "rpt_mau_02", ["unit_code", "scope", "row_id"], column)


def _counts(tables: Tables, unit: Unit, scope: str) -> list[tuple[int, ...]]:
    return [tuple(row[name] for name in COUNTS) for row in tables[(unit.code, scope)]]


def _sentences(unit: Unit, scope: dict[str, Any], figures: Row) -> list[str]:
    total = _total(scope["rows"])
    if total is None:
        return [text("awards.empty", name=unit.name)]
    inside = _of(total, "collectives+individuals+households")
    outside = figure(figures, "rpt_units", ["unit_code"], OUTSIDE[scope["scope"]])
    out: list[str] = [said("awards.lead", inside=inside, outside=outside)]
    if total["individuals"]:
        out.append(_direct(total))
        unclear = total["unknown_class_individuals"]
        if unclear is not None:
            n = _of(total, "unknown_class_individuals")
            out.append(said("awards.unclear", n=n) if unclear else text("awards.unclear_none"))
    return out


def _direct(total: Row) -> Markup:
    """How many are direct workers and leaders; of a few people no share."""
    direct, individuals = _of(total, "direct_individuals"), _of(total, "individuals")
    if is_small(total["individuals"]):
        leaders = _of(total, "leader_individuals")
        return said("awards.lead_small", leaders=leaders, direct=direct, individuals=individuals)
    return said(
        "awards.lead_direct",
        pct=_of(total, "direct_individuals%individuals"),
        leaders=_of(total, "leader_individuals%individuals"),
        direct=direct,
        individuals=individuals,
    )


def _year_table(site: Site, rows: list[Row]) -> dict[str, Any]:
    years = sorted({row["award_year"] for row in rows})
    cells = {(row["level"], row["award_year"]): row["total"] for row in rows}
    levels = [level for level in LEVELS if any(row["level"] == level for row in rows)]
    return {
        "years": years,
        "lines": [
            (level, site.word("award_level", level), [cells.get((level, year), 0) for year in years])
            for level in levels
        ],
    }


def _charts(context: dict[str, Any]) -> tuple[Chart, ...]:
    return tuple(scope["dots"] for scope in context["scopes"])


def _dots(unit: Unit, scope: str, rows: list[Row]) -> Chart:
    """The shares of each line that has awarded persons, in the order of the form."""
    lines = [
        row for row in rows if row["individuals"] and row["row_type"] in ("line", "sibling_line", "total")
    ]
    heads = [
        text("awards.name"),
        text("awards.individuals"),
        text("awards.direct_word"),
        text("awards.leader_word"),
    ]
    id_ = f"ty-le-dong-{slug(unit.code)}-{scope}"
    if not lines:
        return Chart(id_, text("awards.dots"), "", heads, [], None, text("awards.dots_none"))
    directs = {row["row_id"]: share(row["direct_individuals"], row["individuals"]) or 0.0 for row in lines}
    many = [row for row in lines if not is_small(row["individuals"])]
    lowest = min(many, key=lambda row: (directs[row["row_id"]], row["row_order"]), default=None)
    title = (
        text("awards.dots_title", label=lowest["label"], pct=percent(directs[lowest["row_id"]]))
        if lowest and len(many) > 2
        else text("awards.dots")
    )
    marks = [
        Mark(
            row["label"],
            directs[row["row_id"]],
            share_or_counts(row["direct_individuals"], row["individuals"]),
            f"#ds={row['row_id']}|individuals",
            second=share(row["leader_individuals"], row["individuals"]),
            second_printed=share_or_counts(row["leader_individuals"], row["individuals"]),
            colour="@direct",
        )
        for row in lines
    ]
    return Chart(
        id_,
        title,
        f"{text('awards.dots_unit')} {text('site.few', n=number(SMALL))}",
        heads,
        [[row["label"], *(shown(row, column) for column in DOTS)] for row in lines],
        **both(dots, marks, words=(text("awards.direct_word"), text("awards.leader_word"))),
        picture=unit.parent is None and scope == "rollup",
        origin=Origin("rpt_mau_02", DOTS, "row_id", f"unit_code={unit.code};scope={scope}"),
        row_keys=[row["row_id"] for row in lines],
    )
