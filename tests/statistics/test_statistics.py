"""The ministry's tables 0602 and 0603: every number counted again in Python, traced, printed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from tests.raw_rows import reference
from tests.recipients.world import OTHER, UNIT, awards, person, published
from tests.rules.world import World

NAMES = {
    "BK-TTCP": "Bằng khen của Thủ tướng Chính phủ",
    "HC-LD": "Huân chương Lao động",
    "CTD-CP": "Cờ thi đua của Chính phủ",
    "BK-CTUBND-TINH": "Bằng khen của Chủ tịch UBND tỉnh",
    "TTLDXS": "Tập thể lao động xuất sắc",
}
CLASSES = ("lanh_dao_vu_so", "truc_tiep", "lanh_dao_khac", None)
MANNERS = ("thuong_xuyen", "dot_xuat", None)
DAYS = (date(2023, 11, 30), date(2023, 12, 1), date(2024, 11, 30), date(2024, 12, 1), None)


def _rows() -> list[dict[str, Any]]:
    """Awards of every kind on the days on which a statistical year ends and begins."""
    rows = []
    for number, (award, day) in enumerate((award, day) for award in NAMES for day in DAYS):
        for kind in ("ca_nhan", "tap_the", "gia_dinh"):
            known = day.year if day else 2024
            row = person(f"Người {number} {kind}", NAMES[award], known, f"Phòng {number}")
            row |= {"kind": kind, "decision_date": day, "decision_no": f"{number}/QĐ"}
            if kind == "ca_nhan":
                row["object_class"] = CLASSES[number % len(CLASSES)]
            rows.append(row)
    return rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    world = World()
    awards(world, UNIT, date(2025, 1, 5), *_rows())
    awards(world, OTHER, date(2025, 1, 5), person("Ai", NAMES["BK-TTCP"], 2024, decision_date=DAYS[2]))
    for number, row in enumerate(world.rows["award_rows"]):
        row["sub_kind"] = MANNERS[number % len(MANNERS)]
    taken_back = [
        row for row in _rows() if row["award"] == NAMES["BK-TTCP"] and row["decision_date"] == DAYS[0]
    ]
    world.send(
        "LS-1620",
        OTHER,
        {"form": "KT-TH", "received": date(2025, 1, 6), "name": "thu-hoi", "rows": taken_back},
    )
    root = tmp_path_factory.mktemp("statistics") / "home"
    return published(world, root, more=("rpt_statistics", "trc_statistics"))


def _counted(found: list[tuple[Any, ...]], table_id: str, year: int) -> Counter[tuple[str, str, str]]:
    """Unit, row and column of the form, counted one award at a time, straight from the layout."""
    table = next(one for one in reference().statistics.tables if one.id == table_id)
    levels = {award.code: award.level for award in reference().awards.awards}
    given_to = {award.code: award.recipient_kinds for award in reference().awards.awards}
    tops = {unit.programme_id: unit.unit_type for unit in reference().units if unit.parent_code is None}
    named = {code for column in table.columns for code in column.awards}
    out: Counter[tuple[str, str, str]] = Counter()
    for unit, programme, code, kind, group, manner, day in found:
        if levels.get(code) not in table.levels or day is None:
            continue
        if day.year + (day.month == 12) != year:
            continue
        rows = [next(row.id for row in table.rows if row.by == "all")]
        for row in table.rows:
            said = {"kind": kind, "class": group if kind == "ca_nhan" else None}
            said |= {"manner": manner, "programme": tops[programme]}
            if row.by in said and said[row.by] in row.values:
                rows.append(row.id)
        columns = []
        for column in table.columns:
            is_of = code not in named if column.rest else code in column.awards
            if column.each_vi and kind not in given_to[code]:
                continue
            if is_of and (not column.kinds or kind in column.kinds):
                name = f"{column.id}.{code}" if column.each_vi else column.id
                columns.append(f"{name}.{kind}" if column.kinds else name)
        if code in named or any(column.rest for column in table.columns):
            columns.append("total")
        out.update((unit, row, column) for row in rows for column in columns)
    return out


@pytest.mark.parametrize("table_id", ["0602", "0603"])
@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_number_is_what_python_counts(home: Home, table_id: str, year: int) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute(
            "SELECT unit_code, programme_id, award_code, recipient_kind, object_class, sub_kind, "
            "decision_date FROM marts.fct_awards WHERE NOT is_revoked"
        ).fetchall()
        revoked = connection.execute("SELECT count(*) FROM marts.fct_awards WHERE is_revoked").fetchall()
        told = connection.execute(
            "SELECT unit_code, row_id, column_id, amount FROM marts.rpt_statistics "
            "WHERE table_id = ? AND statistical_year = ? AND scope = 'own' AND column_id <> 'no_column' "
            "AND row_id NOT LIKE '%?' AND row_id <> 'undated'",
            [table_id, year],
        ).fetchall()
    counted = _counted(found, table_id, year)
    assert {(unit, row, column): amount for unit, row, column, amount in told} == dict(counted)
    assert counted
    assert revoked == [(3,)]  # of the three kinds, told by another unit with the decision that gave them


def _of_above(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Each award once for its unit and once for each unit above it."""
    parents = {unit.unit_code: unit.parent_code for unit in reference().units}
    out = []
    for unit, *said in found:
        above: str | None = unit
        while above:
            out.append((above, *said))
            above = parents[above]
    return out


