"""Award events of a unit, and the list (KT-DS) or the proposal (LS-DSDN) that tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from pipelines.generate import layouts, people
from pipelines.generate.content.tables import sheet_of
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Sheet, Value

_TRIES = 50  # for another name; then a very long list repeats one
CITY_PROGRAMMES = frozenset({"HCM-2125"})


@dataclass(frozen=True, slots=True)
class AwardEvent:
    """One award to one recipient."""

    recipient: Recipient
    code: str
    text: str
    sub_kind: str
    year: int
    decision_no: str
    decision_date: date


def draw_events(
    rng: Random,
    unit: str,
    years: Iterable[int],
    count: int,
    until: date,
    programme_id: str = "LS-1620",
    decided_by: int = 0,
) -> list[AwardEvent]:
    """Draw award events of a unit.

    Args:
        rng: the source of chance.
        unit: the unit's name, workplace of its persons.
        years: award years to draw from.
        count: number of events.
        until: no decision is later than this day.
        programme_id: whose awards are drawn.
        decided_by: number of the body whose decisions they are; another body's have other numbers.
    """
    options = [
        (award, kind, weight)
        for award in layouts.read("awards")
        if programme_id in award.get("programmes", [programme_id])
        for kind, weight in award["kinds"].items()
    ]
    weights = [weight for _, _, weight in options]
    chosen_years = list(years)
    events: list[AwardEvent] = []
    seen: set[tuple[str, str, int]] = set()  # no two alike: one row, one award
    for award, kind, _ in rng.choices(options, weights, k=count):
        year = rng.choice(chosen_years)
        for _ in range(_TRIES):
            event = _event(rng, unit, award, kind, year, until, programme_id, decided_by)
            if (event.recipient.name, event.code, year) not in seen:
                break
        seen.add((event.recipient.name, event.code, year))
        events.append(event)
    return sorted(events, key=lambda event: (event.year, event.recipient.kind))


def _event(
    rng: Random,
    unit: str,
    award: dict[str, Any],
    kind: people.Kind,
    year: int,
    until: date,
    programme_id: str,
    decided_by: int,
) -> AwardEvent:
    decided = date(year, 12, 20)
    if decided > until:
        decided = date(year, 1, 15)
    number = f"{1000 * decided_by + 100 + sum(map(ord, award['code'])) % 800 + year % 10}/{award['symbol']}"
    text = award.get("city_text", award["text"]) if programme_id in CITY_PROGRAMMES else award["text"]
    sub_kind = rng.choice(award.get("sub_kinds", [""]))
    return AwardEvent(people.recipient(rng, kind, unit), award["code"], text, sub_kind, year, number, decided)


def row(number: int, event: AwardEvent) -> dict[str, Value]:
    """The event as a row of KT-DS, by column id."""
    who = event.recipient
    return {
        "stt": number,
        "xung_ho": layouts.values("salutations")[who.sex] if who.kind == "ca_nhan" else None,
        "ten": who.name,
        "chuc_vu": who.position or None,
        "don_vi": who.workplace,
        "phan_loai": layouts.values("kinds")[who.kind],
        "danh_hieu": event.text,
        "loai_khen": layouts.values("sub_kinds")[event.sub_kind] if event.sub_kind else None,
        "doi_tuong": who.object_class or None,
        "linh_vuc": None,
        "so_qd": event.decision_no,
        "ngay_qd": event.decision_date,
        "nam": event.year,
    }


def award_list(
    events: list[AwardEvent], form_id: str = "KT-DS", sections: bool = False, **options: Any
) -> Sheet:
    """The list of events as a sheet; ``sections`` puts roman section rows by recipient kind.

    Options go to :func:`sheet_of`.
    """
    if not sections:
        return sheet_of(form_id, [row(n, event) for n, event in enumerate(events, 1)], **options)
    rows: list[dict[str, Value] | str] = []
    for roman, (kind, label) in zip(("I", "II", "III"), layouts.values("short_kinds").items(), strict=True):
        group = [event for event in events if event.recipient.kind == kind]
        if group:
            rows.append(f"{roman}. {label}")
            rows += [row(n, event) for n, event in enumerate(group, 1)]
    return sheet_of(form_id, rows, **options)


def headcount(rng: Random, years: Iterable[int], **options: Any) -> Sheet:
    """The headcount table (QS) of a unit for the years."""
    persons = rng.randrange(90, 420)
    rows: list[dict[str, Value]] = []
    for year in years:
        persons += rng.randrange(-6, 9)
        leaders = persons // 9
        rows.append(
            {
                "nam": year,
                "tong_tap_the": 8 + persons // 25,
                "tong_ca_nhan": persons,
                "truc_tiep": persons - leaders - persons // 12,
                "lanh_dao": leaders,
                "ho": 0,
            }
        )
    return sheet_of("QS", rows, **options)
