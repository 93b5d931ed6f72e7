"""Every completeness rule: a case that breaks it and one that satisfies it, exact as to the whole set."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from pipelines.reference.judge_models import JudgedElsewhere
from tests.rules.world import CASES, World, opened, reference

FILES = sorted(CASES.glob("*-*.yml"))


def _cases() -> list[tuple[str, str, str, list[str], list[dict[str, Any]], str, str | None]]:
    """(programme, rule, side, expected, files, unit type, unit) of every case."""
    found = []
    for path in FILES:
        data = yaml.safe_load(path.read_text("utf-8"))
        for rule, case in data["cases"].items():
            for side in ("breaks", "satisfies"):
                expected = (
                    sorted([rule, *case.get("also", [])]) if side == "breaks" else sorted(case.get("yet", []))
                )
                where = (
                    case.get("unit_type", data["unit_type"]),
                    case.get("unit") if side == "breaks" else None,
                )
                found.append((data["programme"], rule, side, expected, case[side], *where))
    return found


CASE_LIST = _cases()


@pytest.fixture(scope="module")
def findings() -> dict[str, list[str]]:
    """The rules each case's unit breaks; all cases in one build."""
    world = World()
    units = {}
    for number, (programme, rule, side, _, files, unit_type, unit) in enumerate(CASE_LIST):
        code = unit or world.unit(programme, unit_type)
        units[code] = f"{rule} {side}"
        for file in opened(files):
            world.send(programme, code, file, tag=str(number))
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


@pytest.mark.parametrize("case", CASE_LIST, ids=lambda case: f"{case[1]} {case[2]}")
def test_case(case: tuple[Any, ...], findings: dict[str, list[str]]) -> None:
    _, rule, side, expected, *_ = case
    assert sorted(set(findings[f"{rule} {side}"])) == expected


def test_every_judged_rule_has_both_cases() -> None:
    cased = {case[1] for case in CASE_LIST}
    judged = {
        rule.id
        for programme in reference().all_rules
        for rule in programme.completeness
        if not isinstance(rule.judge, JudgedElsewhere)
    }
    assert sorted(judged - cased) == [], "rules without cases in tests/rules/cases"
    assert sorted(cased - judged) == [], "cases of rules that are not there"
