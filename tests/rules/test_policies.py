"""Policies in force change what they should: counts, phases, lateness."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.world import World, opened


def _told(world: World) -> set[tuple[str, str, str | None]]:
    with world.build("int_verdicts") as connection:
        rows = connection.execute(
            "SELECT unit_code, rule_id, v.severity FROM intermediate.int_verdicts AS v"
        ).fetchall()
    return {(unit, rule, severity) for unit, rule, severity in rows}


def _registration(policies: dict[str, Any], received: date) -> World:
    """Three and three in phase 1 of a district, received on a day; nothing in phase 2."""
    world = World(policies=policies)
    unit = world.unit("CB-2125", "CB-HUYEN-UY")
    for file in opened([{"like": "cb", "received_in": {"CB-BDK": received}}]):
        world.send("CB-2125", unit, file)
    return world


@pytest.mark.parametrize(
    ("policy", "phases"),
    [
        ("declared_phase", {"CB-GD1": 6}),
        ("count_in_both", {"CB-GD1": 6, "CB-GD2": 6}),
        ("half_year", {"CB-GD2": 6}),
    ],
)
def test_the_year_two_phases_share(policy: str, phases: dict[str, int]) -> None:
    """POL-CB-2023-OVERLAP: a registration received in October 2023 that declares phase 1."""
    world = _registration({"POL-CB-2023-OVERLAP": policy}, date(2023, 10, 1))
    with world.build("int_nomination_phases") as connection:
        rows = connection.execute(
            "SELECT phase_id, count(*) FROM intermediate.int_nomination_phases GROUP BY phase_id"
        ).fetchall()
    assert {str(phase): int(number) for phase, number in rows} == phases


def test_one_or_the_other() -> None:
    """POL-LS-HOAC: one collective or one person; read as «both», one of each is within the cap."""
    rows = [{"name": "Tập thể", "kind": "tap_the"}, {"name": "Cá nhân", "kind": "ca_nhan"}]
    for reading, broken in (("xor", True), ("both", False)):
        world = World(policies={"POL-LS-HOAC": reading})
        unit = world.unit("LS-1620", "LS-DON-VI-CON-LAI")
        world.send("LS-1620", unit, {"form": "LS-M03", "received": date(2020, 5, 1), "rows": rows})
        assert any(rule == "CP-LS-HOAC" for _, rule, _ in _told(world)) == broken


def test_before_a_day() -> None:
    """POL-TRUOC-NGAY: on the day itself a note; read inclusively, in time."""
    on_the_day = date(2022, 12, 30)
    late = {
        (rule, severity) for _, rule, severity in _told(_registration({}, on_the_day)) if rule == "CP-CB-MUON"
    }
    assert late == {("CP-CB-MUON", "information")}
    in_time = _told(_registration({"POL-TRUOC-NGAY": "inclusive"}, on_the_day))
    assert not any(rule == "CP-CB-MUON" for _, rule, _ in in_time)
    after = _told(_registration({}, date(2022, 12, 31)))
    assert {severity for _, rule, severity in after if rule == "CP-CB-MUON"} == {None}


@pytest.mark.parametrize("severity", ["information", "warning", "blocking"])
def test_how_grave_lateness_is(severity: str) -> None:
    """POL-LATE-SEVERITY grades what came late and what is overdue, nothing else; on the day itself a note."""
    graded = {}
    for day in (30, 31):
        world = _registration({"POL-LATE-SEVERITY": severity}, date(2022, 12, day))
        unsigned = world.unit("CB-2125", "CB-HUYEN-UY")
        world.send(
            "CB-2125",
            unsigned,
            {"form": "CB-BDK", "received": date(2022, 1, 1), "head": {"giai_doan": "CB-GD1"}, "rows": []},
        )
        with world.build("int_verdicts") as connection:
            rows = connection.execute(
                "SELECT rule_id, coalesce(v.severity, r.severity) FROM intermediate.int_verdicts AS v "
                "JOIN ref.rules AS r USING (rule_id)"
            ).fetchall()
        graded[day] = dict(rows)
    owed = ("CP-CB-KEHOACH", "CP-CB-BCNAM", "CP-CB-SOKET", "CP-CB-TONGKET")
    overdue = dict.fromkeys(owed, severity)
    assert graded[30] == {"CP-CB-MUON": "information", "CP-CB-KY": "blocking", **overdue}
    assert graded[31] == {"CP-CB-MUON": severity, "CP-CB-KY": "blocking", **overdue}


@pytest.mark.parametrize(
    ("day", "phase", "asked"),
    [
        (None, "CB-GD1", False),
        (date(2024, 6, 29), "CB-GD1", True),
        (date(2024, 6, 30), "CB-GD1", False),
        (date(2024, 6, 29), "CB-GD2", False),
    ],
)
def test_the_day_from_which_phase_2_is_asked_for(day: date | None, phase: str, asked: bool) -> None:
    """POL-CB-GD2-DATE: the reminder's day; on the day itself nobody is reminded yet."""
    world = World(date(2024, 6, 30), policies={"POL-CB-GD2-DATE": day})
    unit = world.unit("CB-2125", "CB-HUYEN-UY")
    for file in opened([{"like": "cb", "in": "CB-BDK", "head": {"giai_doan": phase}}]):
        world.send("CB-2125", unit, file)
    asks = [rule for sender, rule, _ in _told(world) if (sender, rule) == (unit, "CP-CB-GD2")]
    assert asks == (["CP-CB-GD2"] if asked else [])


def test_what_many_means() -> None:
    """POL-NHIEU-MIN is the least number that «nhiều» means."""
    for many, verdict in ((2, 0), (1, 2)):
        world = World(policies={"POL-NHIEU-MIN": many})
        unit = world.unit("BHXH-2125", "BHXH-DON-VI")
        world.send(
            "BHXH-2125",
            unit,
            {"form": "BHXH-M01", "received": date(2022, 5, 1), "year": 2022, "name": "Người"},
        )
        row = {"name": "Người", "recognised_initiative_count": 1}
        world.send("BHXH-2125", unit, {"form": "PL-TC", "received": date(2022, 5, 1), "rows": [row]})
        world.rows["records"][0]["recipient_kind"] = "ca_nhan"
        with world.build("int_rule_verdicts") as connection:
            rows = connection.execute(
                "SELECT v FROM intermediate.int_rule_verdicts JOIN ref.rule_trees USING (rule_no) "
                "WHERE rule_id = 'BH-CN-SANGKIEN'"
            ).fetchall()
        assert rows == [(verdict,)]
