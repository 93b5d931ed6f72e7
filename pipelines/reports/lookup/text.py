"""What was found of a name as lines of a terminal."""

from __future__ import annotations

from pipelines.reports.lookup.lookup import Found, Summary
from pipelines.reports.lookup.recipient import Candidate, Event, Gap, Join, Place, Recipient, Step, Told
from pipelines.sentences import named, text
from pipelines.text.dates_vi import format_date

INDENT = "   "
KIND = 10
"""Letters of the longest word of ``lookup.event.kind``."""


def told(found: Found, name: str, night: str) -> str:
    """All recipients found, each apart, with its time line.

    Args:
        found: at least one.
        name: as it was asked for.
        night: of which night the figures are, as people read it.
    """
    head = text("lookup.one" if found.total == 1 else "lookup.many", name=name, n=found.total, night=night)
    lines = [head]
    for place, recipient in enumerate(found.recipients, 1):
        lines += ["", *_recipient(place, recipient)]
    gaps = dict.fromkeys(gap_words(gap) for recipient in found.recipients for gap in recipient.gaps)
    lines += ["", *gaps] if gaps else []
    if found.total > len(found.recipients):
        lines += ["", text("lookup.too_many", n=found.total - len(found.recipients))]
    return "\n".join(lines)


def _recipient(place: int, one: Recipient) -> list[str]:
    lines = [
        text("lookup.head", place=place, name=one.name, kind=kind_of(one.kind)),
        INDENT + text("lookup.key", id=one.recipient_id),
    ]
    said = [*ways(one), *remarks(one)]
    said += [_event(event) for event in one.events] or [text("lookup.nothing_known")]
    said += [text("lookup.by_law", step=step_words(step)) for step in one.steps]
    said += [candidate_words(candidate) for candidate in one.candidates]
    return lines + [INDENT + line for line in said]


def kind_of(kind: str | None) -> str:
    """Whether it is a person, a collective, a household, in words."""
    return named("lookup.kind", kind) or text("lookup.kind.unknown")


def ways(one: Recipient) -> list[str]:
    """How it is told; ways that differ in nothing people read are told once."""
    return list(dict.fromkeys(_how(way) for way in one.told))


def years(first: int | None, last: int | None) -> str:
    """From the first year known to the last."""
    if first is None or last is None:
        return text("lookup.no_year")
    return str(first) if first == last else text("lookup.years", first=first, last=last)


def counts(one: Summary) -> str:
    """What a recipient has, counted."""
    counted = (
        (kind, getattr(one, kind)) for kind in ("awards", "revoked", "awards_told", "nominations", "ratings")
    )
    return "; ".join(text(f"lookup.count.{kind}", n=number) for kind, number in counted if number)


def remarks(one: Recipient) -> list[str]:
    """What to mind: who may be two, what is told by a name alone, what was joined and why."""
    said = []
    if one.births > 1:
        said.append(text("lookup.births"))
    if one.positions > 1:
        said.append(text("lookup.positions", n=one.positions))
    if one.is_told_by_unit_alone:
        said.append(text("lookup.basis"))
    if one.joins:
        reasons = "; ".join(_join(join) for join in one.joins)
        said.append(text("lookup.joined", n=len(one.told), reasons=reasons))
    return said


def _how(way: Told) -> str:
    post = f"{way.position}, " if way.position else ""
    workplace = f"{way.workplace}; " if way.workplace else ""
    return text("lookup.told.of", name=way.name, post=post, workplace=workplace, unit=way.unit)


def _join(join: Join) -> str:
    reason = named("lookup.reason", join.reason) or join.reason
    if join.decided_by is None or join.decided_on is None:
        return reason
    return text(
        "lookup.decided",
        reason=reason,
        by=join.decided_by,
        day=format_date(join.decided_on),
        why=join.why or "",
    )


