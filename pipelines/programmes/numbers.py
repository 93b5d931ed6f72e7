"""How many of each kind the rules ask of a list: enough for every minimum, too few, more than every cap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pipelines.forms.form import Form
from pipelines.generate.people import Kind
from pipelines.reference.counted import quotas_of
from pipelines.reference.coverage import binds
from pipelines.reference.models.judges import CountJudge
from pipelines.reference.models.programmes import Quota
from pipelines.reference.reference import ProgrammeRules, Reference

KINDS: tuple[Kind, ...] = ("tap_the", "ca_nhan", "gia_dinh")
Limit = Literal["min", "max"]


def asked(reference: Reference, rules: ProgrammeRules, form: Form, unit_code: str) -> dict[Kind, int]:
    """Of each kind as many as the rules on a form ask of a unit and of those above it."""
    return _greatest(reference, rules, form, unit_code, "min")


def allowed(reference: Reference, rules: ProgrammeRules, form: Form, unit_code: str) -> dict[Kind, int]:
    """Of each kind the most that a rule on a form lets a unit, or those above it, name."""
    return _greatest(reference, rules, form, unit_code, "max")


def barred(reference: Reference, rules: ProgrammeRules) -> list[str]:
    """Of each type of units that may propose nobody the first."""
    found: dict[str, str] = {}
    for quota in rules.quotas:
        for unit in reference.units if quota.max == 0 else ():
            if unit.valid_to is None and binds(reference, quota, unit.unit_code):
                found.setdefault(unit.unit_type, unit.unit_code)
    return list(found.values())


def room_for(
    reference: Reference,
    rules: ProgrammeRules,
    form: Form,
    unit_code: str,
    wanted: Mapping[Kind, int],
    kind: Kind,
) -> bool:
    """Whether one of a kind may be named beside those wanted: no cap, of several kinds too, is full."""
    return all(
        sum(wanted.get(one, 0) for one in quota.count_kinds) < quota.max
        for quota in _counted(reference, rules, form, unit_code, "max")
        if quota.max is not None and kind in quota.count_kinds
    )


def too_few(wanted: Mapping[Kind, int], form: Form) -> dict[Kind, int]:
    """Somebody, but of no kind as many as wanted; nobody where whoever is named is enough.

    Args:
        wanted: of each kind.
        form: whose rows may tell their kind.
    """
    least = {kind: count for kind, count in wanted.items() if count}
    if not least:
        return {}
    other = next((kind for kind in reversed(KINDS) if kind not in least), None)
    if other and tells_kinds(form):
        return {other: 1}
    many = [kind for kind, count in least.items() if count > 1]
    if many:
        return {many[0]: 1}
    return {next(iter(least)): 1} if len(least) > 1 else {}


def tells_kinds(form: Form) -> bool:
    """Whether a row of a form says whom it is about: a collective, a person, a household."""
    return any(column.type == "recipient_kind" for column in form.tables[0].columns)


def _greatest(
    reference: Reference, rules: ProgrammeRules, form: Form, unit_code: str, limit: Limit
) -> dict[Kind, int]:
    found: dict[Kind, int] = {}
    for quota in _counted(reference, rules, form, unit_code, limit):
        number = quota.min if limit == "min" else quota.max
        if number is not None:
            kind: Kind = "ca_nhan" if "ca_nhan" in quota.count_kinds else quota.count_kinds[0]
            found[kind] = max(found.get(kind, 0), number + (limit == "min" and quota.min_exclusive))
    return found


def _counted(
    reference: Reference, rules: ProgrammeRules, form: Form, unit_code: str, limit: Limit
) -> Iterator[Quota]:
    """The quotas that rules count a form against, of a unit or of all below one above it."""
    above = reference.units.above(unit_code)
    for rule in rules.completeness:
        judge = rule.judge
        if isinstance(judge, CountJudge) and judge.limit in (limit, "exact") and form.id in judge.forms:
            for quota in quotas_of(rules, judge):
                over = {unit_code} if quota.scope == "own" else {unit_code, *above}
                if any(binds(reference, quota, code) for code in over):
                    yield quota
