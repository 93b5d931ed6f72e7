"""Bản tóm tắt: a sheet of A4 per programme: what to decide, five figures, the trend, the worst steps."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.facts import award_years, due_steps, facts_of, headline_row
from dashboards.figures import is_small
from dashboards.formats import number, percent, share
from dashboards.pages.overview import decisions
from dashboards.pages.page import Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text

NIGHTS, YEARS, STEPS = 5, 5, 5
FIGURES = (
    ("complete_nominations_pct", "nominations-incomplete_nominations", "nominations"),
    ("steps_covered_pct", "steps_covered", "steps_due"),
    ("direct_individuals_pct", "direct_individuals", "individuals"),
    ("", "units_silent", "units_expected"),
    ("", "blocking_findings", "open_findings"),
)
"""Share, numerator and denominator: columns of ``rpt_headlines``; ``a-b`` is a difference."""


def pages(site: Site) -> Iterator[Output]:
    """One sheet for each programme that sent anything."""
    for programme in site.programmes:
        facts = facts_of(site, programme)
        if not facts.has_data:
            continue
        row = headline_row(site, programme)
        steps = due_steps(site, programme)
        context = {
            "programme": programme,
            "decisions": [words for words, _ in decisions(site, programme, facts)],
            "figures": [_figure(row, *columns) for columns in FIGURES],
            "row": row,
            "nights": _nights(site, programme),
            "years": _years(site, programme),
            "steps": [step for step in steps if step["coverage_pct"] < 100][:STEPS],
            "rests_on_usual": any(step["rests_on_usual"] for step in steps),
        }
        yield Page(programme.brief, "brief.html.j2", context)


def _figure(row: Row, pct: str, part: str, whole: str) -> dict[str, str]:
    """A figure in words: what it is, numerator over denominator, the share where there are enough."""
    first, _, less = part.partition("-")
    counted = row[first] - (row[less] if less else 0)
    total = row[whole]
    name = pct or first
    said = percent(row[pct]) if pct and not is_small(total) else ""
    return {
        "name": name,
        "part": number(counted),
        "whole": number(total),
        "share": said,
        "small": text("brief.small") if pct and total and is_small(total) else "",
        "words": text(f"brief.{name}"),
    }


def _nights(site: Site, programme: Programme) -> list[Row]:
    """The last nights, newest first; the first night alone is no trend."""
    rows = site.snapshot.rows(
        "SELECT * FROM rpt_findings_by_night WHERE programme_id = ? ORDER BY as_of DESC LIMIT ?",
        programme.id,
        NIGHTS,
    )
    return rows if len(rows) > 1 else []


def _years(site: Site, programme: Programme) -> list[dict[str, str]]:
    """Awards and the share of direct workers by year, the newest last; of a few people no share."""
    sums: dict[int, list[int]] = {}
    for row in award_years(site, programme):
        one = sums.setdefault(row["award_year"], [0, 0, 0])
        for place, name in enumerate(("total", "individuals", "direct")):
            one[place] += row[name]
    out = []
    for year, (total, individuals, direct) in sorted(sums.items())[-YEARS:]:
        pct = percent(share(direct, individuals)) if individuals and not is_small(individuals) else ""
        out.append(
            {
                "year": str(year),
                "total": number(total),
                "direct": f"{number(direct)}/{number(individuals)}",
                "pct": pct or text("brief.small"),
            }
        )
    return out
