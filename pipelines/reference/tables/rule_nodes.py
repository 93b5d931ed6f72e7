"""Trees of tests → rows: one row per node, so that SQL can judge every rule of every programme alike.

A leaf becomes a row with its operator and numbers; joints (``all``, ``any``, ``not``, ``if``, ``warns``)
become rows that their children point at, for whoever explains a verdict; the judging itself reads the
clauses a tree comes to (``rule_clauses``). Policies in force are put in place here (``{policy: P, cases:
{value: tree}}``), and a group that the unit one heads must pass is opened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.reference.reference import Reference
from pipelines.rules.verdicts import INNER, Map, TooTangled, Tree, clauses, may_be_unasked

# what a leaf says that goes into its row as it is
_CARRIED: tuple[str, ...] = (
    "field",
    "other",
    "scale",
    "min",
    "max",
    "min_exclusive",
    "min_rank",
    "equals",
    "aggregate",
)
_CARRIED += ("consecutive", "closed", "scope", "same_year", "wording", "from", "to", "date_field")
_CARRIED += ("criterion", "in_field", "group", "name")
_IN_LIST = re.compile(r"^([\w.]+) in \[(.*)\]$")
_COMPARED = re.compile(r"^([\w.]+)(!?=)([\w.]+)$")
_FIELD_CRITERIA = re.compile(r"^field (\S+)$")


@dataclass
class Node:
    """One node of a tree."""

    rule_id: str
    node_id: str
    parent_id: str | None
    position: int
    depth: int
    op: str
    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


class Flattener:
    """Flattens trees under the policies in force; remembers the windows of years they name."""

    def __init__(self, reference: Reference, policies: Mapping[str, Any]) -> None:
        """Prepare for one night's reference data."""
        self._policies = policies
        self._ranks = {rating.code: rating for rating in reference.ratings}
        orders = [award.code for award in reference.awards.awards if award.kind == "huan_chuong"]
        self._award_groups = {"HC-ALL": orders}
        self.fixed_windows: dict[str, tuple[int, int]] = {}

    def in_force(self, tree: Any) -> Any:
        """A tree (or value) with every policy case replaced by the case in force."""
        if isinstance(tree, dict) and "cases" in tree:
            return self.in_force(tree["cases"][self._policies[tree["policy"]]])
        if isinstance(tree, dict) and set(tree) <= {"policy", "default"} and "policy" in tree:
            return self._policies[tree["policy"]]
        if isinstance(tree, dict):
            return {key: self.in_force(value) for key, value in tree.items()}
        if isinstance(tree, list | tuple):
            return [self.in_force(value) for value in tree]
        return tree

    def nodes(self, rule_id: str, tree: Any) -> Iterator[Node]:
        """The nodes of one tree; the first is its root.

        Args:
            rule_id: whose tree it is.
            tree: nested ``all``, ``any``, ``not``, ``if`` and leaves; a text is the id of a criterion.
        """
        yield from self._walk(rule_id, f"{rule_id}/0", None, 0, 0, self.in_force(tree))

    def _walk(
        self, rule_id: str, node_id: str, parent: str | None, position: int, depth: int, tree: Any
    ) -> Iterator[Node]:
        tree = _plain(tree)
        inner = next((name for name in INNER if name in tree), None)
        if inner is None:
            yield self._leaf(rule_id, node_id, parent, position, depth, tree)
            return
        yield Node(rule_id, node_id, parent, position, depth, inner)
        parts = tree[inner]
        if inner == "if":
            parts = [condition(tree["if"]), tree["then"]]
        for number, part in enumerate(parts if isinstance(parts, list) else [parts]):
            yield from self._walk(rule_id, f"{node_id}.{number}", node_id, number, depth + 1, part)

    def _leaf(
        self, rule_id: str, node_id: str, parent: str | None, position: int, depth: int, tree: dict[str, Any]
    ) -> Node:
        node = Node(rule_id, node_id, parent, position, depth, tree["op"])
        given = dict(tree)
        if given.get("policy"):
            within = self._policies[given.pop("policy")]
            given |= {"min": within["distinct_years"], "window": within["within"]}
        rating = self._ranks.get(given.get("min_rating", ""))
        if rating:
            given |= {"min_rank": rating.rank, "scale": rating.scale}
        if given["op"] == "rating_count_years" and given.get("min_years") == "all":
            node.op = "rating_all_years"
        elif "min_years" in given:
            given["min"] = given["min_years"]
        node.values = {name: given[name] for name in _CARRIED if given.get(name) is not None}
        if node.op == "never_awarded":
            node.values["field"] = "award_history"
        node.values["subject"] = given.get("subject", "self")
        window = given.get("window", given.get("year"))
        node.values["window"] = self._window(window) if window is not None else None
        for name, kind in (("values", "value"), ("unknown_values", "unknown_value"), ("forms", "form")):
            node.lists[kind] = list(given.get(name, []))
        node.lists["with_form"] = list(given.get("with", []))
        node.lists["need"] = list(given.get("needs", []))
        node.lists["field"] = list(given.get("fields", []))
        node.lists["unit_type"] = list(given.get("unit_types", []))
        node.lists["code"] = [
            code for name in given.get("codes", []) for code in self._award_groups.get(name, [name])
        ]
        return node

    def _window(self, window: Any) -> str:
        if isinstance(window, str):
            return window
        first, last = window
        name = f"{first}-{last}"
        self.fixed_windows[name] = (first, last)
        return name


