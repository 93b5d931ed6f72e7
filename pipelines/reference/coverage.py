"""coverage.yaml → one row per cell and period, the units each expects, and what each unit must reach.

Quotas bind units by type or by name; a quota that names a unit replaces the type's quota of the same
programme, field and kinds for that unit (precedence in programmes/_all/quotas.yaml).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from pipelines.reference.models.base import listed_years
from pipelines.reference.models.coverage import Cell, DueDate, Expects, FieldCell
from pipelines.reference.models.programmes import Quota
from pipelines.reference.reference import ProgrammeRules, Reference

PER_LEAD = "per_lead"
BOTH = "both"
LEAVE_OUT = "leave_out"


C = TypeVar("C", bound=DueDate)


@dataclass(frozen=True)
class Expanded(Generic[C]):
    """Something due, or a cell, in one period (and one field)."""

    cell: C
    cell_id: str
    programme_id: str
    label_vi: str
    label_of_years_vi: str | None
    """The same with ``{years}`` where it names its year: what is due each year is told of many at once."""
    period: str
    start: date
    end: date
    year: int | None
    part: FieldCell | None

    def deadline(self) -> date | None:
        """The day the document names."""
        text = self.cell.deadline
        if text is None:
            return None
        next_year = self.year + 1 if self.year else None
        return date.fromisoformat(text.format(year=self.year, next_year=next_year))

    def asked_on(self, wording_of_before: str) -> date:
        """The day on which it is owed, by whoever stands then; of units' own days the last of the period."""
        if self.cell.due == "start" and not self.cell.deadline_from_unit:
            return self.deadline() or self.start
        return self.last_day(wording_of_before) or self.end

    def last_day(self, wording_of_before: str) -> date | None:
        """The last valid day: the deadline (less a day for «trước ngày X»), else the end of the period.

        Args:
            wording_of_before: value of POL-TRUOC-NGAY, `exclusive` or `inclusive`.
        """
        deadline = self.deadline()
        if deadline is None:
            return self.end if self.cell.due == "end" else None
        is_before = self.cell.deadline_wording == "exclusive" and wording_of_before == "exclusive"
        return deadline - timedelta(days=1) if is_before else deadline


ExpandedCell = Expanded[Cell]


def minima(cell: ExpandedCell) -> tuple[str, ...]:
    """Ids of the quotas that give the cell's minima."""
    return cell.part.minima if cell.part else cell.cell.minima


def expand(reference: Reference, policies: Mapping[str, Any]) -> list[ExpandedCell]:
    """Every cell of every programme, one per period and field.

    Args:
        reference: the reference data.
        policies: the value in force of every policy.
    """
    return [
        expanded
        for rules in reference.programmes.values()
        for cell in rules.cells
        for expanded in expand_one(reference, rules, cell, policies)
    ]


def expand_one(
    reference: Reference, rules: ProgrammeRules, cell: C, policies: Mapping[str, Any], *, also: bool = False
) -> Iterator[Expanded[C]]:
    """One thing due in each of its periods; `also` with the years in which only its deadline holds."""
    assert rules.programme is not None
    fields = cell.by_field if isinstance(cell, Cell) else ()
    for period, start, end, year in _periods(rules, cell, policies, also):
        for part in fields or (None,):
            letter = reference.fields[part.field].code.lower() if part else ""
            names = {"year": year, "letter": letter}
            yield Expanded(
                cell=cell,
                cell_id=cell.cell.format(**names),
                programme_id=rules.programme.id,
                label_vi=cell.label_vi.format(**names),
                label_of_years_vi=(
                    cell.label_vi.format(year="{years}", letter=letter) if "{year}" in cell.label_vi else None
                ),
                period=period,
                start=start,
                end=end,
                year=year,
                part=part,
            )


def _periods(
    rules: ProgrammeRules, cell: DueDate, policies: Mapping[str, Any], also: bool
) -> Iterator[tuple[str, date, date, int | None]]:
    if cell.period:
        yield cell.period.label, cell.period.start, cell.period.end, None
    elif cell.phase:
        assert rules.programme is not None
        first, last = next(one.years for one in rules.programme.form_phases if one.id == cell.phase)
        yield cell.phase, date(first, 1, 1), date(last, 12, 31), None
    else:
        counted = listed_years(cell.years or (), policies)
        for year in sorted({*counted, *(cell.also_years if also else ())}):
            yield str(year), date(year, 1, 1), date(year, 12, 31), year


@dataclass(frozen=True)
class ExpectedUnit:
    """A unit a cell expects, with what it must reach and whose rows count for it."""

    cell: ExpandedCell
    unit_code: str
    required: dict[str, int | None]
    counted_units: tuple[str, ...]
    ended_on: date | None
    """It was abolished before the day it was due, and nobody came after: nothing is owed any more."""


