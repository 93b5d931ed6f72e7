"""Findings: one per failing verdict, one for the rows of a list that fail for one cause; no row is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable

import polars as pl
import pytest

from expectations.findings import build_findings

RULES = pl.DataFrame(
    {
        "rule_id": ["KT-NAM", "KT-TEN", "KT-DOI-TUONG"],
        "severity": ["blocking", "blocking", "warning"],
        "citation_vi": ["mục 6", "mục 6", "mục 6"],
        "short_vi": ["chưa rõ năm khen", "chưa ghi tên", "danh hiệu không dành cho đối tượng này"],
        "message_vi": ["", "", ""],
        "how_to_fix_vi": ["Ghi năm.", "Ghi tên.", "Xem lại."],
    }
)
WORDS = pl.DataFrame(
    [
        ("finding_detail", "read", 1, "đã ghi “{read}”"),
        ("came_late", "fact", 1, "gửi muộn: {viec}"),
        ("came_late", "fix", 2, "gửi kèm lý do gửi chậm"),
        ("finding_subject", "whole_list", 1, "Cả {whole_list} dòng"),
        ("finding_subject", "some_rows", 2, "{some_rows} dòng"),
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
            "list_cause": rule != "KT-DOI-TUONG",
            "cause": None,
            "list_size": size,
            "first_record_id": None,
            "submission_id": "s1",
            "source_file": "a.xlsx",
            "source_sheet": sheet,
            "source_row": row,
            "source_cell": f"G{row}",
        }
        for row in rows
    ]


def _said(failing: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    schema = dict.fromkeys(
        ("nomination_id", "severity", "cause", "source_cell", "first_record_id"), pl.String
    )
    found = build_findings(pl.DataFrame(failing, schema_overrides=schema), RULES, WORDS)
    assert found["finding_id"].is_unique().all()
    told = found.sort("source_sheet", "source_row").select("subject_vi", "fact_vi", "source_cell")
    return [(subject, fact, cell) for subject, fact, cell in told.iter_rows()]


@pytest.mark.parametrize(
    ("rows", "size", "told"),
    [
        (4, 4, [("Cả 4 dòng", "G5 - G8")]),
        (4, 9, [("4 dòng", "G5 - G8")]),
        (3, 9, [("Người 5", "G5"), ("Người 6", "G6"), ("Người 7", "G7")]),
    ],
)
def test_many_rows_that_lack_the_same_are_one_finding_with_their_cells(
    rows: int, size: int, told: list[tuple[str, str]]
) -> None:
    # up to three rows are told one by one, by name; more, whether the whole list or not, at once
    said = _said(_failing(range(5, 5 + rows), size=size))
    assert [(subject, cell) for subject, _, cell in said] == told


def test_rows_of_a_list_are_few_by_all_that_it_lacks() -> None:
    # two rows lack two things each: four findings would be one for each cell
    lacking = _failing([5, 6]) + _failing([5, 6], rule="KT-TEN")
    assert [(subject, cell) for subject, _, cell in _said(lacking)] == [("2 dòng", "G5 - G6")] * 2


def test_a_column_that_is_not_there_is_of_the_list() -> None:
    rows = [{**row, "source_cell": None} for row in _failing([5, 6], size=2)]
    assert _said(rows) == [("Cả 2 dòng", "chưa rõ năm khen", None)]


def test_wrong_values_are_one_finding_where_they_are_the_same() -> None:
    wrong = [{**row, "cause": "19"} for row in _failing([5, 6, 7, 8], read="19")]
    other = [{**row, "cause": "20"} for row in _failing([9], read="20")]
    said = _said(wrong + other)
    assert said == [
        ("4 dòng", "chưa rõ năm khen (đã ghi “19”)", "G5 - G8"),
        ("Người 9", "chưa rõ năm khen (đã ghi “20”)", "G9"),
    ]


def test_what_a_list_of_nominees_lacks_for_a_column_told_of_is_the_forms() -> None:
    # three nominees, all lacking the kind, reading told of the column: one finding with their cells, of no
    # nominee; of three of four nominees it stays each nominee's own
    nominees = [{**row, "nomination_id": f"n{row['source_row']}"} for row in _failing([5, 6, 7], size=3)]
    schema = dict.fromkeys(("severity", "cause", "first_record_id"), pl.String)
    found = build_findings(pl.DataFrame(nominees, schema_overrides=schema), RULES, WORDS)
    told = found.select("subject_vi", "nomination_id", "source_row", "source_cell", "source_sheet").rows()
    assert told == [("Cả 3 dòng", None, 5, "G5 - G7", "Trang 1")]
    apart = [{**row, "list_size": 4} for row in nominees]
    found = build_findings(pl.DataFrame(apart, schema_overrides=schema), RULES, WORDS)
    assert sorted(found["nomination_id"]) == ["n5", "n6", "n7"]


def test_who_stands_in_several_rows_lacks_a_thing_once() -> None:
    # rows 5 and 9 name one nominee alike, so does row 5 of the copied sheet; row 6 names another; what row 9
    # alone lacks, and what is written there otherwise, stays its own
    def lacking(rows: list[int], first: str, **more: str) -> list[dict[str, object]]:
        return [
            {**row, "list_cause": False, "nomination_id": f"{row['row_id']}", "first_record_id": first}
            for row in _failing(rows, **more)
        ]

    one = lacking([5, 9], "a") + lacking([5], "a", sheet="Trang 2")
    found = lacking([6], "b") + lacking([9], "a", rule="KT-TEN") + lacking([9], "a", read="19")
    assert sorted(_said(one + found), key=lambda told: (told[0], told[1] == "chưa ghi tên")) == [
        ("Người 5", "chưa rõ năm khen", "G5; G9"),
        ("Người 6", "chưa rõ năm khen", "G6"),
        ("Người 9", "chưa rõ năm khen (đã ghi “19”)", "G9"),
        ("Người 9", "chưa ghi tên", "G9"),
    ]


def test_what_came_late_is_told_in_words_of_its_own() -> None:
    params = json.dumps({"said_by": "came_late", "viec": "Kế hoạch thực hiện", "received": "15/10/2022"})
    (late,) = ({**row, "params": params} for row in _failing([5], size=1))
    assert [fact for _, fact, _ in _said([late])] == ["gửi muộn: Kế hoạch thực hiện"]
