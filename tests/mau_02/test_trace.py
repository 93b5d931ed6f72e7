"""`thidua trace`: from a number to file, sheet, row, cell; from a percentage to its two counts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from pipelines.reports.trace.trace import COLUMNS, COUNTS, Trace, trace
from tests.mau_02.golden import UNIT, golden_world


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    world = golden_world()
    world.table(
        "LS-HUYEN-BINH-GIA", {"III.1": (0, 7, 0, 0, 5), "III": (0, 7, 0, 0, 5), "TC": (0, 7, 0, 0, 5)}
    )
    return world.publish(tmp_path_factory.mktemp("home"))


def told(home: Home, *arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["trace", "--home", str(home.root), *arguments])
    return result.exit_code, result.output.splitlines()


def test_a_count(home: Home) -> None:
    code, lines = told(home, "--unit", UNIT, "--row", "I.9", "--column", "individuals")
    assert code == 0
    assert lines[0] == "Huyện Tràng Định (riêng đơn vị), mẫu 02 dòng I.9 Bằng khen TTCP, cá nhân: 3"
    assert len(lines) == 4
    place = "LS-1620/LS-HUYEN-TRANG-DINH/2020-05-01/danh-sach.xlsx, trang “Danh sách”, dòng"
    assert all(place in line and "Bằng khen" in line and "2019" in line for line in lines[1:])
    assert lines[1].endswith("dòng 25, ô C25]")


def test_a_percentage(home: Home) -> None:
    _, lines = told(home, "--unit", UNIT, "--row", "I.9", "--column", "direct_individuals_pct")
    assert lines[0].endswith("% cá nhân lao động trực tiếp: 33,33% = 1 / 3")
    assert [line for line in lines if line.startswith(("Tử số", "Mẫu số"))] == [
        "Tử số, cá nhân lao động trực tiếp: 1",
        "Mẫu số, cá nhân: 3",
    ]


def test_a_rate_ends_in_the_headcounts(home: Home) -> None:
    _, lines = told(home, "--unit", UNIT, "--row", "TC", "--column", "award_rate_individuals_pct")
    assert lines[0].endswith("1,56% = 39 / 2.500")
    assert sum("qs.xlsx" in line and "— 500" in line for line in lines) == 5


def test_a_denominator_without_recipients_of_unknown_class(tmp_path: Path) -> None:
    other = golden_world(**{"POL-UNKNOWN-IN-PCT": "exclude"}).publish(tmp_path / "home")
    _, lines = told(other, "--unit", UNIT, "--row", "I.12", "--column", "direct_individuals_pct")
    assert lines[0].endswith("66,67% = 2 / 3")
    assert len(lines) == 1 + 1 + 2 + 1 + 3


def test_a_filled_table_ends_in_its_cell(home: Home) -> None:
    arguments = ("--unit", "LS", "--scope", "rollup", "--row", "III.1", "--column", "direct_individuals")
    _, lines = told(home, *arguments)
    assert lines[0].endswith(": 10")
    (cell,) = (line for line in lines if "mau-02.docx" in line)
    assert cell == (
        "1. Huyện Bình Gia: Lao động tiên tiến — 5 [LS-1620/LS-HUYEN-BINH-GIA/2020-05-02/mau-02.docx, "
        "trang “bảng 1”, dòng 40, cột 7]"
    )


def test_unusable_arguments(home: Home) -> None:
    assert told(home, "--unit", UNIT, "--row", "IX", "--column", "individuals")[0] == 2
    assert told(home, "--unit", UNIT, "--row", "I.9", "--column", "ca_nhan")[0] == 2
    assert told(home, "--unit", "KHONG-CO", "--row", "I.9", "--column", "individuals")[0] == 2


def test_every_number_of_a_snapshot_is_traced(home: Home) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute(
            f"SELECT programme_id, unit_code, scope, row_id, {', '.join(COLUMNS)} FROM marts.rpt_mau_02"
        ).fetchall()
        assert len(rows) == 6 * 43
        for programme, unit, scope, row_id, *numbers in rows:
            if row_id not in ("TC", "I.9", "II.4.b", "III.1"):
                continue  # the view behind every row is summed up in test_plain_count
            values = dict(zip(COLUMNS, numbers, strict=True))
            for column in COLUMNS:
                found = trace(connection, programme, unit, scope, row_id, column)
                assert found is not None
                check(column, values, found)


def check(column: str, values: dict[str, float | None], found: Trace) -> None:
    if column in COUNTS:
        (number,) = found.numbers
        assert sum(source.amount for source in number.sources) == (values[column] or 0)
        return
    assert found.percentage == values[column]
    part, whole = found.numbers
    if found.percentage is not None:
        total = sum(source.amount for source in whole.sources)
        assert found.percentage == pytest.approx(100 * sum(source.amount for source in part.sources) / total)
