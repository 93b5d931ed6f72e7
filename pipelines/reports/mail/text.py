"""The words of the mails: what changed, by unit, readable without opening anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipelines.reports.digest import Digest
from pipelines.reports.finding import Finding
from pipelines.reports.letters.asked import asked_for
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.reports.phrases import Place, place_of, places
from pipelines.reports.published import Published
from pipelines.reports.years import told_once
from pipelines.sentences import text
from pipelines.sentences.finding import Group, grouped
from pipelines.sentences.words import count, joined, lowered
from pipelines.text.collation import collation_key, in_order
from pipelines.text.dates_vi import format_date
from pipelines.text.numbers_vi import format_number

LINES_PER_UNIT = 12
"""Beyond this the mail says how many more there are; the workbook has them all."""
UNITS_ALIKE = 3
"""What so many units lack alike is said once for all of them."""
UNITS_NAMED, UNITS_SHOWN = 20, 8
"""Up to so many units are named in a line; of more only the first."""


def board_subject(head: Letterhead, news: Digest, as_of: date) -> str:
    """``[TĐKT Lạng Sơn] 05/06/2020: 3 nội dung mới, 2 đã xử lý, 14 từ trước chưa xử lý``."""
    parts = [
        text(f"mail.subject.{part}", n=format_number(len(findings)))
        for part, findings in (("new", news.new), ("fixed", news.fixed), ("still", news.still))
        if findings
    ]
    return text("mail.subject", label=head.mail_label, date=format_date(as_of), changes=", ".join(parts))


def board_text(published: Published, news: Digest, letters_to: Iterable[str]) -> str:
    """The body of Ban TĐKT's mail for one programme.

    Args:
        published: the night, for unit names.
        news: what changed.
        letters_to: codes of the units whose letters are attached.
    """
    total = text("mail.total", n=format_number(len(news.open)))
    if news.overdue:
        total = text(
            "mail.total_overdue",
            n=format_number(len(news.open)),
            overdue=format_number(len(news.overdue)),
        )
    steps = sum(finding.is_step for finding in news.open)
    lines = [f"{total} {text('mail.steps', n=format_number(steps))}" if steps else total, ""]
    lines += _new(published, news)
    overdue = {finding.finding_id for finding in news.overdue}
    for part, findings in (("fixed", news.fixed), ("still", news.still)):
        if findings:
            told = _units(published, findings, overdue if part == "still" else set())
            late = sum(finding.finding_id in overdue for finding in findings) if part == "still" else 0
            key = f"mail.{part}_overdue" if late else f"mail.{part}"
            lines.append(text(key, n=len(findings), overdue=late, units=told))
    if news.reminded:
        units = _units(published, news.reminded, set())
        lines.append(text("mail.reminded", n=len(news.reminded), units=units))
    names = [published.unit_name(code) for code in letters_to]
    if names:
        is_long = len(names) > UNITS_NAMED
        units = _names(names) if is_long else ", ".join(names)
        lines += ["", text("mail.todo_many" if is_long else "mail.todo", units=units)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _new(published: Published, news: Digest) -> list[str]:
    if not news.new:
        return []
    shared, own = _shared(published, _by_unit(published, news.new))
    groups = [(name, list(findings)) for name, findings in groupby(own, key=lambda f: _unit(published, f))]
    if len(groups) == 1 and not shared:
        lines = [text("mail.new_one_unit", n=format_number(len(news.new)), unit=groups[0][0])]
    else:
        lines = [text("mail.new", n=format_number(len(news.new)))]
    if shared:
        lines.append(text("mail.many_units", n=format_number(len(news.new) - len(own))))
        lines += shared
    for name, findings in groups:
        if len(groups) > 1 or shared:
            lines.append(text("mail.unit", unit=name, n=format_number(len(findings))))
        told = _lines(findings)
        shown = max(LINES_PER_UNIT, sum(line.blocks for line in told))  # what blocks is never left out
        shown = len(told) if shown >= len(told) - 1 else shown  # nor is a single line
        lines += [line.words for line in told[:shown]]
        more = sum(line.findings for line in told[shown:])
        lines += [text("mail.more", n=format_number(more))] if more else []
    return [*lines, ""]


def _shared(published: Published, new: Sequence[Finding]) -> tuple[list[str], list[Finding]]:
    """Lines for what many units lack alike, and the findings that are no one else's, in their order."""
    general = [finding for finding in new if not finding.nominee and not finding.source_cell]
    groups = grouped((_unit(published, finding), finding.fact, finding) for finding in told_once(general))
    alike = [group for group in groups if len(group.subjects) >= UNITS_ALIKE]
    lines = [
        text("mail.finding", who=_names(units), what="; ".join(lowered(fact) for fact in facts))
        for units, facts in _by_units(alike).items()
    ]
    told = {one.finding_id for group in alike for finding in group.items for one in finding.each}
    return lines, [finding for finding in new if finding.finding_id not in told]


