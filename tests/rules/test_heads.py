"""Heads and the unit they head: a collective of that name in the same folder decides."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pipelines.common.yaml_files import read_plain
from tests.rules.test_criteria import annex
from tests.rules.world import EXAMPLES, World

HEAD = read_plain(EXAMPLES / "heads.yml")["BH-CN-LANHDAO-TAPTHE"]
PHONG, FAILS, HOLDS = HEAD["workplace"], HEAD["breaks"], HEAD["open"]
SENT = {"received": date(2022, 12, 5), "year": 2022}

# (post, workplace, name of the collective, its facts) → verdict of «gắn với tiêu chuẩn của tập thể» (000:59)
CASES: dict[str, tuple[str, str, str | None, list[list[Any]], str]] = {
    "the collective fails": (HEAD["post"], PHONG, PHONG, FAILS, "fail"),
    "the collective holds, the council decides": (HEAD["post"], PHONG, PHONG, HOLDS, "unknown"),
    "no such collective": ("Trưởng phòng", PHONG, None, [], "unknown"),
    "written otherwise": ("trưởng  phòng", "PHÒNG GIÁM ĐỊNH", PHONG, FAILS, "fail"),
    "the unit stands in the post": ("Trưởng phòng Giám định", "BHXH huyện Thử", PHONG, FAILS, "fail"),
    "the workplace is above the unit headed": (
        "Trưởng phòng",
        "BHXH huyện Thử",
        "BHXH huyện Thử",
        FAILS,
        "unknown",
    ),
    "a head with two posts": ("Bí thư Chi bộ, Giám đốc", "BHXH huyện Thử", "BHXH huyện Thử", FAILS, "fail"),
    "a deputy heads nothing": ("Phó Trưởng phòng", PHONG, PHONG, FAILS, "unknown"),
    "another collective": ("Trưởng phòng", PHONG, "Phòng Kế toán", FAILS, "unknown"),
}


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[str, str, str]]:
    """Case → verdict, what was used, eligibility of the head."""
    world, units = World(), {}
    for name, (post, place, collective, facts, _) in CASES.items():
        unit = world.unit("BHXH-2125", "DN")
        units[unit] = name
        person = {"form": "BHXH-M01", "name": "Người thử", "kind": "ca_nhan", **SENT}
        world.send("BHXH-2125", unit, {**person, "set": {"chuc_vu": post, "don_vi_cong_tac": place}})
        if collective:
            world.send("BHXH-2125", unit, {"form": "BHXH-M02", "name": collective, "kind": "tap_the", **SENT})
            annex(world, "BHXH-2125", unit, facts, "", collective)
    with world.build("fct_verdicts", "int_eligibility") as connection:
        rows = connection.execute(
            "SELECT v.unit_code, v.verdict, v.values_used, e.eligibility FROM marts.fct_verdicts AS v "
            "JOIN intermediate.int_eligibility AS e USING (nomination_id) "
            "WHERE rule_id = 'BH-CN-LANHDAO-TAPTHE'"
        ).fetchall()
    return {units[unit]: (verdict, used, eligible) for unit, verdict, used, eligible in rows}


@pytest.mark.parametrize("case", CASES)
def test_the_unit_decides(case: str, told: dict[str, Any]) -> None:
    """POL-BHXH-OR: the leader's condition warns, it makes no one ineligible."""
    assert (told[case][0], told[case][2]) == (CASES[case][4], "unknown")


def test_explained_by_the_cells_of_the_collective(told: dict[str, Any]) -> None:
    used = [fact for fact in json.loads(told["the collective fails"][1]) if fact["of"] == "led_unit"]
    assert [(fact["field"], fact["value"], fact["cell"]) for fact in used] == [
        ("award", "GK", "C6"),
        ("discipline_count_from_canh_cao", "1.0", "C6"),
    ]
    assert len({fact["file"] for fact in used}) == 2
    assert told["no such collective"][1] is None


def _official(name: str, group: str) -> dict[str, Any]:
    row = {"name": name, "kind": "ca_nhan", "nhom_doi_tuong": {"code": group}}
    return {"form": "LS-M03", "received": date(2020, 5, 1), "rows": [row]}


def _verdicts(world: World) -> dict[str, str]:
    with world.build("fct_verdicts") as connection:
        rows = connection.execute(
            "SELECT v.rule_id, v.verdict FROM marts.fct_verdicts AS v JOIN intermediate.int_nominations AS n "
            "USING (nomination_id) WHERE n.recipient_kind = 'ca_nhan' AND v.rule_id LIKE 'LS-BK-CN-TT%'"
        ).fetchall()
    return dict(rows)


