"""What was found of a name as lines of a terminal."""

from __future__ import annotations

from pipelines.reports.lookup.lookup import Candidate, Event, Found, Join, Place, Recipient, Step, Told
from pipelines.sentences import named, text
from pipelines.text.dates_vi import format_date


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
    if found.total > len(found.recipients):
        lines += ["", text("lookup.too_many", n=found.total - len(found.recipients))]
    return "\n".join(lines)


def _recipient(place: int, one: Recipient) -> list[str]:
    kind = named("lookup.kind", one.kind) or text("lookup.kind.unknown")
    first = one.told[0]
    lines = [text("lookup.head", place=place, name=first.name, kind=kind)]
    lines += [text("lookup.key", id=one.recipient_id)]
    # ways to tell that differ in nothing people read are told once
    lines += [text("lookup.told", told=how) for how in dict.fromkeys(_how(way) for way in one.told)]
    positions = max(way.positions for way in one.told)
    if positions > 1:
        lines.append(text("lookup.positions", n=positions))
    if all(way.basis == "unit" for way in one.told) and one.kind != "tap_the":
        lines.append(text("lookup.basis"))
    if one.joins:
        reasons = "; ".join(_join(join) for join in one.joins)
        lines.append(text("lookup.joined", n=len(one.told), reasons=reasons))
    lines += [_event(event) for event in one.events] or [text("lookup.nothing_known")]
    lines += [_step(step) for step in one.steps]
    return lines + [_candidate(candidate) for candidate in one.candidates]


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
    what = event.label or named("lookup.event.none", event.kind) or text("lookup.event.unknown")
    if event.sub_kind:
        what += text("lookup.sub_kind", label=event.sub_kind.lower())
    decision = ""
    if event.decision_no:
        decision = text("lookup.decision", no=event.decision_no)
        if event.decision_date:
            decision += text("lookup.decision.day", day=format_date(event.decision_date))
    decision += text("lookup.programme", programme=event.programme)
    if event.is_repeated:
        decision += text("lookup.repeated")
    return text(
        "lookup.event",
        year=event.year or text("lookup.no_year"),
        kind=named("lookup.event.kind", event.kind) or event.kind,
        what=what,
        decision=decision,
        where=where(event.place),
    )


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


def _step(step: Step) -> str:
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


def _candidate(one: Candidate) -> str:
    if one.recipient_id is None:
        return text("lookup.crowded")
    place = ", ".join(part for part in (one.workplace, one.unit) if part)
    reason = named("lookup.reason", one.reason) or one.reason
    return text("lookup.candidate", name=one.name, place=place, id=one.recipient_id, reason=reason)
