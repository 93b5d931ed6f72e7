"""Checks of quotas, groups of criteria and the judges of completeness rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from pipelines.reference.checks.known import Names, placeholders
from pipelines.reference.models.base import PolicyYears
from pipelines.reference.models.criteria import CriterionGroup, cited_criteria, cited_groups
from pipelines.reference.models.judges import CountJudge, JudgedElsewhere, OwedJudge
from pipelines.reference.models.programmes import CompletenessRule
from pipelines.reference.reference import ProgrammeRules, Reference
from pipelines.reference.said import meant, unknown

_OF_TREES = {"read", "row", "year", "han", "given_years", "missing_fields", "missing_years"}
_OF_ROWS = {"read", "row", "year", "position", "suggestion"}
TOLD: dict[str, set[str]] = {
    **dict.fromkeys(("nomination", "form", "dossier"), _OF_TREES),
    **dict.fromkeys(("cross_checks", "award_rows"), _OF_ROWS),
    "count": {"counted", "period"},
    "owed": {"deadline", "due_year", "han", "received"},
    "mau_02": {"cot", "da_ghi", "dong", "tinh_ra"},
    "intake": set(),
    "not_observed": set(),
}
"""By what judges a rule: the values its sentences may name."""


def check_quotas(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    """Units, types, fields, awards and enforcement of each quota; its numbers in order."""
    groups = {group.code for group in reference.recipients.subject_groups}
    for quota in rules.quotas:
        names.check(quota.id, "đơn vị", quota.unit_codes, names.units)
        names.check(quota.id, "loại đơn vị", quota.unit_types, names.unit_types)
        names.check(quota.id, "lĩnh vực", [quota.field], names.fields)
        names.check(quota.id, "mã khen", quota.goal_award_codes, names.award_codes)
        names.check(quota.id, "enforcement", [quota.enforcement], names.enforcements)
        if quota.count_kinds:
            names.check(quota.id, "cách gọi loại đối tượng", [quota.recipient_kind], names.quota_kinds)
        names.check(quota.id, "nhóm của tỷ lệ", quota.share_of, groups | set(names.quota_shares))
        for least, most, key in (
            (quota.min, quota.max, "min"),
            (quota.min_percent, quota.max_percent, "min_percent"),
        ):
            if least is not None and most is not None and least > most:
                said = f"{quota.id}: {key} {least} lớn hơn {key.replace('min', 'max')} {most}"
                names.places.add(quota.id, said, key)
        for condition in quota.sub_conditions:
            names.check(quota.id, "nhóm đối tượng", condition.groups, groups)


def check_groups(rules: ProgrammeRules, names: Names) -> None:
    """Criteria and groups that a group names; a group that comes back to itself."""
    criteria = {criterion.id for criterion in rules.criteria}
    groups = {group.id: group for group in rules.groups}
    for group in rules.groups:
        names.check(group.id, "tiêu chí", sorted(cited_criteria(group.logic)), criteria)
        names.check(group.id, "nhóm", sorted(cited_groups(group.logic)), groups)
        names.check(group.id, "lĩnh vực", [group.replaces_field], names.fields)
        if group.applies:
            names.check(group.id, "biểu đề nghị", group.applies.forms, names.nominating)
        if _reaches(group, group.id, groups, set()):
            names.places.add(group.id, f"{group.id}: nhóm dẫn lại chính nó", group.id)
    for criterion in rules.criteria:
        if criterion.type == "machine" and criterion.check is None:
            said = f"{criterion.id} là tiêu chí máy kiểm nhưng không có check"
            names.places.add(criterion.id, said, "type")


def _reaches(
    group: CriterionGroup, wanted: str, groups: Mapping[str, CriterionGroup], seen: set[str]
) -> bool:
    for name in sorted(cited_groups(group.logic)):
        if name == wanted:
            return True
        if name in groups and name not in seen:
            seen.add(name)
            if _reaches(groups[name], wanted, groups, seen):
                return True
    return False


def check_judges(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    """What completeness rules refer to: what is not there would leave the rule silent."""
    quotas = {quota.id for quota in rules.quotas}
    cells = {cell.cell for cell in rules.cells}
    targets = quotas | {criterion.id for criterion in rules.criteria} | cells
    for rule in rules.completeness:
        for name in rule.rule_ref.split("|") if rule.rule_ref else ():
            pattern = re.escape(name).replace(r"\*", ".*")
            if not any(re.fullmatch(pattern, target) for target in targets) and not names.places.is_spoilt(
                name
            ):
                said = f"{rule.id} dẫn {name} nhưng chương trình không có{meant(name, targets)}"
                names.places.add(rule.id, said, "rule_ref")
        _check_judge(reference, rule, quotas, cells, names)
        judge = rule.judge
        given = TOLD[judge.by if isinstance(judge, JudgedElsewhere) else judge.about]
        for said in (rule.message_vi, rule.short_vi, rule.how_to_fix_vi):
            placeholders(rule.id, said, given, names)


def _check_judge(
    reference: Reference, rule: CompletenessRule, quotas: set[str], cells: set[str], names: Names
) -> None:
    judge = rule.judge
    policies: list[str | None] = []
    if isinstance(judge, CountJudge):
        names.check(rule.id, "biểu", judge.forms, names.forms)
        for pattern in judge.quotas:
            # a quota with mistakes of its own is there all the same
            if not any(fnmatchcase(quota, pattern) for quota in quotas) and not names.places.is_spoilt(
                pattern
            ):
                said = unknown("số lượng", pattern, sorted(quotas))
                names.places.add(rule.id, f"{rule.id}: {said}", pattern)
        names.check(rule.id, "số lượng", judge.not_quotas, quotas)
        cases = (judge.always_policy, judge.each_kind_policy)
        policies = [*(case.policy for case in cases if case), judge.household_policy]
        for case in cases:
            if case and case.policy in reference.policies:
                values = reference.policies[case.policy].allowed_values
                names.check(rule.id, f"giá trị của {case.policy}", [case.value], values)
        if judge.years:
            check_years(reference, rule.id, judge.years, names)
    elif isinstance(judge, OwedJudge):
        names.check(rule.id, "ô độ phủ", judge.cells, cells)
        names.check(rule.id, "biểu", (*judge.forms, *judge.participants), names.forms)
        policies = [judge.asked_after_policy]
    names.check(rule.id, "chính sách", policies, names.policies)


def check_years(reference: Reference, owner: str, years: tuple[int, ...] | PolicyYears, names: Names) -> None:
    """Years taken from a policy: the policy is there, and has the key."""
    if not isinstance(years, PolicyYears):
        return
    names.check(owner, "chính sách", [years.policy, years.first_year_policy], names.policies)
    policy, key = reference.policies.get(years.policy or ""), years.key
    if policy and key and isinstance(policy.default_value, Mapping) and key not in policy.default_value:
        said = unknown(f"khóa của {policy.id}", key, policy.default_value)
        names.places.add(owner, f"{owner}: {said}", key)
