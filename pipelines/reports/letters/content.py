"""What a letter says, before any layout: the lead, the list per nominee, the closing sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.reports.finding import Finding
from pipelines.reports.letters.asked import asked_for
from pipelines.reports.letters.days import Days
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.reports.phrases import Place, place_of, places
from pipelines.reports.published import Published
from pipelines.reports.years import told_once
from pipelines.sentences import named, text
from pipelines.sentences.finding import dossier, grouped, request
from pipelines.sentences.words import count, joined, lowered
from pipelines.text.dates_vi import format_date

ANNEX_FROM = 13
"""From this many nominees on the list goes to an annex."""
IN_LETTERS = ("blocking", "warning")
"""What is only worth knowing stays in the marked file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to add."""

    what: str
    where: str

    @property
    def sentence(self) -> str:
        """The item with its place in brackets."""
        return f"{self.what} ({self.where})" if self.where else self.what


@dataclass(frozen=True, slots=True)
class Subject:
    """Nominees of whom the same is asked, or the dossier itself, with everything to add."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LetterContent:
    """The body of a letter."""

    unit: str
    subject: str
    lead: str
    subjects: tuple[Subject, ...]
    notes: tuple[str, ...]
    closing: str
    annexed: bool


def letter_content(
    published: Published, programme_id: str, unit_code: str, head: Letterhead, files: int
) -> LetterContent | None:
    """The content of the letter to one unit in one programme.

    Args:
        published: the night.
        programme_id: the programme.
        unit_code: the unit.
        head: who writes.
        files: how many of the unit's files are given back with marks.

    Returns:
        The content, or None when nothing is to be asked for.
    """
    findings = [f for f in published.for_unit(programme_id, unit_code) if f.severity in IN_LETTERS]
    if not findings:
        return None
    named_ones = sorted((f for f in findings if f.nominee), key=_order)
    general = sorted((f for f in findings if not f.nominee and not f.is_step), key=_order)
    steps = sorted((f for f in findings if f.is_step), key=_until)  # of one day as in the plan
    groups: dict[str, list[Finding]] = {}
    for finding in (*named_ones, *general):
        groups.setdefault(finding.nominee, []).append(finding)
    days = Days.of(findings, published.as_of)
    subjects = _subjects(published, (*groups.values(), *([steps] if steps else [])), days)
    annexed = len(subjects) >= ANNEX_FROM
    at = text("letter.at_annex" if annexed else "letter.at_below")
    sending = published.sending.get(unit_code, "read")
    silent = sending == "none"
    found = _what(published, programme_id, unit_code, groups)
    left = [text("letter.steps", n=count(len(steps)))] if steps else []
    lead = text(
        _LEADS.get(sending, "letter.lead" if groups else "letter.lead_steps"),
        basis=head.basis,
        agency=head.return_to,
        received=_received(published, findings),
        files=count(published.files_of(programme_id, unit_code)),
        what=joined([*found, *left]),
        ask=days.ask(at, silent=silent),
    )
    closing = (
        text("letter.already_sent")
        if silent
        else _closing(published, programme_id, unit_code, groups, annexed)
    )
    about = head.subject if groups else head.subject_unsent
    return LetterContent(
        subject=about.format(what=asked_for(published, head, findings)),
        unit=published.addressed.get(unit_code) or published.unit_name(unit_code),
        lead=lead,
        subjects=subjects,
        notes=_notes(head, files, steps=bool(steps), usual=unit_code in published.usual),
        closing=text("letter.end", sentence=closing),
        annexed=annexed,
    )


_LEADS = {"none": "letter.lead_silent", "unread": "letter.lead_unread"}
"""The first sentence to a unit of which nothing could be read."""


def _notes(head: Letterhead, files: int, *, steps: bool, usual: bool) -> tuple[str, ...]:
    """Where to send things back to, what the marked files are, what may be answered, what is not sure."""
    to = joined(head.addresses) if head.addresses else text("letter.place")
    notes = [text("letter.return", to=head.return_to, mail=to)]
    if files:
        notes.append(text("letter.files"))
    if steps:
        notes.append(text("letter.steps_answer"))
    if usual:
        notes.append(text("letter.usual"))
    return tuple(notes)


def _until(finding: Finding) -> date:
    """What is due first is asked for first, what has no day last."""
    return finding.deadline.last_day if finding.deadline else date.max


