"""A programme 2026–2030 by writing files only: its findings, its quotas, its coverage."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.suites import suites_of
from pipelines.bars import bar
from pipelines.night import NightRequest
from pipelines.paths import PROJECT, Home
from pipelines.reference.load import load_reference
from pipelines.reference.tables import reference_tables
from pipelines.settings import Settings
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse import intake, staging

FILES = Path(__file__).parent / "new_programme"
AS_OF = date(2026, 12, 31)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A night's models over the new programme's folder and the files its units sent."""
    root = tmp_path_factory.mktemp("new")
    shutil.copytree(PROJECT / "data" / "reference", root / "reference")
    shutil.copytree(FILES / "LS-2630", root / "reference" / "programmes" / "LS-2630")
    request = NightRequest.make(
        FILES / "raw", root / "home", AS_OF, root / "reference", PROJECT / "settings.yml"
    )
    known = load_reference(request.reference)
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        staging.replace_tables(connection, "ref", reference_tables(known, Settings()))
    with bar("intake") as shown:
        intake.take_in(request, "test", shown)
    connection = in_memory(Home(root / "home").staging)
    build_models(connection, ["int_verdicts", "int_eligibility", "rpt_phase_coverage"])
    return connection


def test_its_findings(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "SELECT unit_code, rule_id, recipient_name FROM intermediate.int_verdicts "
        "WHERE rule_id LIKE 'CP-LS30%' ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("LS30-XA-A", "CP-LS30-GIAIPHAP", "Nông Văn Hai"),
        ("LS30-XA-A", "CP-LS30-SL", None),
        ("LS30-XA-B", "CP-LS30-MUON", None),
    ]


def test_its_eligibility(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "SELECT recipient_name, eligibility FROM intermediate.int_eligibility "
        "JOIN intermediate.int_nominations USING (nomination_id) ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("Lý Thị Ba", "unknown"),
        ("Lý Thị Bốn", "fail"),
        ("Nông Văn Hai", "unknown"),
        ("Nông Văn Một", "pass"),
    ]


def test_its_coverage(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "SELECT cell_id, unit_code, individuals_required, individuals_counted FROM marts.rpt_phase_coverage "
        "WHERE programme_id = 'LS-2630' AND cell_id = 'LS30-DK-2026' ORDER BY ALL"
    ).fetchall()
    assert [row[:3] for row in rows] == [("LS30-DK-2026", "LS30-XA-A", 3), ("LS30-DK-2026", "LS30-XA-B", 2)]


def test_its_suites(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "data" / "reference", tmp_path / "reference")
    shutil.copytree(FILES / "LS-2630", tmp_path / "reference" / "programmes" / "LS-2630")
    suites = {suite.name: suite.rules for suite in suites_of(tmp_path / "reference")}
    assert "CP-LS30-GIAIPHAP" in suites["HCM-DSDK"]
    assert {"CP-LS30-SL", "CP-LS30-MUON"} <= set(suites["DON-VI"])
