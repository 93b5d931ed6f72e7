"""What a letter says, before any layout: the lead, the list per nominee, the closing sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.reports.deadlines import Deadline
from pipelines.reports.phrases import Place, place_of, places
from pipelines.reports.published import Finding, Published
from pipelines.sentences import named, text
from pipelines.sentences.finding import dossier, grouped, request
from pipelines.sentences.words import count, day, joined, lowered

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
    lead: str
    subjects: tuple[Subject, ...]
    notes: tuple[str, ...]
    closing: str
    annexed: bool


def letter_content(
    published: Published, programme_id: str, unit_code: str, files: int
) -> LetterContent | None:
    """The content of the letter to one unit in one programme.

    Args:
        published: the night.
        programme_id: the programme.
        unit_code: the unit.
        files: how many of the unit's files are given back with marks.

    Returns:
        The content, or None when nothing is to be asked for.
    """
    findings = [f for f in published.for_unit(programme_id, unit_code) if f.severity in IN_LETTERS]
    if not findings:
        return None
    named_ones = sorted((f for f in findings if f.nominee), key=_place)
    general = sorted((f for f in findings if not f.nominee), key=_place)
    groups: dict[str, list[Finding]] = {}
    for finding in (*named_ones, *general):
        groups.setdefault(finding.nominee, []).append(finding)
    main = _main_deadline(findings, published.as_of)
    subjects = _subjects(published, groups.values(), main)
    annexed = len(subjects) >= ANNEX_FROM
    ask = _ask(main, published.as_of, text("letter.at_annex" if annexed else "letter.at_below"))
    lead = text(
        "letter.lead",
        received=_received(published, findings),
        what=_what(published, programme_id, unit_code, groups),
        ask=ask,
    )
    return LetterContent(
        unit=published.unit_name(unit_code),
        lead=lead,
        subjects=subjects,
        notes=(text("letter.files"),) if files else (),
        closing=text("letter.end", sentence=_closing(published, programme_id, unit_code, groups, annexed)),
        annexed=annexed,
    )


def _place(finding: Finding) -> tuple[str, str, int, int, str]:
    row = finding.source_row or 0
    return finding.source_file or "", finding.source_sheet or "", row, finding.urgency, finding.finding_id


_Asked = tuple[list[Place], list[str]]
"""Where, and until when, one thing is to be added."""


def _subjects(
    published: Published, groups: Iterable[list[Finding]], main: Deadline | None
) -> tuple[Subject, ...]:
    """One subject for all nominees of whom exactly the same is asked."""
    asked = [(_name(published, group[0]), _asked(published, group, main)) for group in groups]
    together = grouped((name, tuple(sorted(wanted)), wanted) for name, wanted in asked)
    return tuple(
        Subject(
            text("letter.between_names").join(group.subjects),
            tuple(_item(what, [wanted[what] for wanted in group.items]) for what in group.items[0]),
        )
        for group in together
    )


def _asked(published: Published, group: list[Finding], main: Deadline | None) -> dict[str, _Asked]:
    """What is asked of one nominee."""
    found: dict[str, _Asked] = {}
    for finding in group:
        what = _what_to_add(finding)
        spots, until = found.setdefault(what, ([], []))
        spots.append(place_of(finding, by_form=True))
        own = finding.deadline
        if own and main and own.last_day != main.last_day and own.last_day >= published.as_of:
            until.append(text("letter.other_deadline", last=day(own.last_day)))
    return found


def _what_to_add(finding: Finding) -> str:
    """What is asked; of the dossier's own lines and tables with their name before it."""
    what = request(finding.fact, finding.fix, fix_says_all=finding.fix_says_all)
    return what if finding.nominee or finding.subject == dossier() else f"{lowered(finding.subject)}: {what}"


def _item(what: str, asked: list[_Asked]) -> Item:
    where = places(spot for spots, _ in asked for spot in spots)
    until = dict.fromkeys(words for _, several in asked for words in several)
    return Item(what, "; ".join(part for part in (where, *until) if part))


def _name(published: Published, finding: Finding) -> str:
    """The name as the file gives it, with the kind where the name does not say it."""
    if not finding.nominee:
        return dossier()
    name = finding.recipient_name or finding.subject
    nomination = published.nominations.get(finding.nomination_id or "")
    kind = nomination.recipient_kind if nomination else None
    word = named("kind", kind)
    if not word or name.casefold().startswith(word):
        return name
    return f"{name} ({word})"


def _main_deadline(findings: list[Finding], as_of: date) -> Deadline | None:
    """The nearest deadline still ahead; where all have passed, the latest of them."""
    known = [finding.deadline for finding in findings if finding.deadline]
    ahead = [deadline for deadline in known if deadline.last_day >= as_of]
    if ahead:
        return min(ahead, key=lambda one: one.last_day)
    return max(known, key=lambda one: one.last_day) if known else None


def _ask(deadline: Deadline | None, as_of: date, at: str) -> str:
    if deadline is None:
        return text("letter.ask_open", at=at)
    last = day(deadline.last_day)
    if deadline.last_day < as_of:
        return text("letter.ask_late", at=at, last=last, year=as_of.year)
    if deadline.exclusive:
        return text("letter.ask_before", at=at, before=day(deadline.before), last=last)
    return text("letter.ask_until", at=at, last=last)


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
        return text("letter.received_one", last=day(days[0]))
    return text("letter.received_many", first=day(days[0]), last=day(days[-1]))


def _unit_nominations(published: Published, programme_id: str, unit_code: str) -> set[str]:
    return {one.nomination_id for one in published.proposed_by(programme_id, unit_code)}


def _what(published: Published, programme_id: str, unit_code: str, groups: dict[str, list[Finding]]) -> str:
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
    return joined(parts)


def _closing(
    published: Published, programme_id: str, unit_code: str, groups: dict[str, list[Finding]], annexed: bool
) -> str:
    unnamed = _unit_nominations(published, programme_id, unit_code) - groups.keys()
    if unnamed and all(published.nominations[one].is_complete for one in unnamed):
        return text("letter.close_rest", at=text("letter.rest_annex" if annexed else "letter.rest_above"))
    return text("letter.close")
