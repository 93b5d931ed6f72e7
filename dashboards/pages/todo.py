"""What a unit still has to do, as its page lists it: what is said of many names is said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboards.formats import day, in_folder, place
from dashboards.pages import whys
from dashboards.site import Site, Unit
from dashboards.snapshot import Row
from pipelines.reports.steps import step_words, words_of_years
from pipelines.reports.years import fact_of, rows_once
from pipelines.sentences import text
from pipelines.sentences.finding import alike, dossier, grouped, of_years
from pipelines.sentences.words import raised
from pipelines.text.dates_vi import format_date

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
    groups = grouped((rows[0]["finding_id"], _said(rows), rows) for rows in rows_once(findings))
    blocking = sum(group.said[0] == "blocking" for group in groups)
    most = max(MOST, min(blocking, MOST_BLOCKING))
    explained = {row["finding_id"] for row in findings[: whys.MOST]}
    lines = tuple(
        Line(
            *group.said,
            names=tuple(_name(unit, rows) for rows in group.items),
            why=next((id_ for id_ in group.subjects if id_ in explained), ""),
        )
        for group in groups[:most]
    )
    left_out = sum(len(rows) for group in groups[most:] for rows in group.items)
    untold = (row | {"of_years": words_of_years(row)} for row in steps if not row["is_told"])
    return Todo(lines, left_out, tuple(_step(rows) for rows in alike(untold, _step_but_for_the_year)))


def _said(rows: list[Row]) -> tuple[str, str, str, str]:
    first = rows[0]
    return first["severity"], fact_of(rows), first["fix_vi"] or "", first["citation"] or ""


def _name(unit: Unit, rows: list[Row]) -> tuple[str, str]:
    who = "" if rows[0]["subject_vi"] == dossier() else rows[0]["subject_vi"]
    where = []
    for row in rows:
        where.append(in_folder(row["source_file"], unit.programme_id, unit.code))
        where.append(place(row["source_sheet"], row["source_row"], row["source_cell"]))
    since = ", ".join(day(first) for first in sorted({row["first_seen_on"] for row in rows}))
    days = [format_date(last) for last in sorted({row["deadline"] for row in rows if row["deadline"]})]
    until = text("letter.own_deadline", last=", ".join(days)) if days else ""
    parts = (*dict.fromkeys(where), text("todo.since", date=since), until)
    return who, ", ".join(part for part in parts if part)


def _step_but_for_the_year(row: Row) -> object:
    return row["of_years"] and (row["of_years"], row["citation"])


def _step(rows: list[Row]) -> dict[str, Any]:
    """A step of one or several years in words, with its days."""
    first, days = rows[0], sorted({row["last_day"] for row in rows if row["last_day"]})
    words = (
        step_words(first) if len(rows) == 1 else of_years(first["of_years"], [row["year"] for row in rows])
    )
    return {
        "cell_id": first["cell_id"],
        "status": first["status"],
        "words": raised(words),
        "until": text("todo.until", date=", ".join(map(day, days))) if days else text("todo.no_day"),
        "citation": first["citation"],
    }
