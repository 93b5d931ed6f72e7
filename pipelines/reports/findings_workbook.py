"""The workbook of findings for Ban TĐKT: first what it is, then one sheet per programme."""

from __future__ import annotations

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
from pipelines.reports.sheets import Value
from pipelines.reports.steps_sheet import steps_sheet
from pipelines.sentences import listed, named, text
from pipelines.sentences.words import raised
from pipelines.text.collation import collation_key
from pipelines.text.dates_vi import format_date

WIDTHS = [18, 17, 30, 30, 10, 10, 12, 7, 15, 10, 7, 23, 12, 14, 30]
_SEVERITY_COLUMN = 5
_CODES = (14, 15)
"""Columns of codes: for searching, not for paper."""
_FIRST_WIDTHS = [34] + [12] * 7


def write_findings_workbook(
    path: Path,
    published: Published,
    programmes: list[str] | None = None,
) -> None:
    """Write the workbook.

    Args:
        path: where to.
        published: the night.
        programmes: only these programmes; all of the night by default.
    """
    chosen = sorted(published.programmes) if programmes is None else programmes
    book = Workbook()
    first: Worksheet = book.active  # type: ignore[assignment]
    first.title = text("workbook.first_sheet")
    listings = {published.programmes.get(one, one): _listed(published, published.of(one)) for one in chosen}
    if programmes is None:
        unknown = [f for f in published.findings if f.programme_id not in published.programmes]
        listings |= {text("workbook.unknown_programme"): _listed(published, unknown)} if unknown else {}
    _read_first(first, published, listings)
    for name, findings in listings.items():
        sheet = book.create_sheet(sheets.sheet_title(name, book.sheetnames))
        _programme_sheet(sheet, published, findings)
        if steps := [finding for finding in findings if finding.is_step]:
            title = sheets.sheet_title(text("workbook.steps_sheet", name=name), book.sheetnames)
            steps_sheet(book.create_sheet(title), steps, partial(_unit, published))
    book.properties.creator = text("author")
    book.properties.title = text("workbook.title", date=format_date(published.as_of))
    book.save(path)


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


def _programme_sheet(sheet: Worksheet, published: Published, findings: list[Finding]) -> None:
    labels = listed("workbook.columns")
    looks = sheets.Looks()
    sheets.header_row(sheet, labels, WIDTHS)
    for row, finding in enumerate(findings, start=2):
        fills = {_SEVERITY_COLUMN: sheets.SEVERITY_FILL[finding.severity]} if finding.present else {}
        sheets.data_row(sheet, row, _values(published, finding), WIDTHS, looks, fills, _CODES)
    if findings:
        sheet.auto_filter.ref = sheet.dimensions
    else:
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(labels))
        sheets.put(sheet.cell(2, 1), text("workbook.nothing"))
        sheet.cell(2, 1).font = Font(name=sheets.FONT, size=11, color=sheets.INK)
    sheet.freeze_panes = "C2"
    printed = sum(not finding.is_step for finding in findings)
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


def _read_first(sheet: Worksheet, published: Published, listings: dict[str, list[Finding]]) -> None:
    date = format_date(published.as_of)
    lines: list[tuple[str, bool]] = [(text("workbook.title", date=date), True)]
    lines += [(sentence, False) for sentence in listed("workbook.intro")]
    row = _lines(sheet, 1, lines) + 1
    header, looks = listed("workbook.count_columns"), sheets.Looks()
    for column, label in enumerate(header, start=1):
        cell = sheet.cell(row, column)
        sheets.put(cell, label)
        cell.font = Font(name=sheets.FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor=sheets.HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = sheets.BOX
    sheet.row_dimensions[row].height = 32
    for name, findings in listings.items():
        row += 1
        present = [finding for finding in findings if finding.present]
        found = [finding for finding in present if not finding.is_step]
        counts = [sum(f.severity == severity for f in found) for severity in SEVERITIES]
        counts.append(len(present) - len(found))
        fixed = sum(finding.status == "fixed" for finding in findings)
        waived = sum(finding.status == "waived" for finding in findings)
        sheets.data_row(sheet, row, [name, len(present), *counts, fixed, waived], _FIRST_WIDTHS, looks)
    legend = [(text("workbook.words"), True)] + [(line, False) for line in listed("workbook.legend")]
    if any(finding.unit_code in published.usual for findings in listings.values() for finding in findings):
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
