"""Why a rule, a criterion or a cell is not tried: what no made-up file can hold, what to do by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.forms.form import Form
from pipelines.programmes import numbers
from pipelines.programmes.annexed import stands_alone
from pipelines.programmes.plan import (
    Plan,
    broken_field,
    can_write,
    criteria_of,
    is_about,
    table_of,
    time_of,
)
from pipelines.reference.counted import quotas_of
from pipelines.reference.coverage import Expanded
from pipelines.reference.models.coverage import Cell
from pipelines.reference.models.criteria import Criterion
from pipelines.reference.models.judges import CountJudge, OwedJudge, TreeJudge
from pipelines.sentences import has, named, text

REPORT = "ND91-TT"
"""The report of a nominee that is made up."""


def rule_untried(plan: Plan, judge: object) -> str | None:
    """Why no files can be made up that break a rule; None: they can.

    Args:
        plan: with its proposal.
        judge: of the rule.
    """
    match judge:
        case TreeJudge() if _asks_for_report(judge.test):
            return _report_untried(plan, judge)
        case TreeJudge(about="nomination"):
            return _column_untried(plan, judge)
        case TreeJudge(about="dossier"):
            if judge.test.get("op") != "document":
                return _not_made(judge.test)
            unwritten = [form for form in judge.test["forms"] if not can_write(form)]
            return _why("document", forms=", ".join(unwritten)) if unwritten else None
        case CountJudge():
            return _count_untried(plan, judge)
        case OwedJudge():
            cells = [one.cell for one in plan.expected if one.cell.cell.cell in judge.cells]
            return None if any(_lacking(plan, cell) == [] for cell in cells) else cell_untried(plan, cells)
    return _why("elsewhere")


def criterion_untried(plan: Plan, criterion: Criterion) -> str | None:
    """Why no files can be made up for a criterion; None: they can.

    Args:
        plan: with its proposal.
        criterion: of the programme.
    """
    if not criterion.check:
        return text(f"programme.untried.{criterion.type}")
    if plan.proposal is None:
        return _why("no_proposal")
    kinds = [kind for kind in plan.proposal.kinds if is_about(criterion, kind)]
    if not kinds:
        told = numbers.tells_kinds(plan.proposal.form)
        said = ", ".join(str(named("kind", one) or one) for one in criterion.recipient_kind.split("|"))
        return _why("full" if told else "no_kind", form=plan.proposal.form.id, kinds=said)
    if any(criterion.id in criteria_of(plan, kind) for kind in kinds):
        return None
    op, field = criterion.check.get("op"), criterion.check.get("field")
    if not stands_alone(criterion.check):
        return _why("condition")
    if op in ("num", "flag") and field not in [label.vocabulary for label in plan.annex]:
        return _why("no_label", field=field)
    return _not_made(criterion.check)


def cell_untried(plan: Plan, due: Iterable[Expanded[Cell]]) -> str | None:
    """Why nothing can be sent for a cell; None: it can.

    Args:
        plan: of the programme.
        due: the cell, each time it is due of a unit tried.
    """
    first = next(iter(due), None)
    if first is None:
        return _why("nobody_due")
    lacking = _lacking(plan, first)
    return _why("document", forms=", ".join(lacking)) if lacking else None


def _why(key: str, **values: object) -> str:
    """What could not be made, and how to try it by hand."""
    hand = f"programme.untried.{key}.hand"
    by_hand = text(hand if has(hand) else "programme.untried.hand")
    return f"{text(f'programme.untried.{key}', **values)} {by_hand}"


def _not_made(test: Mapping[str, Any]) -> str:
    """Of what no made-up file tells: one thing, or several that hang together."""
    op = test.get("op")
    return _why("condition") if op in (None, "all", "any") else _why("operator", op=op)


def _lacking(plan: Plan, cell: Expanded[Cell]) -> list[str]:
    """The forms of a cell of which no file can be made up."""
    if cell.cell.requires:
        return [ways[0].form for ways in cell.cell.requires if not any(can_write(one.form) for one in ways)]
    can = time_of(cell) is not None and any(table_of(plan, form) for form in cell.cell.forms)
    return [] if can else list(cell.cell.forms) or [cell.cell.cell]


def _asks_for_report(test: Mapping[str, Any]) -> bool:
    """Whether a test asks for the report of a nominee, or for what it tells of years."""
    return test.get("op") == "years_given" or (test.get("op") == "named_in" and REPORT in test["forms"])


def _report_untried(plan: Plan, judge: TreeJudge) -> str | None:
    """Of several who are proposed, one has a report that tells of years."""
    proposal = plan.proposal
    if proposal is None:
        return _why("no_proposal")
    if proposal.form.id not in judge.forms:
        return _why("other_form", form=proposal.form.id, forms=", ".join(judge.forms))
    if judge.when is not None:
        return _why("condition")
    proposed = {*proposal.kinds, *plan.allowed(proposal.form, proposal.unit_code)}
    if judge.kinds and proposed.isdisjoint(judge.kinds):
        said = ", ".join(str(named("kind", kind)) for kind in judge.kinds)
        told = numbers.tells_kinds(proposal.form)
        return _why("full" if told else "no_kind", form=proposal.form.id, kinds=said)
    return None


def _column_untried(plan: Plan, judge: TreeJudge) -> str | None:
    asked = broken_field(judge)
    if asked is None:
        return _why("condition") if judge.when is not None else _not_made(judge.test)
    tables = [table for form in judge.forms if form in _listed(plan) and (table := table_of(plan, form))]
    if not tables:
        return _why("no_list", forms=", ".join(judge.forms))
    if not any(asked in table.tables[0].by_id for table in tables):
        return _why("no_column", field=asked, forms=", ".join(table.id for table in tables))
    return None


def _listed(plan: Plan) -> set[str]:
    """Forms of the lists that can be made up: those of a year's or phase's cell, those of the proposals."""
    cells = [one.cell for one in plan.expected if not one.cell.cell.requires and time_of(one.cell)]
    tables = ([form for form in cell.cell.forms if table_of(plan, form)] for cell in cells)
    return {forms[0] for forms in tables if forms} | ({plan.proposal.form.id} if plan.proposal else set())


def _count_untried(plan: Plan, judge: CountJudge) -> str | None:
    if judge.per not in ("year", "phase") or judge.groups:
        return _why("counted")
    return None if _can_miscount(plan, judge) else _why("no_fewer", forms=", ".join(judge.forms))


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
