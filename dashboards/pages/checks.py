"""Kiểm định: what was asserted tonight, what did not hold, why it matters and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dashboards.formats import number, slug
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import named, text
from pipelines.sentences.finding import general
from pipelines.sentences.words import raised

PATH = "kiem-dinh.html"
MOST = 50
"""Failing rows printed per check."""


def pages(site: Site) -> Iterator[Output]:
    """The one page."""
    checks = _checks(site)
    groups: dict[str, list[Row]] = defaultdict(list)
    for check in checks:
        groups[check["suite_vi"]].append(check)
    context = {
        "programme": site.programmes[0] if site.programmes else None,
        "sentences": _sentences(checks),
        "groups": dict(groups),
        "policies": [],
    }
    yield Page(PATH, "checks.html.j2", context)


def _checks(site: Site) -> list[Row]:
    """Tonight's checks, the failing first in each suite, with their failing rows and past nights."""
    checks = site.snapshot.rows(
        """
        SELECT c.*, h.nights, h.failed_nights FROM rpt_checks AS c
        JOIN (SELECT check_id, count(*) AS nights, count(*) FILTER (NOT passed) AS failed_nights
              FROM rpt_checks GROUP BY check_id) AS h USING (check_id)
        WHERE c.as_of = ?
        ORDER BY CASE c.stage WHEN 'reading' THEN 0 WHEN 'judging' THEN 1 ELSE 2 END, c.suite_vi,
                 c.passed, c.is_blocking DESC, c.check_id
        """,
        site.as_of,
    )
    pages_of = {programme.id: programme.page("quality") for programme in site.programmes}
    failing: dict[str, list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(
        """
        SELECT f.check_id, f.key, f.told_vi, r.programme_id, coalesce(r.short_vi, r.message_vi) AS words
        FROM rpt_check_failures AS f LEFT JOIN dim_rules AS r ON r.rule_id = f.key
        WHERE f.as_of = ? ORDER BY f.check_id, f.key
        """,
        site.as_of,
    ):
        page = pages_of.get(row["programme_id"] or "")
        row["words"] = raised(general(row["words"] or "").removesuffix("."))
        row["link"] = f"{page}#ds={row['key']}" if page else ""
        failing[row["check_id"]].append(row)
    for check in checks:
        found = failing[check["check_id"]]
        check["failing"], check["more"] = found[:MOST], max(0, len(found) - MOST)
        check["anchor"] = slug(check["check_id"])
        check["form_label"] = _label(check["check_id"])
    return checks


def _label(suite: str) -> str:
    """What verdicts of a suite are about, with its code: several programmes have a «mẫu 01»."""
    known = named("checks.suites", suite) or named("form_names", suite)
    return text("checks.suite", words=known, code=suite) if known else suite


def _sentences(checks: list[Row]) -> list[str]:
    if not checks:
        return [text("checks.none")]
    failed = [check for check in checks if not check["passed"]]
    blocking = sum(check["is_blocking"] for check in checks)
    if not failed:
        return [text("checks.lead_clean", n=number(len(checks)), blocking=number(blocking))]
    return [
        text("checks.lead", n=number(len(checks)), failed=number(len(failed)), blocking=number(blocking)),
        text("checks.lead_gate"),
    ]
