"""The sentences of ``thidua check``: what was read, what is missing, where, and how to mend it."""

from __future__ import annotations

import re
from typing import Any

from pipelines.check.check import Checked
from pipelines.sentences import text
from pipelines.sentences.finding import dossier, statement
from pipelines.text.numbers_vi import format_number

_ADDRESS = re.compile(r"[A-Z]{1,3}\d")
SEVERITIES = ("blocking", "warning", "information")


def report(checked: Checked) -> str:
    """What is printed for one file."""
    name = checked.path.name
    if not checked.is_read:
        return text("check.unread", file=name, reason=checked.reason or "")
    lines = [_what_was_read(checked)]
    messages = _messages(checked.findings.to_dicts())
    if not messages:
        return "\n".join([*lines, text("check.clean" if checked.rows_read else "check.nothing_read")])
    counts = [
        text(f"check.count_{severity}", n=number)
        for severity in SEVERITIES
        if (number := sum(rows[0]["severity"] == severity for rows in messages))
    ]
    lines.append(text("check.total", n=len(messages), parts=", ".join(counts)))
    for number, rows in enumerate(messages, start=1):
        severity = text(f"severity.{rows[0]['severity']}").upper()
        message = statement(_subject(rows), "; ".join(dict.fromkeys(row["fact_vi"] for row in rows)))
        lines.append(text("check.finding", number=number, severity=severity, message=message))
        lines.append(text("check.where", where=_where(rows[0])))
        lines += [text("check.fix", fix=f"{fix}.") for fix in dict.fromkeys(r["fix_vi"] for r in rows) if fix]
        lines += [text("check.basis", basis=row["citation"] or "", rule=row["rule_id"]) for row in rows]
    return "\n".join(lines)


def _messages(findings: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """One message for all that is said of one cell with one weight; the weightiest first."""
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in sorted(findings, key=lambda row: SEVERITIES.index(row["severity"])):
        cell = row["source_cell"] or row["finding_id"]
        found.setdefault((row["severity"], row["source_sheet"], cell), []).append(row)
    return list(found.values())


def _subject(rows: list[dict[str, Any]]) -> str:
    """Whom the message is about: a nominee rather than the dossier."""
    subjects = [str(row["subject_vi"]) for row in rows]
    return next((subject for subject in subjects if subject != dossier()), subjects[0])


def _what_was_read(checked: Checked) -> str:
    """How many rows in how many tables, and what was passed over and why."""
    parts = checked.parts.to_dicts()
    tables = sum(part["part_kind"] in ("form", "continuation") and part["rows_read"] > 0 for part in parts)
    passed = [
        text("check.part", part=part["part"], evidence=part["evidence"])
        for part in parts
        if part["part_kind"] in ("reference", "signature", "notes") and part["cells"]
    ]
    rows, form = format_number(checked.rows_read), "; ".join(checked.forms)
    key = "check.read_tables" if tables else "check.read"
    read = text(key, file=checked.path.name, form=form, rows=rows, tables=tables)
    return read + (text("check.passed", parts="; ".join(passed)) if passed else text("check.nothing_passed"))


def _where(row: dict[str, str | None]) -> str:
    sheet, cell = row["source_sheet"], row["source_cell"]
    if cell and not _ADDRESS.match(cell):  # of a Word or PDF file: it is told in words already
        return ", ".join(filter(None, (sheet, cell)))
    if sheet and cell:
        return text("check.sheet_cell", sheet=sheet, cell=cell)
    if sheet:
        return text("check.sheet", sheet=sheet)
    return text("check.file")
