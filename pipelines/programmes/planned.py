"""The plan of a trial, made of a programme: of each type of units the first, rules that files can break."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pipelines.forms.form import Form
from pipelines.forms.registry import load_catalogue
from pipelines.generate.people import Kind
from pipelines.programmes import numbers
from pipelines.programmes.plan import (
    Plan,
    Proposal,
    broken_field,
    can_write,
    criteria_of,
    table_of,
    time_of,
)
from pipelines.reference.counted import quotas_of
from pipelines.reference.coverage import Expanded, ExpectedUnit, expand, expected_units
from pipelines.reference.models.coverage import Cell
from pipelines.reference.models.judges import CountJudge, OwedJudge, TreeJudge
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import policy_values

REPORT = "ND91-TT"
"""The report of a nominee that is made up."""


def plan_of(programme_id: str, reference: Reference, settings: Settings) -> Plan:
    """What can be tried of a programme: of each type of units the first, of named units all.

    Args:
        programme_id: which.
        reference: the reference data.
        settings: the policies in force.
    """
    rules = reference.programmes[programme_id]
    assert rules.programme is not None
    policies = policy_values(reference, settings)
    cells = [cell for cell in expand(reference, policies) if cell.programme_id == programme_id]
    expected = list(expected_units(reference, cells, policies))
    tried = _tried(reference, expected)
    above = {pair.ancestor_code for pair in reference.units.ancestors if pair.unit_code in tried}
    plan = Plan(
        reference=reference,
        rules_of=rules,
        forms=load_catalogue(reference.folder).forms,
        policies=policies,
        expected=[one for one in expected if one.unit_code in tried and one.ended_on is None],
        as_of=rules.programme.period.end + timedelta(days=1),
        heard=tried | above,
    )
    plan.proposal = _proposal(plan)
    plan.rules = [(rule.id, rule.short_vi, _can_break(plan, rule.judge)) for rule in rules.completeness]
    plan.criteria = [
        (criterion.id, criterion.text_vi, criterion.id in criteria_of(plan)) for criterion in rules.criteria
    ]
    for cell in rules.cells:
        due = [one for one in plan.expected if one.cell.cell is cell]
        if cell.test == "cap_use":
            owed = _capped(plan, due)
            can = bool(owed)
        else:
            owed = {(one.cell.cell_id, one.unit_code) for one in due}
            can = bool(due) and _can_send(plan, due[0].cell)
        plan.cells.append((cell.cell, cell.label_vi, owed, can))
    return plan


def _proposal(plan: Plan) -> Proposal | None:
    """The first form of proposals that can be filled in, sent by the first unit in the first year of it."""
    named = [
        one for one in plan.reference.nominating(plan.programme_id) if one.kind == "de_nghi" and one.dossier
    ]
    form = next((table for one in named if (table := table_of(plan, one.form))), None)
    units = plan.reference.units.by_code
    senders = [one.unit_code for one in plan.expected if units[one.unit_code].parent_code]
    if form is None or not senders:
        return None
    asked = [one.cell.year for one in plan.expected if form.id in one.cell.cell.forms and one.cell.year]
    start = plan.reference.programme(plan.programme_id).period.start.year
    return Proposal(form, senders[0], min(asked, default=start), _kind_of(plan, form))


def _kind_of(plan: Plan, form: Form) -> Kind:
    """The kind that a form's rows are about, or else its criteria."""
    of_form = form.tables[0].recipient_kind
    applied = (one.applies for one in plan.rules_of.groups)
    kinds = {kind for one in applied if one and form.id in one.forms for kind in one.kinds}
    asked = {of_form} if of_form else kinds
    return next((kind for kind in numbers.KINDS if kind in asked and "ca_nhan" not in asked), "ca_nhan")


