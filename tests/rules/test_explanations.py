"""A verdict explains itself: the values it used, of whom and which year, each with its file and cell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rules.test_criteria import CRITERIA, MET, annex, nominate
from tests.rules.world import World, reference

Used = list[dict[str, Any]]

# one criterion of each kind of leaf, and what its satisfying case used: (of, field, year, value)
KINDS: dict[str, list[tuple[str, str, int | None, str]]] = {
    "BH-DT-TAPTHE": [("self", "collective_type", None, "cap_phong")],  # in
    "BH-DT-CANHAN": [  # in and flag
        ("self", "employer_in_bhxh_sector", None, "true"),
        ("self", "employment_type", None, "vien_chuc"),
    ],
    "CB-TT-NEUGUONG70": [("self", "pct_exemplary_members", None, "70.01")],  # num
    "BH-TT-VUOTCHITIEU": [  # num_all_years
        ("self", "target_completion_pct", 2021, "100.1"),
        ("self", "target_completion_pct", 2022, "104.0"),
    ],
    "HCM-LV-A-THUNHAP": [  # gt_field
        ("self", "household_income_vnd", 2023, "50000001.0"),
        ("self", "local_avg_household_income_vnd", 2023, "50000000.0"),
    ],
    "CB-LV4-SXKD-02": [  # growth_all_years
        ("self", "profit_vnd", 2021, "10.0"),
        ("self", "profit_vnd", 2022, "11.0"),
        ("self", "revenue_vnd", 2021, "100.0"),
        ("self", "revenue_vnd", 2022, "101.0"),
    ],
    "HCM-LV-C-GIAMNGHEO": [  # decrease_all_years
        ("self", "poor_household_rate", 2021, "5.0"),
        ("self", "poor_household_rate", 2022, "4.9"),
    ],
    "CB-TT-TCD-1XS": [  # rating_count_years of two organisations
        ("mass_org", "rating", 2022, "HTXSNV"),
        ("party_org", "rating", 2022, "HTXSNV"),
    ],
    "BH-TT-KHENTHUONG": [("self", "award", 2020, "CTD-BHXH")],  # award_count
    "CB-CN-GDVH": [("family", "award", 2021, "GDVH"), ("family", "award", 2022, "GDVH")],  # award_all_years
    "CB-TT-KEHOACH": [  # docs_all_years
        ("self", "annual_plan_document", 2021, "01-KH"),
        ("self", "annual_plan_document", 2022, "02-KH"),
    ],
    "HCM-LV-Đ-CN-DANGVIEN": [  # if, and a rating of party members; asked of heads (POL-HCM-D-RATING)
        ("self", "is_head_of_unit", None, "true"),
        ("self", "is_party_member", None, "true"),
        ("self", "rating", 2023, "DV-HTTNV"),
    ],
}


@pytest.fixture(scope="module")
def explained() -> dict[str, dict[str, tuple[str, Used | None, str | None]]]:
    """Criterion of the case → every verdict on its nominee: the verdict, what was used, the cells."""
    world, units = World(), {}
    programmes = {c.id: c.programme for p in reference().programmes.values() for c in p.criteria}
    for number, criterion in enumerate(MET):
        case = CRITERIA[criterion]
        programme = programmes[criterion]
        unit = nominate(world, programme, case["kind"], case, str(number))
        annex(world, programme, unit, case["satisfies"], str(number))
        units[unit] = criterion
    told: dict[str, dict[str, tuple[str, Used | None, str | None]]] = {name: {} for name in MET}
    with world.build("fct_verdicts") as connection:
        for unit, rule, verdict, used, cells in connection.execute(
            "SELECT unit_code, rule_id, verdict, values_used, source_cells FROM marts.fct_verdicts"
        ).fetchall():
            told[units[unit]][rule] = (verdict, json.loads(used) if used else None, cells)
    return told


@pytest.mark.parametrize("criterion", KINDS)
def test_values_used(criterion: str, explained: dict[str, Any]) -> None:
    verdict, used, cells = explained[criterion][criterion]
    assert (verdict, [(u["of"], u["field"], u["year"], u["value"]) for u in used]) == (
        "pass",
        KINDS[criterion],
    )
    assert cells


def test_a_decision_is_told_with_its_day(explained: dict[str, Any]) -> None:
    used = explained["BH-TT-KHENTHUONG"]["BH-TT-KHENTHUONG"][1]
    assert [(fact["decision_date"], fact["sheet"], fact["cell"]) for fact in used] == [
        ("2021-01-01", "Trang 1", "C6")
    ]


@pytest.mark.parametrize("criterion", MET)
def test_every_verdict_has_its_cells(criterion: str, explained: dict[str, Any]) -> None:
    """What passes or fails was told (here in the annex): no verdict without value, file and cell.

    Of «only once» what passes is that no list has it.
    """
    every = [one for programme in reference().programmes.values() for one in programme.criteria]
    absent = {one.id for one in every if one.check and one.check.get("op") == "never_awarded"}
    for rule, (verdict, used, _) in explained[criterion].items():
        if verdict != "unknown" and not rule.startswith(("CP-", "G-")) and rule not in absent:
            assert used, rule
            assert all(fact["file"] and fact["cell"] for fact in used), rule


def test_a_group_tells_what_was_found_of_its_criteria(explained: dict[str, Any]) -> None:
    verdict, used, _ = explained["LS-BK-GD-DONGGOP"]["G-LS-GIADINH"]
    assert verdict == "unknown"
    assert {part["rule"]: part["verdict"] for part in used} == {
        "LS-BK-CHUNG": "unknown",
        "LS-BK-GD-DONGGOP": "pass",
        "LS-BK-GD-GUONGMAU": "unknown",
        "LS-DT-CANHAN-GIADINH": "unknown",
    }
