"""What data can say of a programme: a real decision with a dossier a year, a cap over a city, units that end.

tests/rules/new_programme/HN-2630: xã 1 and 2 become xã 3 on 1/7/2027, xã 4 ends then and nobody comes after,
a sở is renamed on 1/7/2026. Tonight is 31/12/2027.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.common.paths import PROJECT
from tests.rules.world import World

HN = "HN-2630"
ASKED = ("int_dues", "int_counts", "int_leaf_verdicts", "int_rule_verdicts", "int_subjects", "int_facts")
ASKED += ("int_verdicts_cross_checks",)


def _proposals(*names: str, workplace: str | None = None) -> dict[str, Any]:
    rows = [{"name": name, "kind": "ca_nhan", "workplace": workplace} for name in names]
    return {"form": "LS-DSDN", "received": date(2026, 3, 1), "rows": rows}


def _award(name: str, workplace: str | None, year: int) -> dict[str, Any]:
    row = {
        "name": name,
        "kind": "ca_nhan",
        "award": "Công dân Thủ đô ưu tú",
        "year": year,
        "workplace": workplace,
    }
    return {"form": "KT-DS", "received": date(2026, 1, 5), "rows": [row]}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = Path(
        shutil.copytree(PROJECT / "data" / "reference", tmp_path_factory.mktemp("hn") / "reference")
    )
    shutil.copytree(Path(__file__).parent / "new_programme" / HN, folder / "programmes" / HN)
    world = World(as_of=date(2027, 12, 31), folder=folder)
    # who had the title: in another unit's list and in another programme's
    world.send(HN, "HN-XA-5", _award("Trần Đã Có", "Trường Một", 2024))
    world.send("LS-1620", "LS-SO-Y-TE", _award("Lê Trùng Tên", "Bệnh viện Hai", 2020))
    # 2026: xã 1 two persons, xã 2 one: three in the city, of two allowed
    world.send(HN, "HN-XA-1", _proposals("Trần Đã Có", "Lê Trùng Tên", workplace="Trường Một"))
    world.send(HN, "HN-XA-2", _proposals("Phạm Chưa Có"))
    world.send(HN, "HN-XA-1", {"form": "DOC-BIENBAN", "received": date(2026, 3, 1), "year": 2026})
    # 2027: proposals again, minutes of the year before only
    world.send(HN, "HN-XA-1", _proposals("Ngô Năm Sau") | {"received": date(2027, 3, 1), "key": "2027"})
    rated = [{"nam": year, "ket_qua": {"code": "HTXSNV"}} for year in (2025, 2026)]
    world.send(
        HN,
        "HN-XA-1",
        {"form": "ND91-TT", "received": date(2027, 3, 1), "name": "Ngô Năm Sau", "kind": "ca_nhan"}
        | {"year": 2027, "items": {"xep_loai": rated}},
    )
    # the sở under its new name names one person; plans of those that take part
    world.send(HN, "HN-SO-MOI", _proposals("Vũ Của Sở") | {"received": date(2026, 9, 1)})
    for unit in ("HN-XA-1", "HN-XA-4", "HN-XA-5", "HN-SO-CU"):
        world.send(HN, unit, {"form": "DOC-KEHOACH", "received": date(2026, 2, 1), "year": 2026})
    # a file of xã 2 when there is only xã 3
    world.send(HN, "HN-XA-2", {"form": "DOC-BCNAM", "received": date(2027, 9, 5), "year": 2025})
    # xã 1 reports on 2026, late
    world.send(HN, "HN-XA-1", {"form": "DOC-BCNAM", "received": date(2027, 1, 5), "year": 2026})
    return world.build(*ASKED)


def _rows(told: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return told.execute(sql).fetchall()


def _judged(told: duckdb.DuckDBPyConnection, rule: str, columns: str) -> list[tuple[Any, ...]]:
    """The verdicts (0 fails, 1 unknown, 2 passes) of one rule."""
    return _rows(
        told,
        f"SELECT {columns} FROM intermediate.int_rule_verdicts AS v "
        "JOIN staging.stg_ref__rule_trees AS t USING (rule_no) "
        f"JOIN intermediate.int_subjects AS s USING (subject_no) WHERE t.rule_id = '{rule}' ORDER BY ALL",
    )


def _counted(told: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[Any, ...]]:
    counts = f"SELECT unit_code, period, n, v FROM intermediate.int_counts WHERE rule_id = '{rule}'"
    return _rows(told, f"{counts} ORDER BY ALL")


def test_an_award_of_another_list_speaks_and_a_name_alone_does_not(told: duckdb.DuckDBPyConnection) -> None:
    """Same name and workplace: fails. Same name elsewhere: unknown. In no list: passes."""
    found = _judged(told, "HN-MOTLAN", "s.recipient_name, v.v")
    assert found == [
        ("Lê Trùng Tên", 1),
        ("Ngô Năm Sau", 2),
        ("Phạm Chưa Có", 2),
        ("Trần Đã Có", 0),
        ("Vũ Của Sở", 2),
    ]


def test_the_list_that_speaks_is_shown(told: duckdb.DuckDBPyConnection) -> None:
    [row] = _rows(
        told,
        "SELECT f.code, f.year, f.other_file, f.cell, f.is_partial FROM intermediate.int_facts AS f "
        "JOIN intermediate.int_subjects AS s USING (subject_no) "
        "WHERE f.field = 'award_history' AND s.recipient_name = 'Trần Đã Có'",
    )
    assert row[0:2] == ("CDTDUT", 2024)
    assert "HN-XA-5" in row[2]
    assert row[3:] == ("C5", False)


def test_two_years_just_before_the_proposal(told: duckdb.DuckDBPyConnection) -> None:
    """Proposed in 2027, rated in 2025 and 2026: passes; of the others nothing was sent."""
    found = _judged(told, "HN-HAINAM", "s.recipient_name, v.v")
    assert [name for name, v in found if v == 2] == ["Ngô Năm Sau"]
    assert {v for name, v in found if name != "Ngô Năm Sau"} == {1}


def test_a_dossier_of_a_year_needs_the_papers_of_that_year(told: duckdb.DuckDBPyConnection) -> None:
    """Xã 1 sent minutes in 2026 and none in 2027."""
    found = _judged(told, "CP-HN-BIENBAN", "s.unit_code, s.year, v.v")
    assert found == [("HN-SO-MOI", 2026, 0), ("HN-XA-1", 2026, 2), ("HN-XA-1", 2027, 0), ("HN-XA-2", 2026, 0)]


def test_a_cap_over_the_city_counts_what_all_below_sent(told: duckdb.DuckDBPyConnection) -> None:
    """2026: 2 of xã 1, 1 of xã 2, 1 of the sở = 4 of 2 allowed; 2027: 1. Each xã for itself is below 9."""
    assert _counted(told, "CP-HN-TRAN") == [
        ("HN", "2026", 4, 0),
        ("HN", "2027", 1, 2),
        ("HN-XA-1", "2026", 2, 2),
        ("HN-XA-2", "2026", 1, 2),
        ("HN-XA-3", "2027", 1, 2),
    ]


def test_a_number_for_a_named_unit_follows_its_new_name(told: duckdb.DuckDBPyConnection) -> None:
    found = _rows(
        told,
        "SELECT unit_code, period, n, v FROM intermediate.int_counts WHERE rule_id = 'CP-HN-SO' ORDER BY ALL",
    )
    assert found == [("HN-SO-MOI", "2026", 1, 2)]


def test_reports_are_owed_by_who_stands_on_the_day(told: duckdb.DuckDBPyConnection) -> None:
    """2026 by xã 1, 2, 4, 5, of whom 1 was late and 2 took no part; 2027 by xã 3 (xã 1 took part), and by 5.

    Xã 4 is abolished and owes nothing of 2027; the sở's field is owed under its new name.
    """
    found = _rows(
        told,
        "SELECT rule_id, cell_id, unit_code, v FROM intermediate.int_dues WHERE v = 0 ORDER BY ALL",
    )
    assert found == [
        ("CP-HN-MUON", "HN-BC-2026", "HN-XA-1", 0),
        ("CP-HN-THIEU", "HN-BC-2026", "HN-XA-4", 0),
        ("CP-HN-THIEU", "HN-BC-2026", "HN-XA-5", 0),
        ("CP-HN-THIEU", "HN-BC-2027", "HN-XA-3", 0),
        ("CP-HN-THIEU", "HN-BC-2027", "HN-XA-5", 0),
        ("CP-HN-THIEU", "HN-VH-2026", "HN-SO-MOI", 0),
    ]


def test_a_severity_is_as_written(told: duckdb.DuckDBPyConnection) -> None:
    assert _rows(told, "SELECT severity FROM ref.rules WHERE rule_id = 'CP-HN-MUON'") == [("blocking",)]


def test_whoever_came_after_is_expected(told: duckdb.DuckDBPyConnection) -> None:
    """The final report of 2030: xã 3 for 1 and 2, with what they sent; xã 4 is known to have ended."""
    found = _rows(
        told,
        "SELECT e.unit_code, e.ended_on, string_agg(c.counted_unit_code, ' ' ORDER BY c.counted_unit_code) "
        "FROM ref.coverage_expected AS e JOIN ref.coverage_counted_units AS c USING (cell_id, unit_code) "
        "WHERE e.cell_id = 'HN-TK' GROUP BY ALL ORDER BY 1",
    )
    assert found == [
        ("HN-XA-3", None, "HN-XA-1 HN-XA-2 HN-XA-3"),
        ("HN-XA-4", date(2027, 6, 30), "HN-XA-4"),
        ("HN-XA-5", None, "HN-XA-5"),
    ]


def test_the_cap_cell_of_the_city_counts_all_below(told: duckdb.DuckDBPyConnection) -> None:
    counted = "SELECT counted_unit_code FROM ref.coverage_counted_units WHERE cell_id = 'HN-HS-2026'"
    assert {code for (code,) in _rows(told, counted)} >= {"HN", "HN-XA-1", "HN-SO-MOI"}


def test_a_file_of_a_unit_that_has_ended_is_told(told: duckdb.DuckDBPyConnection) -> None:
    found = "SELECT unit_code, params ->> '$.read' FROM intermediate.int_verdicts_cross_checks "
    rows = _rows(told, found + f"WHERE rule_id = 'CP-ALL-DON-VI-CU' AND programme_id = '{HN}'")
    assert rows == [("HN-XA-2", "30/06/2027; đơn vị kế thừa: Xã Ba")]
