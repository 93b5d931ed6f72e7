"""What is written on a unit's own file: which cell, how urgent, which words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pipelines.reports.finding import Finding
from pipelines.sentences import named, text
from pipelines.sentences.words import lowered, raised
from pipelines.text.dates_vi import format_date
from pipelines.text.row_runs import cells_in

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
FILL = {"blocking": "F9D9E4", "warning": "FBE7C6", "information": "DCEBFA"}
LINE = {"blocking": "A3184F", "warning": "8A5000", "information": "0B5394"}
BORDER = {"blocking": "thick", "warning": "medium", "information": "dashed"}
"""EXPERIENCE §3, §4: colour, and for grey prints a border of its own kind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding as it is written on the file."""

    severity: str
    sheet: str | None
    cell: str | None
    """A1 address, or the place in a Word file; None where there is none."""
    who: str
    what: str
    how: str
    level: str
    until: str
    citation: str

    @property
    def comment(self) -> str:
        """The comment at the cell."""
        parts = [f"{self.level.upper()}. {self.what}."]
        if self.how and self.how.casefold() != self.what.casefold():
            parts.append(text("mark.how", how=self.how))
        if self.until:
            parts.append(text("mark.until", day=self.until))
        if self.citation:
            parts.append(text("mark.citation", citation=self.citation.rstrip(".")))
        return " ".join(parts)


def marks_of(finding: Finding) -> list[Mark]:
    """A finding as marks: one for each of its cells, or one without a cell."""
    days = sorted({one.deadline.last_day for one in finding.each if one.deadline})
    mark = partial(
        Mark,
        severity=finding.severity,
        sheet=finding.source_sheet,
        who=finding.subject,
        what=raised(finding.fact),
        how=lowered(finding.fix),
        level=named("severity", finding.severity) or finding.severity,
        until=", ".join(map(format_date, days)),
        citation=finding.citation or "",
    )
    cells: list[str | None] = [*cells_in(finding.source_cell)] if finding.source_cell else [None]
    return [mark(cell=cell) for cell in cells]


def marks_of_row(row: Mapping[str, Any]) -> list[Mark]:
    """Marks of a finding of ``quality.finding_nights``, before a night has given it a status and a day."""
    cells: list[str | None] = [*cells_in(row["source_cell"])] if row["source_cell"] else [None]
    return [
        Mark(
            severity=row["severity"],
            sheet=row["source_sheet"],
            cell=cell,
            who=row["subject_vi"],
            what=raised(row["fact_vi"]),
            how=lowered(row["fix_vi"] or ""),
            level=named("severity", row["severity"]) or row["severity"],
            until="",
            citation=row["citation"] or "",
        )
        for cell in cells
    ]


class CannotMark(Exception):
    """The file cannot be given back with marks (locked, signed, damaged, no table); the letter is enough."""
