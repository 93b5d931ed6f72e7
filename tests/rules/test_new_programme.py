"""A programme 2026–2030 by writing files only: a night with its findings, coverage, pages and letters."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import duckdb
import pytest

from expectations.judged_forms import judged_forms
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.night.run import run_night

FILES = Path(__file__).parent / "new_programme"
AS_OF = date(2026, 12, 31)


@pytest.fixture(scope="module")
def root(shared_folder: Path, without_pictures: None) -> Path:
    """A reference folder with the new programme beside the others, and a home after its night."""
    root = shared_folder
    shutil.copytree(PROJECT / "data" / "reference", root / "reference")
    shutil.copytree(FILES / "LS-2630", root / "reference" / "programmes" / "LS-2630")
    request = NightRequest.make(
        FILES / "raw", root / "home", AS_OF, root / "reference", PROJECT / "settings.yml"
    )
    outcome = run_night(request)
    assert outcome.published, outcome.problem
    assert outcome.problem is None
    return root


@pytest.fixture
def marts(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(Home(root / "home").warehouse), read_only=True) as connection:
        yield connection


def test_its_findings(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute(
        "SELECT unit_code, rule_id, severity, source_cell, message_vi, citation "
        "FROM marts.fct_findings ORDER BY ALL"
    ).fetchall()
    numbers = "giai đoạn 2026 - 2030: quy định ít nhất 03 cá nhân, đã có 2"
    too_few = f"Số cá nhân đăng ký chưa đủ ({numbers})."
    late = "Danh sách gửi không đúng hạn (năm 2026; nhận ngày 02/04/2026, hạn: trước ngày 31/03/2026)."
    clause = "Kế hoạch thử, mục III"
    assert rows == [
        ("LS30-XA-A", "CP-LS30-GIAIPHAP", "blocking", "F4", "Nông Văn Hai: chưa ghi giải pháp.", clause),
        ("LS30-XA-A", "CP-LS30-SL", "warning", None, too_few, clause),
        ("LS30-XA-B", "CP-LS30-MUON", "warning", None, late, clause),
    ]


def test_its_nominations(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute(
        "SELECT recipient_name, is_complete, eligibility FROM marts.fct_nominations ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("Lý Thị Ba", True, "unknown"),
        ("Lý Thị Bốn", True, "fail"),
        ("Nông Văn Hai", False, "unknown"),
        ("Nông Văn Một", True, "pass"),
    ]


def test_its_coverage(marts: duckdb.DuckDBPyConnection) -> None:
    columns = "unit_code, status, on_time, individuals_required, individuals_counted"
    cells = f"SELECT {columns} FROM marts.rpt_phase_coverage WHERE cell_id = ? ORDER BY ALL"
    assert marts.execute(cells, ["LS30-DK-2026"]).fetchall() == [
        ("LS30-XA-A", "partial", False, 3, 1),
        ("LS30-XA-B", "covered", False, 2, 2),
    ]
    assert {row[1] for row in marts.execute(cells, ["LS30-DK-2027"]).fetchall()} == {"not_due"}
    summary = "SELECT coverage_pct FROM marts.rpt_phase_coverage_summary WHERE cell_id = 'LS30-DK-2026'"
    assert marts.execute(summary).fetchall() == [(50.0,)]


def test_its_rules_with_their_clauses(marts: duckdb.DuckDBPyConnection) -> None:
    rows = marts.execute(
        "SELECT rule_id, kind, document, section FROM marts.dim_rules "
        "WHERE programme_id = 'LS-2630' ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("CP-LS30-GIAIPHAP", "completeness", "Kế hoạch thử", "III"),
        ("CP-LS30-MUON", "completeness", "Kế hoạch thử", "III"),
        ("CP-LS30-SL", "completeness", "Kế hoạch thử", "III"),
        ("LS30-KYLUAT", "criterion", "Kế hoạch thử", "IV"),
        ("LS30-THUNHAP", "criterion", "Kế hoạch thử", "IV"),
        ("Q-LS30-CN", "quota", "Kế hoạch thử", "II"),
        ("Q-LS30-CN-A", "quota", "Kế hoạch thử", "II"),
    ]


def test_its_pages(root: Path) -> None:
    pages = root / "home" / "dashboards"
    assert "Lạng Sơn 2026–2030" in (pages / "index.html").read_text("utf-8")
    assert "Đăng ký năm 2026" in (pages / "phu-giai-doan-ls-2630.html").read_text("utf-8")
    assert "Nông Văn Hai" in (pages / "don-vi" / "ls30-xa-a.html").read_text("utf-8")


def test_its_letter(root: Path) -> None:
    reports = root / "home" / "reports" / AS_OF.isoformat() / "LS-2630"
    letter = docx.Document(str(reports / "LS30-XA-A" / "cong-van-LS30-XA-A.docx"))
    words = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "1. Nông Văn Hai (cá nhân): ghi giải pháp ở cột «Giải pháp xây dựng, nhân rộng»" in words
    assert (reports / "LS30-XA-A" / "tep-tra-lai-2026-03-10" / "dang ky.xlsx").exists()


def test_its_suites(root: Path) -> None:
    suites = {suite.name: suite.rules for suite in judged_forms(root / "reference")}
    assert "CP-LS30-GIAIPHAP" in suites["HCM-DSDK"]
    assert {"CP-LS30-SL", "CP-LS30-MUON"} <= set(suites["DON-VI"])
