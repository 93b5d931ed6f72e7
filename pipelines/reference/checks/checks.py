"""Checks across files: every name used must be there, dates in order, no circles, no clashing names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from pipelines.reference.checks.units import check_units
from pipelines.reference.models.criteria import Criterion, CriterionGroup, cited_criteria, cited_groups
from pipelines.reference.models.judges import CountJudge, OwedJudge
from pipelines.reference.models.programmes import CompletenessRule, Quota
from pipelines.reference.places import Places
from pipelines.reference.policies import why_not
from pipelines.reference.reference import ProgrammeRules, Reference

_ANY_AWARD = "*"


def check(reference: Reference, places: Places) -> None:
    """Note every problem between the files in `places`.

    Args:
        reference: what was read, each file by itself already valid.
        places: where each id stands.
    """
    check_units(reference, places)
    _check_awards(reference, places)
    _check_ladders(reference, places)
    _check_policies(reference, places)
    rule_ids: list[str] = []
    for rules in reference.all_rules:
        rule_ids += [
            *(rule.id for rule in rules.completeness),
            *(rule.id for rule in rules.criteria),
            *(quota.id for quota in rules.quotas),
        ]
        _check_programme(reference, rules, places)
    places.no_twins("quy tắc", rule_ids)


def _check_awards(reference: Reference, places: Places) -> None:
    codes = {award.code for award in reference.awards.awards}
    rows = {row.row_id for row in reference.mau_02.rows}
    for award in reference.awards.awards:
        if award.mau02_row is not None and award.mau02_row not in rows:
            places.add(award.code, f"{award.code}: mẫu 02 không có dòng {award.mau02_row}")
        _cited(reference, award.code, award.cite, places)
    for row in reference.mau_02.rows:
        _known(row.row_id, "mã khen", row.award_codes, codes, places)
        _known(row.row_id, "dòng mẫu 02", [row.parent] if row.parent else [], rows, places)
        _known(row.row_id, "loại khen", row.sub_kinds, set(reference.awards.sub_kind_values), places)
    for member in reference.mau_02.policy_members:
        _known("LS-M02", "chính sách", [member.policy], set(reference.policies), places)
        _known("LS-M02", "mã khen", [member.award_code], codes, places)
        _known("LS-M02", "dòng mẫu 02", [member.row_id], rows, places)
    classes = {one.code for one in reference.object_classes.classes}
    for hint in reference.object_classes.position_hints:
        _known(reference.object_classes.classes[0].code, "lớp", [hint.object_class], classes, places)
    named: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for alias in reference.award_names.aliases(reference.awards.awards):
        named[alias.alias_key, alias.city_only].add(alias.award_code)
    for (key, _), owners in named.items():
        if len(owners) > 1:
            first, *others = sorted(owners)
            places.add(first, f"tên «{key}» của {first} cũng là tên của {', '.join(others)}")


def _check_ladders(reference: Reference, places: Places) -> None:
    ratings = {rating.code for rating in reference.recipients.ratings}
    awards = {award.code for award in reference.awards.awards}
    for ladder in reference.ladders.by_id.values():
        codes = [code for step in ladder.steps for code in step]
        known, what = (awards, "mã khen") if ladder.of == "awards" else (ratings, "mức xếp loại")
        _known(ladder.id, what, codes, known, places)
        _known(
            ladder.id,
            "thang bậc",
            [ladder.above] if ladder.above else [],
            set(reference.ladders.by_id),
            places,
        )
        whole = [code for step in reference.ladders.whole(ladder.id) for code in step]
        if len(set(whole)) != len(whole):
            places.add(ladder.id, f"thang bậc {ladder.id} có mã đứng ở hai bậc")
    for code in ratings:
        if reference.ladders.rank(code) is None:
            places.add(code, f"mức xếp loại {code} không đứng ở thang bậc nào (ladders.yaml)")


def _check_policies(reference: Reference, places: Places) -> None:
    for policy in reference.policies.values():
        if policy.is_setting and (why := why_not(policy, policy.default_value)):
            places.add(policy.id, f"giá trị mặc định không dùng được: {why}")


def _check_programme(reference: Reference, rules: ProgrammeRules, places: Places) -> None:
    own = rules.programme.id if rules.programme else "*"
    cited: list[CompletenessRule | Criterion | Quota | CriterionGroup]
    cited = [*rules.completeness, *rules.criteria, *rules.quotas, *rules.groups]
    for rule in cited:
        if rule.programme != own:
            places.add(rule.id, f"{rule.id} ghi chương trình {rule.programme} trong thư mục của {own}")
        _cited(reference, rule.id, rule.cite, places)
    if rules.programme:
        _check_dates(rules, places)
    quotas = {quota.id for quota in rules.quotas}
    criteria = {criterion.id for criterion in rules.criteria}
    groups = {group.id for group in rules.groups}
    codes = {award.code for award in reference.awards.awards} | {_ANY_AWARD}
    for quota in rules.quotas:
        _known(quota.id, "đơn vị", quota.unit_codes, set(reference.units.by_code), places)
        _known(quota.id, "loại đơn vị", quota.unit_types, set(reference.unit_types), places)
        _known(quota.id, "lĩnh vực", [quota.field] if quota.field else [], set(reference.fields), places)
        _known(quota.id, "mã khen", quota.goal_award_codes, codes, places)
        _known(quota.id, "enforcement", [quota.enforcement], set(reference.enforcements), places)
        if quota.min is not None and quota.max is not None and quota.min > quota.max:
            places.add(quota.id, f"{quota.id}: min {quota.min} lớn hơn max {quota.max}")
    for group in rules.groups:
        _known(group.id, "tiêu chí", cited_criteria(group.logic), criteria, places)
        _known(group.id, "nhóm", cited_groups(group.logic), groups, places)
    for criterion in rules.criteria:
        _known(criterion.id, "mã khen", _values(criterion.check, "codes"), codes, places)
        _known(
            criterion.id, "chính sách", _values(criterion.check, "policy"), set(reference.policies), places
        )
        operators = set(reference.criteria_vocabulary.check_ops)
        known = {name for operator in operators for name in operator.split("/")}
        _known(criterion.id, "phép kiểm", _values(criterion.check, "op"), known, places)
        if criterion.type == "machine" and criterion.check is None:
            places.add(criterion.id, f"{criterion.id} là tiêu chí máy kiểm nhưng không có check")
    for completeness in rules.completeness:
        names = completeness.rule_ref.split("|") if completeness.rule_ref else []
        targets = quotas | criteria | {cell.cell for cell in rules.cells}
        for name in names:
            pattern = re.escape(name).replace(r"\*", ".*")
            if not any(re.fullmatch(pattern, target) for target in targets):
                places.add(completeness.id, f"{completeness.id} dẫn {name} nhưng chương trình không có")
        _check_judge(reference, rules, completeness, places)
    _check_cells(reference, rules, quotas, places)


def _check_judge(reference: Reference, rules: ProgrammeRules, rule: CompletenessRule, places: Places) -> None:
    """A cell, quota or policy that is not there would leave the rule silent."""
    judge = rule.judge
    policies: list[str | None] = []
    if isinstance(judge, CountJudge):
        quotas = [quota.id for quota in rules.quotas]
        for pattern in judge.quotas:
            if not any(fnmatchcase(quota, pattern) for quota in quotas):
                places.add(rule.id, f"{rule.id} dẫn số lượng {pattern} nhưng chương trình không có")
        _known(rule.id, "số lượng", judge.not_quotas, set(quotas), places)
        cases = (judge.always_policy, judge.each_kind_policy)
        years = (judge.years.policy, judge.years.first_year_policy) if judge.years else ()
        policies = [*(case.policy for case in cases if case), *years, judge.household_policy]
    elif isinstance(judge, OwedJudge):
        _known(rule.id, "ô độ phủ", judge.cells, {cell.cell for cell in rules.cells}, places)
        policies = [judge.asked_after_policy]
    _known(rule.id, "chính sách", [name for name in policies if name], set(reference.policies), places)


def _check_cells(
    reference: Reference, rules: ProgrammeRules, quotas: set[str], places: Places
) -> None:
    units, types = set(reference.units.by_code), set(reference.unit_types)
    stages = {word.code for word in reference.vocabulary.words.get("stage", ())}
    phases = {phase.id for phase in rules.programme.form_phases} if rules.programme else set()
    for cell in rules.cells:
        _known(cell.cell, "giai đoạn của biểu", [cell.phase] if cell.phase else [], phases, places)
        _known(cell.cell, "bước", [cell.stage], stages, places)
        _known(cell.cell, "số lượng", (*cell.minima, *cell.caps), quotas, places)
        _cited(reference, cell.cell, cell.cite, places)
        for part in cell.by_field:
            _known(cell.cell, "lĩnh vực", [part.field], set(reference.fields), places)
            _known(cell.cell, "số lượng", part.minima, quotas, places)
        for expects in (
            cell.expects,
            *(e for part in cell.by_field for e in (part.expects, part.also_counts)),
        ):
            _known(cell.cell, "đơn vị", expects.units, units, places)
            _known(cell.cell, "loại đơn vị", expects.unit_types, types, places)
        named = [getattr(cell.years, "policy", None), getattr(cell.years, "first_year_policy", None)]
        named += [part.joint_policy for part in cell.by_field]
        _known(cell.cell, "chính sách", [name for name in named if name], set(reference.policies), places)


def _check_dates(rules: ProgrammeRules, places: Places) -> None:
    programme = rules.programme
    assert programme is not None
    if programme.period.start > programme.period.end:
        places.add(programme.id, f"{programme.id}: ngày đầu kỳ sau ngày cuối kỳ")
    if programme.award_year_window[0] > programme.award_year_window[1]:
        places.add(programme.id, f"{programme.id}: award_year_window ngược")


def _values(check: Any, key: str) -> list[str]:
    """Every value of a key anywhere in a check."""
    if isinstance(check, dict):
        found = [value for name, part in check.items() if name != key for value in _values(part, key)]
        part = check.get(key)
        return found + ([] if part is None else part if isinstance(part, list) else [part])
    if isinstance(check, list | tuple):
        return [value for part in check for value in _values(part, key)]
    return []


def _cited(reference: Reference, name: str, citations: Iterable[Any], places: Places) -> None:
    _known(name, "văn bản", [citation.seed for citation in citations], set(reference.documents), places)


def _known(name: str, what: str, used: Iterable[str], known: set[str], places: Places) -> None:
    for value, _ in Counter(used).items():
        if value not in known:
            places.add(name, f"{name} dẫn {what} {value} nhưng không có trong dữ liệu tham chiếu")
