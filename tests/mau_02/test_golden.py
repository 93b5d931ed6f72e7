"""The golden case: every row of one unit, its percentages, what stands outside, the totals by level."""

from __future__ import annotations

import duckdb
import pytest

from tests.mau_02.golden import EXPECTED, UNIT, golden_world
from tests.mau_02.world import counts

COUNTS = (
    "collectives, individuals, households, grassroots_collectives, direct_individuals, leader_individuals, "
    "unknown_class_collectives, unknown_class_individuals"
)
SHARES = (
    "grassroots_collectives_pct, direct_individuals_pct, leader_individuals_pct, "
    "award_rate_collectives_pct, award_rate_individuals_pct"
)
LLVT_OFF = {"POL-LLVT-MAP": "outside_form"}


@pytest.fixture(scope="module")
def golden() -> duckdb.DuckDBPyConnection:
    return golden_world().build()


@pytest.mark.parametrize(("unit", "scope"), [(UNIT, "own"), (UNIT, "rollup"), ("LS", "rollup")])
def test_every_row_is_as_worked_out_by_hand(golden: duckdb.DuckDBPyConnection, unit: str, scope: str) -> None:
    assert counts(golden, unit, scope, COUNTS) == EXPECTED


def test_the_province_itself_sent_nothing(golden: duckdb.DuckDBPyConnection) -> None:
    own = counts(golden, "LS", "own", f"{COUNTS}, number_source, {SHARES}")
    assert set(own.values()) == {(0,) * 8 + ("lists",) + (None,) * 5}
    assert len(own) == 43


def test_percentages(golden: duckdb.DuckDBPyConnection) -> None:
    shares = counts(golden, UNIT, "own", SHARES)
    # 8/12, 25/39, 7/39, 12/(5×20), 39/(5×500)
    assert shares["TC"] == pytest.approx((800 / 12, 2500 / 39, 700 / 39, 12.0, 1.56))
    # I.7 has no collectives: nothing to divide by; 2 of 2 persons are direct
    assert shares["I.7"] == (None, 100.0, 0.0, 0.0, pytest.approx(200 / 2500))
    assert shares["I.6"] == (None, None, None, 0.0, 0.0)


def test_share_of_the_units_own_totals() -> None:
    world = golden_world(**{"POL-PCT-DENOM": "unit_total_of_kind"})
    shares = counts(world.build(), UNIT, "own", SHARES)
    # direct 25 of 2500 person-years, grassroots 8 of 100; leaders still of the awarded
    assert shares["TC"] == pytest.approx((8.0, 1.0, 700 / 39, 12.0, 1.56))


def test_awards_of_the_armed_forces_stand_outside_when_the_policy_says_so() -> None:
    connection = golden_world(**LLVT_OFF).build()
    table = counts(connection, UNIT, "own", COUNTS)
    assert table["III.1"] == (0, 6, 0, 0, 4, 1, 0, 1)
    assert table["III.3"] == (2, 0, 0, 1, 0, 0, 0, 0)
    assert table["TC"][:2] == (11, 38)
    assert outside(connection) == {"?": (0, 1), "BK-BNG": (0, 1), "CSTT": (0, 1), "DVTT": (1, 0)}


def test_recipients_of_unknown_class_can_be_left_out_of_the_denominator() -> None:
    connection = golden_world(**{"POL-UNKNOWN-IN-PCT": "exclude"}).build()
    # 8/(12−1), 25/(39−4), 7/(39−4)
    assert counts(connection, UNIT, "own", SHARES)["TC"] == pytest.approx(
        (800 / 11, 2500 / 35, 20.0, 12.0, 1.56)
    )


def test_unnumbered_siblings_can_be_left_out_of_the_totals() -> None:
    table = counts(golden_world(**{"POL-M02-SIBLING": "do_not_add"}).build(), UNIT)
    # I: 18 − 2 NSƯT − 1 NNƯT; the siblings keep their own rows
    assert (table["I"], table["TC"], table["I.3.2"]) == ((3, 15), (12, 36), (0, 2))


def test_outside(golden: duckdb.DuckDBPyConnection) -> None:
    assert outside(golden) == {"?": (0, 1), "BK-BNG": (0, 1)}


def outside(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    rows = connection.execute(
        "SELECT award_code, collectives, individuals FROM marts.rpt_awards_outside_mau_02 "
        "WHERE unit_code = ? AND scope = 'own'",
        [UNIT],
    ).fetchall()
    return {code: (collectives, individuals) for code, collectives, individuals in rows}


def test_totals_by_level_hold_every_award_with_a_code_and_a_year(golden: duckdb.DuckDBPyConnection) -> None:
    rows = golden.execute(
        "SELECT level, sum(collectives), sum(individuals), sum(households) "
        "FROM marts.rpt_award_totals_by_level WHERE unit_code = 'LS' AND scope = 'rollup' GROUP BY ALL"
    ).fetchall()
    assert {level: tuple(map(int, numbers)) for level, *numbers in rows} == level_totals()


def level_totals() -> dict[str, tuple[int, int, int]]:
    """By the level of the award, not the group of the form; that of 2015 is in, that without a year not."""
    from tests.mau_02.golden import awards
    from tests.mau_02.world import reference

    levels = {award.code: award.level for award in reference().awards.awards}
    found: dict[str, list[int]] = {}
    for code, kind, _, _, year in awards():
        if code and year:
            column = ("tap_the", "ca_nhan", "gia_dinh").index(kind or "")
            found.setdefault(levels[code], [0, 0, 0])[column] += 1
    return {level: (a, b, c) for level, (a, b, c) in found.items()}


def test_a_missing_year_leaves_the_rate_open() -> None:
    world = golden_world()
    world.rows["headcount_rows"] = [row for row in world.rows["headcount_rows"] if row["year"] != 2018]
    rates = counts(world.build(), UNIT, "own", "award_rate_individuals_pct, direct_individuals_pct")
    assert rates["TC"] == (None, pytest.approx(2500 / 39))


def test_a_roll_up_needs_every_unit_that_sent_awards() -> None:
    world = golden_world()
    world.headcounts("LS-HUYEN-BINH-GIA", dict.fromkeys(range(2016, 2021), (5, 100)))
    # a unit with people and no awards only widens the denominator: 39 / (2500 + 500)
    assert counts(world.build(), "LS", "rollup", "award_rate_individuals_pct")["TC"][0] == pytest.approx(1.3)
    world.awards("LS-HUYEN-CAO-LOC", ("GK", "ca_nhan", "truc_tiep", None, 2018))
    assert counts(world.build(), "LS", "rollup", "award_rate_individuals_pct")["TC"] == (None,)
