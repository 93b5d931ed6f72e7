"""The workbook of findings for Ban TĐKT: first what it is, then one sheet per programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reference.models.base import SEVERITIES
from pipelines.reports import sheets
from pipelines.reports.finding import Finding
from pipelines.reports.phrases import file_name
from pipelines.reports.published import Published
from pipelines.reports.rows import Cells, Rows, packed
from pipelines.reports.sheets import Value
from pipelines.reports.steps_sheet import steps_rows, steps_sheet
from pipelines.sentences import listed, named, text
from pipelines.sentences.words import raised
from pipelines.text.collation import in_order
from pipelines.text.dates_vi import format_date

WIDTHS = [18, 17, 30, 30, 10, 10, 12, 7, 15, 10, 7, 23, 12, 14, 30]
_SEVERITY_COLUMN = 5
_CODES = (14, 15)
"""Columns of codes: for searching, not for paper."""
_FIRST_WIDTHS = [34] + [12] * 7


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is said of one programme; its rows may stand in several workbooks."""

    name: str
    counts: list[int]
    """All to be dealt with, those of each severity, steps, fixed, waived."""
    rows: Rows
    printed: int
    """Rows on paper: steps are on a sheet of their own."""
    steps: Rows | None
    names_usual: bool
    """Some unit in it stands in the usual list only."""


class FindingsWorkbooks:
    """The workbook of all programmes, and those of each: what is said of one is put into words once."""

    def __init__(self, published: Published) -> None:
        """Of one night."""
        self._published, self._looks = published, sheets.Looks(Workbook())
        codes = {finding.unit_code for finding in published.findings}
        self._units = {code: _unit(published, code) for code in codes}
        self._order = _order(published, codes)
        self._of = {one: self._listing(name, published.of(one)) for one, name in published.programmes.items()}
        unknown = [f for f in published.findings if f.programme_id not in published.programmes]
        name = text("workbook.unknown_programme")
        self._unknown = [self._listing(name, unknown)] if unknown else []

    def write(self, path: Path, programme_id: str | None = None) -> None:
        """Write the workbook of a programme, or of all.

        Args:
            path: where to.
            programme_id: the programme; all of the night by default.
        """
        chosen = (
            [self._of[programme_id]]
            if programme_id
            else [*(self._of[one] for one in sorted(self._of)), *self._unknown]
        )
        book = Workbook()
        first: Worksheet = book.active  # type: ignore[assignment]
        first.title = text("workbook.first_sheet")
        looks, rows = sheets.Looks(book), {}
        _read_first(first, self._published, chosen, looks)
        for listing in chosen:
            sheet = book.create_sheet(sheets.sheet_title(listing.name, book.sheetnames))
            _programme_sheet(sheet, listing)
            rows[sheet.title] = listing.rows
            if listing.steps:
                title = sheets.sheet_title(text("workbook.steps_sheet", name=listing.name), book.sheetnames)
                steps_sheet(book.create_sheet(title))
                rows[title] = listing.steps
        book.properties.creator = text("author")
        book.properties.title = text("workbook.title", date=format_date(self._published.as_of))
        path.write_bytes(packed(book, rows))

    def _listing(self, name: str, found: list[Finding]) -> _Listing:
        """Present and waived findings and those fixed tonight; to be dealt with first, bắt buộc first.

        Steps come last: on paper they are on a sheet of their own.
        """
        as_of = self._published.as_of
        findings = sorted((f for f in found if f.status != "fixed" or f.fixed_on == as_of), key=self._order)
        rows = Rows(WIDTHS, self._looks, _CODES)
        units = {code: rows.cell(1, self._units[code]) for code in {f.unit_code for f in findings}}
        known: dict[object, Cells] = {}  # of steps, whole rows are alike but for the unit and the number
        for finding in findings:
            said = _said(finding)
            if said not in known:
                fills = {_SEVERITY_COLUMN: sheets.SEVERITY_FILL[finding.severity]} if finding.present else {}
                known[said] = rows.cells(2, _values(finding, as_of), fills)
            number = rows.cell(len(WIDTHS), finding.finding_id)
            rows.put(units[finding.unit_code], known[said], number)
        steps = [finding for finding in findings if finding.is_step]
        return _Listing(
            name,
            _counts(findings),
            rows,
            len(findings) - len(steps),
            steps_rows(steps, lambda step: self._units[step.unit_code], self._looks) if steps else None,
            any(finding.unit_code in self._published.usual for finding in findings),
        )


_said = attrgetter(
    "subject", "fact", "fix", "severity", "status", "is_step", "deadline", "first_seen_on", "source_file",
    "source_sheet", "source_cell", "citation", "rule_id",
)  # fmt: skip
"""All that ``_values`` tells."""


