"""Kiểm định: what was asserted tonight, what did not hold, why it matters and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dashboards.figures import figure, said
from dashboards.formats import slug
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import named, text
from pipelines.sentences.finding import general
from pipelines.sentences.words import raised

PATH = "kiem-dinh.html"
ALL = "all"
"""In ``rpt_check_suites``: every suite of a night."""
MOST = 50
"""Failing rows printed per check."""


def pages(site: Site) -> Iterator[Output]:
    """The one page."""
    checks = _checks(site)
    groups: dict[str, list[Row]] = defaultdict(list)
    for check in checks:
        groups[check["suite_vi"]].append(check)
    suites = {
        row["suite_vi"]: row
        for row in site.snapshot.rows("SELECT * FROM rpt_check_suites WHERE as_of = ?", site.as_of)
    }
    context = {
        "programme": site.programmes[0] if site.programmes else None,
        "sentences": _sentences(suites.get(ALL)),
        "groups": [(suites[suite], members) for suite, members in groups.items()],
        "policies": [],
    }
    yield Page(PATH, "checks.html.j2", context)


def _checks(site: Site) -> list[Row]:
    """Tonight's checks, the failing first in each suite, with their failing rows and past nights."""
    checks = site.snapshot.rows(
        """
        SELECT * FROM rpt_checks WHERE as_of = ?
        ORDER BY CASE stage WHEN 'reading' THEN 0 WHEN 'judging' THEN 1 ELSE 2 END, suite_vi,
                 passed, is_blocking DESC, check_id
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


def _sentences(night: Row | None) -> list[str]:
    if night is None:
        return [text("checks.none")]
    n, failed, blocking = (
        figure(night, "rpt_check_suites", ["as_of", "suite_vi"], column)
        for column in ("checks", "failed", "blocking")
    )
    if not night["failed"]:
        return [said("checks.lead_clean", n=n, blocking=blocking)]
    return [said("checks.lead", n=n, failed=failed, blocking=blocking), text("checks.lead_gate")]
