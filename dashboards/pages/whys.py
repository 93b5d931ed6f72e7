"""Vì sao: why each finding of a unit is one, in the words of ``thidua why``; the unit's page links to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboards.formats import number
from dashboards.pages.page import Page
from dashboards.site import Programme, Site, Unit
from dashboards.snapshot import Row
from pipelines.sentences import text

MOST = 50
"""Findings shown of a unit."""
AT_ONCE = 200
"""Units whose verdicts are read with one question."""


def pages(
    site: Site, programme: Programme, units: Sequence[Unit], findings: Mapping[str, Sequence[Row]]
) -> Iterator[Page]:
    """A page for each unit that has findings and whose pages are made anew."""
    stale = [unit for unit in units if unit.code in site.stale and findings.get(unit.code)]
    for first in range(0, len(stale), AT_ONCE):
        some = stale[first : first + AT_ONCE]
        shown = {unit.code: findings[unit.code][:MOST] for unit in some}
        told = site.snapshot.why(row["finding_id"] for rows in shown.values() for row in rows)
        for unit in some:
            mine = [(row["finding_id"], told[row["finding_id"]].splitlines()) for row in shown[unit.code]]
            context = {
                "programme": programme,
                "unit": unit,
                "sentences": [text("why.lead", n=number(len(mine)))],
                "told": mine,
                "policies": [],
            }
            yield Page(unit.why_page, "why.html.j2", context)
