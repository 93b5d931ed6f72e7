"""Every completeness rule: a case that breaks it and one that satisfies it, exact as to the whole set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.reference.models.judges import JudgedElsewhere
from tests.rules.world import AS_OF, CASES, HERE, World, by_hand, opened

ELSEWHERE: dict[str, str] = yaml.safe_load((HERE / "judged_elsewhere.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Case:
    """One side of a case: what a unit sent, and every rule it breaks."""

    name: str
    """The rule; where a rule has several cases, with a word behind it."""
    programme: str
    side: str
    expected: list[str]
    files: list[dict[str, Any]]
    unit_type: str
    unit: str | None
    others: list[dict[str, Any]]
    """What units beside it sent, in both sides."""
    as_of: date
    policies: dict[str, Any]
    ended: date | None
    """The unit's last day."""

    def __str__(self) -> str:
        return f"{self.name} {self.side}"


def _cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*-*.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for name, case in data["cases"].items():
            expected = {"breaks": [name.split()[0], *case.get("also", [])], "satisfies": case.get("yet", [])}
            found += [
                Case(
                    name,
                    case.get("programme", data["programme"]),
                    side,
                    sorted(expected[side]),
                    case[side],
                    case.get("unit_type", data["unit_type"]),
                    case.get("unit_of_both") or (case.get("unit") if side == "breaks" else None),
                    case.get("others", []),
                    case.get("as_of", AS_OF),
                    case.get("policies", {}),
                    case.get("ended"),
                )
                for side in ("breaks", "satisfies")
            ]
    return found


CASE_LIST = _cases()


@pytest.fixture(scope="module")
def findings() -> dict[str, list[str]]:
    """The rules each case's unit breaks; in one build, save a unit twice, other nights, policies."""
    told: dict[str, list[str]] = {}
    waiting = list(enumerate(CASE_LIST))
    while waiting:
        named: set[str | None] = set()
        now, later = [], []
        night = (waiting[0][1].as_of, waiting[0][1].policies)
        for number, case in waiting:
            waits = (case.as_of, case.policies) != night or (case.unit and case.unit in named)
            (later if waits else now).append((number, case))
            named.add(case.unit)
        told |= _judged(now)
        waiting = later
    return told


def _judged(cases: list[tuple[int, Case]]) -> dict[str, list[str]]:
    world = World(cases[0][1].as_of, policies=cases[0][1].policies)
    units = {}
    for number, case in cases:
        code = case.unit or world.unit(case.programme, case.unit_type, case.ended)
        units[code] = str(case)
        for file in opened(case.files):
            world.send(case.programme, code, file, tag=str(number))
        for other in case.others:
            beside = world.unit(other["programme"], other["unit_type"])
            for file in opened(other["files"]):
                world.send(other["programme"], beside, file, tag=str(number))
    with world.build("int_verdicts") as connection:
        rows = connection.execute(
            "SELECT unit_code, rule_id || coalesce(':' || severity, '') FROM intermediate.int_verdicts "
            "WHERE verdict = 'fail' ORDER BY ALL"
        ).fetchall()
    told: dict[str, list[str]] = {case: [] for case in units.values()}
    for unit, rule in rows:
        if unit in units:
            told[units[unit]].append(rule)
    return told


@pytest.mark.parametrize("case", CASE_LIST, ids=str)
def test_case(case: Case, findings: dict[str, list[str]]) -> None:
    assert sorted(set(findings[str(case)])) == case.expected


def test_every_rule_that_is_judged_has_both_cases() -> None:
    judged = {
        rule.id
        for programme in by_hand()
        for rule in programme.completeness
        if not (isinstance(rule.judge, JudgedElsewhere) and rule.judge.by == "not_observed")
    }
    cased = {case.name.split()[0] for case in CASE_LIST} | set(ELSEWHERE)
    assert sorted(judged - cased) == [], "rules without cases in data/reference/examples/cases"
    assert sorted(cased - judged) == [], "cases of rules that are not there"


@pytest.mark.parametrize("rule", sorted(ELSEWHERE))
def test_what_is_judged_elsewhere_is_tested_there(rule: str) -> None:
    text = (PROJECT / ELSEWHERE[rule]).read_text("utf-8")
    assert re.search(rf"[\"']{re.escape(rule)}[\"']", text)


def test_what_is_never_judged_says_why() -> None:
    silent = [
        rule.id
        for programme in by_hand()
        for rule in programme.completeness
        if isinstance(rule.judge, JudgedElsewhere) and rule.judge.by == "not_observed" and not rule.judge.why
    ]
    assert silent == []
