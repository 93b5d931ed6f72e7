"""Over the sample night: every clause is the programme's own, no officer reads a word of the workshop."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from pipelines.common.paths import Home
from tests.raw_rows import reference

WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "code_words.yml").read_text("utf-8"))
FORBIDDEN = re.compile(
    "|".join(
        [
            *(rf"(?<![\w/-]){re.escape(str(word))}(?![\w/-])" for word in WORDS["workshop"] if word),
            *(rf"(?<![\w/-]){re.escape(str(word))}(?![\w/-])" for word in WORDS["abbreviations"]),
            *WORDS["files"],
        ]
    )
)
HOLES = re.compile(r"\{\w+\}|«[^»]*»|“[^”]*”")
"""What is filled in, and what is quoted from a unit's own file."""


def read_by_officers(text: str) -> list[str]:
    """The words of the workshop in a sentence."""
    return FORBIDDEN.findall(HOLES.sub(" ", text))


def test_the_words_are_found() -> None:
    assert read_by_officers("Mặc định: xem forms.yaml, POL-CB-LEVEL, HTXSNV") != []
    assert read_by_officers("Đề nghị bổ sung số, ngày quyết định; xem Nghị định 91/2017/NĐ-CP.") == []


def test_no_finding_cites_another_programme(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "SELECT DISTINCT programme_id, rule_id, citation FROM marts.fct_findings "
        "WHERE programme_id IS NOT NULL"
    ).fetchall()
    assert len(rows) > 50
    foreign = [
        row
        for row in rows
        if not (row[2] or "").startswith((*WORDS["own"].get(row[0], []), *WORDS["everywhere"]))
    ]
    assert foreign == []


def test_a_number_asked_of_a_field_cites_the_field(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "SELECT DISTINCT message_vi, citation FROM marts.fct_findings WHERE rule_id = 'CP-HCM-SL-LV'"
    ).fetchall()
    sections = {
        (field.official_name, f"mục {cite.section}")
        for field in reference().fields.values()
        for cite in field.cite
    }
    assert rows != []
    for message, citation in rows:
        assert any(name in message and citation.endswith(section) for name, section in sections), (
            message,
            citation,
        )


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("fct_findings", "message_vi, citation"),
        ("dim_rules", "message_vi, short_vi, how_to_fix_vi, citation"),
        ("dim_policies", "text"),
    ],
)
def test_no_word_of_the_workshop(published: duckdb.DuckDBPyConnection, table: str, columns: str) -> None:
    known = {row[0] for row in published.execute(f"DESCRIBE marts.{table}").fetchall()}
    asked = [name for name in columns.split(", ") if name in known]
    assert asked
    texts = published.execute(f"SELECT DISTINCT {', '.join(asked)} FROM marts.{table}").fetchall()
    bad = {
        (text, *read_by_officers(text)) for row in texts for text in row if text and read_by_officers(text)
    }
    assert bad == set()


def test_no_word_of_the_workshop_in_the_criteria() -> None:
    texts = [
        text
        for rules in reference().all_rules
        for text in (
            *(one.text_vi for one in rules.criteria),
            *(one.evidence or "" for one in rules.criteria),
            *(one.text for one in rules.groups),
        )
    ]
    assert [(text, *read_by_officers(text)) for text in texts if read_by_officers(text)] == []


OPERATORS = ("van-hanh.html",)
"""Pages for whoever runs the machine."""
SENT = re.compile(r"[^\s/,:“«]+\.(?:csv|xlsx?|xlsb|docx?|pdf|odt|rtf|zip)\b")


def _sheets(published: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of sheets that units sent: their own words."""
    rows = published.execute("SELECT DISTINCT source_sheet FROM marts.fct_findings").fetchall()
    return {sheet for (sheet,) in rows if sheet}


def _bad(text: str, sheets: set[str]) -> set[str]:
    """Words of the workshop; labels of mẫu 02 are its document's, names of files the unit's."""
    for row in reference().mau_02.rows:
        text = text.replace(row.label, " ")
    lines = (line.strip() for line in text.splitlines())
    return {word for line in lines if line not in sheets for word in read_by_officers(SENT.sub(" ", line))}


def _shown(page: str) -> str:
    """What a page shows, without what names a rule or a file."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    bare = re.sub(
        r'<(\w+)[^>]*class=(?:"[^"]*\b(?:path|code)\b[^"]*"|path\b|code\b)[^>]*>.*?</\1>',
        " ",
        bare,
        flags=re.DOTALL,
    )
    return html.unescape(re.sub(r"<[^>]+>", "\n", bare))


def test_no_word_of_the_workshop_on_any_page(sample_home: Home, published: duckdb.DuckDBPyConnection) -> None:
    sheets = _sheets(published)
    pages = [path for path in sample_home.dashboards.rglob("*.html") if path.name not in OPERATORS]
    assert len(pages) > 200
    bad = {(path.name, word) for path in pages for word in _bad(_shown(path.read_text("utf-8")), sheets)}
    assert bad == set()


def test_no_word_of_the_workshop_in_any_paper(
    sample_home: Home, published: duckdb.DuckDBPyConnection
) -> None:
    """Letters, mails and workbooks of findings; what goes back to a unit in its own file is its own words."""
    sheets = _sheets(published)
    folder = sample_home.reports(date(2025, 12, 31))
    letters = [path for path in folder.rglob("*.docx") if path.name.startswith("cong-van")]
    books = list(folder.rglob("noi-dung-can-bo-sung*.xlsx"))
    mails = list(folder.rglob("*.txt"))
    assert letters
    assert books
    assert mails
    told = {path: "\n".join(p.text for p in Document(str(path)).paragraphs) for path in letters}
    # the mark at the head of each subject, by which a mailbox sorts
    told |= {path: path.read_text("utf-8").replace("[TĐKT ", "[") for path in mails}
    for path in books:
        book = load_workbook(path, read_only=True)
        rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
        told[path] = "\n".join(value for row in rows for value in row if isinstance(value, str))
    assert {(path.name, word) for path, said in told.items() for word in _bad(said, sheets)} == set()
