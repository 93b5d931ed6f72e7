"""The sentences of ``thidua check``: what was read, what is missing, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.check.check import Checked
from pipelines.check.messages import Message, messages, where
from pipelines.reference.models.base import SEVERITIES
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number
from pipelines.text.printable import one_line


@dataclass(frozen=True, slots=True)
class ToldMessage:
    """One message in words."""

    severity: str
    lines: tuple[str, ...]
    where: str
    fixes: tuple[str, ...]
    bases: tuple[tuple[str, str], ...]
    """Citation and rule."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one file, on a terminal or on a page."""

    file: str
    read: str
    """What was read; or why nothing was."""
    total: str = ""
    """How many messages, or that there are none."""
    messages: tuple[ToldMessage, ...] = ()


def told_of(checked: Checked) -> Told:
    """The sentences on one file."""
    name = one_line(checked.path.name)
    if not checked.is_read:
        return Told(name, text("check.unread", file=name, reason=checked.reason or ""))
    read = _what_was_read(checked)
    found = messages(checked.findings.to_dicts())
    if not found:
        return Told(name, read, text("check.clean" if checked.rows_read else "check.nothing_read"))
    counts = [
        text(f"check.count_{severity}", n=number)
        for severity in SEVERITIES
        if (number := sum(message.severity == severity for message in found))
    ]
    total = text("check.total", n=len(found), parts=", ".join(counts))
    return Told(name, read, total, tuple(_message(one) for one in found))


def _message(message: Message) -> ToldMessage:
    place = where(case.first for case in message.cases)
    fixes = tuple(f"{fix}." for fix in message.fixes)
    return ToldMessage(message.severity, tuple(message.lines), place, fixes, tuple(message.bases))


def report(checked: Checked) -> str:
    """What is printed for one file."""
    told = told_of(checked)
    lines = [told.read, *([told.total] if told.total else [])]
    for number, message in enumerate(told.messages, start=1):
        severity = text(f"severity.{message.severity}").upper()
        first, *others = message.lines
        lines.append(text("check.finding", number=number, severity=severity, message=first))
        lines += others
        lines.append(text("check.where", where=message.where))
        lines += [text("check.fix", fix=fix) for fix in message.fixes]
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
