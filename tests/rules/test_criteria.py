"""Every criterion that data can check fails and passes as the documents say; else it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pipelines.common.yaml_files import read_plain
from pipelines.reference.models.criteria import Criterion
from tests.rules.world import CASES, EXAMPLES, World, by_hand

CRITERIA: dict[str, dict[str, Any]] = read_plain(CASES.parent / "criteria.yml")
NEVER = {name for name, case in CRITERIA.items() if "never" in case}
BROKEN = [name for name, case in CRITERIA.items() if "breaks" in case]
"""Criteria that what units send can break; with «satisfies» or, where the council has a word, with «open»."""
MET = [name for name, case in CRITERIA.items() if "satisfies" in case]
KINDS = ("tap_the", "ca_nhan", "gia_dinh")
CHOICES = ("collective_type", "employment_type", "subject_group")
NAME = "Người được xét"
SENT = {"CB-GD2": date(2024, 11, 1)}
_WORDS = {0: "fail", 1: "unknown", 2: "pass"}


def nominate(world: World, programme: str, kind: str, case: dict[str, Any], tag: str) -> str:
    """A nominee of a kind, field, phase and group of persons, in a unit of its own: the unit's code."""
    unit = world.unit(programme, "DN")
    common = {"name": NAME, "kind": kind}
    row = {**common, **({"linh_vuc": {"code": case["field"]}} if case.get("field") else {})}
    row |= {"nhom_doi_tuong": {"code": case["subject_group"]}} if "subject_group" in case else {}
    phase = case.get("phase", "CB-GD1")
    files: dict[str, dict[str, Any]] = {
        "BHXH-2125": {"form": "BHXH-M01" if kind == "ca_nhan" else "BHXH-M02", "year": 2022, **common},
        "LS-1620": {"form": "LS-M03", "rows": [row]},
        "CB-2125": {"form": "CB-BDK", "head": {"giai_doan": phase}, "rows": [row]},
        "HCM-2125": {"form": "HCM-DSDK", "year": 2023, "rows": [row]},
        "VD-2630": {"form": "LS-DSDN", "rows": [{**row, "award": "gương sáng tỉnh ví dụ", "year": 2026}]},
    }
    if "award" in case:
        files[programme] = {"form": "LS-DSDN", "rows": [{**row, "award": case["award"], "year": 2020}]}
    received = SENT.get(phase, date(2026, 5, 1) if programme == "VD-2630" else date(2022, 5, 1))
    world.send(programme, unit, {"received": received, **files[programme]}, tag)
    return unit


def annex(
    world: World, programme: str, unit: str, facts: list[list[Any]], tag: str, name: str = NAME
) -> None:
    """The facts of a nominee in an annex, each with its evidence."""
    for place, (what, year, value, *evidence) in enumerate(facts):
        is_code = what in CHOICES or str(value).startswith("false:")
        values = {what: {"code": value} if is_code else value}
        if evidence:
            values |= {"minh_chung": evidence[0]}
        row = {"name": name, "year": year, **values}
        file = {"form": "PL-TC", "received": date(2022, 5, 1), "key": f"{name}{place}", "rows": [row]}
        world.send(programme, unit, file, tag)


def _listed(world: World, programme: str, unit: str, row: dict[str, Any], tag: str) -> None:
    """The nominee in a list of awards of the unit."""
    rows = [{"name": NAME, "kind": "ca_nhan", **row}]
    world.send(programme, unit, {"form": "KT-DS", "received": date(2026, 4, 1), "rows": rows}, tag)


def _sides(criterion: Criterion) -> Iterator[tuple[str, dict[str, Any], list[list[Any]]]]:
    """(side, case, facts): ``bare`` without facts, then the cases."""
    case = None if criterion.id in NEVER else CRITERIA.get(criterion.id)
    kinds = [kind for kind in criterion.recipient_kind.split("|") if kind in KINDS]
    field = criterion.subject_group.removeprefix("field ")
    bare = {"kind": next(iter(kinds), "tap_the")}
    bare |= {"field": field} if field != criterion.subject_group else {}
    yield "bare", case or bare, []
    for side in ("breaks", "satisfies", "open"):
        if case and side in case:
            yield side, case, case[side]
    for number, (_, facts) in enumerate((case or {}).get("more", [])):
        yield f"more {number}", case or {}, facts