def test_ratings_and_awards_of_the_unit_headed() -> None:
    """002:182: the director of a sở; the sở's own record and the folder's award lists tell of it."""
    world = World()
    unit = world.unit("LS-1620", "LS-DON-VI-CON-LAI")
    world.send("LS-1620", unit, _official("Nông Văn Thử, Giám đốc Sở Thử", "thu_truong_so_huyen"))
    record = {"form": "ND91-TT", "received": date(2020, 5, 1), "year": 2020, "kind": "tap_the"}
    ratings = [{"nam": year, "ket_qua": "HTTNV"} for year in range(2016, 2020)]
    flag = {"award_code": "CTD-TINH", "nam": 2017, "so_qd": "1/QĐ-UBND", "ngay_qd": date(2018, 1, 15)}
    world.send(
        "LS-1620", unit, {**record, "name": "Sở Thử", "items": {"xep_loai": ratings, "khen_thuong": [flag]}}
    )
    expected = {
        "LS-BK-CN-TTCS-DVHTT": "pass",
        "LS-BK-CN-TTCS-DV1BK": "fail",
        "LS-BK-CN-TTSO-DVHTT": "pass",
        "LS-BK-CN-TTSO-DV2CO": "fail",
    }
    assert _verdicts(world) == expected


def test_an_award_list_proves_what_it_names_only() -> None:
    """One flag in the folder's list: of a second one nothing is known; two are enough."""
    for flags, verdict in ((1, "unknown"), (2, "pass")):
        world = World()
        unit = world.unit("LS-1620", "LS-DON-VI-CON-LAI")
        world.send("LS-1620", unit, _official("Nông Văn Thử, Giám đốc Sở Thử", "thu_truong_so_huyen"))
        won = {"name": "Sở Thử", "kind": "tap_the", "award": "Cờ thi đua của UBND tỉnh"}
        rows = [{**won, "year": 2017 + n, "decision_date": date(2018 + n, 1, 15)} for n in range(flags)]
        world.send("LS-1620", unit, {"form": "KT-DS", "received": date(2020, 5, 1), "rows": rows})
        assert _verdicts(world)["LS-BK-CN-TTSO-DV2CO"] == verdict


def test_the_head_a_registration_names() -> None:
    """Cao Bằng's table I names who heads a collective: 003:34 binds that person."""
    world = World()
    unit = world.unit("CB-2125", "CB-HUYEN-UY")
    rows = [
        {"name": "Xã Thử", "kind": "tap_the", "nguoi_dung_dau": "Hoàng Thị Thử"},
        {"name": "Hoàng Thị Thử", "kind": "ca_nhan"},
        {"name": "Hoàng Thị Khác", "kind": "ca_nhan"},
    ]
    world.send(
        "CB-2125",
        unit,
        {"form": "CB-BDK", "received": date(2022, 12, 1), "head": {"giai_doan": "CB-GD1"}, "rows": rows},
    )
    annex(
        world,
        "CB-2125",
        unit,
        [["rating.self", 2021, "HTTNV"], ["rating.self", 2022, "HTXSNV"]],
        "",
        "Xã Thử",
    )
    with world.build("fct_verdicts", "int_eligibility") as connection:
        rows_told = connection.execute(
            "SELECT n.recipient_name, v.rule_id, v.verdict, e.eligibility "
            "FROM intermediate.int_nominations AS n "
            "JOIN intermediate.int_eligibility AS e USING (nomination_id) "
            "JOIN marts.fct_verdicts AS v USING (nomination_id) "
            "WHERE v.rule_id IN ('CB-CN-LDCC-HTXS', 'CB-CN32-LANHDAO-TAPTHE')"
        ).fetchall()
    # the commune was not xuất sắc every year (2021), but it was in the adjacent year and is registered
    assert sorted(rows_told) == [
        ("Hoàng Thị Khác", "CB-CN-LDCC-HTXS", "unknown", "unknown"),
        ("Hoàng Thị Khác", "CB-CN32-LANHDAO-TAPTHE", "unknown", "unknown"),
        ("Hoàng Thị Thử", "CB-CN-LDCC-HTXS", "fail", "fail"),
        ("Hoàng Thị Thử", "CB-CN32-LANHDAO-TAPTHE", "pass", "fail"),
    ]
