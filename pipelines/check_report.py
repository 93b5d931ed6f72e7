"""The sentences of ``thidua check``: what was read, what is missing, where, and how to mend it."""

from __future__ import annotations

from pipelines.check import Checked
from pipelines.text.numbers_vi import format_number
from pipelines.texts import text

SEVERITIES = ("blocking", "warning", "information")


def report(checked: Checked) -> str:
    """What is printed for one file."""
    name = checked.path.name
    if not checked.is_read:
        return text("check.unread", file=name, reason=checked.reason or "")
    lines = [
        text("check.read", file=name, form="; ".join(checked.forms), rows=format_number(checked.rows_read))
    ]
    rows = sorted(checked.findings.to_dicts(), key=lambda row: SEVERITIES.index(row["severity"]))
    if not rows:
        return "\n".join([*lines, text("check.clean")])
    counts = [
        text(f"check.count_{severity}", n=number)
        for severity in SEVERITIES
        if (number := sum(row["severity"] == severity for row in rows))
    ]
    lines.append(text("check.total", n=len(rows), parts=", ".join(counts)))
    for number, row in enumerate(rows, start=1):
        severity = text(f"severity.{row['severity']}").upper()
        lines.append(text("check.finding", number=number, severity=severity, message=row["message_vi"]))
        lines.append(text("check.where", where=_where(row)))
        if row["how_to_fix_vi"]:
            lines.append(text("check.fix", fix=row["how_to_fix_vi"]))
        lines.append(text("check.basis", basis=row["citation"] or "", rule=row["rule_id"]))
    return "\n".join(lines)


def _where(row: dict[str, str | None]) -> str:
    if row["source_sheet"] and row["source_cell"]:
        return text("check.sheet_cell", sheet=row["source_sheet"], cell=row["source_cell"])
    if row["source_sheet"]:
        return text("check.sheet", sheet=row["source_sheet"])
    return text("check.file")
