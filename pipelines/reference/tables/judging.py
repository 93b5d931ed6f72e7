"""`ref` tables the judging reads: forms that nominate, where each rule applies, its tree, counts, dues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.reference.counted import quotas_of
from pipelines.reference.coverage import expand
from pipelines.reference.deadlines import due_dates
from pipelines.reference.models.base import listed_years
from pipelines.reference.models.judges import CountJudge, OwedJudge, PolicyCase, TreeJudge
from pipelines.reference.models.programmes import CompletenessRule
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import frame
from pipelines.reference.tables.rule_nodes import (
    Flattener,
    Node,
    field_of_criterion,
    group_tree,
    leaf_ids,
    of_led_unit,
    rule_clauses,
    rule_trees,
)
from pipelines.rules.verdicts import FAILS, NOT_ASKED, PASSES, UNKNOWN, Tree, leaves

TEXT, WHOLE, NUMBER, FLAG, DAY = pl.String, pl.Int32, pl.Float64, pl.Boolean, pl.Date
_KINDS = ("tap_the", "ca_nhan", "gia_dinh")
_NODE_VALUES: dict[str, Any] = {
    **dict.fromkeys(("field", "subject", "other", "scale", "window", "aggregate", "scope", "wording"), TEXT),
    **dict.fromkeys(("from", "to", "date_field", "criterion", "group", "name"), TEXT),
    **dict.fromkeys(("min", "max", "min_exclusive", "min_rank"), NUMBER),
    **dict.fromkeys(("equals", "consecutive", "closed", "same_year"), FLAG),
}


def judging_tables(reference: Reference, policies: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    """nomination_forms, head_positions, attached_forms, rule_scopes, rule_nodes, leaf_values, windows, …

    Args:
        reference: the reference data.
        policies: the value in force of every policy.
    """
    flattener = Flattener(reference, policies)
    scopes, nodes = _trees(reference, flattener)
    # numbers join faster than ids: a night judges millions of leaves
    rule_ids = dict.fromkeys(scope[0] for scope in scopes)
    numbers = {rule_id: number for number, rule_id in enumerate(rule_ids, 1)}
    places = {node.node_id: number for number, node in enumerate(nodes, 1)}
    narrow = _narrow(scopes, nodes)
    asked = leaf_ids(nodes, narrow)
    trees = rule_trees(nodes, narrow, asked)
    # what is not said is not so
    closed = {node.node_id for node in nodes if node.op in ("flag", "in") and node.values.get("closed")}
    without = {
        leaf.id: FAILS if leaf.id in closed else _without(leaf)
        for tree in trees.values()
        for leaf in leaves(tree)
    }
    return {
        "nomination_forms": frame(
            {
                "programme_id": TEXT,
                "form_id": TEXT,
                "kind": TEXT,
                "family": TEXT,
                "rank": WHOLE,
                "records": TEXT,
                "is_dossier": FLAG,
            },
            [
                (programme, n.form, n.kind, n.family, n.rank, n.records, n.dossier)
                for programme in reference.programmes
                for n in reference.nominating(programme)
            ],
        ),
        "head_positions": frame(
            {"position": TEXT, "unit": TEXT},
            [
                (position, unit)
                for head in reference.nominations.heads
                for position in head.positions
                for unit in head.units or (None,)
            ],
        ),
        "dossiers": frame(
            dict.fromkeys(("programme_id", "family", "per"), TEXT),
            dict.fromkeys(
                (rules.programme.id, family, rule.judge.per)
                for rules in reference.programmes.values()
                if rules.programme
                for rule in rules.completeness
                if isinstance(rule.judge, TreeJudge) and rule.judge.about == "dossier"
                for family in rule.judge.forms
            ),
        ),
        "attached_forms": frame(
            {"programme_id": TEXT, "form_id": TEXT},
            [
                (programme, form)
                for programme in reference.programmes
                for form in reference.attached(programme)
            ],
        ),
        "rule_scopes": frame(
            dict.fromkeys(
                ("rule_id", "programme_id", "tree", "about", "form_id", "recipient_kind", "field_id"), TEXT
            )
            | {"field": TEXT, "rule_no": WHOLE},
            [(*scope, numbers[scope[0]]) for scope in scopes],
        ),
        "rule_trees": frame(
            dict.fromkeys(("rule_id", "tree", "about", "field"), TEXT) | {"rule_no": WHOLE},
            dict.fromkeys((s[0], s[2], s[3], s[7], numbers[s[0]]) for s in scopes),
        ),
        "rule_clauses": frame(
            {"rule_no": WHOLE, "clause_no": WHOLE, "leaf_no": WHOLE, "without": WHOLE}
            | dict.fromkeys(("if_fails", "if_unknown", "if_passes", "if_not_asked"), WHOLE),
            [
                (numbers[rule_id], number, places[leaf], said[without[leaf]], *said)
                for rule_id, number, leaf, said in rule_clauses(trees)
            ],
        ),
        "rule_nodes": frame(
            dict.fromkeys(("rule_id", "node_id", "parent_id"), TEXT)
            | {"position": WHOLE, "depth": WHOLE, "op": TEXT}
            | {"rule_no": WHOLE, "node_no": WHOLE, "leaf_no": WHOLE, "v_without": WHOLE}
            | {_column(name): kind for name, kind in _NODE_VALUES.items()},
            [
                _node_row(
                    node, numbers[node.rule_id], places[node.node_id], places.get(leaf), without.get(leaf)
                )
                for node in nodes
                for leaf in [asked.get(node.node_id, "")]
            ],
        ),
        "leaf_values": frame(
            {"leaf_no": WHOLE, "kind": TEXT, "value": TEXT},
            [
                (places[node.node_id], kind, str(value))
                for node in nodes
                if asked.get(node.node_id) == node.node_id
                for kind, values in node.lists.items()
                for value in values
            ],
        ),
        "windows": frame(
            {"window_id": TEXT, "phase_id": TEXT, "first_year": WHOLE, "last_year": WHOLE, "last_day": DAY}
            | {"first_before": WHOLE, "before_nomination": WHOLE},
            _windows(reference, flattener, policies),
        ),
        **_unit_rules(reference, policies),
    }


def _trees(reference: Reference, flattener: Flattener) -> tuple[list[tuple[Any, ...]], list[Node]]:
    scopes: list[tuple[Any, ...]] = []
    nodes: list[Node] = []
    for rules in reference.all_rules:
        own = rules.programme.id if rules.programme else "*"
        for rule in rules.completeness:
            judge = rule.judge
            if not isinstance(judge, TreeJudge):
                continue
            # asked only where its condition certainly holds
            tree = {"if": {"sure": judge.when}, "then": judge.test} if judge.when else judge.test
            nodes += flattener.nodes(rule.id, tree)
            field = judge.field or _first_field(judge.test)
            for form in judge.forms:
                for kind in judge.kinds or (None,):
                    scopes.append((rule.id, own, "completeness", judge.about, form, kind, None, field))
        if rules.programme is None:
            continue
        named = {form.form for form in reference.nominating(own)}
        for criterion in rules.criteria:
            kinds = [kind for kind in criterion.recipient_kind.split("|") if kind in _KINDS]
            if not kinds and criterion.recipient_kind != "any":
                continue
            # what no data can tell, the council weighs
            check = of_led_unit(reference, own, criterion.check or {"op": "council"})
            nodes += flattener.nodes(criterion.id, check)
            field = _first_field(criterion.check or {})
            for one_kind in kinds or (None,):
                place = field_of_criterion(criterion.subject_group)
                scopes.append((criterion.id, own, "criterion", "nomination", None, one_kind, place, field))
        for group in rules.groups:
            if group.applies is None:
                continue
            tree = group_tree(reference, own, group.id)
            # a group that may or may not be the nominee's own decides nothing against it
            when = group.applies.when
            nodes += flattener.nodes(group.id, {"if": when, "then": tree} if when else tree)
            for form in group.applies.forms:
                if form not in named:
                    raise ValueError(f"{group.id}: {form} không phải biểu đề nghị (nominations.yaml)")
                for kind in group.applies.kinds or (None,):
                    scopes.append((group.id, own, "group", "nomination", form, kind, None, None))
    return scopes, nodes


def _narrow(scopes: list[tuple[Any, ...]], nodes: list[Node]) -> set[str]:
    """Nodes of groups that name a criterion which is not asked of all whom the group decides on.

    It is asked of some kinds of nominees only, or of those of its field (of all behind «if it is the field»).
    """
    kinds: dict[str, set[str | None]] = {}
    placed = {rule_id for rule_id, *_, place, _ in scopes if place is not None}
    for rule_id, _, _, _, _, kind, *_ in scopes:
        kinds.setdefault(rule_id, set()).add(kind)

    def covers(criterion: str, group: str) -> bool:
        asked, decided = kinds.get(criterion, set()), kinds[group]
        return None in asked or (None not in decided and decided <= asked)

    return {
        node.node_id
        for node in nodes
        if (named := node.values.get("criterion"))
        and (not covers(named, node.rule_id) or (named in placed and not node.values.get("in_field")))
    }


def _first_field(tree: Any) -> str | None:
    """The field a finding points at: the first one its test names."""
    if isinstance(tree, dict):
        if isinstance(tree.get("field"), str):
            return str(tree["field"])
        parts: Any = list(tree.values())
    else:
        parts = tree if isinstance(tree, list | tuple) else []
    return next((found for part in parts if (found := _first_field(part))), None)


def _column(name: str) -> str:
    return {
        "min": "min_value",
        "max": "max_value",
        "from": "from_day",
        "to": "to_day",
        "window": "window_id",
    }.get(name, {"group": "group_id", "criterion": "criterion_id", "subject": "of"}.get(name, name))


# What a leaf says of a subject about which nothing was sent: it fails where the fact itself is asked for,
# passes where only what was sent can be wrong, and is unknown otherwise.
_FAILS_WITHOUT = {
    "present",
    "signed",
    "mentions",
    "subject_given",
    "field_known",
    "rating_named",
    "award_listed",
}
_FAILS_WITHOUT |= {"years_given", "distinct_years", "column_used", "sent_by", "asked_for"}
_PASSES_WITHOUT = {"awards_complete", "awards_in_window"}


def _without(leaf: Tree) -> int:
    if leaf.may_not_apply:
        return NOT_ASKED
    return FAILS if leaf.op in _FAILS_WITHOUT else PASSES if leaf.op in _PASSES_WITHOUT else UNKNOWN


def _node_row(
    node: Node, rule_no: int, node_no: int, leaf_no: int | None, v_without: int | None
) -> tuple[Any, ...]:
    start: tuple[Any, ...] = (node.rule_id, node.node_id, node.parent_id, node.position, node.depth, node.op)
    start += (rule_no, node_no, leaf_no, v_without)
    return (*start, *(node.values.get(name) for name in _NODE_VALUES))


def _windows(
    reference: Reference, flattener: Flattener, policies: Mapping[str, Any]
) -> Iterator[tuple[Any, ...]]:
    for name, (first, last) in flattener.fixed_windows.items():
        yield name, None, first, last, None, None, None
    yield "nomination.year", None, None, None, None, None, 0
    days = {one.cell_id: one.deadline() for one in due_dates(reference, policies)}
    for name, rule in reference.nominations.windows.items():
        years = policies[rule.policy] if rule.policy else rule.years
        if years:
            yield name, None, *years, days.get(rule.until_cell or ""), None, None
        for phase, (first, last) in rule.by_phase.items():
            yield name, phase, first, last, None, None, None
        if rule.policy_by_phase:
            for phase, year in policies[rule.policy_by_phase].items():
                yield name, phase, year, year, None, None, None
        if rule.last_before_nomination is not None:
            yield (
                name,
                None,
                rule.first,
                None,
                None,
                rule.first_before_nomination,
                rule.last_before_nomination,
            )


def _holds(case: PolicyCase | None, policies: Mapping[str, Any]) -> bool:
    return case is not None and policies[case.policy] == case.value


def _unit_rules(reference: Reference, policies: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    counts, count_quotas, dues, forms = [], [], [], []
    cells = expand(reference, policies)
    for rules in reference.all_rules:
        for rule in rules.completeness:
            judge = rule.judge
            if isinstance(judge, CountJudge):
                years: list[int | None] = [*listed_years(judge.years, policies)] if judge.years else [None]
                counts += [_count(rule, judge, year, policies) for year in years]
                count_quotas += [(rule.id, quota.id) for quota in quotas_of(rules, judge)]
                forms += [(rule.id, "counted", form) for form in judge.forms]
                forms += [(rule.id, "group", group) for group in judge.groups]
                forms += [(rule.id, "kind", kind) for kind in judge.kinds]
            elif isinstance(judge, OwedJudge):
                asked_after = policies[judge.asked_after_policy] if judge.asked_after_policy else None
                missing = judge.missing and (judge.asked_after_policy is None or asked_after is not None)
                dues += [
                    (rule.id, cell.cell_id, missing, asked_after, judge.late)
                    for cell in cells
                    if cell.programme_id == rule.programme and cell.cell.cell in judge.cells
                ]
                forms += [(rule.id, "owed", form) for form in judge.forms]
                forms += [(rule.id, "participant", form) for form in judge.participants]
    text = {"rule_id": TEXT}
    return {
        "rule_counts": frame(
            text
            | {"programme_id": TEXT, "per": TEXT, "year": WHOLE, "limit": TEXT, "max": WHOLE}
            | {"always": FLAG, "each_kind": FLAG, "households_count": FLAG, "if_unknown": FLAG},
            counts,
        ),
        "rule_count_quotas": frame(text | {"quota_id": TEXT}, count_quotas),
        "rule_dues": frame(
            text | {"cell_id": TEXT, "if_missing": FLAG, "asked_after": DAY, "if_late": FLAG}, dues
        ),
        "rule_forms": frame(text | {"role": TEXT, "value": TEXT}, forms),
    }


def _count(
    rule: CompletenessRule, judge: CountJudge, year: int | None, policies: Mapping[str, Any]
) -> tuple[Any, ...]:
    households = judge.household_policy is not None and policies[judge.household_policy] == "counted_in_cap"
    always, each = _holds(judge.always_policy, policies), _holds(judge.each_kind_policy, policies)
    told = (rule.id, rule.programme, judge.per, year, judge.limit, judge.max)
    return *told, always, each, households, judge.if_unknown
