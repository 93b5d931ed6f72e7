"""Bản tóm tắt: a sheet of A4 per programme: what to decide, five figures, the trend, the worst steps."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.facts import Facts, award_years, due_steps, facts_of
from dashboards.figures import headline, is_small
from dashboards.pages.overview import ALL, decisions
from dashboards.pages.page import Output, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.words import raised

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
        steps = due_steps(site, programme)
        context = {
            "programme": programme,
            "decisions": [words for words, _ in decisions(site, programme, facts)],
            "figures": [_figure(facts, *columns) for columns in FIGURES],
            "nights": _nights(site, programme),
            "years": _years(site, programme),
            "steps": [step for step in steps if step["coverage_pct"] < 100][:STEPS],
            "rests_on_usual": any(step["rests_on_usual"] for step in steps),
        }
        yield Page(programme.brief, "brief.html.j2", context)


def _figure(facts: Facts, pct: str, part: str, whole: str) -> dict[str, str]:
    """A figure in words: what it is, numerator over denominator, the share where there are enough."""
    row = facts.row
    total, name = row[whole], pct or part
    is_told = pct and not is_small(total)
    return {
        "name": name,
        "part": headline(row, part),
        "whole": headline(row, whole),
        "share": headline(row, pct) if is_told else "",
        "small": text("brief.small") if pct and total and not is_told else "",
        "words": text(f"brief.{name}", what=raised(facts.what)),
    }


def _nights(site: Site, programme: Programme) -> list[Row]:
    """The last nights, newest first; the first night alone is no trend."""
    rows = site.snapshot.rows(
        "SELECT * FROM rpt_findings_by_night WHERE programme_id = ? ORDER BY as_of DESC LIMIT ?",
        programme.id,
        NIGHTS,
    )
    return rows if len(rows) > 1 else []


def _years(site: Site, programme: Programme) -> list[Row]:
    """Awards and the share of direct workers by year, the newest last; of a few people no share."""
    years = [
        row
        for row in award_years(site, programme)
        if row["level"] == ALL and row["period"] != ALL and row["awards"]
    ]
    return [row | {"is_small": is_small(row["individuals"])} for row in years[-YEARS:]]
