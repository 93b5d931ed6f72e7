"""Rules on every form that nominates (`forms: ['*']`): the forms put in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipelines.reference.forms import KnownForm
from pipelines.reference.models.judges import NominationForm, TreeJudge
from pipelines.reference.models.programmes import CompletenessRule
from pipelines.reference.reference import ProgrammeRules

EVERY = "*"


def with_every_form(
    rules: ProgrammeRules, nominating: Iterable[NominationForm], forms: Mapping[str, KnownForm]
) -> ProgrammeRules:
    """The rules of a programme (or of all) with the forms that `*` stands for.

    Args:
        rules: as written.
        nominating: the forms that name nominees where the rules hold.
        forms: what each form has a place for.
    """
    named = [one.form for one in nominating]
    return replace(rules, completeness=tuple(_opened(rule, named, forms) for rule in rules.completeness))


def _opened(rule: CompletenessRule, named: list[str], forms: Mapping[str, KnownForm]) -> CompletenessRule:
    judge = rule.judge
    if not isinstance(judge, TreeJudge) or EVERY not in judge.forms:
        return rule
    asked = {name for name in (judge.field, judge.test.get("field")) if name}
    there = [name for name in named if name in forms and not asked.isdisjoint(forms[name].fields)]
    listed = tuple(dict.fromkeys((*(name for name in judge.forms if name != EVERY), *there)))
    return rule.model_copy(update={"judge": judge.model_copy(update={"forms": listed})})
