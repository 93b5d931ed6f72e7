"""The plan of a trial, made of a programme: of each type of units the first, rules that files can break."""

from __future__ import annotations

from datetime import timedelta

from pipelines.forms.form import Form
from pipelines.forms.registry import load_catalogue
from pipelines.generate.people import Kind
from pipelines.programmes import numbers
from pipelines.programmes.plan import Plan, Proposal, table_of
from pipelines.programmes.untried import cell_untried, criterion_untried, rule_untried
from pipelines.reference.coverage import ExpectedUnit, expand, expected_units
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import policy_values
from pipelines.sentences import text


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
    above = set().union(*map(reference.units.above, tried))
    plan = Plan(
        reference=reference,
        rules_of=rules,
        forms=load_catalogue(reference.folder).forms,
        policies=policies,
        expected=[one for one in expected if one.unit_code in tried and one.ended_on is None],
        as_of=rules.programme.period.end + timedelta(days=1),
        heard=tried | above | {*numbers.barred(reference, rules)},
    )
    plan.proposal = _proposal(plan)
    plan.rules = [(rule.id, rule.short_vi, rule_untried(plan, rule.judge)) for rule in rules.completeness]
    plan.criteria = [(one.id, one.text_vi, criterion_untried(plan, one)) for one in rules.criteria]
    for cell in rules.cells:
        due = [one for one in plan.expected if one.cell.cell is cell]
        if cell.test == "cap_use":
            owed = _capped(plan, due)
            why = None if owed else text("programme.untried.not_proposed", forms=", ".join(cell.forms))
        else:
            owed = {(one.cell.cell_id, one.unit_code) for one in due}
            why = cell_untried(plan, [one.cell for one in due])
        plan.cells.append((cell.cell, cell.label_vi, owed, why))
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
    own = [
        one.unit_code for one in plan.expected if form.id in one.cell.cell.forms and one.unit_code in senders
    ]
    sender = (own or senders)[0]
    return Proposal(form, sender, min(asked, default=start), _kinds_of(plan, form, sender))


def _kinds_of(plan: Plan, form: Form, unit_code: str) -> tuple[Kind, ...]:
    """The kind that a form's rows are about, or else those of its criteria that caps let a unit name."""
    of_form = form.tables[0].recipient_kind
    applied = (one.applies for one in plan.rules_of.groups)
    kinds = {kind for one in applied if one and form.id in one.forms for kind in one.kinds}
    asked = {of_form} if of_form else kinds or {"ca_nhan"}
    first: Kind = "ca_nhan" if "ca_nhan" in asked else next(one for one in numbers.KINDS if one in asked)
    found = [first]
    if not numbers.tells_kinds(form):
        return (first,)
    wanted: dict[Kind, int] = {first: 1} | plan.asked(form, unit_code)
    for kind in (one for one in numbers.KINDS if one in asked and one != first):
        if wanted.get(kind) or numbers.room_for(plan.reference, plan.rules_of, form, unit_code, wanted, kind):
            wanted[kind] = wanted.get(kind, 0) or 1
            found.append(kind)
    return tuple(found)


def _capped(plan: Plan, due: list[ExpectedUnit]) -> set[tuple[str, str]]:
    """Of a cell on the use of a cap: the proposing unit, or who is above it, in the year of the proposals."""
    if plan.proposal is None:
        return set()
    proposing = {plan.proposal.unit_code} | plan.reference.units.above(plan.proposal.unit_code)
    return {
        (one.cell.cell_id, one.unit_code)
        for one in due
        if one.cell.year == plan.proposal.year
        and plan.proposal.form.id in one.cell.cell.forms
        and one.unit_code in proposing
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