def _plain(tree: Any) -> dict[str, Any]:
    """Shorthands opened: a criterion's id, ``and``, ``requires`` beside a leaf, ``applies_when``, ``of``."""
    if isinstance(tree, str):
        return {"op": "criterion", "criterion": tree}
    tree = dict(tree)
    if tree.get("op") in ("any", "all"):
        return {tree["op"]: list(tree["of"])}
    if "applies_when" in tree:
        when = tree.pop("applies_when")
        return {"if": when, "then": tree}
    if "and" in tree and "op" in tree:
        also = tree.pop("and")
        return {"all": [tree, also]}
    if "requires" in tree:
        return {"all": [tree, {"op": "field_present", "field": tree.pop("requires")}]}
    return tree


def condition(said: Any) -> dict[str, Any]:
    """A condition as criteria write it: ``is_llvt``, ``a=b``, ``a!=b``, ``a in ['b','c']``, or a tree.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(said, dict):
        return said
    if found := _IN_LIST.match(said):
        values = [value.strip().strip("'\"") for value in found[2].split(",")]
        return {"op": "in", "field": found[1], "values": values}
    if found := _COMPARED.match(said):
        leaf = {"op": "in", "field": found[1], "values": [found[3]]}
        return {"not": leaf} if found[2] == "!=" else leaf
    if re.fullmatch(r"[\w.]+", said):
        return {"op": "flag", "field": said, "equals": True}
    raise ValueError(f"không hiểu điều kiện «{said}»")


def group_tree(reference: Reference, programme_id: str, group_id: str) -> Any:
    """The logic of a group with the groups it names, and the criteria of the nominee's field, put in.

    Args:
        reference: the reference data.
        programme_id: whose group it is.
        group_id: the group.
    """
    rules = reference.programmes[programme_id]
    groups = {group.id: group for group in rules.groups}

    def opened(logic: Any) -> Any:
        if isinstance(logic, list | tuple):
            return [opened(part) for part in logic]
        if not isinstance(logic, dict):
            return logic
        if "group" in logic and "op" not in logic:
            return opened(groups[logic["group"]].logic)
        if "group_by_field" in logic:
            return _by_field(reference, programme_id, logic["group_by_field"], opened)
        return {key: opened(value) for key, value in logic.items()}

    return opened(json.loads(json.dumps(groups[group_id].logic)))


def of_led_unit(reference: Reference, programme_id: str, check: Any) -> Any:
    """A check with every ``rule_group_passes`` opened: the group's own criteria, asked of the unit one heads.

    Args:
        reference: the reference data.
        programme_id: whose check it is.
        check: the check of a criterion; what the council weighs in the group stays the council's.
    """
    if isinstance(check, list | tuple):
        return [of_led_unit(reference, programme_id, part) for part in check]
    if not isinstance(check, dict):
        return check
    if check.get("op") != "rule_group_passes":
        return {key: of_led_unit(reference, programme_id, part) for key, part in check.items()}
    checks = {one.id: one.check for one in reference.programmes[programme_id].criteria}

    def asked(tree: Any) -> Any:
        if isinstance(tree, str):
            return asked(checks[tree] or {"op": "council"})
        tree = _plain(tree)
        inner = next((name for name in INNER if name in tree), None)
        if inner is None:
            shifted = tree.get("subject", "self")
            return tree | {"subject": check["subject"] if shifted == "self" else shifted}
        if inner == "if":
            return {"if": asked(condition(tree["if"])), "then": asked(tree["then"])}
        parts = tree[inner]
        return {inner: [asked(part) for part in (parts if isinstance(parts, list | tuple) else [parts])]}

    opened = asked(group_tree(reference, programme_id, check["group"]))
    return {"if": check["applies_when"], "then": opened} if "applies_when" in check else opened


def _by_field(reference: Reference, programme_id: str, pattern: str, opened: Any) -> dict[str, Any]:
    rules = reference.programmes[programme_id]
    chosen = [one for one in rules.criteria if not one.preference]
    if "subject_group" in pattern:
        prefix = pattern.split("*")[0]
        parts = [
            {
                "if": {"op": "in", "field": "subject_group", "values": one.subject_group.split("|")},
                "then": one.id,
            }
            for one in chosen
            if one.id.startswith(prefix) and one.subject_group != "lanh_dao_quan_ly"
        ]
        return {"all": parts}
    replaced = {group.replaces_field: group.logic for group in rules.groups if group.replaces_field}
    parts = []
    for one in reference.fields.values():
        if one.programme != programme_id:
            continue
        own = [criterion.id for criterion in chosen if criterion.subject_group == f"field {one.id}"]
        then = opened(replaced[one.id]) if one.id in replaced else {"all": own}
        if own:
            condition = {"op": "in", "field": "field_id", "values": [one.id]}
            parts.append({"if": condition, "then": _in_field(then)})
    return {"all": parts}


def _in_field(tree: Any) -> Any:
    """A field's own criteria stand behind «if it is the nominee's field», so they are asked there."""
    if isinstance(tree, str):
        return {"op": "criterion", "criterion": tree, "in_field": True}
    if isinstance(tree, list | tuple):
        return [_in_field(part) for part in tree]
    return (
        {name: _in_field(tree[name]) for name in tree}
        if isinstance(tree, dict) and "op" not in tree
        else tree
    )


def field_of_criterion(subject_group: str) -> str | None:
    """The field a criterion is for, where its subject group names one: ``field CB-3.1.2``."""
    found = _FIELD_CRITERIA.match(subject_group)
    return found[1] if found else None


def leaf_ids(nodes: Iterable[Node], narrow: Container[str]) -> dict[str, str]:
    """For each leaf the first leaf that asks the same: what many rules ask is judged once.

    Args:
        nodes: the nodes of trees.
        narrow: nodes of groups whose criterion is not asked of all whom the group decides on.
    """
    first: dict[str, str] = {}
    return {
        node.node_id: first.setdefault(_question(node, node.node_id in narrow), node.node_id)
        for node in nodes
        if node.op not in INNER
    }


def _question(leaf: Node, is_narrow: bool) -> str:
    # what a leaf is called is no part of what it asks
    values = {name: value for name, value in leaf.values.items() if name not in ("name", "in_field")}
    return json.dumps([leaf.op, values, leaf.lists, is_narrow], sort_keys=True)


def rule_trees(nodes: Iterable[Node], narrow: Container[str], asked: Mapping[str, str]) -> dict[str, Tree]:
    """The trees of rules, by rule.

    Args:
        nodes: the nodes of whole trees, those of criteria before those of groups that name them.
        narrow: nodes of groups whose criterion is not asked of all whom the group decides on.
        asked: see ``leaf_ids``; leaves that ask the same are one.
    """
    below: dict[str | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent_id, []).append(node)
    trees: dict[str, Tree] = {}

    def tree(node: Node) -> Tree:
        parts = tuple(tree(part) for part in below.get(node.node_id, []))
        known_as = asked.get(node.node_id, node.node_id)
        return Tree(known_as, node.op, parts, node.op == "criterion" and may_not_apply(node))

    def may_not_apply(node: Node) -> bool:
        named = node.values["criterion"]
        if named not in trees or may_be_unasked(trees[named]):
            return True
        return node.node_id in narrow

    for root in below.get(None, []):
        trees[root.rule_id] = tree(root)
    return trees


class RuleTooTangled(ValueError):
    """A rule that belongs cut into several; its id is kept, for whoever knows where it stands."""

    def __init__(self, rule_id: str) -> None:
        """Say what to do with it."""
        self.rule_id = rule_id
        super().__init__(f"{rule_id}: điều kiện lồng quá rối để xét; hãy tách thành nhiều quy tắc")


def rule_clauses(trees: Mapping[str, Tree]) -> Iterator[tuple[str, int, str, Map]]:
    """The normal form of every tree: rule, number of the clause, leaf, what the leaf's verdict says there.

    Raises:
        RuleTooTangled: the normal form of a rule would not be small.
    """
    for rule_id, tree in trees.items():
        try:
            form = clauses(tree)
        except TooTangled:
            raise RuleTooTangled(rule_id) from None
        for number, clause in enumerate(form, 1):
            for leaf, said in clause.items():
                yield rule_id, number, leaf, said
