"""Tổng quan: what stands out in a programme and what needs a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.columns import columns
from dashboards.charts.rows import Mark, both, dots
from dashboards.charts.shares import YearShares, shares
from dashboards.confirmed import confirmed
from dashboards.facts import Facts, award_years, due_steps, facts_of
from dashboards.figures import SMALL, Origin, figure, is_small, said, share_or_counts, shown
from dashboards.formats import day, listed, number, share, slug
from dashboards.pages.kept import kept
from dashboards.pages.page import Download, Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.words import joined
from pipelines.text.numbers_vi import half_up

LEVELS = ("nha_nuoc", "tinh_bo_nganh", "bo_nganh", "co_so")
ALL, MOST_YEARS = "all", 8
PERIODS = "rpt_awards_by_period"
STEPS = "rpt_phase_coverage_summary"
STEP_COLUMNS = ("units_covered/units_expected", "coverage_pct")


def pages(site: Site) -> Iterator[Output | Download]:
    """One overview per programme; the first page carries the others as cards."""
    facts = {programme.id: facts_of(site, programme) for programme in site.programmes}
    for programme in site.programmes:
        charts = _charts(site, programme, facts[programme.id])
        silent = [site.units[code] for code in facts[programme.id].silent_units if code in site.units]
        header = [text("units.name"), text("units.kept.unit_code")]
        listed_ = [[unit.name, unit.code] for unit in silent]
        files, downloads = kept("chua-gui", programme, text("overview.silent_title"), header, listed_)
        yield from downloads
        context = {
            "programme": programme,
            "facts": facts[programme.id],
            "sentences": sentences(site, programme, facts[programme.id]),
            "decisions": decisions(site, programme, facts[programme.id]),
            "brief": [str(PurePosixPath(programme.brief).with_suffix(".pdf")), programme.brief]
            if site.prints
            else [programme.brief],
            "levels": charts["levels"],
            "levels_note": why_levels_differ(facts[programme.id]),
            "shares": charts["shares"],
            "coverage": charts["coverage"],
            "silent": silent,
            "silent_files": files,
            "others": [
                (other, facts[other.id], sentences(site, other, facts[other.id]))
                for other in site.programmes
                if other.id != programme.id
            ],
            "confirmed": confirmed(site.snapshot),
            "policies": ["POL-DIRECT-DEF", "POL-LEADER-DEF", "POL-UNKNOWN-IN-PCT", "POL-COUNT-UNIT"],
        }
        shown = (*charts["levels"], charts["shares"], charts["coverage"])
        yield Page(programme.page("overview"), "overview.html.j2", context, shown)


def sentences(site: Site, programme: Programme, facts: Facts) -> list[str]:
    """Two or three sentences from the data: good, bad or empty."""
    if not facts.has_data:
        return [text("overview.empty", programme=programme.short_name), text("overview.empty_meaning")]
    if not facts.row["files_used"]:
        unread = said("overview.unread_only", n=facts.figure("files_unread"), programme=programme.short_name)
        return [unread, text("overview.empty_meaning")]
    out = [_completeness(facts)]
    if facts.row["individuals"]:
        out.append(_direct(facts))
    elif not facts.has_awards:
        out.append(text("overview.no_awards"))
    out.append(_silence(site, facts))
    return [sentence for sentence in out if sentence]


def _direct(facts: Facts) -> Markup:
    """The share of direct workers with its counts; of a few people the counts alone."""
    key = "overview.direct_small" if is_small(facts.row["individuals"]) else "overview.direct"
    direct = said(
        key,
        pct=facts.figure("direct_individuals_pct"),
        direct=facts.figure("direct_individuals"),
        individuals=facts.figure("individuals"),
    )
    if facts.row["unknown_class_individuals"]:
        return direct + " " + said("overview.unclear", n=facts.figure("unknown_class_individuals"))
    return direct


def why_levels_differ(facts: Facts) -> str:
    """Why the levels do not add up to all awards; empty where they do."""
    row = facts.row
    rest = row["awards_in_mau_02"] + row["awards_outside_mau_02"] - row["awards_by_level"]
    if not rest:
        return ""
    parts = []
    if row["awards_from_tables"]:
        parts.append(said("overview.from_tables", n=facts.figure("awards_from_tables")))
    if row["awards_unplaced"]:
        parts.append(said("overview.unplaced", n=facts.figure("awards_unplaced")))
    return said(
        "overview.levels_differ",
        total=facts.figure("awards_in_mau_02+awards_outside_mau_02"),
        levels=facts.figure("awards_by_level"),
        rest=Markup(joined(parts)),  # noqa: S704 - of sentences that are Markup
    )


def _completeness(facts: Facts) -> str:
    """How many nominations are whole, and what units owe beside them."""
    if not facts.row["blocking_of_units"]:
        return _nominations_whole(facts)
    return (
        _nominations_whole(facts)
        + " "
        + said("overview.of_units", n=facts.figure("blocking_of_units"), what=facts.what)
    )


def _nominations_whole(facts: Facts) -> str:
    total = facts.figure("nominations")
    if not facts.row["nominations"]:
        return text("overview.no_nominations")
    if not facts.row["incomplete_nominations"]:
        key = "overview.all_complete" if facts.row["nominations"] > 1 else "overview.one_complete"
        return said(key, total=total, what=facts.what)
    key = "overview.incomplete_deadline" if facts.deadline else "overview.incomplete"
    return said(
        key,
        incomplete=facts.figure("incomplete_nominations"),
        total=total,
        date=day(facts.deadline),
        what=facts.what,
    )


def _silence(site: Site, facts: Facts) -> str:
    names = [site.unit_name(code) for code in facts.silent_units]
    if names:
        key = "overview.silent_one" if len(names) == 1 else "overview.silent"
        listed_ = listed(names, 4, text("and_more", n="{n}"))
        return said(key, n=facts.figure("units_silent"), names=listed_)
    nothing = facts.row["units_expected"] and not facts.row["incomplete_nominations"]
    return text("overview.no_decision") if nothing else ""


def decisions(site: Site, programme: Programme, facts: Facts) -> list[tuple[str, str]]:
    """At most three things to decide, each with where to look."""
    out: list[tuple[str, str]] = []
    if facts.row["incomplete_nominations"]:
        key = "decision.incomplete_deadline" if facts.deadline else "decision.incomplete"
        words = said(key, n=facts.figure("incomplete_nominations"), date=day(facts.deadline), what=facts.what)
        out.append((words, f"{programme.page('quality')}#de-nghi"))
    if facts.silent_units and facts.has_data:
        words = said("decision.silent", n=facts.figure("units_silent"))
        out.append((words, f"{programme.page('overview')}#chua-gui"))
    if facts.row["files_unread"]:
        out.append((said("decision.unread", n=facts.figure("files_unread")), "cach-tinh.html#tep"))
    if facts.row["open_over_30_days"] and not facts.first_night:
        words = said("decision.waiting_long", n=facts.figure("open_over_30_days"))
        out.append((words, f"{programme.page('quality')}#cho"))
    return out[:3]


def _charts(site: Site, programme: Programme, facts: Facts) -> dict[str, Any]:
    years = award_years(site, programme)
    return {
        "levels": tuple(_levels(site, programme, years)),
        "shares": _shares(programme, years),
        "coverage": coverage_chart(site, programme),
    }


def _levels(site: Site, programme: Programme, rows: list[Row]) -> Iterator[Chart]:
    counts: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        counts[row["level"]][row["period"]] = row
    wanted = [level for level in LEVELS if level in counts or level != "bo_nganh"]
    for level in wanted:
        label, id_ = site.word("award_level", level), f"cap-{slug(level)}-{slug(programme.id)}"
        if level not in counts:
            title, why = text("overview.level_empty", level=label), text("overview.level_empty_why")
            yield Chart(id_, title, "", [], [], None, why)
            continue
        total = figure(counts[level][ALL], PERIODS, ["programme_id", "level", "period"], "awards")
        years = {int(year): row["awards"] for year, row in counts[level].items() if year != ALL}
        shown = sorted(years)[-MOST_YEARS:]
        yield Chart(
            id_,
            said("overview.level", level=label, total=total),
            text("overview.awards_unit", top=number(max(years.values()))),
            [text("drill.year"), text("awards.total")],
            [[str(year), number(years[year])] for year in shown],
            columns(shown, years, programme.page("awards")),
            picture=True,
            origin=Origin(PERIODS, ("awards",), "period", f"programme_id={programme.id};level={level}"),
            row_keys=[str(year) for year in shown],
        )


def _shares(programme: Programme, rows: list[Row]) -> Chart:
    counted = [row for row in rows if row["level"] == ALL and row["period"] != ALL and row["individuals"]]
    years = [
        YearShares(
            int(row["period"]),
            direct=row["direct_individuals_pct"],
            leaders=row["leader_individuals_pct"],
            unclear=share(row["unknown_class_individuals"], row["individuals"]) or 0.0,
            printed=(
                share_or_counts(row["direct_individuals"], row["individuals"]),
                share_or_counts(row["leader_individuals"], row["individuals"]),
            ),
        )
        for row in counted
    ]
    id_ = f"ty-le-{slug(programme.id)}"
    columns_ = [
        text("drill.year"),
        text("awards.individuals"),
        text("awards.direct_word"),
        text("awards.leader_word"),
        text("awards.unknown"),
    ]
    if not years:
        title, why = text("overview.shares"), text("overview.shares_none")
        return Chart(id_, title, "", columns_, [], None, why)
    origin = Origin(
        PERIODS,
        (
            "individuals",
            "direct_individuals%individuals",
            "leader_individuals%individuals",
            "unknown_class_individuals%individuals",
        ),
        "period",
        f"programme_id={programme.id};level={ALL}",
    )
    return Chart(
        id_,
        f"{years[-1].year}: " + _shares_title(counted),
        f"{text('overview.shares_unit', first=years[0].year, last=years[-1].year)} "
        f"{text('site.few', n=number(SMALL))}",
        columns_,
        [[row["period"], *(shown(row, column) for column in origin.columns)] for row in counted],
        shares(years, (text("overview.direct_word"), text("overview.leader_word")), programme.page("awards")),
        picture=True,
        origin=origin,
        row_keys=[row["period"] for row in counted],
    )


def _shares_title(years: list[Row]) -> Markup:
    """The newest share of direct workers against the year before; of a few people their numbers."""

    def of(row: Row, column: str) -> Markup:
        return figure(row, PERIODS, ["programme_id", "level", "period"], column)

    newest, before = years[-1], years[-2] if len(years) > 1 else None
    if is_small(min(row["individuals"] for row in years[-2:])):
        if before is None:
            return said("overview.shares_small_one", n=of(newest, "individuals"))
        return said("overview.shares_small", n=of(newest, "individuals"), before=of(before, "individuals"))
    pct = of(newest, "direct_individuals_pct")
    if before is None:
        return said("overview.shares_one", pct=pct)
    now, then = (half_up(row["direct_individuals_pct"], 1) for row in (newest, before))
    change = half_up(now - then, 1)
    key = "up" if change > 0 else "down" if change < 0 else "same"
    if key == "same":
        return said("overview.shares_same", pct=pct)
    return said(f"overview.shares_{key}", pct=pct, diff=number(abs(change)))


def coverage_chart(site: Site, programme: Programme, most: int = 6) -> Chart:
    """Dots of the steps that are due, the least covered first."""
    rows = due_steps(site, programme)
    id_, link = f"phu-{slug(programme.id)}", programme.page("coverage")
    heads = [text("coverage.work"), text("coverage.done"), text("coverage.pct")]
    if not rows:
        return Chart(id_, text("overview.coverage"), "", heads, [], None, text("overview.coverage_none"))
    worst = rows[0]
    title = (
        text("overview.coverage_all")
        if worst["coverage_pct"] >= 100
        else said(
            "overview.coverage_worst",
            label=worst["label"],
            done=figure(worst, STEPS, ["cell_id"], "units_covered"),
            all=figure(worst, STEPS, ["cell_id"], "units_expected"),
        )
    )
    marks = [
        Mark(
            row["label"],
            row["coverage_pct"],
            shown(row, "units_covered/units_expected"),
            f"{link}#o-{slug(row['cell_id'])}",
        )
        for row in rows[:most]
    ]
    unit = text("overview.coverage_unit")
    if any(row["rests_on_usual"] for row in rows):
        unit = f"{unit}; {text('coverage.usual')}"
    return Chart(
        id_,
        title,
        unit,
        heads,
        [[row["label"], *(shown(row, column) for column in STEP_COLUMNS)] for row in rows],
        **both(dots, marks),
        picture=True,
        origin=Origin(STEPS, STEP_COLUMNS, "cell_id"),
        row_keys=[row["cell_id"] for row in rows],
    )