def _event(event: Event) -> str:
    decision = decision_words(event)
    more = [decision] if decision else []
    more.append(event.programme)
    more += remarks_on(event)
    return text(
        "lookup.event",
        year=year_words(event),
        kind=event_kind(event).ljust(KIND),
        what=what_words(event),
        more=", ".join(more),
        where=where(event.place),
    )


def remarks_on(event: Event) -> list[str]:
    """What is to be said beside an event: that it was taken back, by whom, that a list has it too."""
    said = [text("lookup.revoked", decision=_revoking(event))] if event.is_revoked else []
    said += [text("lookup.withdrawn", remark=event.withdrawn)] if event.withdrawn else []
    return [*said, text("lookup.repeated")] if event.is_repeated else said


def _revoking(event: Event) -> str:
    """The decision that took an award back, with its day; empty where none is told."""
    number = text("lookup.revoked.by", no=plain_number(event.revoked_no)) if event.revoked_no else ""
    day = text("lookup.decision.day", day=format_date(event.revoked_on)) if event.revoked_on else ""
    return number + day


def year_words(event: Event) -> str:
    """The year of an event, or that it is not known."""
    return str(event.year or text("lookup.no_year"))


def event_kind(event: Event) -> str:
    """Award, rating, proposal …, in a word."""
    return named("lookup.event.kind", event.kind) or event.kind


def what_words(event: Event) -> str:
    """What was given, rated or proposed."""
    what = event.label or named("lookup.event.none", event.kind) or text("lookup.event.unknown")
    return what + text("lookup.sub_kind", label=event.sub_kind.lower()) if event.sub_kind else what


def plain_number(decision_no: str) -> str:
    """A decision's number without «Số» before it, which the sentence says itself."""
    word, _, rest = decision_no.partition(" ")
    return rest if word.casefold().rstrip(":.") == "số" and rest else decision_no


def decision_words(event: Event) -> str:
    """The decision with its day; empty where none is told."""
    if not event.decision_no:
        return text("lookup.day", day=format_date(event.decision_date)) if event.decision_date else ""
    decision = text("lookup.decision", no=plain_number(event.decision_no))
    if event.decision_date:
        decision += text("lookup.decision.day", day=format_date(event.decision_date))
    return decision


def where(place: Place) -> str:
    """File, sheet and cell, as people find them."""
    parts = [text("trace.file", file=place.source_file)]
    if place.source_sheet:
        parts.append(text("trace.sheet", sheet=place.source_sheet))
    if place.source_cell:
        is_address = " " not in place.source_cell
        parts.append(text("trace.cell", cell=place.source_cell) if is_address else place.source_cell)
    elif place.source_row is not None:
        parts.append(text("trace.row", row=place.source_row))
    return ", ".join(parts)


def step_words(step: Step) -> str:
    """A title by the law: whether it can be proposed, what is there, what is not, by which clause."""
    said = [
        text(f"lookup.step.{name}", what=what)
        for name, what in (("met", step.met), ("lacks", step.lacks), ("asks", step.asks))
        if what
    ]
    return text(
        "lookup.step",
        verdict=named("lookup.step.verdict", step.verdict) or step.verdict,
        award=step.award,
        said="; ".join(said),
        basis=f"{step.law}, {step.clause}",
        other="" if step.is_only_way else text("lookup.step.other"),
    )


def gap_words(gap: Gap) -> str:
    """Of which titles nothing is said, and why."""
    return text("lookup.gap", awards=gap.awards, law=gap.law)


def candidate_words(one: Candidate) -> str:
    """Who may be the same recipient, and why."""
    if one.recipient_id is None:
        return text("lookup.crowded")
    return text("lookup.candidate", other=other_words(one))


def other_words(one: Candidate) -> str:
    """Another recipient: name, place, and what speaks for its being the same."""
    place = ", ".join(part for part in (one.workplace, one.unit) if part)
    reason = named("lookup.reason", one.reason) or one.reason
    return text("lookup.other", name=one.name, place=place, id=one.recipient_id, reason=reason)
