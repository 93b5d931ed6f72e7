"""Every criterion that data can check passes and fails as written; what no data tells is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from tests.rules.world import CASES, World, reference

CRITERIA: dict[str, dict[str, Any]] = yaml.safe_load((CASES.parent / "criteria.yml").read_text("utf-8"))[
    "cases"
]
# Not about nominees: judged of units and conferences by the council.
NOT_OF_NOMINEES = {"LS-DB-BAOGOM"}
_WORDS = {0: "fail", 1: "unknown", 2: "pass"}


def nominate(world: World, programme: str, kind: str, field: str | None, tag: str) -> str:
    """A nominee of a kind and field, in a unit of its own; returns the unit's code."""
    unit = world.unit(programme, "DN")
    name = "Người được xét"
    common = {"name": name, "kind": kind}
    row = {**common, **({"linh_vuc": {"code": field}} if field else {})}
    files: dict[str, dict[str, Any]] = {
        "BHXH-2125": {"form": "BHXH-M01" if kind == "ca_nhan" else "BHXH-M02", "year": 2022, **common},
        "LS-1620": {"form": "LS-M03", "rows": [row]},
        "CB-2125": {"form": "CB-BDK", "head": {"giai_doan": "CB-GD1"}, "rows": [row]},
        "HCM-2125": {"form": "HCM-DSDK", "year": 2023, "rows": [row]},
    }
    world.send(programme, unit, {"received": date(2022, 5, 1), **files[programme]}, tag)
    return unit


def annex(world: World, programme: str, unit: str, facts: list[list[Any]], tag: str) -> None:
    """The facts of the nominee in an annex, each with its evidence."""
    for place, (what, year, value, *evidence) in enumerate(facts):
        values = {what: value}
        if evidence:
            values |= {"minh_chung": evidence[0]}
        row = {"name": "Người được xét", "year": year, **values}
        file = {"form": "PL-TC", "received": date(2022, 5, 1), "key": place, "rows": [row]}
        world.send(programme, unit, file, tag)


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, str], str]:
    """(criterion, side) → verdict; ``bare``: nothing sent but the name."""
    world, sides = World(), {}
    number = 0
    for programme in reference().programmes.values():
        assert programme.programme
        for criterion in programme.criteria:
            case = CRITERIA.get(criterion.id)
            kinds = [
                k for k in criterion.recipient_kind.split("|") if k in ("tap_the", "ca_nhan", "gia_dinh")
            ]
            kind = case["kind"] if case else next(iter(kinds), "tap_the")
            field = (case or {}).get("field") or _field(criterion.subject_group)
            for side in ("bare", "breaks", "satisfies"):
                if side != "bare" and not case:
                    continue
                number += 1
                unit = nominate(world, programme.programme.id, kind, field, str(number))
                if case and side != "bare":
                    annex(world, programme.programme.id, unit, case[side], str(number))
                sides[unit] = (criterion.id, side)
    with world.build("int_rule_verdicts") as connection:
        rows = connection.execute(
            "SELECT n.unit_code, v.rule_id, v.v FROM intermediate.int_rule_verdicts AS v "
            "JOIN intermediate.int_cases AS c ON v.case_no = c.case_no "
            "JOIN intermediate.int_subjects AS n ON c.subject_no = n.subject_no WHERE v.tree = 'criterion'"
        ).fetchall()
    return {
        sides[unit]: _WORDS.get(v, "none")
        for unit, rule, v in rows
        if unit in sides and sides[unit][0] == rule
    }


def _field(subject_group: str) -> str | None:
    return subject_group.removeprefix("field ") if subject_group.startswith("field ") else None


def _criteria(*types: str) -> list[str]:
    every = [c for programme in reference().programmes.values() for c in programme.criteria]
    people = {"tap_the", "ca_nhan", "gia_dinh", "any"}
    return [c.id for c in every if c.type in types and people & set(c.recipient_kind.split("|"))]


@pytest.mark.parametrize("criterion", sorted(CRITERIA))
def test_criterion(criterion: str, verdicts: dict[tuple[str, str], str]) -> None:
    told = [verdicts.get((criterion, side)) for side in ("breaks", "satisfies")]
    assert told == ["fail", "pass"]


@pytest.mark.parametrize("criterion", _criteria("machine", "attestable", "qualitative"))
def test_without_evidence_unknown(criterion: str, verdicts: dict[tuple[str, str], str]) -> None:
    assert verdicts.get((criterion, "bare")) == "unknown"


def test_every_machine_criterion_has_cases() -> None:
    assert sorted(set(_criteria("machine")) - set(CRITERIA) - NOT_OF_NOMINEES) == []