@pytest.mark.parametrize("table_id", ["0602", "0603"])
def test_a_province_has_what_its_units_have(home: Home, table_id: str) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute(
            "SELECT unit_code, programme_id, award_code, recipient_kind, object_class, sub_kind, "
            "decision_date FROM marts.fct_awards WHERE NOT is_revoked"
        ).fetchall()
        told = connection.execute(
            "SELECT unit_code, row_id, column_id, amount FROM marts.rpt_statistics "
            "WHERE table_id = ? AND statistical_year = 2024 AND scope = 'rollup' "
            "AND column_id <> 'no_column' AND row_id NOT LIKE '%?' AND row_id <> 'undated'",
            [table_id],
        ).fetchall()
    counted = _counted(_of_above(found), table_id, 2024)
    assert {(unit, row, column): amount for unit, row, column, amount in told} == dict(counted)
    assert {unit for unit, _, _ in counted} >= {UNIT, "LS"}


@pytest.mark.parametrize("table_id", ["0602", "0603"])
def test_nothing_falls_out(home: Home, table_id: str) -> None:
    """In every column the rows of each division, with those outside the form, add up to the first row."""
    table = next(one for one in reference().statistics.tables if one.id == table_id)
    first = next(row.id for row in table.rows if row.by == "all")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        told = connection.execute(
            "SELECT row_id, column_id, sum(amount) FROM marts.rpt_statistics "
            "WHERE table_id = ? AND statistical_year = 2024 AND scope = 'own' GROUP BY ALL",
            [table_id],
        ).fetchall()
    amounts = {(row, column): int(amount) for row, column, amount in told}
    persons = next(row.id for row in table.rows if row.values == ("ca_nhan",))
    for by, whole in (("kind", first), ("manner", first), ("class", persons)):
        parts = [row.id for row in table.rows if row.by == by] + [f"{by}?"]
        for column in {column for _, column in amounts}:
            assert sum(amounts.get((row, column), 0) for row in parts) == amounts.get((whole, column), 0), (
                by,
                column,
            )


def asked(home: Home, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.root)])
    return result.exit_code, result.output


def test_a_number_is_traced_to_its_awards(home: Home) -> None:
    code, said = asked(
        home,
        *("trace", "--unit", "LS", "--scope", "rollup", "--table", "0602", "--year", "2024"),
        *("--row", "9", "--column", "bk.ca_nhan"),
    )
    lines = said.splitlines()
    assert code == 0
    # 01/12/2023 and 30/11/2024 of one unit, 30/11/2024 of the other
    assert lines[0].endswith("biểu 0602 năm 2024, hàng 9, cột bk.ca_nhan: 3")
    assert len(lines) == 4
    assert any(f"LS-1620/{OTHER}/2025-01-05/s2.xlsx, trang “Trang 1”, ô C5" in line for line in lines)


def test_printed_tables_hold_the_numbers_and_say_what_is_unknown(home: Home, tmp_path: Path) -> None:
    for kind in ("xlsx", "docx"):
        code, _ = asked(
            home,
            *("statistics", "--table", "0602", "--year", "2024", "--unit", UNIT, "--scope", "own"),
            *("--format", kind, "--out", str(tmp_path / f"b.{kind}")),
        )
        assert code == 0
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert sheet is not None
    rows = {str(row[1].value): [cell.value for cell in row] for row in sheet.iter_rows() if row[1].value}
    # three awards of the State, two days of the statistical year, three kinds
    assert rows["1"][0] == "Tổng số"
    assert rows["1"][3] == 18
    assert rows["7"][3] == "chưa rõ"
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "9 lượt khen năm 2024 không ghi ngày quyết định" in text
    assert "Cá nhân chưa rõ phân loại" in text
    document = Document(str(tmp_path / "b.docx"))
    printed = {row.cells[1].text: [cell.text for cell in row.cells] for row in document.tables[1].rows}
    assert printed["1"][3] == "18"
    assert printed["7"][3] == "chưa rõ"


def test_a_year_whose_layout_is_not_at_hand_waits(home: Home, tmp_path: Path) -> None:
    where = ("--format", "xlsx", "--out", str(tmp_path / "x.xlsx"))
    code, said = asked(home, "statistics", "--table", "0603", "--year", "2026", "--unit", UNIT, *where)
    assert (code, "chờ biểu mới" in said) == (2, True)
    assert asked(home, "statistics", "--table", "0604", "--year", "2024", "--unit", UNIT, *where)[0] == 2
