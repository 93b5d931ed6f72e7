"""Groups of criteria in three-valued logic, with their AND and OR exactly as written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.test_criteria import annex
from tests.rules.world import World

YEARS = (2016, 2017, 2018, 2019)
# what the group of cán bộ, công chức, viên chức asks by data; council's criteria stay unknown
GOOD: list[list[Any]] = [
    ["resides_works_studies_in_province", None, True],
    ["in_provincial_delegate_list", None, True],
    *[["rating.self", year, "HTXSNV" if year > 2017 else "HTTNV"] for year in YEARS],
    ["award.self", 2018, "BK-CTUBND-TINH", date(2018, 12, 1)],
]


def _change(what: str, value: Any, year: int | None = None) -> list[list[Any]]:
    changed = [[*fact] for fact in GOOD]
    for fact in changed:
        if fact[0] == what and (year is None or fact[1] == year):
            fact[2] = value
    return changed


CASES = {
    "all machine criteria met: the council still decides": (GOOD, "unknown"),
    "nothing known": ([], "unknown"),
    "one machine criterion failed, others unknown": ([["in_provincial_delegate_list", None, False]], "fail"),
    "a year below the rating": (_change("rating.self", "HTNV", 2016), "fail"),
    "neither Bằng khen nor CSTĐ tỉnh": (_change("award.self", "GK"), "fail"),
    "CSTĐ tỉnh in place of Bằng khen": (_change("award.self", "CSTD-TINH"), "unknown"),
    "a year without a rating": ([fact for fact in GOOD if fact[1] != 2017], "unknown"),
}


def _eligibility(cases: dict[str, list[list[Any]]], policies: dict[str, Any] | None = None) -> dict[str, str]:
    world, units = World(policies=policies or {}), {}
    for number, (name, facts) in enumerate(cases.items()):
        unit = world.unit("LS-1620", "LS-DON-VI-CON-LAI")
        units[unit] = name
        row = {"name": "Người được xét", "kind": "ca_nhan", "nhom_doi_tuong": {"code": "cbccvc"}}
        world.send(
            "LS-1620", unit, {"form": "LS-M03", "received": date(2020, 5, 1), "rows": [row]}, str(number)
        )
        annex(world, "LS-1620", unit, facts, str(number))
    with world.build("int_eligibility") as connection:
        rows = connection.execute(
            "SELECT unit_code, eligibility FROM intermediate.int_eligibility "
            "JOIN intermediate.int_nominations USING (nomination_id)"
        ).fetchall()
    return {units[unit]: eligibility for unit, eligibility in rows}


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return _eligibility({name: facts for name, (facts, _) in CASES.items()})


@pytest.mark.parametrize("case", CASES)
def test_group(case: str, told: dict[str, str]) -> None:
    assert told[case] == CASES[case][1]


def test_policy_of_precedence() -> None:
    """POL-LS-CBCCVC-PREC: read as (A and B and C) or D, a CSTĐ tỉnh alone stands for the ratings."""
    facts = {"D only": [*_change("rating.self", "HTNV"), ["award.self", 2019, "CSTD-TINH"]]}
    assert _eligibility(facts) == {"D only": "fail"}
    assert _eligibility(facts, {"POL-LS-CBCCVC-PREC": "(A_and_B_and_C)_or_D"}) == {"D only": "unknown"}


def test_policy_of_evaluation_years() -> None:
    """POL-LS-EVAL-YEARS decides which years must be rated."""
    facts = {"bad 2015": [*GOOD, ["rating.self", 2015, "HTNV"]]}
    assert _eligibility(facts) == {"bad 2015": "unknown"}
    assert _eligibility(facts, {"POL-LS-EVAL-YEARS": [2015, 2019]}) == {"bad 2015": "fail"}