def _capped(plan: Plan, due: list[ExpectedUnit]) -> set[tuple[str, str]]:
    """Of a cell on the use of a cap: the proposing unit, or who is above it, in the year of the proposals."""
    if plan.proposal is None:
        return set()
    above = {
        pair.ancestor_code
        for pair in plan.reference.units.ancestors
        if pair.unit_code == plan.proposal.unit_code
    }
    return {
        (one.cell.cell_id, one.unit_code)
        for one in due
        if one.cell.year == plan.proposal.year
        and plan.proposal.form.id in one.cell.cell.forms
        and (one.unit_code == plan.proposal.unit_code or one.unit_code in above)
    }


def _tried(reference: Reference, expected: list[ExpectedUnit]) -> set[str]:
    of_type: dict[str, str] = {}
    named: set[str] = set()
    for one in expected:
        unit = reference.units.by_code[one.unit_code]
        if unit.valid_to is None:
            of_type.setdefault(unit.unit_type, unit.unit_code)
        expects = one.cell.part.expects if one.cell.part else one.cell.cell.expects
        named |= {one.unit_code} if expects.units else set()
    return {*of_type.values(), *named}


def _can_send(plan: Plan, cell: Expanded[Cell]) -> bool:
    if cell.cell.requires:
        return all(any(can_write(one.form) for one in ways) for ways in cell.cell.requires)
    return time_of(cell) is not None and any(table_of(plan, form) for form in cell.cell.forms)


def _listed(plan: Plan) -> set[str]:
    """Forms of the lists that can be made up: those of a year's or phase's cell, those of the proposals."""
    cells = [one.cell for one in plan.expected if not one.cell.cell.requires and time_of(one.cell)]
    tables = ([form for form in cell.cell.forms if table_of(plan, form)] for cell in cells)
    return {forms[0] for forms in tables if forms} | ({plan.proposal.form.id} if plan.proposal else set())


def _can_break(plan: Plan, judge: object) -> bool:
    if isinstance(judge, TreeJudge) and _asks_for_report(judge.test):
        # of several who are proposed, one has a report that tells of years
        return bool(plan.proposal and plan.proposal.form.id in judge.forms and judge.when is None)
    if isinstance(judge, TreeJudge) and judge.about == "nomination":
        listed, asked = _listed(plan), broken_field(judge)
        return any(
            (table := table_of(plan, form)) and asked in table.tables[0].by_id
            for form in judge.forms
            if form in listed
        )
    if isinstance(judge, TreeJudge) and judge.about == "dossier":
        return judge.test.get("op") == "document" and all(map(can_write, judge.test["forms"]))
    if isinstance(judge, CountJudge):
        return judge.per in ("year", "phase") and not judge.groups and _can_miscount(plan, judge)
    if isinstance(judge, OwedJudge):
        cells = [one.cell for one in plan.expected if one.cell.cell.cell in judge.cells]
        return any(_can_send(plan, cell) for cell in cells)
    return False


def _asks_for_report(test: Mapping[str, Any]) -> bool:
    """Whether a test asks for the report of a nominee, or for what it tells of years."""
    return test.get("op") == "years_given" or (test.get("op") == "named_in" and REPORT in test["forms"])


def _can_miscount(plan: Plan, judge: CountJudge) -> bool:
    """Whether a list can name too many; or too few, and in another period enough."""
    if judge.limit == "max" or any(quota.share_of for quota in quotas_of(plan.rules_of, judge)):
        return bool(judge.quotas)
    senders = {
        (form.id, one.unit_code): form
        for one in plan.expected
        if one.cell.cell.test != "cap_use"
        for form in _tables(plan, one.cell.cell)
    }
    if plan.proposal and plan.proposal.year < plan.last_year:  # too few of them come a year later
        senders[plan.proposal.form.id, plan.proposal.unit_code] = plan.proposal.form
    found = False
    for (_, unit_code), form in senders.items():
        if form.id in judge.forms:
            wanted = numbers.asked(plan.reference, plan.rules_of, form, unit_code)
            if wanted != plan.asked(form, unit_code):
                return False
            found = found or bool(numbers.too_few(wanted, form))
    return found


def _tables(plan: Plan, cell: Cell) -> list[Form]:
    return [form for name in cell.forms if (form := table_of(plan, name))][:1]
