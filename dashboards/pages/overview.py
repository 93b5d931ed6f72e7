"""Tổng quan: what stands out in a programme and what needs a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from dashboards.charts.base import Chart
from dashboards.charts.columns import columns
from dashboards.charts.rows import Mark, both, dots
from dashboards.charts.shares import YearShares, shares
from dashboards.confirmed import confirmed
from dashboards.facts import Facts, award_years, due_steps, facts_of, headline_row
from dashboards.figures import SMALL, is_small, share_or_counts
from dashboards.formats import day, listed, number, percent, share, slug
from dashboards.pages.page import Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.words import joined

LEVELS = ("nha_nuoc", "tinh_bo_nganh", "bo_nganh", "co_so")


def pages(site: Site) -> Iterator[Output]:
    """One overview per programme; the first page carries the others as cards."""
    facts = {programme.id: facts_of(site, programme) for programme in site.programmes}
    for programme in site.programmes:
        charts = _charts(site, programme, facts[programme.id])
        context = {
            "programme": programme,
            "facts": facts[programme.id],
            "sentences": sentences(site, programme, facts[programme.id]),
            "decisions": decisions(site, programme, facts[programme.id]),
            "brief": [str(PurePosixPath(programme.brief).with_suffix(".pdf")), programme.brief]
            if site.prints
            else [programme.brief],
            "headline_row": headline_row(site, programme),
            "levels": charts["levels"],
            "levels_note": why_levels_differ(facts[programme.id]),
            "shares": charts["shares"],
            "coverage": charts["coverage"],
            "silent": [site.units[code] for code in facts[programme.id].silent_units if code in site.units],
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
    if not facts.files:
        unread = text("overview.unread_only", n=number(facts.unread_files), programme=programme.short_name)
        return [unread, text("overview.empty_meaning")]
    out = [_completeness(facts)]
    if facts.individuals:
        out.append(_direct(facts))
    elif not facts.awards_in + facts.awards_outside:
        out.append(text("overview.no_awards"))
    out.append(_silence(site, facts))
    return [sentence for sentence in out if sentence]


def _direct(facts: Facts) -> str:
    """The share of direct workers with its counts; of a few people the counts alone."""
    counts = {"direct": number(facts.direct), "individuals": number(facts.individuals)}
    said = text(
        "overview.direct_small" if is_small(facts.individuals) else "overview.direct",
        pct=percent(facts.direct_pct),
        **counts,
    )
    if facts.unknown_individuals:
        return f"{said} {text('overview.unclear', n=number(facts.unknown_individuals))}"
    return said


def why_levels_differ(facts: Facts) -> str:
    """Why the levels do not add up to all awards; empty where they do."""
    total = facts.awards_in + facts.awards_outside
    rest = total - facts.awards_by_level
    if not rest:
        return ""
    unknown = rest - facts.awards_from_tables
    parts = [
        text(key, n=number(n))
        for key, n in (("overview.from_tables", facts.awards_from_tables), ("overview.unplaced", unknown))
        if n
    ]
    return text(
        "overview.levels_differ",
        total=number(total),
        levels=number(facts.awards_by_level),
        rest=joined(parts),
    )


def _completeness(facts: Facts) -> str:
    if not facts.nominations:
        return text("overview.no_nominations")
    if not facts.incomplete:
        key = "overview.all_complete" if facts.nominations > 1 else "overview.one_complete"
        return text(key, total=number(facts.nominations))
    key = "overview.incomplete_deadline" if facts.deadline else "overview.incomplete"
    return text(
        key, incomplete=number(facts.incomplete), total=number(facts.nominations), date=day(facts.deadline)
    )


def _silence(site: Site, facts: Facts) -> str:
    names = [site.unit_name(code) for code in facts.silent_units]
    if names:
        key = "overview.silent_one" if len(names) == 1 else "overview.silent"
        return text(key, n=number(len(names)), names=listed(names, 4, text("and_more", n="{n}")))
    return text("overview.no_decision") if facts.expected_units and not facts.incomplete else ""


def decisions(site: Site, programme: Programme, facts: Facts) -> list[tuple[str, str]]:
    """At most three things to decide, each with where to look."""
    out: list[tuple[str, str]] = []
    if facts.incomplete:
        key = "decision.incomplete_deadline" if facts.deadline else "decision.incomplete"
        words = text(key, n=number(facts.incomplete), date=day(facts.deadline))
        out.append((words, f"{programme.page('quality')}#de-nghi"))
    if facts.silent_units and facts.has_data:
        words = text("decision.silent", n=number(len(facts.silent_units)))
        out.append((words, f"{programme.page('overview')}#chua-gui"))
    if facts.waiting_long and not facts.first_night:
        words = text("decision.waiting_long", n=number(facts.waiting_long))
        out.append((words, f"{programme.page('quality')}#cho"))
    if facts.unread_files:
        out.append((text("decision.unread", n=number(facts.unread_files)), "cach-tinh.html#tep"))
    return out[:3]


def _charts(site: Site, programme: Programme, facts: Facts) -> dict[str, Any]:
    years = award_years(site, programme)
    return {
        "levels": tuple(_levels(site, programme, years)),
        "shares": _shares(programme, years),
        "coverage": coverage_chart(site, programme),
    }


def _levels(site: Site, programme: Programme, rows: list[Row]) -> Iterator[Chart]:
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        counts[row["level"]][row["award_year"]] = row["total"]
    years = _years(rows)
    wanted = [level for level in LEVELS if level in counts or level != "bo_nganh"]
    for level in [*wanted, *sorted(set(counts) - set(LEVELS))]:
        label = site.word("award_level", level)
        total = sum(counts[level].values())
        top = max(counts[level].values(), default=0)
        yield Chart(
            f"cap-{slug(level)}-{slug(programme.id)}",
            text("overview.level", level=label, total=number(total))
            if total
            else text("overview.level_empty", level=label),
            text("overview.awards_unit", top=number(top)) if total else "",
            [text("drill.year"), text("awards.total")],
            [[str(year), number(counts[level].get(year, 0))] for year in years] if total else [],
            columns(years, counts[level], programme.page("awards")) if total else None,
            text("overview.level_empty_why"),
            picture=bool(total),
        )


def _years(rows: list[Row]) -> list[int]:
    found = [row["award_year"] for row in rows]
    return list(range(min(found), max(found) + 1))[-8:] if found else []


def _shares(programme: Programme, rows: list[Row]) -> Chart:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        for place, name in enumerate(("individuals", "direct", "leaders", "unclear")):
            sums[row["award_year"]][place] += row[name]
    years = [
        YearShares(
            year,
            direct=share(s[1], s[0]) or 0.0,
            leaders=share(s[2], s[0]) or 0.0,
            unclear=share(s[3], s[0]) or 0.0,
            printed=(share_or_counts(s[1], s[0]), share_or_counts(s[2], s[0])),
        )
        for year, s in sorted(sums.items())
        if s[0]
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
    title = text("overview.shares_one", pct=percent(years[-1].direct))
    counted = [sums[year.year][0] for year in years[-2:]]
    if is_small(min(counted)):
        title = text("overview.shares_small", n=number(counted[-1]), before=number(counted[0]))
    elif len(years) > 1:
        change = round(years[-1].direct, 1) - round(years[-2].direct, 1)
        key = "up" if change > 0.05 else "down" if change < -0.05 else "same"
        title = text(
            f"overview.shares_{key}", pct=percent(years[-1].direct), diff=number(round(abs(change), 1))
        )
    return Chart(
        id_,
        f"{years[-1].year}: {title}",
        f"{text('overview.shares_unit', first=years[0].year, last=years[-1].year)} "
        f"{text('site.few', n=number(SMALL))}",
        columns_,
        [
            [
                str(y.year),
                number(sums[y.year][0]),
                *y.printed,
                share_or_counts(sums[y.year][3], sums[y.year][0]),
            ]
            for y in years
        ],
        shares(years, (text("overview.direct_word"), text("overview.leader_word")), programme.page("awards")),
        picture=True,
    )


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
        else text(
            "overview.coverage_worst",
            label=worst["label"],
            done=number(worst["units_covered"]),
            all=number(worst["units_expected"]),
        )
    )
    marks = [
        Mark(
            row["label"],
            row["coverage_pct"],
            f"{number(row['units_covered'])}/{number(row['units_expected'])}",
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
        [
            [
                row["label"],
                f"{number(row['units_covered'])}/{number(row['units_expected'])}",
                percent(row["coverage_pct"]),
            ]
            for row in rows
        ],
        **both(dots, marks),
        picture=True,
    )