def _by_units(groups: Iterable[Group[str, Finding]]) -> dict[tuple[str, ...], list[str]]:
    """What exactly the same units lack stands in one line."""
    out: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        out.setdefault(tuple(group.subjects), []).append(group.said)
    return out


def _names(units: Sequence[str]) -> str:
    """``24 đơn vị (Sở A, Sở B, …)``; of very many the first, the workbook has them all."""
    if len(units) <= UNITS_NAMED:
        return text("mail.units", n=len(units), units=", ".join(units))
    rest = len(units) - UNITS_SHOWN
    return text("mail.units_more", n=len(units), units=", ".join(units[:UNITS_SHOWN]), rest=rest)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the mail, how many findings it tells, and whether one of them blocks."""

    words: str
    findings: int
    blocks: bool


def _lines(findings: list[Finding]) -> list[_Line]:
    """A line for all of whom exactly the same is said; those that block come first."""
    by_cell: dict[tuple[str, tuple[Place, ...], str], list[Finding]] = {}
    for finding in told_once(findings):
        spots = tuple(dict.fromkeys(place_of(one, by_form=False) for one in finding.each))
        in_cell = any(cell for _, cell in spots)
        own = "" if in_cell or finding.nominee or finding.is_step else finding.finding_id
        key = (finding.recipient_name or finding.subject, spots, own)
        by_cell.setdefault(key, []).append(finding)
    groups = grouped(
        (who, "; ".join(dict.fromkeys(lowered(one.fact) for one in told)), (spots, told))
        for (who, spots, _), told in by_cell.items()
    )
    lines = []
    for group in groups:
        where = places(place for spots, _ in group.items for place in spots)
        sentence = "mail.finding_placed" if where else "mail.finding"
        line = text(sentence, who="; ".join(group.subjects), what=group.said, where=where)
        told = [one for _, several in group.items for finding in several for one in finding.each]
        lines.append(_Line(line, len(told), any(one.urgency == 0 for one in told)))
    return sorted(lines, key=lambda line: not line.blocks)


def _by_unit(published: Published, findings: Sequence[Finding]) -> list[Finding]:
    units = {f.unit_code: _unit(published, f) for f in findings}
    place = in_order(units.values())
    return sorted(
        findings,
        key=lambda f: (
            place[units[f.unit_code]],
            not f.nominee,
            f.source_row or 0,
            f.urgency,
            "" if f.is_step else f.rule_id,  # steps stay in the order of the plan
        ),
    )


def _unit(published: Published, finding: Finding) -> str:
    return published.unit_name(finding.unit_code) or text("mail.no_unit")


def _units(published: Published, findings: Iterable[Finding], overdue: set[str]) -> str:
    """``Huyện Bình Gia 6 (3), Sở Y tế 5``: counts per unit, in brackets what is overdue; most first."""
    counts: dict[str, list[int]] = {}
    for finding in findings:
        both = counts.setdefault(_unit(published, finding), [0, 0])
        both[0] += 1
        both[1] += finding.finding_id in overdue
    ordered = sorted(counts.items(), key=lambda item: (-item[1][0], collation_key(item[0])))
    return ", ".join(f"{name} {n} ({late})" if late else f"{name} {n}" for name, (n, late) in ordered)


def unit_subject(published: Published, head: Letterhead, news: Digest) -> str:
    """The subject of a unit's mail: what is asked for; it says when it is a reminder."""
    key = "mail.unit_subject" if news.new else "mail.unit_subject_reminder"
    what = asked_for(published, head, news.open)
    return text(key, label=head.mail_label, what=what, n=count(len(news.open)))


def unit_text(name: str, head: Letterhead, news: Digest, as_of: date, files: list[str]) -> str:
    """The body of a unit's mail: how much, until when, what is attached.

    Args:
        name: the unit.
        head: who writes.
        news: what changed for this unit.
        as_of: the night.
        files: names of the marked files given back.
    """
    ahead = [d.last_day for f in news.open if (d := f.deadline) and d.last_day >= as_of]
    until = text("mail.unit_until", day=format_date(min(ahead))) if ahead else ""
    lines = [
        text("mail.unit_greeting", unit=name),
        "",
        text("mail.unit_lead", n=count(len(news.open)), programme=head.programme, until=until),
    ]
    if news.new and news.still:
        lines.append(text("mail.unit_new", n=count(len(news.new))))
    if news.fixed:
        lines.append(text("mail.unit_fixed", n=count(len(news.fixed))))
    steps = sum(finding.is_step for finding in news.open)
    if steps:
        lines.append(text("mail.unit_steps", n=count(steps)))
    lines.append(text("mail.unit_letter"))
    if files:
        lines.append(text("mail.unit_files", files=", ".join(files)))
    if head.addresses:
        lines.append(text("mail.unit_return", to=head.return_to, mail=joined(head.addresses)))
    return "\n".join([*lines, "", text("mail.unit_close"), ""])
