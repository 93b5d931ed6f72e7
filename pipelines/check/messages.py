"""One cause, one message: the findings of a file put together as a clerk mends them.

What is said of one value in one cell has one cause; findings that are mended alike say it once. One rule
broken in several cells of a column is told once, with all its cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.reference.models.base import SEVERITIES
from pipelines.reports.years import fact_of, rows_once
from pipelines.sentences import text
from pipelines.sentences.finding import dossier, statement
from pipelines.sentences.words import count
from pipelines.text.row_runs import BETWEEN, cells_in, told_cells

SHOWN = 5
"""So many cases of one message are told in words; of the others only their cells."""

Finding = dict[str, Any]
"""A row of ``quality.finding_nights``."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is said of one value of one cell; the weightiest first."""

    findings: tuple[Finding, ...]
    """Those told first; of several that are mended alike the first says it for all."""
    others: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding whose place the case has."""
        return self.findings[0]

    @property
    def subject(self) -> str:
        """Whom it is about: a nominee rather than the dossier."""
        subjects = [str(each["subject_vi"]) for each in self.findings]
        return next((subject for subject in subjects if subject != dossier()), subjects[0])

    @property
    def fact(self) -> str:
        """All that is wrong there."""
        return "; ".join(dict.fromkeys(each["fact_vi"] for each in self.findings))

    @property
    def fixes(self) -> tuple[str, ...]:
        """What to do about it."""
        return tuple(dict.fromkeys(each["fix_vi"] for each in self.findings if each["fix_vi"]))


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a cause and all the cells it shows in."""

    cases: tuple[Case, ...]

    @property
    def severity(self) -> str:
        """The weight of all its findings."""
        return str(self.cases[0].first["severity"])

    @property
    def fixes(self) -> tuple[str, ...]:
        """What to do about it; the same for every case."""
        return self.cases[0].fixes

    @property
    def bases(self) -> list[tuple[str, str]]:
        """Citation and rule of every finding, each once."""
        found = (each for case in self.cases for each in (*case.findings, *case.others))
        return list(dict.fromkeys((each["citation"] or "", each["rule_id"]) for each in found))

    @property
    def lines(self) -> list[str]:
        """The message itself: one sentence with the names, or a line for each of several facts."""
        facts = dict.fromkeys(case.fact for case in self.cases)
        if len(facts) == 1:
            return [statement(_names(self.cases), *facts)]
        together = rows_once(each for case in self.cases for each in case.findings)
        if len(together) == 1:
            return [statement(_names(self.cases), fact_of(together[0]))]
        shown = [
            text(
                "check.case",
                message=statement(case.subject, case.fact),
                where=case.first["source_cell"] or where([case.first]),
            )
            for case in self.cases[:SHOWN]
        ]
        rest = len(self.cases) - SHOWN
        more = [text("check.more_cases", n=rest)] if rest > 0 else []
        return [text("check.cases", n=count(len(self.cases))), *shown, *more]


def messages(findings: Iterable[Finding]) -> list[Message]:
    """The messages of a file, the weightiest first.

    Args:
        findings: rows of ``quality.finding_nights``, in the order of the file.
    """
    cells: dict[tuple[object, ...], list[Finding]] = {}
    for row in sorted(findings, key=lambda row: SEVERITIES.index(row["severity"])):
        cell = row["source_cell"] or row["finding_id"]
        cells.setdefault((row["source_sheet"], cell, row["field"]), []).append(row)
    columns: dict[tuple[object, ...], list[Case]] = {}
    for rows in cells.values():
        case = _case(rows)
        rules = tuple(each["rule_id"] for each in rows)
        key = (case.first["severity"], case.first["source_sheet"], case.first["field"], rules, case.fixes)
        columns.setdefault(key, []).append(case)
    return [Message(tuple(cases)) for cases in columns.values()]


def _case(rows: list[Finding]) -> Case:
    told: dict[str, Finding] = {}
    for row in rows:
        told.setdefault(row["fix_vi"] or row["finding_id"], row)
    return Case(tuple(told.values()), tuple(row for row in rows if row not in told.values()))


def _names(cases: tuple[Case, ...]) -> str:
    """Whom one sentence is about; among others a row without a name is named by its number."""
    if len(cases) == 1:
        return cases[0].subject
    names = list(
        dict.fromkeys(
            text("check.row", row=case.first["source_row"])
            if case.subject == dossier() and case.first["source_row"]
            else case.subject
            for case in cases
        )
    )
    if len(names) <= SHOWN:
        return "; ".join(names)
    return text("check.more_names", names="; ".join(names[:SHOWN]), n=len(names) - SHOWN)


def where(findings: Iterable[Finding]) -> str:
    """Sheet and cells of findings of one sheet; cells that follow each other as a range."""
    rows = list(findings)
    sheet = rows[0]["source_sheet"]
    cells = dict.fromkeys(cell for row in rows if row["source_cell"] for cell in cells_in(row["source_cell"]))
    if not cells:
        return text("check.sheet", sheet=sheet) if sheet else text("check.file")
    told = told_cells(cells)
    if " " in next(iter(cells)):  # of a Word or PDF file: told in words already
        return BETWEEN.join(filter(None, (sheet, told)))
    key = "check.sheet_cell" if sheet else "check.cell"
    return text(key, sheet=sheet, cell=told.replace(BETWEEN, ", "))
