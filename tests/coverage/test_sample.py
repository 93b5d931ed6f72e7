"""The sample night: stories of real files, read, judged and counted."""

from __future__ import annotations

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from tests.coverage.world import row


@pytest.mark.parametrize(
    ("cell", "unit", "found"),
    [
        ("CB-DK1", "CB-DANG-UY-CONG-AN", ("covered", False)),  # 2 + 2, received on 31/12/2022
        ("CB-DK1", "CB-HUYEN-UY-BAO-LAM", ("covered", True)),
        ("CB-DK1", "CB-DANG-UY-CUC-HAI-QUAN", ("covered", True)),
        ("BHXH-KH", "BHXH-CAO-BANG", ("covered", False)),
        ("BHXH-KH", "BHXH-LANG-SON", ("covered", True)),
        ("HCM-DK", "HCM-SO-Y-TE", ("covered", True)),  # its list of the year came later
        ("HCM-DK", "HCM-QUAN-1", ("covered", False)),
        ("LS-GT", "LS-THANH-PHO-LANG-SON", ("covered", False)),
    ],
)
def test_stories(published: duckdb.DuckDBPyConnection, cell: str, unit: str, found: tuple[str, bool]) -> None:
    assert row(published, cell, unit, "status, on_time") == found


def test_the_summary_counts_the_units(published: duckdb.DuckDBPyConnection) -> None:
    differing = published.execute(
        "SELECT cell_id FROM marts.rpt_phase_coverage_summary AS s LEFT JOIN ("
        "  SELECT cell_id, count(*) AS n, count(*) FILTER (WHERE status = 'covered') AS c"
        "  FROM marts.rpt_phase_coverage GROUP BY 1) AS u USING (cell_id) "
        "WHERE units_expected <> coalesce(n, 0) OR units_covered <> coalesce(c, 0)"
    ).fetchall()
    assert differing == []


def test_trace_of_a_cell_on_the_command_line(sample_home: Home) -> None:
    arguments = ["trace", "--unit", "CB-DANG-UY-CONG-AN", "--home", str(sample_home.root)]
    told = CliRunner().invoke(app, [*arguments, "--cell", "CB-DK1"])
    assert told.exit_code == 0
    assert "Đủ, muộn" in told.stdout
    assert CliRunner().invoke(app, [*arguments, "--cell", "LS-HS"]).exit_code == 2
    assert CliRunner().invoke(app, arguments).exit_code == 2
