"""What a unit still has to do, as its page lists it: what is said of many names is said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboards.formats import day, in_folder, place
from dashboards.pages import whys
from dashboards.site import Site, Unit
from dashboards.snapshot import Row
from pipelines.reports.steps import step_words, together
from pipelines.sentences import text
from pipelines.sentences.finding import dossier, grouped
from pipelines.sentences.words import raised

MOST, MOST_BLOCKING = 50, 300
"""Lines shown; of what blocks, all but the unheard-of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, with everyone it is to be done for."""

    severity: str
    fact: str
    fix: str
    citation: str
    names: tuple[tuple[str, str], ...]
    """Whom, and where in which file, since when; the dossier itself has no name."""
    why: str
    """The first finding whose reasons are told on the page «Vì sao»; empty for none."""


@dataclass(frozen=True, slots=True)
class Todo:
    """The list of a unit."""

    lines: tuple[Line, ...]
    left_out: int
    """Findings beyond the lines."""
    steps: tuple[Row, ...]
    """Steps that are due and no finding asks for."""

    @property
    def things(self) -> tuple[Line | Row, ...]:
        """All of the list, in its order."""
        return (*self.lines, *self.steps)


def todo(site: Site, unit: Unit, findings: list[Row], steps: list[Row]) -> Todo:
    """The list of a unit.

    Args:
        site: gives words.
        unit: whose list it is.
        findings: its open findings, what blocks first.
        steps: its rows of ``rpt_steps_left``; those a finding asks for are left to the finding.
    """
    groups = grouped((row["finding_id"], _said(row), row) for row in findings)
    blocking = sum(group.said[0] == "blocking" for group in groups)
    most = max(MOST, min(blocking, MOST_BLOCKING))
    explained = {row["finding_id"] for row in findings[: whys.MOST]}
    lines = tuple(
        Line(
            *group.said,
            names=tuple(_name(unit, row) for row in group.items),
            why=next((id_ for id_ in group.subjects if id_ in explained), ""),
        )
        for group in groups[:most]
    )
    left_out = sum(len(group.items) for group in groups[most:])
    own = tuple(_step(site, row) for row in together(row for row in steps if not row["is_told"]))
    return Todo(lines, left_out, own)


def _said(row: Row) -> tuple[str, str, str, str]:
    return row["severity"], row["fact_vi"], row["fix_vi"] or "", row["citation"] or ""


def _name(unit: Unit, row: Row) -> tuple[str, str]:
    who = "" if row["subject_vi"] == dossier() else row["subject_vi"]
    file = in_folder(row["source_file"], unit.programme_id, unit.code)
    spot = place(row["source_sheet"], row["source_row"], row["source_cell"])
    since = text("todo.since", date=day(row["first_seen_on"]))
    return who, ", ".join(part for part in (file, spot, since) if part)


def _step(site: Site, row: Row) -> dict[str, Any]:
    """A step in words, with its day and where that day stands."""
    until = text("todo.until", date=day(row["last_day"])) if row["last_day"] else text("todo.no_day")
    return {
        "cell_id": row["cell_id"],
        "status": row["status"],
        "words": raised(step_words(row)),
        "until": until,
        "citation": row["citation"],
    }
