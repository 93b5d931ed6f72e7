"""What a finding says beyond its rule: which sections are missing, and the file in which to mend it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.rules.world import World, opened

PROGRAMME = "LS-1620"


def _told(world: World, rule: str) -> list[dict[str, Any]]:
    with world.build("int_verdicts_completeness") as connection:
        return _rows(connection, rule)


def _rows(connection: duckdb.DuckDBPyConnection, rule: str) -> list[dict[str, Any]]:
    names = ("params", "submission_id", "source_file", "source_sheet", "source_row", "source_cell")
    found = connection.execute(
        f"SELECT {', '.join(names)} FROM intermediate.int_verdicts_completeness WHERE rule_id = ?", [rule]
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def test_a_report_names_its_missing_sections() -> None:
    world = World()
    unit = world.unit(PROGRAMME, "LS-SO-BAN-NGANH")
    lacking = [{"like": "m01_ls", "in": "LS-M01", "without": ["khai_quat", "P1.V.2", "P2.III"]}]
    for file in opened(lacking):
        world.send(PROGRAMME, unit, file)
    [row] = _told(world, "CP-LS-M01-MUC")
    assert json.loads(row["params"])["missing_fields"] == (
        "khái quát đặc điểm tình hình; mục V.2 phần thứ nhất; mục III phần thứ hai"
    )


def test_the_table_sent_with_a_report_is_its_section_on_awards() -> None:
    world = World()
    unit = world.unit(PROGRAMME, "LS-SO-BAN-NGANH")
    for file in opened([{"like": "m01_ls", "in": "LS-M01", "without": ["P1.IV.2"]}]):
        world.send(PROGRAMME, unit, file)
    assert _told(world, "CP-LS-M01-MUC") == []


@pytest.mark.parametrize(
    ("named", "missing"),
    [({"chu_ho": "Ông Mẫu", "gioi_tinh": "Nam"}, []), ({"chu_ho": "Ông Mẫu"}, ["giới tính"])],
)
def test_the_head_of_a_household_is_its_name(named: dict[str, str], missing: list[str]) -> None:
    world = World()
    unit = world.unit(PROGRAMME, "LS-SO-BAN-NGANH")
    values = {"ngay_sinh": date(1960, 1, 1), "que_quan": "x", "tru_quan": "x", **named}
    household = {"name": "Hộ ông Mẫu", "kind": "gia_dinh", "set": values}
    world.send(PROGRAMME, unit, {"form": "LS-M04", "received": date(2020, 4, 3), "year": 2020, **household})
    told = [json.loads(row["params"])["missing_fields"] for row in _told(world, "CP-LS-M04-CN")]
    assert told == missing


def test_years_missing_in_a_record_are_told_in_the_record() -> None:
    world = World()
    unit = world.unit(PROGRAMME, "LS-SO-BAN-NGANH")
    received = date(2020, 5, 28)
    who = {"name": "Người Mẫu", "kind": "ca_nhan"}
    world.send(
        PROGRAMME, unit, {"form": "LS-M03", "received": received, "rows": [{**who, "tom_tat": "đã nêu"}]}
    )
    years = [{"nam": year, "ket_qua": {"code": "HTXSNV"}} for year in (2018, 2019)]
    record = world.send(
        PROGRAMME,
        unit,
        {"form": "ND91-TT", "received": received, "year": 2020, **who, "items": {"xep_loai": years}},
    )
    [row] = _told(world, "CP-LS-BC5NAM")
    assert json.loads(row["params"])["given_years"] == "2018, 2019"
    assert row["submission_id"] == record
    assert row["source_file"] == f"{PROGRAMME}/{unit}/{received}/{record}.xlsx"
    assert (row["source_sheet"], row["source_cell"]) == ("Trang 1", "D1")


@pytest.mark.parametrize("field", ["CB-3.1.2", "CB-3.1.8"])
def test_what_a_field_asks_cites_the_fields_own_clause(field: str) -> None:
    """003 II.3.1: each field says whom it is for; «trường học tư» is in none of these."""
    world = World()
    unit = world.unit("CB-2125", "CB-HUYEN-UY")
    facts = [["collective_type", None, "trường học tư"]]
    files = [{"like": "cb", "in": "CB-BDK", "rows_set": {"linh_vuc": field}, "facts": facts}]
    for file in opened([{**files[0], "name_of_facts": "Tập thể một"}]):
        world.send("CB-2125", unit, file)
    [row] = _told(world, "CP-CB-DOITUONG")
    assert json.loads(row["params"])["citation"].endswith(f"mục II.{field.removeprefix('CB-')}")
