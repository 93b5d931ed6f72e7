"""The sentences of ``thidua check``: what was read, what is missing, where, and how to mend it."""

from __future__ import annotations

from pipelines.check.check import Checked
from pipelines.check.messages import messages, where
from pipelines.reference.models.base import SEVERITIES
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number
from pipelines.text.printable import one_line


def report(checked: Checked) -> str:
    """What is printed for one file."""
    name = one_line(checked.path.name)
    if not checked.is_read:
        return text("check.unread", file=name, reason=checked.reason or "")
    lines = [_what_was_read(checked)]
    told = messages(checked.findings.to_dicts())
    if not told:
        return "\n".join([*lines, text("check.clean" if checked.rows_read else "check.nothing_read")])
    counts = [
        text(f"check.count_{severity}", n=number)
        for severity in SEVERITIES
        if (number := sum(message.severity == severity for message in told))
    ]
    lines.append(text("check.total", n=len(told), parts=", ".join(counts)))
    for number, message in enumerate(told, start=1):
        severity = text(f"severity.{message.severity}").upper()
        first, *others = message.lines
        lines.append(text("check.finding", number=number, severity=severity, message=first))
        lines += others
        lines.append(text("check.where", where=where(case.first for case in message.cases)))
        lines += [text("check.fix", fix=f"{fix}.") for fix in message.fixes]
        lines += [text("check.basis", basis=basis, rule=rule) for basis, rule in message.bases]
    return "\n".join(lines)


def _what_was_read(checked: Checked) -> str:
    """How many papers, how many rows in how many tables, and what was passed over and why."""
    parts = checked.parts.to_dicts()
    passed = [
        text("check.part", part=part["part"], evidence=part["evidence"])
        for part in parts
        if part["part_kind"] in ("reference", "signature", "notes") and part["cells"]
    ]
    said = [text("check.papers", n=checked.papers)] if checked.papers else []
    if checked.tables:
        rows = format_number(checked.rows_read - checked.papers)
        said.append(text("check.rows", rows=rows, tables=checked.tables))
    what = text("check.and").join(said) or text("check.no_rows")
    read = text("check.read", file=one_line(checked.path.name), form="; ".join(checked.forms), what=what)
    return read + (text("check.passed", parts="; ".join(passed)) if passed else text("check.nothing_passed"))