def expected_units(
    reference: Reference, cells: list[ExpandedCell], policies: Mapping[str, Any]
) -> Iterator[ExpectedUnit]:
    """The units each cell expects: those of its period, or who came after them by the day it is due.

    What a unit's predecessors sent counts for it; for a number over a roll-up what all below it sent.

    Args:
        reference: the reference data.
        cells: from `expand`.
        policies: the value in force of every policy.
    """
    for cell in cells:
        quotas = {quota.id: quota for quota in reference.programmes[cell.programme_id].quotas}
        chosen = [quotas[name] for name in (*minima(cell), *cell.cell.caps)]
        asked: dict[object, tuple[dict[str, int | None], bool]] = {}
        named = {code for quota in chosen for code in quota.unit_codes}
        before = reference.units.predecessors
        leads, others = _leads(reference, cell, policies)
        for code in leads:
            counted: tuple[str, ...] = (code, *others)
            unit = reference.units.by_code[code]
            is_alike = named.isdisjoint((code, *before.get(code, ())))
            kind = (unit.programme_id, unit.unit_type) if is_alike else code
            if kind not in asked:
                asked[kind] = _asked(reference, cell, chosen, code, policies)
            required, is_rollup = asked[kind]
            if is_rollup:
                counted = (*counted, *reference.units.below(code))
            counted = tuple(dict.fromkeys(c for one in counted for c in (one, *before.get(one, ()))))
            yield ExpectedUnit(cell, code, required, counted, _ended(reference, cell, code, policies))


def _asked(
    reference: Reference, cell: ExpandedCell, quotas: list[Quota], code: str, policies: Mapping[str, Any]
) -> tuple[dict[str, int | None], bool]:
    """What a unit must reach, as all of its type that no quota names; whether those below it count too."""
    is_cap = bool(cell.cell.caps)
    required = _required(reference, quotas, code, is_cap)
    if not any(required.values()) and cell.part:
        required = _required_jointly(quotas)
    if is_cap and policies.get("POL-LS-HOAC") == BOTH and "any" in required:
        # «01 tập thể hoặc 01 cá nhân» read as one of each
        required = dict.fromkeys(("tap_the", "ca_nhan"), required["any"])
    return required, any(quota.scope == "rollup" and binds(reference, quota, code) for quota in quotas)


def _ended(reference: Reference, cell: Expanded[Any], code: str, policies: Mapping[str, Any]) -> date | None:
    ended = reference.units.by_code[code].valid_to
    return ended if ended and ended < cell.asked_on(policies["POL-TRUOC-NGAY"]) else None


def _leads(
    reference: Reference, cell: Expanded[Any], policies: Mapping[str, Any]
) -> tuple[Sequence[str], Sequence[str]]:
    """Codes of the units something is due from, and of those whose rows count for each of them, too."""
    part = cell.part
    leads = _codes(reference, cell, part.expects if part else cell.cell.expects, policies)
    others = _codes(reference, cell, part.also_counts, policies) if part else ()
    if policies["POL-USUAL-UNITS"] == LEAVE_OUT:
        leads = [code for code in leads if not reference.units.by_code[code].is_usual]
    if part and part.joint_policy and policies[part.joint_policy] == PER_LEAD:
        leads, others = [*leads, *others], ()
    return leads, others


def expected_codes(reference: Reference, cell: Expanded[Any], policies: Mapping[str, Any]) -> Sequence[str]:
    """Codes of the units something is due from."""
    return _leads(reference, cell, policies)[0]


def _codes(
    reference: Reference, cell: Expanded[Any], expects: Expects, policies: Mapping[str, Any]
) -> Sequence[str]:
    """Whom it is asked of: who is there on the first day of the period, or whoever came after them since."""
    asked = cell.asked_on(policies["POL-TRUOC-NGAY"])
    day = asked if cell.cell.expected_on == "due" else cell.start
    until = max(asked, day)
    return reference.expected_units(cell.programme_id, expects.unit_types, expects.units, day, until)


def binds(reference: Reference, quota: Quota, unit_code: str) -> bool:
    """Whether a quota is for a unit, by name or by type (groups of types opened)."""
    unit = reference.units.by_code[unit_code]
    if unit.programme_id == quota.programme and unit.unit_type in opened(reference, quota):
        return True
    return is_named(reference, quota, unit_code)


def opened(reference: Reference, quota: Quota) -> Iterator[str]:
    """The types a quota binds, those that its groups of types stand for too."""
    for name in quota.unit_types:
        yield name
        yield from reference.unit_types[name].includes


def is_named(reference: Reference, quota: Quota, unit_code: str) -> bool:
    """Whether a quota names a unit, or one that it came after."""
    if not quota.unit_codes:
        return False
    return not {unit_code, *reference.units.predecessors.get(unit_code, ())}.isdisjoint(quota.unit_codes)


def _required(reference: Reference, quotas: list[Quota], code: str, is_cap: bool) -> dict[str, int | None]:
    by_name = [quota for quota in quotas if is_named(reference, quota, code)]
    covered = {kinds_key(quota) for quota in by_name}
    by_type = [
        quota
        for quota in quotas
        if quota not in by_name and binds(reference, quota, code) and kinds_key(quota) not in covered
    ]
    return _amounts([*by_name, *by_type], is_cap)


def _required_jointly(quotas: list[Quota]) -> dict[str, int | None]:
    return _amounts(quotas, False)


def _amounts(quotas: list[Quota], is_cap: bool) -> dict[str, int | None]:
    return {kinds_key(quota): quota.max if is_cap else quota.min for quota in quotas}


def kinds_key(quota: Quota) -> str:
    """`tap_the`, `ca_nhan` or `gia_dinh` for a quota of one kind; `any` where kinds are counted together."""
    return quota.count_kinds[0] if len(quota.count_kinds) == 1 else "any"
