"""Checks of the unit list: known parents, types, programmes and successors; dates in order; no circles."""

from __future__ import annotations

from datetime import date

from pipelines.reference.checks.known import Names
from pipelines.reference.models.units import Unit
from pipelines.reference.places import Places
from pipelines.reference.reference import Reference


def check_units(reference: Reference, names: Names) -> None:
    """Note every problem of the unit list and of the types of units."""
    programmes, places = reference.programmes, names.places
    for unit_type in reference.unit_types.values():
        names.check(unit_type.id, "chương trình", [unit_type.programme], {*programmes, "*"})
        names.check(unit_type.id, "loại đơn vị", unit_type.includes, reference.unit_types)
        if unit_type.id in unit_type.includes:
            places.add(unit_type.id, f"{unit_type.id} gồm chính nó", "includes")
    by_code = reference.units.by_code
    for unit in reference.units:
        owner = f"unit:{unit.unit_code}"
        names.check(owner, "chương trình", [unit.programme_id], programmes)
        names.check(owner, "loại đơn vị", [unit.unit_type], reference.unit_types)
        names.check(owner, "đơn vị cấp trên", [unit.parent_code], by_code)
        names.check(owner, "đơn vị kế thừa", [unit.successor_code], by_code)
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            said = f"valid_from {unit.valid_from} sau valid_to {unit.valid_to}"
            places.add(owner, f"{unit.unit_code}: {said}")
    _check_bodies(reference, places)
    _check_circles(reference, places)


def _check_bodies(reference: Reference, places: Places) -> None:
    """One body is one unit of a programme at a time."""
    seen: dict[tuple[str, str], Unit] = {}
    for unit in reference.units:
        if unit.agency_code is None:
            continue
        other = seen.setdefault((unit.programme_id, unit.agency_code), unit)
        if other is not unit and not _apart(other, unit):
            said = f"mã định danh {unit.agency_code} đã có ở {other.unit_code} cùng thời gian"
            places.add(f"unit:{unit.unit_code}", f"{unit.unit_code}: {said}")


def _apart(one: Unit, other: Unit) -> bool:
    first, second = sorted((one, other), key=lambda unit: unit.valid_from or date.min)
    return bool(first.valid_to and second.valid_from and first.valid_to < second.valid_from)


def _check_circles(reference: Reference, places: Places) -> None:
    """Units that are above themselves through parents and successors."""
    by_code = reference.units.by_code
    finished: set[str] = set()
    for start in by_code:
        trail: list[tuple[str, list[str]]] = [(start, _next(by_code[start]))] if start not in finished else []
        while trail:
            code, rest = trail[-1]
            if not rest:
                finished.add(code)
                trail.pop()
                continue
            following = rest.pop()
            if following in (names := [name for name, _ in trail]):
                circle = [*names[names.index(following) :], following]
                places.add(f"unit:{following}", f"{following}: vòng lặp {' → '.join(circle)}")
            elif following in by_code and following not in finished:
                trail.append((following, _next(by_code[following])))


def _next(unit: Unit) -> list[str]:
    return [code for code in (unit.parent_code, unit.successor_code) if code]
