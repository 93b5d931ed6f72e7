"""Units' own filled mẫu 02: what enters the roll-up, what is found in it, and at which cell."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest

from tests.mau_02.world import World, counts

UNIT, OTHER = "LS-HUYEN-TRANG-DINH", "LS-HUYEN-BINH-GIA"
SHOWN = "collectives, individuals, households, grassroots_collectives, direct_individuals, number_source"
NOUGHT = (0, 0, 0, 0, 0)


def right_table() -> dict[str, tuple[int | None, ...]]:
    """Everything adds up: 10 giấy khen (4 + 1 + 5) and 7 LĐTT."""
    return {
        "III.1": (0, 7, 0, 0, 5),
        "III.4": (2, 8, 0, 1, 6),
        "III.4.a": (2, 2, 0, 1, 2),
        "III.4.b": (0, 1, 0, 0, 1),
        "III.4.c": (0, 5, 0, 0, 3),
        "III": (2, 15, 0, 1, 11),
        "TC": (2, 15, 0, 1, 11),
    }


def found(connection: duckdb.DuckDBPyConnection, verdict: str = "fail") -> dict[tuple[str, str, str], Any]:
    rows = connection.execute(
        "SELECT rule_id, recipient_key, field, params, source_file, source_cell "
        "FROM intermediate.int_verdicts_mau_02 WHERE verdict = ?",
        [verdict],
    ).fetchall()
    return {
        (rule, row, field): (json.loads(params), file, cell) for rule, row, field, params, file, cell in rows
    }


def test_a_table_alone_enters_the_roll_up_and_is_marked() -> None:
    world = World()
    world.table(UNIT, right_table())
    world.awards(OTHER, ("GK", "ca_nhan", "truc_tiep", "dot_xuat", 2018))
    connection = world.build()
    own = counts(connection, UNIT, "own", SHOWN)
    assert own["III.4"] == (2, 8, 0, 1, 6, "table")
    assert own["TC"] == (2, 15, 0, 1, 11, "table")
    assert own["I.1"] == (*NOUGHT, "table")
    above = counts(connection, "LS", "rollup", SHOWN)
    assert above["III.4"] == (2, 9, 0, 1, 7, "table")  # the weakest of lists and table
    assert above["TC"] == (2, 16, 0, 1, 12, "table")
    # the form has no place for leaders: unknown for the unit alone, those of the lists above it
    assert counts(connection, UNIT, "own", "leader_individuals, leader_individuals_pct")["TC"] == (None, None)
    assert counts(connection, "LS", "rollup", "leader_individuals")["TC"] == (0,)
    assert found(connection) == {}


def test_the_total_of_a_table_is_recomputed_from_its_lines_and_its_error_found() -> None:
    world = World()
    world.table(UNIT, right_table() | {"TC": (2, 51, 0, 1, 11)})
    connection = world.build()
    assert counts(connection, UNIT)["TC"] == (2, 15)
    ((key, (params, file, cell)),) = found(connection).items()
    assert key == ("CP-LS-M02-TONG", "TC", "sl_ca_nhan")
    assert (params["da_ghi"], params["tinh_ra"]) == ("51", "15")
    assert (file, cell) == ("LS-1620/LS-HUYEN-TRANG-DINH/2020-05-02/mau-02.docx", "dòng 47, cột 4")


def test_each_check_at_its_cell() -> None:
    world = World()
    world.table(
        UNIT,
        {
            "I.9": (0, 2, 0, 0, 3),  # 3 direct of 2: TRUCTIEP
            "I.9.a": (0, 2, 0, None, None),
            "I.9.b": (0, 1, 0, None, None),  # 2 + 1 > 2: TRONGDO
            "I": (0, 2, 0, 0, 3),
            "III.1": (4, 0, 0, 0, 0),  # LĐTT is for persons: LOAI
            "III.4": (0, 5, 0, 0, 0),
            "III.4.a": (0, 4, 0, 0, 0),  # 4 <> 5: PHANBO
            "III": (4, 5, 0, 0, 0),
            "TC": (4, 7, 0, 0, 3),
        },
        {"III.4": (None, 0.65), "I": (None, 150.04)},  # 0 of 5; 3 of 2 = 150
    )
    assert set(found(world.build())) == {
        ("CP-LS-M02-TRUCTIEP", "I", "cs_ca_nhan_sl"),
        ("CP-LS-M02-TRUCTIEP", "I.9", "cs_ca_nhan_sl"),
        ("CP-LS-M02-TRONGDO", "I.9", "sl_ca_nhan"),
        ("CP-LS-M02-LOAI", "III.1", "sl_tap_the"),
        ("CP-LS-M02-PHANBO", "III.4", "sl_ca_nhan"),
        ("CP-LS-M02-PCT", "III.4", "cs_ca_nhan_pct"),
    }


def test_a_percentage_right_under_either_reading_is_no_warning() -> None:
    """002:355 «trong đó …» or 002:410 «tính trên tổng số … thuộc đơn vị»: either may be meant."""

    def judged(policy: str, share: float) -> set[tuple[str, str, str]]:
        world = World(policies={"POL-PCT-DENOM": policy})
        world.table(UNIT, right_table(), {"III.1": (None, share)})
        world.headcounts(UNIT, dict.fromkeys(range(2016, 2021), (10, 100)))
        return {key for key in found(world.build()) if key[0] == "CP-LS-M02-PCT"}

    wrong = {("CP-LS-M02-PCT", "III.1", "cs_ca_nhan_pct")}
    assert judged("awarded_in_row", 71.43) == set()  # 5 of 7
    assert judged("awarded_in_row", 0.7142857142857143) == set()  # an Excel cell shown as 71,43%
    assert judged("awarded_in_row", 0.71) == wrong
    assert judged("awarded_in_row", 1.0) == set()  # 5 of 500
    assert judged("unit_total_of_kind", 71.43) == set()
    assert judged("unit_total_of_kind", 1.0) == set()
    assert judged("unit_total_of_kind", 50) == wrong


@pytest.mark.parametrize(("share", "severity"), [(2.5, "information"), (90, None)])
def test_a_share_of_an_unknown_total_is_only_noted(share: float, severity: str | None) -> None:
    world = World()
    world.table(UNIT, right_table(), {"III.1": (None, share)})
    told = world.build().execute(
        "SELECT severity FROM intermediate.int_verdicts_mau_02 "
        "WHERE rule_id = 'CP-LS-M02-PCT' AND verdict = 'fail'"
    )
    assert told.fetchall() == [(severity,)]  # without a severity of its own: the rule's


def test_lists_count_and_each_difference_is_found() -> None:
    world = World()
    world.table(UNIT, right_table())
    gk = ("GK", "ca_nhan", "truc_tiep", "thuong_xuyen", 2018)
    world.awards(UNIT, *[("LDTT", "ca_nhan", "truc_tiep", None, 2018)] * 7, gk)
    connection = world.build()
    own = counts(connection, UNIT, "own", SHOWN)
    assert own["III.1"] == (0, 7, 0, 0, 7, "differ")  # 7 direct, the table says 5
    assert own["III.4"] == (0, 1, 0, 0, 1, "differ")
    assert own["I.1"] == (*NOUGHT, "agree")
    assert counts(connection, "LS", "rollup", "number_source")["I.1"] == ("agree",)
    differences = {key[1:]: (p["da_ghi"], p["tinh_ra"]) for key, (p, _, _) in found(connection).items()}
    assert differences == {
        ("III.1", "cs_ca_nhan_sl"): ("5", "7"),
        ("III.4", "sl_tap_the"): ("2", "0"),
        ("III.4", "sl_ca_nhan"): ("8", "1"),
        ("III.4", "cs_tap_the_sl"): ("1", "0"),
        ("III.4", "cs_ca_nhan_sl"): ("6", "1"),
        ("III.4.a", "sl_tap_the"): ("2", "0"),
        ("III.4.a", "sl_ca_nhan"): ("2", "0"),
        ("III.4.a", "cs_tap_the_sl"): ("1", "0"),
        ("III.4.a", "cs_ca_nhan_sl"): ("2", "0"),
        ("III.4.b", "sl_ca_nhan"): ("1", "0"),
        ("III.4.b", "cs_ca_nhan_sl"): ("1", "0"),
        ("III.4.c", "sl_ca_nhan"): ("5", "1"),
        ("III.4.c", "cs_ca_nhan_sl"): ("3", "1"),
    }
    assert {key[0] for key in found(connection)} == {"M02-KHAC-DANH-SACH"}


def test_an_agreeing_table_is_marked_and_silent() -> None:
    world = World()
    world.table(UNIT, {"III.1": (0, 1, 0, 0, 1), "III": (0, 1, 0, 0, 1), "TC": (0, 1, 0, 0, 1)})
    world.awards(UNIT, ("LDTT", "ca_nhan", "truc_tiep", None, 2018))
    connection = world.build()
    assert set(counts(connection, UNIT, "own", "number_source").values()) == {("agree",)}
    assert found(connection) == {}


def test_a_blank_form_sends_nothing() -> None:
    world = World()
    world.table(UNIT, {})
    connection = world.build()
    assert counts(connection, UNIT) == {}


def test_what_the_form_has_no_place_for_is_unknown_not_failed() -> None:
    world = World()
    world.table(UNIT, right_table())
    asked = {key[0] for key in found(world.build(), "unknown")}
    assert asked == {"CP-LS-M02-MAUSO", "CP-LS-M02-LANHDAO"}
    world.headcounts(UNIT, {2016: (10, 100)})
    assert ("CP-LS-M02-MAUSO", "", "tong_so") in found(world.build())
    world.headcounts(UNIT, dict.fromkeys(range(2017, 2021), (10, 100)), name="qs-2.xlsx")
    assert ("CP-LS-M02-MAUSO", "", "tong_so") in found(world.build(), "pass")


def test_the_trace_of_a_table_ends_in_its_cells() -> None:
    world = World()
    world.table(UNIT, right_table())
    rows = (
        world.build()
        .execute(
            "SELECT amount, source_cell FROM marts.trc_mau_02 "
            "WHERE unit_code = 'LS' AND scope = 'rollup' AND row_id = 'TC' "
            "AND column_name = 'individuals' ORDER BY ALL"
        )
        .fetchall()
    )
    assert rows == [(7, "dòng 40, cột 4"), (8, "dòng 43, cột 4")]
