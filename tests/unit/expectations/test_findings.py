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


@pytest.mark.parametrize(("rows", "size", "told"), [(10, 10, 1), (9, 9, 9), (10, 11, 10)])
def test_a_whole_list_from_ten_rows_on(rows: int, size: int, told: int) -> None:
    # ten of ten rows are one finding; nine rows, or ten of eleven, one each: each cell is marked
    said = _said(_failing(range(5, 5 + rows), size=size))
    assert [len(said), said[0][0]] == [told, "Cả 10 dòng" if told == 1 else "Người 5"]


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
