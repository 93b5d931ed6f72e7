"""Findings: one per failing verdict, one for the rows of a list that fail for one cause; no row is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable

import polars as pl
import pytest

from expectations.findings import build_findings

RULES = pl.DataFrame(
    {
        "rule_id": ["KT-NAM", "KT-DOI-TUONG"],
        "severity": ["blocking", "warning"],
        "citation_vi": ["mục 6", "mục 6"],
        "short_vi": ["chưa rõ năm khen", "danh hiệu không dành cho đối tượng này"],
        "message_vi": ["", ""],
        "how_to_fix_vi": ["Ghi năm.", "Xem lại."],
    }
)
WORDS = pl.DataFrame(
    [
        ("finding_detail", "read", 1, "đã ghi “{read}”"),
        ("finding_subject", "whole_list", 1, "Cả {whole_list} dòng"),
        ("finding_subject", "some_rows", 2, "{some_rows} dòng (dòng {row_runs})"),
    ],
    schema=["vocabulary", "code", "word_order", "label"],
    orient="row",
)


def _failing(
    rows: Iterable[int], read: str = "", size: int = 40, rule: str = "KT-NAM", sheet: str = "Trang 1"
) -> list[dict[str, object]]:
    return [
        {
            "row_id": f"{sheet}-{row}",
            "suite": "KT-DS",
            "rule_id": rule,
            "severity": None,
            "programme_id": "LS-1620",
            "unit_code": "LS-A",
            "form_id": "KT-DS",
            "nomination_id": None,
            "recipient_name": f"Người {row}",
            "recipient_key": f"ca_nhan|{row}",
            "field": "year",
            "params": json.dumps({"row": row, "read": read}, ensure_ascii=False),
            "list_cause": rule == "KT-NAM",
            "list_size": size,
            "submission_id": "s1",
            "source_file": "a.xlsx",
            "source_sheet": sheet,
            "source_row": row,
            "source_cell": f"G{row}",
        }
        for row in rows
    ]


def _said(failing: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    schema = {"nomination_id": pl.String, "severity": pl.String}
    found = build_findings(pl.DataFrame(failing, schema_overrides=schema), RULES, WORDS)
    assert found["finding_id"].is_unique().all()
    told = found.sort("source_sheet", "source_row").select("subject_vi", "fact_vi", "source_cell")
    return [(subject, fact, cell) for subject, fact, cell in told.iter_rows()]


def test_three_rows_are_told_by_name() -> None:
    assert [subject for subject, _, _ in _said(_failing([5, 6, 7]))] == ["Người 5", "Người 6", "Người 7"]


def test_more_rows_with_nothing_in_a_column_are_one_finding_that_names_them() -> None:
    # rows 5, 6, 7 follow one another, 9 stands alone: four rows in two runs
    assert _said(_failing([9, 5, 6, 7])) == [("4 dòng (dòng 5 - 7, 9)", "chưa rõ năm khen", "G5")]


def test_what_differs_in_the_column_is_another_cause() -> None:
    # four rows say «18», two say nothing, one «19»: one finding for the four, three by name
    said = _said(_failing([5, 6, 7, 8], "18") + _failing([10, 11]) + _failing([12], "19"))
    assert [subject for subject, _, _ in said] == ["4 dòng (dòng 5 - 8)", "Người 10", "Người 11", "Người 12"]
    assert said[0][1] == "chưa rõ năm khen (đã ghi “18”)"


def test_each_list_has_its_own() -> None:
    # four on one sheet, four on the other: no row of one is told in the other's finding
    said = _said(_failing(range(5, 9)) + _failing(range(5, 9), sheet="Trang 2"))
    assert [subject for subject, _, _ in said] == ["4 dòng (dòng 5 - 8)"] * 2


def test_what_is_asked_of_each_person_stays_of_each_person() -> None:
    assert len(_said(_failing(range(5, 30), rule="KT-DOI-TUONG"))) == 25


@pytest.mark.parametrize(
    ("rows", "subject"),
    [
        # the whole list, from ten rows on
        (10, "Cả 10 dòng"),
        # a whole list of fewer rows is named by its rows: 5, 6 … 13
        (9, "9 dòng (dòng 5 - 13)"),
    ],
)
def test_a_whole_list(rows: int, subject: str) -> None:
    assert [each for each, _, _ in _said(_failing(range(5, 5 + rows), size=rows))] == [subject]


def test_many_runs_are_cut_with_a_mark_and_counted_whole() -> None:
    # every other row from 5: 5, 7 … 53 are 25 rows, each a run of its own; twenty are named, the last is 43
    [(subject, _, _)] = _said(_failing(range(5, 55, 2)))
    assert subject.startswith("25 dòng (dòng 5, 7, ")
    assert subject.endswith(", 41, 43, …)")


def test_what_a_list_of_nominees_lacks_for_a_column_told_of_is_the_forms() -> None:
    # three nominees, all lacking the kind, reading told of the column: one finding, of no row and no nominee;
    # of three of four nominees it stays each nominee's own
    nominees = [{**row, "nomination_id": f"n{row['source_row']}"} for row in _failing([5, 6, 7], size=3)]
    schema = {"severity": pl.String}
    found = build_findings(pl.DataFrame(nominees, schema_overrides=schema), RULES, WORDS)
    told = found.select("subject_vi", "nomination_id", "source_row", "source_cell", "source_sheet").rows()
    assert told == [("Cả 3 dòng", None, None, None, "Trang 1")]
    apart = [{**row, "list_size": 4} for row in nominees]
    found = build_findings(pl.DataFrame(apart, schema_overrides=schema), RULES, WORDS)
    assert sorted(found["nomination_id"]) == ["n5", "n6", "n7"]
