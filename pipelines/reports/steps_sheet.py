"""Steps that are due as they are printed: what many units lack alike is one row with all their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reports.finding import Finding
from pipelines.reports.rows import Rows
from pipelines.reports.sheets import Looks, header_row, print_on_a4
from pipelines.reports.years import told_once
from pipelines.sentences import listed
from pipelines.sentences.finding import grouped
from pipelines.sentences.words import raised
from pipelines.text.dates_vi import format_date

WIDTHS = [52, 16, 9, 92]
NAMES = 60
"""Units of one row; a row of more would be cut on paper."""


def steps_rows(steps: Iterable[Finding], unit: Callable[[Finding], str], looks: Looks) -> Rows:
    """The rows of the sheet: what is first due first, then as in the plan.

    Args:
        steps: due and not whole, in the order of units and the plan.
        unit: how a unit is named.
        looks: of any workbook.
    """
    groups = grouped((unit(one), (raised(one.fact), _days(one)), one) for one in told_once(steps))
    rows = Rows(WIDTHS, looks)
    for group in sorted(groups, key=lambda group: group.said[1] or (date.max,)):
        what, days = group.said
        until = "\n".join(map(format_date, days))
        for at in range(0, len(group.subjects), NAMES):
            names = group.subjects[at : at + NAMES]
            rows.add([what, until, len(names), "; ".join(names)])
    return rows


def steps_sheet(sheet: Worksheet) -> None:
    """Lay out the sheet for its rows."""
    header_row(sheet, listed("workbook.steps_columns"), WIDTHS)
    sheet.freeze_panes = "A2"
    print_on_a4(sheet, landscape=True)


def _days(step: Finding) -> tuple[date, ...]:
    return tuple(sorted({one.deadline.last_day for one in step.each if one.deadline}))
