"""Over the sample night: every clause is the programme's own, no officer reads a word of the workshop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

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