def _order(finding: Finding) -> tuple[date, str, str, int, int, str]:
    """By day, then as in the file."""
    row = finding.source_row or 0
    return (
        _until(finding),
        finding.source_file or "",
        finding.source_sheet or "",
        row,
        finding.urgency,
        finding.fact,
    )


_Asked = tuple[list[Place], list[str]]
"""Where, and until when, one thing is to be added."""


def _subjects(published: Published, groups: Iterable[list[Finding]], days: Days) -> tuple[Subject, ...]:
    """One subject for all nominees of whom exactly the same is asked."""
    asked = [(_name(published, group[0]), _asked(group, days)) for group in groups]
    together = grouped((name, tuple(sorted(wanted)), wanted) for name, wanted in asked)
    return tuple(
        Subject(
            text("letter.between_names").join(group.subjects),
            tuple(_item(what, [wanted[what] for wanted in group.items]) for what in group.items[0]),
        )
        for group in together
    )


def _asked(group: list[Finding], days: Days) -> dict[str, _Asked]:
    """What is asked of one nominee."""
    found: dict[str, _Asked] = {}
    for finding in told_once(group):
        what = _what_to_add(finding)
        spots, until = found.setdefault(what, ([], []))
        spots += [place_of(one, by_form=True) for one in finding.each]
        until += days.told(finding)
    return {what: asked for what, asked in found.items() if not _asked_with_more(what, asked, found)}


def _asked_with_more(what: str, asked: _Asked, found: dict[str, _Asked]) -> bool:
    """Whether another request ends in these very words and names these places: one cell, asked for once."""
    spots, until = asked
    return any(
        other.endswith(f"; {what}") and all(spot in more for spot in spots) and set(until) <= set(days)
        for other, (more, days) in found.items()
    )


def _what_to_add(finding: Finding) -> str:
    """What is asked; of the dossier's own lines and tables with their name before it."""
    if finding.is_step:
        return finding.fact
    what = request(finding.fact, finding.fix, fix_says_all=finding.fix_says_all)
    return what if finding.nominee or finding.subject == dossier() else f"{lowered(finding.subject)}: {what}"


def _item(what: str, asked: list[_Asked]) -> Item:
    where = places(spot for spots, _ in asked for spot in spots)
    until = dict.fromkeys(words for _, several in asked for words in several)
    return Item(what, "; ".join(part for part in (where, *until) if part))


def _name(published: Published, finding: Finding) -> str:
    """The name as the file gives it, with the kind where the name does not say it."""
    if finding.is_step:
        return finding.subject
    if not finding.nominee:
        return dossier()
    name = finding.recipient_name or finding.subject
    nomination = published.nominations.get(finding.nomination_id or "")
    kind = nomination.recipient_kind if nomination else None
    word = named("kind", kind)
    if not word or name.casefold().startswith(word):
        return name
    return f"{name} ({word})"


def _received(published: Published, findings: list[Finding]) -> str:
    days = sorted(
        {
            submission.received_on
            for finding in findings
            if (submission := published.submissions.get(finding.source_file or "")) and submission.received_on
        }
    )
    if not days:
        return text("letter.received_unknown")
    if len(days) == 1:
        return text("letter.received_one", last=format_date(days[0]))
    return text("letter.received_many", first=format_date(days[0]), last=format_date(days[-1]))


def _unit_nominations(published: Published, programme_id: str, unit_code: str) -> set[str]:
    return {one.nomination_id for one in published.proposed_by(programme_id, unit_code)}


def _what(
    published: Published, programme_id: str, unit_code: str, groups: dict[str, list[Finding]]
) -> list[str]:
    proposed = _unit_nominations(published, programme_id, unit_code)
    cases = len(proposed & groups.keys())
    others = len(groups.keys() - proposed - {""})
    parts = []
    if cases:
        key = "letter.cases_all" if cases == len(proposed) else "letter.cases"
        key = "letter.cases_only" if len(proposed) == 1 else key
        parts.append(text(key, k=count(cases), n=count(len(proposed))))
    if others:
        parts.append(text("letter.listed", n=count(others)))
    if "" in groups:
        parts.append(text("letter.dossier"))
    return parts


def _closing(
    published: Published, programme_id: str, unit_code: str, groups: dict[str, list[Finding]], annexed: bool
) -> str:
    unnamed = _unit_nominations(published, programme_id, unit_code) - groups.keys()
    if unnamed and all(published.nominations[one].is_complete for one in unnamed):
        return text("letter.close_rest", at=text("letter.rest_annex" if annexed else "letter.rest_above"))
    return text("letter.close")
