"""Every quota: at its number it holds, one beyond it does not, and nothing else changes with it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from pipelines.common.yaml_files import read_plain
from pipelines.rules.examples import examples
from tests.rules.world import CASES, EXAMPLES, World, by_hand, words

QUOTAS: dict[str, dict[str, Any]] = read_plain(CASES.parent / "quotas.yml")
BREAKS, HOLDS = 0, 2
YEAR, RECEIVED = 2022, date(2022, 5, 1)
# One world per group of kinds that is off its number: quotas of one unit are broken one at a time.
OFF: dict[str, set[str]] = {"none": set(), "people": {"ca_nhan"}, "others": {"tap_the", "gia_dinh"}}


def _send(
    world: World, programme: str, unit: str, form: str, quotas: list[tuple[dict[str, Any], int]]
) -> None:
    """What a unit names in one form, as many of each quota as told."""
    rows = [
        {
            "name": f"{quota['kind']} {quota.get('field', '')} {number}",
            "kind": quota["kind"],
            **({"linh_vuc": {"code": quota["field"]}} if "field" in quota else {}),
            **({"award": quota["award"], "year": quota["year"]} if "award" in quota else {}),
        }
        for quota, amount in quotas
        for number in range(amount)
    ]
    year = quotas[0][0].get("year", YEAR)
    file = {"form": form, "received": date(year, 5, 1), "year": year}
    if form in ("BHXH-M01", "BHXH-M02", "LS-M04"):
        for row in rows:
            world.send(programme, unit, file | row)
    else:
        head = {"giai_doan": {"code": "CB-GD1"}} if form == "CB-BDK" else {}
        # a household, so that the form names someone where a quota gets nobody
        others = [{"name": "Hộ khác", "kind": "gia_dinh"}] if form == "CB-BDK" else []
        world.send(programme, unit, file | {"head": head, "rows": rows + others})


def _counts(group: str, off: str) -> dict[str, int]:
    """Quota → its verdict, where the quotas of the kinds in ``off`` are off their number."""
    world, units = World(), dict[tuple[str, str], str]()
    sent: dict[tuple[str, str, str], list[tuple[dict[str, Any], int]]] = defaultdict(list)
    programmes = {quota.id: quota.programme for rules in by_hand() for quota in rules.quotas}
    for name, quota in QUOTAS[group].items():
        programme = programmes[name]
        if "unit_type" in quota:
            # mẫu 04 and the dossier of a district are two units here
            key = (quota["unit_type"], quota["rule"])
            unit = units.get(key) or units.setdefault(key, world.unit(programme, quota["unit_type"]))
        else:
            unit = quota["unit"]
        amount = quota["beyond"] if quota["kind"] in OFF[off] else quota["at"]
        sent[programme, unit, quota["form"]].append((quota, amount))
    for (programme, unit, form), quotas in sent.items():
        _send(world, programme, unit, form, quotas)
    rules = sorted({quota["rule"] for quota in QUOTAS[group].values()})
    with world.build("int_counts") as connection:
        rows = connection.execute(
            "SELECT quota_id, v FROM intermediate.int_counts "
            "WHERE list_contains(?, rule_id) AND quota_id IS NOT NULL",
            [rules],
        ).fetchall()
    told = dict(rows)
    assert len(rows) == len(told), "a quota was judged twice"
    return told


@pytest.mark.parametrize("off", OFF)
@pytest.mark.parametrize("group", ["counted", "counted_whole"])
def test_quotas(group: str, off: str) -> None:
    expected = {name: BREAKS if quota["kind"] in OFF[off] else HOLDS for name, quota in QUOTAS[group].items()}
    assert _counts(group, off) == expected


def test_every_quota_is_judged_or_says_why_not() -> None:
    known = {quota.id for rules in by_hand() for quota in rules.quotas}
    assert sorted(name for group in QUOTAS.values() for name in group) == sorted(known)


def _standing(quota: str, side: str) -> str:
    """What is said of a sum over all units, or of the unit's cell, where so many were sent."""
    case, world = QUOTAS["measured"][quota], World()
    programme = next(rules.programme.id for rules in by_hand() for one in rules.quotas if one.id == quota)
    others = [kind for kind in ("tap_the", "ca_nhan") if "cell" in case and kind != case["kind"]]
    named = [(case["kind"], number) for number in range(case[side])] + [(kind, 0) for kind in others]
    rows = [{"name": f"{kind} {number}", "kind": kind} for kind, number in named]
    if "award" in case:
        rows = [{**row, "award": case["award"], "year": YEAR} for row in rows]
    received = date(2020, 6, 1) if programme == "LS-1620" else RECEIVED
    file = {"form": case.get("form", "KT-DS"), "received": received, "year": YEAR, "rows": rows}
    world.send(programme, case["unit"], file)
    with world.build("rpt_programme_goals", "rpt_phase_coverage") as connection:
        found = (
            connection.execute(
                "SELECT standing FROM marts.rpt_programme_goals WHERE goal_id = ?", [quota]
            ).fetchone()
            or connection.execute(
                "SELECT status FROM marts.rpt_phase_coverage WHERE cell_id = ? AND unit_code = ?",
                [case["cell"], case["unit"]],
            ).fetchone()
        )
    assert found is not None
    return str(found[0])


@pytest.mark.parametrize("quota", QUOTAS["measured"])
def test_what_is_measured(quota: str) -> None:
    assert _standing(quota, "at") in ("covered", "reached", "within_band")
    assert _standing(quota, "beyond") in ("partial", "not_reached", "below_band")


def test_the_rule_that_says_a_number_has_an_example() -> None:
    told = set(examples(EXAMPLES, words()))
    assert sorted(set(QUOTAS["same_as"].values()) - told) == []


def _judged(unit: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    world = World()
    world.send("HCM-2125", unit, {"form": "HCM-DSDK", "received": RECEIVED, "year": YEAR, "rows": rows})
    with world.build("int_counts") as connection:
        found = connection.execute(
            "SELECT quota_id, v FROM intermediate.int_counts "
            "WHERE rule_id = 'CP-HCM-SL-LV' AND unit_code = ?",
            [unit],
        ).fetchall()
    return {str(quota): int(verdict) for quota, verdict in found}


def test_a_lead_agency_without_a_row_of_its_field_has_none() -> None:
    rows = [{"name": f"Người {n}", "kind": "ca_nhan", "linh_vuc": {"code": "HCM-l"}} for n in range(5)]
    assert _judged("HCM-SO-Y-TE", rows) == {"Q-HCM-LV-E-TT": BREAKS, "Q-HCM-LV-E-CN": BREAKS}


def test_what_kind_and_field_are_not_said_keeps_a_minimum_open() -> None:
    field = {"linh_vuc": {"code": "HCM-e"}}
    certain = [{"name": f"Người {n}", "kind": "ca_nhan", **field} for n in range(5)]
    teams = [{"name": f"Khoa {n}", "kind": "tap_the", **field} for n in range(4)]
    for open_row in ({"name": "Chưa rõ", **field}, {"name": "Chưa rõ", "kind": "tap_the"}):
        assert _judged("HCM-SO-Y-TE", [*certain, *teams, open_row]) == {
            "Q-HCM-LV-E-TT": 1,
            "Q-HCM-LV-E-CN": HOLDS,
        }
