"""Vì sao: why each finding of a unit is one, in the words of ``thidua why``; the unit's page links to it.

What was found stands in the page; what was judged is packed, for it says nearly the same of many findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboards.formats import number
from dashboards.pages.page import Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text

MOST = 50
"""Findings shown of a unit."""


def pages(
    site: Site, programmes: Mapping[str, Programme], findings: Mapping[str, Sequence[Row]]
) -> Iterator[Page]:
    """A page for each unit that is made now and has findings."""
    shown = {code: rows[:MOST] for code in sorted(site.stale) if (rows := findings.get(code))}
    told = site.snapshot.why(row["finding_id"] for rows in shown.values() for row in rows)
    for code, rows in shown.items():
        unit = site.units[code]
        total = len(findings[code])
        mine = [(row["finding_id"], told[row["finding_id"]].splitlines()) for row in rows]
        context = {
            "programme": programmes[unit.programme_id],
            "unit": unit,
            "sentences": [
                text(
                    "why.lead" if len(mine) == total else "why.lead_first",
                    n=number(len(mine)),
                    of=number(total),
                )
            ],
            "told": mine,
            "reasons": [[id_, [_line(line) for line in lines[1:]]] for id_, lines in mine],
            "policies": [],
        }
        yield Page(unit.why_page, "why.html.j2", context)


def _line(line: str) -> tuple[int, str]:
    """How deep a line stands, and what it says."""
    return (len(line) - len(line.lstrip())) // 2, line.strip()
