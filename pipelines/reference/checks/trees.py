"""Checks of what the trees of rules name: forms, fields, windows, ratings, awards, policies, groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.reference.checks.known import Names
from pipelines.reference.models.judges import TreeJudge
from pipelines.reference.models.leaves import FromPolicy
from pipelines.reference.models.programmes import CompletenessRule
from pipelines.reference.models.trees import fields_of_condition
from pipelines.reference.nodes import nodes_of
from pipelines.reference.reference import ProgrammeRules, Reference
from pipelines.reference.said import unknown


def check_trees(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    """Note what any tree of a programme names and nobody knows."""
    groups = {group.id for group in rules.groups}
    due = {one.cell: one for one in (*rules.cells, *rules.deadlines)}
    for owner, tree in _trees(rules):
        for node in nodes_of(tree):
            _check_node(reference, owner, node, groups, names)
            if node.get("op") == "received":
                names.check(owner, "việc có hạn", [node.get("cell")], due)
                found = due.get(str(node.get("cell")))
                if found and (found.deadline is None or "{" in found.deadline):
                    said = f"{owner}: «{found.cell}» không có một ngày hạn duy nhất"
                    names.places.add(owner, said, found.cell)
    for rule in rules.completeness:
        if isinstance(rule.judge, TreeJudge):
            _check_places(rule, rule.judge, names)
    own = [(one.id, one.check) for one in rules.criteria]
    own += [(one.id, one.applies.when) for one in rules.groups if one.applies]
    for owner, tree in own:
        names.check(owner, "trường", _fields(tree), names.facts)


def _trees(rules: ProgrammeRules) -> Iterator[tuple[str, Any]]:
    for rule in rules.completeness:
        if isinstance(rule.judge, TreeJudge):
            yield rule.id, rule.judge.test
            yield rule.id, rule.judge.when
    for criterion in rules.criteria:
        yield criterion.id, criterion.check
    for group in rules.groups:
        yield group.id, group.applies.when if group.applies else None
        yield group.id, group.logic


def _fields(tree: Any) -> Iterator[str]:
    for node in nodes_of(tree):
        if "op" in node:
            for key in ("field", "other", "requires"):
                if isinstance(node.get(key), str):
                    yield node[key]
            yield from node.get("fields", ())
        for key in ("if", "applies_when"):
            if isinstance(node.get(key), str):
                yield from fields_of_condition(node[key])


def _check_node(
    reference: Reference, owner: str, node: Mapping[str, Any], groups: set[str], names: Names
) -> None:
    names.check(owner, "mã khen", node.get("codes", ()), names.award_codes)
    names.check(owner, "mức xếp loại", [node.get("min_rating")], names.ratings)
    names.check(owner, "thang xếp loại", [node.get("scale")], names.scales)
    names.check(owner, "loại đơn vị", _listed(node.get("unit_types")), names.unit_types)
    names.check(owner, "biểu", [*_listed(node.get("forms")), *_listed(node.get("with"))], names.forms)
    for key in ("window", "year"):
        window = node.get(key)
        if "op" in node and isinstance(window, str):
            names.check(owner, "khung năm", [window], names.windows)
    if node.get("op") == "rule_group_passes":
        names.check(owner, "nhóm", [node.get("group")], groups)
    if "policy" in node:
        _check_policy(reference, owner, node, names)


def _check_policy(reference: Reference, owner: str, node: Mapping[str, Any], names: Names) -> None:
    names.check(owner, "chính sách", [node["policy"]], names.policies)
    policy = reference.policies.get(node["policy"])
    if policy is None:
        return
    values = [str(value) for value in policy.allowed_values]
    if "cases" in node:
        strange = [case for case in node["cases"] if str(case) not in values]
        for case in strange:
            said = f"{owner}: {unknown(f'giá trị của {policy.id}', case, values)}"
            names.places.add(owner, said, case)
        lacking = [value for value in values if value not in {str(case) for case in node["cases"]}]
        if lacking and not strange:
            said = f"{owner}: thiếu trường hợp «{lacking[0]}» của {policy.id}"
            names.places.add(owner, said, "cases")
    elif set(node) <= set(FromPolicy.model_fields) and policy.shape != "positive_integer":
        said = f"{owner}: {policy.id} không cho một số, không dùng làm mức được"
        names.places.add(owner, said, policy.id)


def _check_places(rule: CompletenessRule, judge: TreeJudge, names: Names) -> None:
    """The forms a rule is about, and that one of them has a place for each field the rule asks for."""
    if judge.about == "dossier":
        names.check(rule.id, "hồ sơ (family của biểu có dossier)", judge.forms, names.dossiers)
    elif judge.about == "nomination":
        names.check(rule.id, "biểu đề nghị", judge.forms, names.families)
    else:
        names.check(rule.id, "biểu", judge.forms, names.forms)
    there = {field for form in judge.forms if form in names.forms for field in names.forms[form].fields}
    if not there:
        return
    for field in dict.fromkeys((*_fields(judge.test), *_fields(judge.when))):
        # «x.y»: a part of the field x
        if field in names.facts or field in there or field.rpartition(".")[0] in there:
            continue
        forms = ", ".join(judge.forms)
        said = unknown(f"trường ở biểu {forms}", field, sorted(there | names.facts))
        names.places.add(rule.id, f"{rule.id}: {said}", field)


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else []
