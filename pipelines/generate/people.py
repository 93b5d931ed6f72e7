"""Synthetic persons, households and collectives; no real one is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from pipelines.generate import layouts

Kind = Literal["ca_nhan", "tap_the", "gia_dinh"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who may be nominated or awarded; ``object_class`` is empty where the form asks for none."""

    kind: Kind
    name: str
    sex: str = ""
    born: date | None = None
    position: str = ""
    workplace: str = ""
    object_class: str = ""
    address: str = ""

    @property
    def is_direct(self) -> bool:
        """Works directly or is a grassroots collective, as the class says."""
        return self.object_class in layouts.read("names")["direct_classes"]

    @property
    def is_leader(self) -> bool:
        """A leader, as the class says."""
        return self.object_class in layouts.read("names")["leader_classes"]


def person(rng: Random, workplace: str, leader: bool | None = None) -> Recipient:
    """A person of a workplace; ``leader`` fixes the class of person, otherwise it is drawn."""
    names = layouts.read("names")
    sex = rng.choice(("Nam", "Nữ"))
    leaders = names["leader_classes"]
    places = [p for p in names["positions"] if leader is None or (p["class"] in leaders) == leader]
    place = _drawn(rng, places)
    return Recipient(
        "ca_nhan",
        _name(rng, sex),
        sex,
        date(1965, 1, 1) + timedelta(days=rng.randrange(12000)),
        place["name"],
        workplace,
        place["class"],
        rng.choice(names["places"]),
    )


def household(rng: Random, place: str) -> Recipient:
    """A household named after its head."""
    sex = rng.choice(("Nam", "Nữ"))
    salutation = layouts.values("salutations")[sex].lower()
    address = rng.choice(layouts.read("names")["places"])
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(11000))
    return Recipient(
        "gia_dinh", f"Hộ gia đình {salutation} {_name(rng, sex)}", sex, born, "", place, "", address
    )


def collective(rng: Random, unit: str) -> Recipient:
    """A collective inside a unit."""
    drawn = _drawn(rng, layouts.read("names")["collectives"])
    name = f"{drawn['name']} {rng.randrange(1, 40)}" if drawn["name"].endswith("số") else str(drawn["name"])
    address = rng.choice(layouts.read("names")["places"])
    return Recipient("tap_the", name, workplace=unit, object_class=drawn["class"], address=address)


def recipient(rng: Random, kind: Kind, unit: str) -> Recipient:
    """A recipient of the given kind."""
    if kind == "ca_nhan":
        return person(rng, unit)
    return collective(rng, unit) if kind == "tap_the" else household(rng, unit)


def _name(rng: Random, sex: str) -> str:
    names = layouts.read("names")
    parts = (
        rng.choice(names["surnames"]),
        rng.choice(names["middles"][sex]),
        rng.choice(names["givens"][sex]),
    )
    return " ".join(parts)


def _drawn(rng: Random, options: list[dict[str, Any]]) -> dict[str, Any]:
    return rng.choices(options, [option["weight"] for option in options])[0]