@pytest.fixture(scope="module")
def judged() -> dict[tuple[str, str], tuple[str, set[str], str, set[str]]]:
    """(criterion, side) → its verdict, all criteria and groups that fail, eligibility, findings."""
    world, sides = World(), {}
    for programme in by_hand():
        if not programme.programme:
            continue
        for criterion in programme.criteria:
            for side, case, facts in _sides(criterion):
                tag = str(len(sides))
                unit = nominate(world, programme.programme.id, case["kind"], case, tag)
                annex(world, programme.programme.id, unit, facts, tag)
                if side in case.get("listed", {}):
                    _listed(world, programme.programme.id, unit, case["listed"][side], tag)
                sides[unit] = (criterion.id, side)
    with world.build("int_eligibility", "int_verdicts") as connection:
        rows = connection.execute(
            "SELECT s.unit_code, t.rule_id, v.v FROM intermediate.int_subjects AS s "
            "JOIN (FROM intermediate.int_rule_verdicts UNION ALL FROM intermediate.int_group_verdicts) AS v "
            "USING (subject_no) JOIN ref.rule_trees AS t USING (rule_no) "
            "WHERE s.about = 'nomination' AND t.tree <> 'completeness'"
        ).fetchall()
        eligible = dict(
            connection.execute(
                "SELECT unit_code, eligibility FROM intermediate.int_eligibility "
                "JOIN intermediate.int_nominations USING (nomination_id)"
            ).fetchall()
        )
        findings = connection.execute("SELECT unit_code, rule_id FROM intermediate.int_verdicts").fetchall()
    preferences = {c.id for p in by_hand() for c in p.criteria if c.preference}
    told: dict[str, dict[str, int | None]] = {unit: {} for unit in sides}
    for unit, rule, v in rows:
        told[unit][rule] = v
    return {
        side: (
            _WORDS.get(told[unit].get(side[0], -1) or 0, "none")
            if told[unit].get(side[0]) is not None
            else "none",
            {
                rule
                for rule, v in told[unit].items()
                if v == 0 and (rule == side[0] or rule not in preferences)
            },
            eligible[unit],
            {rule for where, rule in findings if where == unit},
        )
        for unit, side in sides.items()
    }


def _of_nominees(*types: str) -> list[Criterion]:
    every = [c for programme in by_hand() for c in programme.criteria]
    return [c for c in every if c.type in types and {*KINDS, "any"} & set(c.recipient_kind.split("|"))]


@pytest.mark.parametrize("criterion", BROKEN)
def test_breaks(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    """The criterion fails, and nothing else than what the case says."""
    case = CRITERIA[criterion]
    group = {case["group"]} if "group" in case else set()
    verdict, failing, eligibility, _ = judged[criterion, "breaks"]
    assert (verdict, failing) == ("fail", {criterion, *group, *case.get("too", [])})
    assert eligibility == ("fail" if any(rule.startswith("G-") for rule in failing) else "unknown")


@pytest.mark.parametrize("criterion", [name for name in BROKEN if name in MET])
def test_what_breaking_asks(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    """Not to be eligible is no lack of the dossier: only the findings the case names come with it."""
    breaking, satisfying = judged[criterion, "breaks"][3], judged[criterion, "satisfies"][3]
    assert (breaking - satisfying, satisfying - breaking) == (set(CRITERIA[criterion].get("asks", [])), set())


@pytest.mark.parametrize("criterion", [name for name in BROKEN if name not in MET])
def test_open(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    """Nothing that was sent breaks it; the rest is the council's."""
    assert judged[criterion, "open"][:2] == ("unknown", set())


@pytest.mark.parametrize("criterion", sorted(NEVER))
def test_what_no_form_tells_is_judged_of_nobody(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    assert judged[criterion, "bare"][0] in ("none", "unknown")


@pytest.mark.parametrize("criterion", MET)
def test_satisfies(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    """The criterion passes; the nominee is still for the council."""
    decided = CRITERIA[criterion].get("eligible", "unknown")
    verdict, failing, eligibility, _ = judged[criterion, "satisfies"]
    assert (verdict, failing) == ("pass", set(CRITERIA[criterion].get("satisfies_too", [])))
    assert eligibility == ("fail" if any(rule.startswith("G-") for rule in failing) else decided)


@pytest.mark.parametrize(
    ("criterion", "number"),
    [(name, n) for name, case in CRITERIA.items() for n in range(len(case.get("more", [])))],
)
def test_edges(criterion: str, number: int, judged: dict[tuple[str, str], Any]) -> None:
    assert judged[criterion, f"more {number}"][0] == CRITERIA[criterion]["more"][number][0]


ASKED = [
    criterion.id
    for criterion in _of_nominees("machine", "attestable", "qualitative")
    if not (criterion.check and criterion.check.get("op") == "never_awarded")  # no list is the evidence
]


@pytest.mark.parametrize("criterion", ASKED)
def test_without_evidence_unknown(criterion: str, judged: dict[tuple[str, str], Any]) -> None:
    assert judged[criterion, "bare"][:3] == ("unknown", set(), "unknown")


def test_every_criterion_with_a_check_has_cases() -> None:
    """Machine criteria both cases; declarations and documents at least the one that satisfies."""
    machine = {c.id for c in _of_nominees("machine")} - NEVER
    attested = {c.id for c in _of_nominees("attestable") if c.check}
    assert sorted(machine - set(BROKEN)) == []
    assert sorted((machine | attested) - set(CRITERIA) - set(read_plain(EXAMPLES / "heads.yml"))) == []
