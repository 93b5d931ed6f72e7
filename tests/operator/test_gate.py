"""What holds publication back: rows lost or too many, broken grains, wrong totals; nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from expectations import checkpoint
from expectations.suite import Ceiling, Fall, expectations_of
from pipelines.cli import app
from pipelines.common.paths import DBT_PROJECT, Home
from pipelines.transform import dbt
from pipelines.warehouse import staging

NIGHT = date(2026, 1, 2)
FALLS = [one for one in expectations_of("marts") if isinstance(one, Fall)]
CEILINGS = [one for one in expectations_of("marts") if isinstance(one, Ceiling)]
TABLES = {bound.table for bound in (*FALLS, *CEILINGS)}
PLENTY = 10_000


def _marts(path: Path, as_of: date, meta: str, rows: dict[str, int], read: int = PLENTY) -> None:
    """A file with so many rows in each mart; of any other mart 100."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
        connection.execute(f"CREATE TABLE meta.{meta} AS SELECT ?::DATE AS as_of", [as_of])
        staging.prepare(connection)
        for table in TABLES:
            connection.execute(
                f"CREATE TABLE marts.{table} AS SELECT 'accepted' AS status, "
                "CASE i WHEN 0 THEN ? ELSE 0 END AS rows_read FROM range(?) AS r(i)",
                [read, rows.get(table, 100)],
            )


def _held_back(
    root: Path, before: dict[str, int] | None, now: dict[str, int], read: int = PLENTY, as_of: date = NIGHT
) -> dict[str, str]:
    """Check → why, of what holds tonight back against the night of 02/01/2026."""
    home = Home(root)
    _marts(home.staging, as_of, "night", now, read)
    if before is not None:
        _marts(home.warehouse, NIGHT, "snapshot", before)
    with staging.opened(home.staging) as connection:
        results = checkpoint.run(connection, "marts", as_of, home.warehouse)
    return {one.id: one.failures[0].why for one in results if one.expectation.blocking and not one.passed}


@pytest.mark.parametrize("bound", FALLS, ids=lambda bound: bound.id)
def test_a_fall_beyond_the_bound(bound: Fall, tmp_path: Path) -> None:
    kept = round(200 * (1 - bound.most_lost_pct / 100))
    assert _held_back(tmp_path / "at", {bound.table: 200}, {bound.table: kept}) == {}
    beyond = _held_back(tmp_path / "beyond", {bound.table: 200}, {bound.table: kept - 1})
    assert list(beyond) == [bound.id]
    assert beyond[bound.id].startswith(f"{bound.what_vi} giảm từ 200 còn {kept - 1} (−")


@pytest.mark.parametrize("bound", FALLS, ids=lambda bound: bound.id)
def test_a_small_table_may_be_emptied(bound: Fall, tmp_path: Path) -> None:
    small = {bound.table: bound.from_rows - 1}
    assert _held_back(tmp_path, small, {bound.table: 1}) == {}


@pytest.mark.parametrize("bound", CEILINGS, ids=lambda bound: bound.id)
def test_more_rows_than_were_read(bound: Ceiling, tmp_path: Path) -> None:
    assert _held_back(tmp_path / "at", None, {bound.table: 120}, read=120) == {}
    beyond = _held_back(tmp_path / "beyond", None, {bound.table: 121}, read=120)
    assert beyond == {bound.id: f"Có 121 {bound.what_vi}, nhiều hơn 120 dòng đã đọc"}


def test_a_first_night_a_night_made_up_for_and_growth_are_never_held_back(tmp_path: Path) -> None:
    few, many = dict.fromkeys(TABLES, 1), dict.fromkeys(TABLES, PLENTY)
    assert _held_back(tmp_path / "first", None, few) == {}
    assert _held_back(tmp_path / "earlier", many, few, as_of=date(2026, 1, 1)) == {}
    assert _held_back(tmp_path / "growth", few, many) == {}