def _order(published: Published, codes: Iterable[str | None]) -> Callable[[Finding], tuple[Any, ...]]:
    """What findings are sorted by; names are compared once, not with every finding."""
    units = {code: published.unit_name(code) for code in codes}
    place = in_order([*units.values(), *(finding.recipient_name or "" for finding in published.findings)])
    unit_place = {code: place[name] for code, name in units.items()}

    def key(f: Finding) -> tuple[Any, ...]:
        whom = unit_place[f.unit_code], place[f.recipient_name or ""]
        return f.is_step, not f.present, f.urgency, *whom, f.source_row or 0, f.finding_id

    return key


def _counts(findings: list[Finding]) -> list[int]:
    told = Counter((f.is_step, f.severity) for f in findings if f.present)
    states = Counter(finding.status for finding in findings)
    steps = sum(number for (is_step, _), number in told.items() if is_step)
    by_severity = (told[False, severity] for severity in SEVERITIES)
    return [told.total(), *by_severity, steps, states["fixed"], states["waived"]]


def _programme_sheet(sheet: Worksheet, listing: _Listing) -> None:
    labels = listed("workbook.columns")
    sheets.header_row(sheet, labels, WIDTHS)
    if listing.rows.last > 1:
        sheet.auto_filter.ref = listing.rows.area
    else:
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(labels))
        sheets.put(sheet.cell(2, 1), text("workbook.nothing"))
        sheet.cell(2, 1).font = Font(name=sheets.FONT, size=11, color=sheets.INK)
    sheet.freeze_panes = "C2"
    sheet.print_area = f"A1:{get_column_letter(_CODES[0] - 1)}{max(listing.printed + 1, 2)}"
    sheets.print_on_a4(sheet, landscape=True)


def _unit(published: Published, code: str | None) -> str:
    name = published.unit_name(code)
    return f"{name} {text('workbook.usual_mark')}" if code in published.usual else name


def _values(finding: Finding, as_of: date) -> list[Value]:
    """What stands between the unit and the number of the finding."""
    deadline = finding.deadline
    return [
        finding.subject,
        raised(finding.fact),
        raised(finding.fix),
        text("workbook.step") if finding.is_step else named("severity", finding.severity) or finding.severity,
        named("status", finding.status) or finding.status,
        deadline.last_day if deadline else None,
        (as_of - finding.first_seen_on).days,
        file_name(finding) or "",
        finding.source_sheet or "",
        finding.source_cell or "",
        finding.citation or "",
        finding.first_seen_on,
        finding.rule_id,
    ]


def _read_first(
    sheet: Worksheet, published: Published, listings: list[_Listing], looks: sheets.Looks
) -> None:
    day = format_date(published.as_of)
    lines: list[tuple[str, bool]] = [(text("workbook.title", date=day), True)]
    lines += [(sentence, False) for sentence in listed("workbook.intro")]
    row = _lines(sheet, 1, lines) + 1
    for column, label in enumerate(listed("workbook.count_columns"), start=1):
        cell = sheet.cell(row, column)
        sheets.put(cell, label)
        cell.font = Font(name=sheets.FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor=sheets.HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = sheets.BOX
    sheet.row_dimensions[row].height = 32
    for one in listings:
        row += 1
        values: list[Value] = [one.name, *one.counts]
        for column, value in enumerate(values, start=1):
            sheets.put(sheet.cell(row, column), value)
            looks.put_on(sheet.cell(row, column), value)
        sheet.row_dimensions[row].height = 20
    legend = [(text("workbook.words"), True)] + [(line, False) for line in listed("workbook.legend")]
    if any(one.names_usual for one in listings):
        legend.append((text("workbook.usual", mark=text("workbook.usual_mark")), False))
    legend.append((text("workbook.policies"), True))
    legend += [(sentence, False) for sentence in published.changed_readings] or [
        (text("workbook.policies_default"), False)
    ]
    legend.append((text("workbook.snapshot", date=day, run=published.run_id[:8]), False))
    _lines(sheet, row + 2, legend)
    for column, width in enumerate(_FIRST_WIDTHS):
        sheet.column_dimensions["ABCDEFGH"[column]].width = width
    sheets.print_on_a4(sheet, landscape=False)


def _lines(sheet: Worksheet, row: int, lines: list[tuple[str, bool]]) -> int:
    """Sentences over the whole width, one per row; the row after them."""
    for sentence, bold in lines:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=8)
        cell = sheet.cell(row, 1)
        sheets.put(cell, sentence)
        cell.font = Font(name=sheets.FONT, size=12 if bold else 10, bold=bold, color=sheets.INK)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 22 if bold else 16 * -(-len(sentence) // 118)
        row += 1
    return row
