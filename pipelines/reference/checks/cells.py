"""Checks of the cells and deadlines of coverage."""

from __future__ import annotations

from datetime import date

from pipelines.reference.checks.known import Names, cited, placeholders
from pipelines.reference.checks.rules import check_years
from pipelines.reference.models.coverage import Cell, DueDate, Expects
from pipelines.reference.reference import ProgrammeRules, Reference

_IN_NAMES = {"year", "letter"}
_IN_DEADLINES = {"ngay", "thang", "quy", "nam"}


def check_cells(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    """Everything a cell or deadline names, its placeholders, and its days in order."""
    stages = {word.code for word in reference.vocabulary.words.stage}
    phases = {phase.id: phase for phase in rules.programme.form_phases} if rules.programme else {}
    quotas = {quota.id for quota in rules.quotas}
    for due in (*rules.cells, *rules.deadlines):
        cited(names, due.cell, due.cite)
        names.check(due.cell, "giai đoạn của biểu", [due.phase], phases)
        names.check(due.cell, "biểu", due.forms, names.forms)
        names.check(due.cell, "biểu hoặc hồ sơ", due.travels, names.families | set(names.forms))
        _check_expects(due.cell, due.expects, names)
        placeholders(due.cell, due.cell, _IN_NAMES, names)
        placeholders(due.cell, due.label_vi, _IN_NAMES, names)
        placeholders(due.cell, due.deadline_text_vi, _IN_DEADLINES, names)
        start = due.period.start if due.period else None
        if due.phase in phases:
            start = date(phases[due.phase].years[0], 1, 1)
        _check_days(due, start, names)
        if due.years:
            check_years(reference, due.cell, due.years, names)
        if isinstance(due, Cell):
            names.check(due.cell, "bước", [due.stage], stages)
            _check_cell(due, quotas, names)


def _check_cell(cell: Cell, quotas: set[str], names: Names) -> None:
    names.check(cell.cell, "số lượng", (*cell.minima, *cell.caps), quotas)
    there: set[str] = set()
    for form in cell.forms:
        there |= names.forms[form].fields if form in names.forms else set()
    if there:
        names.check(cell.cell, "cột của biểu", cell.filled_fields, there)
    for ways in cell.requires:
        for one in ways:
            names.check(cell.cell, "biểu", [one.form], names.forms)
            if isinstance(one.year, str):
                placeholders(cell.cell, one.year, {"year"}, names)
    for part in cell.by_field:
        names.check(cell.cell, "lĩnh vực", [part.field], names.fields)
        names.check(cell.cell, "số lượng", part.minima, quotas)
        names.check(cell.cell, "chính sách", [part.joint_policy], names.policies)
        _check_expects(cell.cell, part.expects, names)
        _check_expects(cell.cell, part.also_counts, names)


def _check_expects(name: str, expects: Expects, names: Names) -> None:
    names.check(name, "đơn vị", expects.units, names.units)
    names.check(name, "loại đơn vị", expects.unit_types, names.unit_types)


def _check_days(due: DueDate, start: date | None, names: Names) -> None:
    period = due.period
    if period and period.start > period.end:
        names.places.add(due.cell, f"ô {due.cell}: ngày đầu kỳ sau ngày cuối kỳ", "from")
    if due.deadline is None or "{" in due.deadline:
        if due.deadline and not due.years:
            said = f"ô {due.cell}: hạn «{due.deadline}» theo năm nhưng ô không có years"
            names.places.add(due.cell, said, "deadline")
        return
    day = date.fromisoformat(due.deadline)
    first = due.first_day or start
    if first and day < first:
        said = f"ô {due.cell}: hạn {day:%d/%m/%Y} trước ngày đầu kỳ {first:%d/%m/%Y}"
        names.places.add(due.cell, said, "deadline")
