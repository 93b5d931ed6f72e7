"""Every number, year and name of a finding reaches its readers: page, mail, letter, workbook, marked file."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest
from docx import Document
from openpyxl import load_workbook

from dashboards.formats import slug
from pipelines.common.paths import Home
from pipelines.reports.letters.content import IN_LETTERS
from pipelines.sentences.words import lowered, raised

NIGHT = date(2025, 12, 31)


@dataclass(frozen=True)
class Open:
    """An open finding of the sample night."""

    finding_id: str
    programme_id: str
    unit_code: str | None
    severity: str
    subject: str
    fact: str
    fix: str
    values: tuple[str, ...]
    mends: str
    unit_programme: str | None
    source_file: str | None
    file_status: str | None
    year: int | None

    def is_in(self, words: str, fact: str) -> bool:
        """Whether the fact stands there, alone or in a sentence that names its year among others."""
        years = rf"(?:\\d{{4}}, )*{self.year}(?:, \\d{{4}})*"
        return re.search(re.sub(rf"\b{self.year}\b", years, re.escape(fact)), words) is not None


@pytest.fixture
def open_findings(published: duckdb.DuckDBPyConnection) -> list[Open]:
    rows = published.execute(
        """
        SELECT f.finding_id, f.programme_id, f.unit_code, f.severity, f.subject_vi, f.fact_vi, f.fix_vi,
               f.values_vi, r.mends, u.programme_id, f.source_file, s.status, f.year
        FROM marts.fct_findings AS f JOIN marts.dim_rules AS r USING (rule_id)
        LEFT JOIN marts.dim_units AS u ON u.unit_code = f.unit_code
        LEFT JOIN marts.fct_submissions AS s ON s.source_file = f.source_file
        WHERE f.is_open ORDER BY f.finding_id
        """
    ).fetchall()
    return [Open(*row[:7], tuple(json.loads(row[7]).values()), *row[8:]) for row in rows]


def test_values_stand_in_the_words(open_findings: list[Open]) -> None:
    assert sum(bool(one.values) for one in open_findings) > 30
    for one in open_findings:
        words = f"{one.subject}: {one.fact}. {one.fix}"
        assert [value for value in one.values if value not in words] == [], one
        assert "{" not in words
        assert "…" not in words, one


def test_the_workbook(sample_home: Home, open_findings: list[Open]) -> None:
    book = load_workbook(sample_home.reports(NIGHT) / f"noi-dung-can-bo-sung-{NIGHT}.xlsx")
    rows = {
        row[-1]: " ".join(str(cell) for cell in row)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    }
    assert {one.finding_id for one in open_findings} <= rows.keys()
    for one in open_findings:
        assert [value for value in one.values if value not in rows[one.finding_id]] == []


def test_letters(sample_home: Home, open_findings: list[Open]) -> None:
    asked = [
        one
        for one in open_findings
        if one.mends == "unit" and one.severity in IN_LETTERS and one.unit_programme == one.programme_id
    ]
    assert len(asked) > 100
    for one in asked:
        words = _letter(_reports(sample_home, one) / f"cong-van-{one.unit_code}.docx").casefold()
        assert [value for value in one.values if value.casefold() not in words] == [], one


def test_mails(sample_home: Home, open_findings: list[Open]) -> None:
    missing: dict[str, int] = defaultdict(int)
    mails = {one.programme_id: sample_home.reports(NIGHT) / one.programme_id for one in open_findings}
    read = {
        programme: (folder / "thu-gui-ban-tdkt.txt").read_text("utf-8")
        for programme, folder in mails.items()
        if (folder / "thu-gui-ban-tdkt.txt").exists()
    }
    assert len(read) >= 4
    for one in open_findings:
        if one.programme_id in read:
            missing[one.programme_id] += not one.is_in(read[one.programme_id], lowered(one.fact))
    for programme, number in missing.items():
        told = sum(int(n) for n in re.findall(r"Còn (\d+) nội dung nữa", read[programme]))
        assert number <= told, programme


def test_pages(sample_home: Home, open_findings: list[Open]) -> None:
    seen = 0
    for one in open_findings:
        page = sample_home.dashboards / "don-vi" / f"{slug(one.unit_code or '-')}.html"
        if page.exists():
            seen += 1
            assert one.is_in(_page(page), raised(one.fact)), one
            assert one.fix in _page(page), one
    assert seen > 100


def test_returned_files(sample_home: Home, open_findings: list[Open]) -> None:
    seen = 0
    for one in open_findings:
        if one.file_status != "accepted" or one.mends != "unit" or not one.source_file:
            continue
        _, unit, day, *_ = one.source_file.split("/")
        name = one.source_file.rsplit("!", 1)[-1].rsplit("/", 1)[-1]
        path = _reports(sample_home, one) / f"tep-tra-lai-{day}" / name
        if unit == one.unit_code and path.suffix == ".xlsx" and path.exists():
            seen += bool(one.values)
            assert [value for value in one.values if value not in _workbook(path)] == [], one
    assert seen > 3


def _reports(home: Home, one: Open) -> Path:
    return home.reports(NIGHT) / one.programme_id / (one.unit_code or "")


@cache
def _letter(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@cache
def _page(path: Path) -> str:
    return html.unescape(path.read_text("utf-8"))


@cache
def _workbook(path: Path) -> str:
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    said = [str(cell.value) for cell in cells if cell.value is not None]
    return "\n".join(said + [cell.comment.text for cell in cells if cell.comment])
