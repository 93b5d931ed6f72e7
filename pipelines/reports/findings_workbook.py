"""The workbook of findings for Ban TĐKT: first what it is, then one sheet per programme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reference.models.base import SEVERITIES
from pipelines.reports import sheets
from pipelines.reports.finding import Finding
from pipelines.reports.phrases import file_name
from pipelines.reports.published import Published
from pipelines.reports.rows import Rows, packed
from pipelines.reports.sheets import Value
from pipelines.reports.steps_sheet import steps_rows, steps_sheet
from pipelines.sentences import listed, named, text
from pipelines.sentences.words import raised
from pipelines.text.collation import collation_key
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
    findings: list[Finding]
    rows: Rows
    steps: Rows | None


class FindingsWorkbooks:
    """The workbook of all programmes, and those of each: what is said of one is put into words once."""

    def __init__(self, published: Published) -> None:
        """Of one night."""
        self._published, self._looks = published, sheets.Looks(Workbook())
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
        findings = _listed(self._published, found)
        rows = Rows(WIDTHS, self._looks, _CODES)
        for finding in findings:
            fills = {_SEVERITY_COLUMN: sheets.SEVERITY_FILL[finding.severity]} if finding.present else {}
            rows.add(_values(self._published, finding), fills)
        steps = [finding for finding in findings if finding.is_step]
        unit = partial(_unit, self._published)
        return _Listing(name, findings, rows, steps_rows(steps, unit, self._looks) if steps else None)


def _listed(published: Published, findings: list[Finding]) -> list[Finding]:
    """Present and waived findings and those fixed tonight; to be dealt with first, bắt buộc first.

    Steps come last: on paper they are on a sheet of their own.
    """
    shown = [
        finding for finding in findings if finding.status != "fixed" or finding.fixed_on == published.as_of
    ]
    return sorted(
        shown,
        key=lambda f: (
            f.is_step,
            not f.present,
            f.urgency,
            collation_key(published.unit_name(f.unit_code)),
            collation_key(f.recipient_name or ""),
            f.source_row or 0,
            f.finding_id,
        ),
    )


def _programme_sheet(sheet: Worksheet, listing: _Listing) -> None:
    labels = listed("workbook.columns")
    sheets.header_row(sheet, labels, WIDTHS)
    if listing.findings:
        sheet.auto_filter.ref = listing.rows.area
    else:
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(labels))
        sheets.put(sheet.cell(2, 1), text("workbook.nothing"))
        sheet.cell(2, 1).font = Font(name=sheets.FONT, size=11, color=sheets.INK)
    sheet.freeze_panes = "C2"
    printed = sum(not finding.is_step for finding in listing.findings)
    sheet.print_area = f"A1:{get_column_letter(_CODES[0] - 1)}{max(printed + 1, 2)}"
    sheets.print_on_a4(sheet, landscape=True)


def _unit(published: Published, finding: Finding) -> str:
    name = published.unit_name(finding.unit_code)
    return f"{name} {text('workbook.usual_mark')}" if finding.unit_code in published.usual else name


def _values(published: Published, finding: Finding) -> list[Value]:
    deadline = finding.deadline
    return [
        _unit(published, finding),
        finding.subject,
        raised(finding.fact),
        raised(finding.fix),
        text("workbook.step") if finding.is_step else named("severity", finding.severity) or finding.severity,
        named("status", finding.status) or finding.status,
        deadline.last_day if deadline else None,
        (published.as_of - finding.first_seen_on).days,
        file_name(finding) or "",
        finding.source_sheet or "",
        finding.source_cell or "",
        finding.citation or "",
        finding.first_seen_on,
        finding.rule_id,
        finding.finding_id,
    ]


def _read_first(
    sheet: Worksheet, published: Published, listings: list[_Listing], looks: sheets.Looks
) -> None:
    date = format_date(published.as_of)
    lines: list[tuple[str, bool]] = [(text("workbook.title", date=date), True)]
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
    for name, findings in ((one.name, one.findings) for one in listings):
        row += 1
        present = [finding for finding in findings if finding.present]
        found = [finding for finding in present if not finding.is_step]
        counts = [sum(f.severity == severity for f in found) for severity in SEVERITIES]
        counts.append(len(present) - len(found))
        fixed = sum(finding.status == "fixed" for finding in findings)
        waived = sum(finding.status == "waived" for finding in findings)
        values: list[Value] = [name, len(present), *counts, fixed, waived]
        for column, value in enumerate(values, start=1):
            sheets.put(sheet.cell(row, column), value)
            looks.put_on(sheet.cell(row, column), value)
        sheet.row_dimensions[row].height = 20
    legend = [(text("workbook.words"), True)] + [(line, False) for line in listed("workbook.legend")]
    if any(finding.unit_code in published.usual for one in listings for finding in one.findings):
        legend.append((text("workbook.usual", mark=text("workbook.usual_mark")), False))
    legend.append((text("workbook.policies"), True))
    legend += [(sentence, False) for sentence in published.changed_readings] or [
        (text("workbook.policies_default"), False)
    ]
    legend.append((text("workbook.snapshot", date=date, run=published.run_id[:8]), False))
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
