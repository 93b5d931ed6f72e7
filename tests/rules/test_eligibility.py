"""Groups of criteria in three-valued logic, with their AND and OR exactly as written."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.common.yaml_files import read_plain
from tests.rules.test_criteria import annex, nominate
from tests.rules.world import EXAMPLES, HERE, World

GROUPS: dict[str, dict[str, Any]] = read_plain(HERE / "groups.yml")
GOOD: list[list[Any]] = GROUPS["ls_official"]["facts"]


def _facts(group: dict[str, Any], case: dict[str, Any]) -> list[list[Any]]:
    """The group's facts as the case changes them; a fact is known by what it tells and its year."""
    changed = {tuple(fact[:2]): fact for fact in case.get("change", [])}
    left = {tuple(fact) for fact in case.get("without", [])}
    facts = case.get("only", group["facts"])
    kept = [changed.pop(tuple(fact[:2]), fact) for fact in facts if tuple(fact[:2]) not in left]
    return [*kept, *changed.values(), *case.get("add", [])]


def _eligibility(
    cases: dict[str, tuple[dict[str, Any], list[list[Any]]]], policies: dict[str, Any] | None = None
) -> dict[str, str]:
    """Name → eligibility, of nominees each in a unit of its own."""
    world, units = World(policies=policies or {}), {}
    for number, (name, (group, facts)) in enumerate(cases.items()):
        unit = nominate(world, group["programme"], group["kind"], group, str(number))
        annex(world, group["programme"], unit, facts, str(number))
        units[unit] = name
    with world.build("int_eligibility") as connection:
        rows = connection.execute(
            "SELECT unit_code, eligibility FROM intermediate.int_eligibility "
            "JOIN intermediate.int_nominations USING (nomination_id)"
        ).fetchall()
    return {units[unit]: eligibility for unit, eligibility in rows}


WRITTEN = {
    f"{name}: {said}": (group, case)
    for name, group in GROUPS.items()
    for said, case in group["cases"].items()
}


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return _eligibility({name: (group, _facts(group, case)) for name, (group, case) in WRITTEN.items()})


@pytest.mark.parametrize("case", WRITTEN)
def test_group(case: str, told: dict[str, str]) -> None:
    assert told[case] == WRITTEN[case][1]["expect"]


def _official(facts: list[list[Any]], policies: dict[str, Any] | None = None) -> str:
    return _eligibility({"official": (GROUPS["ls_official"], facts)}, policies)["official"]


def test_policy_of_precedence() -> None:
    """POL-LS-CBCCVC-PREC: read as (A and B and C) or D, a CSTĐ tỉnh alone stands for the ratings."""
    low = [fact if fact[0] != "rating.self" else [*fact[:2], "HTNV"] for fact in GOOD]
    facts = [*low, ["award.self", 2019, "CSTD-TINH"]]
    assert _official(facts) == "fail"
    assert _official(facts, {"POL-LS-CBCCVC-PREC": "(A_and_B_and_C)_or_D"}) == "unknown"


def test_policy_of_evaluation_years() -> None:
    """POL-LS-EVAL-YEARS decides which years must be rated."""
    facts = [*GOOD, ["rating.self", 2015, "HTNV"]]
    assert _official(facts) == "unknown"
    assert _official(facts, {"POL-LS-EVAL-YEARS": [2015, 2019]}) == "fail"


GROUPS_ALONE: dict[str, dict[str, Any]] = read_plain(EXAMPLES / "groups.yml")


def test_groups_that_no_criterion_alone_breaks() -> None:
    world, units = World(), {}
    for name, group in GROUPS_ALONE.items():
        for side in ("breaks", "open"):
            tag = str(len(units))
            unit = nominate(world, group["programme"], group["kind"], group, tag)
            annex(world, group["programme"], unit, group[side], tag)
            units[unit] = (name, side)
    with world.build("int_group_verdicts") as connection:
        rows = connection.execute(
            "SELECT s.unit_code, t.rule_id, v.v FROM intermediate.int_subjects AS s "
            "JOIN intermediate.int_group_verdicts AS v USING (subject_no) "
            "JOIN ref.rule_trees AS t USING (rule_no) "
            "WHERE s.about = 'nomination'"
        ).fetchall()
    told = {units[unit]: v for unit, rule, v in rows if units[unit][0] == rule}
    assert told == {(name, side): int(side == "open") for name in GROUPS_ALONE for side in ("breaks", "open")}
