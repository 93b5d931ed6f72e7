"""The units over time, and which units a unit's roll-up holds.

A roll-up holds: the unit itself; every unit whose `parent_code` chain reaches it; every unit it succeeded
(whose `successor_code` chain reaches it) with all that stood below those. The two relations mix freely: a
commune that took over two districts holds both, and so does the province above the commune, once.

Each (unit, ancestor) pair has the day from which the roll-up holds the unit: the latest `valid_from` on the
way up, and, where the way passes a succession, the day after the predecessor's `valid_to`. None means since
ever. A pair never ends: what was awarded under a district stays in its province's history after the district
is gone (docs/contract.md#published, POL-UNIT-HISTORY), therefore `valid_to` of a pair is always empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipelines.reference.models.units import Unit


@dataclass(frozen=True, slots=True)
class Ancestor:
    """`ancestor_code`'s roll-up holds `unit_code` from `valid_from` on (None: since ever)."""

    unit_code: str
    ancestor_code: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`standing_code` is who stands for `unit_code` from one day to another: itself, later its successors.

    The last of them is without an end, even where it has ended itself and nobody came after.
    """

    unit_code: str
    standing_code: str
    valid_from: date | None
    valid_to: date | None


def _later(first: date | None, second: date | None) -> date | None:
    return max(first, second) if first and second else first or second


class Units(Sequence[Unit]):
    """All units of the reference list, in the order of the file."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Keep the units and find them by code."""
        self._units = tuple(units)
        self.by_code = {unit.unit_code: unit for unit in self._units}
        self._there: dict[tuple[str, date], tuple[Unit, ...]] = {}

    def __len__(self) -> int:
        """The number of units, past and present."""
        return len(self._units)

    def __iter__(self) -> Iterator[Unit]:
        """The units in their order; the sequence's own way asks for one place after another."""
        return iter(self._units)

    def __getitem__(self, index: int) -> Unit:  # type: ignore[override]
        """The unit at a place of the list."""
        return self._units[index]

    def valid_on(self, day: date) -> tuple[Unit, ...]:
        """The units that exist on a day (both ends of a unit's validity belong to it)."""
        return tuple(unit for unit in self._units if is_valid_on(unit, day))

    def of_programme_on(self, programme_id: str, day: date) -> tuple[Unit, ...]:
        """A programme's units that exist on a day; hundreds of cells ask for the same few days."""
        key = (programme_id, day)
        if key not in self._there:
            self._there[key] = tuple(unit for unit in self.valid_on(day) if unit.programme_id == programme_id)
        return self._there[key]

    @cached_property
    def ancestors(self) -> tuple[Ancestor, ...]:
        """Every (unit, ancestor) pair, itself included; each pair once, from its earliest day."""
        return tuple(
            Ancestor(unit.unit_code, code, since)
            for unit in self._units
            for code, since in sorted(self._above(unit).items())
        )

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """For every unit who stands for it, one row after another without a gap."""
        return tuple(one for unit in self._units for one in self._after(unit))

    def _after(self, unit: Unit) -> Iterator[Standing]:
        since, current, seen = None, unit, {unit.unit_code}
        while (
            current.valid_to
            and (following := self.by_code.get(current.successor_code or ""))
            and following.unit_code not in seen
        ):
            yield Standing(unit.unit_code, current.unit_code, since, current.valid_to)
            since, current = current.valid_to + timedelta(days=1), following
            seen.add(following.unit_code)
        yield Standing(unit.unit_code, current.unit_code, since, None)

    def standing_on(self, code: str, day: date) -> str:
        """Who stands for a unit on a day: itself, or whoever came after it."""
        return next(
            one.standing_code
            for one in self._standings_of[code]
            if (one.valid_from is None or one.valid_from <= day)
            and (one.valid_to is None or day <= one.valid_to)
        )

    @cached_property
    def _standings_of(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        for one in self.standings:
            found.setdefault(one.unit_code, []).append(one)
        return found

    @cached_property
    def predecessors(self) -> dict[str, tuple[str, ...]]:
        """Of each unit those it came after, the nearest and the furthest, without itself."""
        found: dict[str, dict[str, None]] = {}
        for one in self.standings:
            if one.standing_code != one.unit_code:
                found.setdefault(one.standing_code, {})[one.unit_code] = None
        return {code: tuple(before) for code, before in found.items()}

    def above(self, code: str) -> set[str]:
        """Every unit whose roll-up holds a unit."""
        return {pair.ancestor_code for pair in self.ancestors if pair.unit_code == code}

    def below(self, code: str) -> tuple[str, ...]:
        """Every unit that a unit's roll-up holds, without itself."""
        return tuple(
            pair.unit_code for pair in self.ancestors if code == pair.ancestor_code != pair.unit_code
        )

    def _above(self, unit: Unit) -> dict[str, date | None]:
        """Codes reachable from a unit with the day from which each holds it."""
        found: dict[str, date | None] = {unit.unit_code: unit.valid_from}
        todo = [unit]
        while todo:
            current = todo.pop()
            for above, from_day in self._steps(current):
                since = _later(found[current.unit_code], _later(from_day, above.valid_from))
                known = found.get(above.unit_code, date.max)
                if above.unit_code not in found or (since or date.min) < (known or date.min):
                    found[above.unit_code] = since
                    todo.append(above)
        return found

    def _steps(self, unit: Unit) -> Iterator[tuple[Unit, date | None]]:
        if unit.parent_code and (parent := self.by_code.get(unit.parent_code)):
            yield parent, None
        if unit.successor_code and (successor := self.by_code.get(unit.successor_code)):
            yield successor, unit.valid_to + timedelta(days=1) if unit.valid_to else None


def is_valid_on(unit: Unit, day: date) -> bool:
    """Whether a unit exists on a day."""
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_to is None or day <= unit.valid_to
    )
