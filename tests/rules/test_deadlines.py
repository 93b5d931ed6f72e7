"""Lateness and what is missing, a day before, on and after each deadline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.common.yaml_files import read_plain
from pipelines.reference.models.judges import OwedJudge
from tests.rules.world import AS_OF, HERE, World, by_hand

DEADLINES: dict[str, dict[str, Any]] = read_plain(HERE / "deadlines.yml")
MONTHS_LATER = timedelta(days=300)
PROGRAMMES = {rule.id: rule.programme for programme in by_hand() for rule in programme.completeness}
OWED = {
    rule.id: rule.judge
    for programme in by_hand()
    for rule in programme.completeness
    if isinstance(rule.judge, OwedJudge)
}


def _told(world: World, models: str) -> dict[tuple[str, str], str]:
    """(unit, rule) → severity of the finding."""
    with world.build(models) as connection:
        rows = connection.execute(
            f"SELECT unit_code, rule_id, coalesce(v.severity, r.severity) FROM intermediate.{models} AS v "
            "JOIN ref.rules AS r USING (rule_id)"
        ).fetchall()
    return {(unit, rule): severity for unit, rule, severity in rows}


@pytest.fixture(scope="module")
def late() -> dict[str, dict[date, str]]:
    """Case → day → what the rule says of the unit whose form came that day; all in one world."""
    world, units = World(date(2027, 1, 1)), {}
    for name, case in DEADLINES["late"].items():
        file = {key: value for key, value in case.items() if key in ("form", "year", "name", "head", "rows")}
        for day in case["days"]:
            units[name, day] = unit = world.unit(PROGRAMMES[case["rule"]], case["unit_type"])
            world.send(PROGRAMMES[case["rule"]], unit, {**file, "kind": "ca_nhan", "received": day}, tag=unit)
    told = _told(world, "int_verdicts")
    return {
        name: {day: told.get((units[name, day], case["rule"]), "none") for day in case["days"]}
        for name, case in DEADLINES["late"].items()
    }


@pytest.mark.parametrize("name", DEADLINES["late"])
def test_late(name: str, late: dict[str, dict[date, str]]) -> None:
    assert late[name] == DEADLINES["late"][name]["days"]


def _one(case: dict[str, Any], rule: str, file: dict[str, Any], as_of: date) -> str:
    """What a rule about what is due says of a unit that sent one file."""
    world, programme = World(as_of), PROGRAMMES[rule]
    unit = case.get("unit") or world.unit(programme, case["unit_type"])
    world.send(programme, unit, file)
    return _told(world, "int_verdicts_dues").get((unit, rule), "none")


@pytest.mark.parametrize("name", DEADLINES["held"])
def test_a_meeting_counts_by_the_day_it_was_held(name: str) -> None:
    case = DEADLINES["held"][name]
    for day, expected in case["days"].items():
        file = {"form": "DOC-HOINGHI", "year": 2020, "received": day + MONTHS_LATER, "held": day}
        assert _one(case, case["rule"], file, AS_OF) == expected, day


@pytest.mark.parametrize("received", [date(2020, 1, 31), date(2020, 12, 1)])
def test_a_meeting_without_a_day_is_never_late(received: date) -> None:
    """In time if its report was, else unknown."""
    case = DEADLINES["held"]["LS-HNX"]
    file = {"form": "DOC-HOINGHI", "year": 2020, "received": received}
    assert _one(case, case["rule"], file, AS_OF) == "none"


@pytest.mark.parametrize("rule", DEADLINES["missing"])
def test_missing(rule: str) -> None:
    case = DEADLINES["missing"][rule]
    for as_of, expected in case["nights"].items():
        assert _one(case, rule, case["sent"], as_of) == expected, as_of


def test_every_deadline_has_its_days() -> None:
    late = {case["rule"] for part in ("late", "held") for case in DEADLINES[part].values()}
    assert sorted({rule for rule, judge in OWED.items() if judge.late} - late) == []
    missing = {rule for rule, judge in OWED.items() if judge.missing and not judge.asked_after_policy}
    assert sorted(missing ^ set(DEADLINES["missing"])) == []
