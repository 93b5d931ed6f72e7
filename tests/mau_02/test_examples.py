"""The examples of mẫu 02's checks, each sent as it is told: one side has the finding, the other has none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipelines.common.paths import PROJECT
from pipelines.common.yaml_files import read_plain
from tests.mau_02.world import World
from tests.raw_rows import reference

MAU_02: dict[str, Any] = read_plain(PROJECT / "data" / "reference" / "examples" / "mau_02.yml")
CASES: dict[str, dict[str, Any]] = MAU_02["cases"]
UNIT = "LS-HUYEN-TRANG-DINH"
NUMBER = re.compile(r"(?<![\w,])\d+(?:,\d+)?")


SIDES = [(rule, side) for rule in CASES for side in ("passes", "fails")]


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], set[str]]:
    """(rule, side) → the checks that fail, or that ask for what the unit has not sent; all in one world."""
    world = World()
    units = [one.unit_code for one in reference().units if one.programme_id == "LS-1620" and one.parent_code]
    of = dict(zip(units, SIDES, strict=False))
    for unit, (rule, side) in of.items():
        case = CASES[rule][side]
        table = {row: tuple(numbers) for row, numbers in {**MAU_02["table"], **case.get("rows", {})}.items()}
        world.table(unit, table, {row: tuple(both) for row, both in case.get("shares", {}).items()})
        for times, award in case.get("awards", {}).items():
            world.awards(unit, *[tuple(award)] * times)
        if "headcounts" in case:
            world.headcounts(unit, {year: tuple(both) for year, both in case["headcounts"].items()})
    rows = world.build().execute(
        "SELECT unit_code, rule_id FROM intermediate.int_verdicts_mau_02 WHERE verdict <> 'pass'"
    )
    found: dict[tuple[str, str], set[str]] = {side: set() for side in SIDES}
    for unit, rule in rows.fetchall():
        found[of[unit]].add(rule)
    return found


@pytest.mark.parametrize("rule", CASES)
def test_one_side_has_the_finding_and_the_other_has_none(
    rule: str, told: dict[tuple[str, str], set[str]]
) -> None:
    passes, fails = told[rule, "passes"], told[rule, "fails"]
    assert (fails - passes, passes - fails) == ({rule}, set())


@pytest.mark.parametrize("rule", CASES)
def test_the_numbers_told_are_those_sent(rule: str) -> None:
    for side in CASES[rule].values():
        sent = str({**MAU_02["table"], **side}).replace(".", ",")
        told = NUMBER.findall(side["vi"].replace("mẫu 02", "mẫu"))
        assert [number for number in told if not re.search(rf"\b{number}\b", sent)] == []


def test_every_check_of_the_form_has_an_example() -> None:
    checks = {
        rule.id
        for rules in reference().all_rules
        for rule in rules.completeness
        if getattr(rule.judge, "by", None) == "mau_02"
    }
    assert set(CASES) == checks