TAMPERED = {
    # a grain
    "unique_together_rpt_mau_02": "INSERT INTO marts.rpt_mau_02 SELECT * FROM marts.rpt_mau_02 "
    "WHERE scope = 'own' AND row_id = 'I.1' LIMIT 1",
    "unique_fct_awards_award_id": "INSERT INTO marts.fct_awards SELECT * FROM marts.fct_awards "
    "WHERE award_code IS NULL LIMIT 1",
    # totals: of a table, of a line and its events, of a roll-up and its units, of a summary and its cells
    "mau_02_adds_up": "UPDATE marts.rpt_mau_02 SET collectives = collectives + 1 WHERE row_id = 'TC' "
    "AND scope = 'own' AND unit_code = 'LS-SO-Y-TE'",
    "mau_02_counts_awards": "DELETE FROM marts.fct_awards WHERE award_id = (SELECT min(award_id) "
    "FROM marts.fct_awards WHERE award_code = 'GK' AND phase_id IS NOT NULL)",
    "rolls_up_rpt_mau_02": "UPDATE marts.rpt_mau_02 SET households = households + 1 "
    "WHERE row_id = 'III.4.a' AND scope = 'rollup' AND unit_code = 'LS'",
    "rolls_up_rpt_award_totals": "UPDATE marts.rpt_award_totals_by_level SET individuals = individuals + 1 "
    "WHERE scope = 'rollup' AND unit_code = 'LS'",
    "sums_up_cells": "UPDATE marts.rpt_phase_coverage_summary SET units_covered = units_covered + 1 "
    "WHERE cell_id = 'LS-GT'",
}


def _failing(home: Home) -> set[str]:
    tests = (
        "test_name:unique_together test_name:unique test_name:mau_02_adds_up test_name:mau_02_counts_awards"
    )
    results = dbt.build(home, f"{tests} test_name:rolls_up test_name:sums_up_cells test_name:mau_02_whole")
    return {result.unique_id.split(".")[2] for result in results if result.status != "pass"}


def test_each_broken_grain_or_total_is_found(sample_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.staging.parent.mkdir(parents=True)
    shutil.copy(sample_home.staging, home.staging)
    with duckdb.connect(str(home.staging)) as connection:
        for change in TAMPERED.values():
            ((changed,),) = connection.execute(change).fetchall()
            assert changed >= 1, change
    failing = _failing(home)
    missed = [name for name in TAMPERED if not any(found.startswith(name) for found in failing)]
    assert missed == [], failing


INCOMPLETE = """TÓM TẮT THÀNH TÍCH
TT,"Tên tập thể, cá nhân","Tóm tắt thành tích tiêu biểu, nổi bật",Ghi chú
1,Lý Văn Thử,,
2,Lý Thị Mẫu,,
"""


def _nightly(raw: Path, home: Home, day: str) -> tuple[int, str]:
    arguments = ["nightly", "--raw", str(raw), "--home", str(home.root), "--as-of", day]
    outcome = CliRunner().invoke(app, arguments)
    return outcome.exit_code, outcome.output


def test_incomplete_nominations_are_published_and_a_broken_mart_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_pictures: None
) -> None:
    raw, home = tmp_path / "raw", Home(tmp_path / "home")
    folder = raw / "LS-1620" / "LS-SO-TAI-CHINH" / "2020-05-28"
    folder.mkdir(parents=True)
    (folder / "mau-03.csv").write_text(INCOMPLETE, "utf-8")
    code, told = _nightly(raw, home, "2020-06-01")
    assert (code, told.splitlines()[-1].split()[1]) == (0, "published=yes")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        complete = connection.execute("SELECT is_complete FROM marts.fct_nominations").fetchall()
    assert complete == [(False,), (False,)]
    published = home.warehouse.read_bytes()

    def is_held_back() -> None:
        code, told = _nightly(raw, home, "2020-06-02")
        assert code == 1
        assert "CHƯA CÔNG BỐ. Mọi người vẫn thấy số liệu đêm 01/06/2020." in told
        assert "Bảng rpt_field_coverage không qua được phép kiểm" in told
        assert "người phụ trách phần mềm" in told
        assert home.warehouse.read_bytes() == published

    # rows are replaced, their tests asked without dbt
    with staging.opened(home.staging) as connection:
        connection.execute(
            "UPDATE meta.built SET doubt = 'inputs', sql = 'WITH once AS (' || sql || ') "
            "FROM once UNION ALL FROM once' WHERE node = 'model.thidua.rpt_field_coverage'"
        )
    is_held_back()

    # all is built anew
    broken = tmp_path / "dbt_project"
    shutil.copytree(DBT_PROJECT, broken, ignore=shutil.ignore_patterns("target"))
    model = broken / "models" / "marts" / "coverage" / "rpt_field_coverage.sql"
    whole = model.read_text("utf-8")
    model.write_text(f"with once as ({whole})\nselect * from once union all select * from once\n", "utf-8")
    monkeypatch.setattr(dbt, "DBT_PROJECT", broken)
    is_held_back()
