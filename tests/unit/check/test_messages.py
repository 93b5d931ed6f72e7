"""Findings of one cause are one message; all its cells are named."""

from __future__ import annotations

from typing import Any

from pipelines.check.messages import messages, where


def finding(cell: str | None, **other: Any) -> dict[str, Any]:
    return {
        "finding_id": f"{cell}-{other.get('rule_id', 'R')}", "rule_id": "R", "severity": "warning",
        "field": "year",
        "source_sheet": "Sheet", "source_cell": cell, "source_row": 5, "subject_vi": "Nguyễn An",
        "fact_vi": "chưa có năm", "fix_vi": "Ghi năm", "citation": "mục 6",
        "nomination_id": None, "fact_of_years_vi": None, "year": None,
    } | other  # fmt: skip


def test_a_rule_broken_down_a_column_is_one_message() -> None:
    (told,) = messages(
        [finding("M5"), finding("M6", subject_vi="Lê Bình"), finding("M9", subject_vi="Hồ sơ chung")]
    )
    assert told.lines == ["Nguyễn An; Lê Bình; dòng 5: chưa có năm."]
    assert where(case.first for case in told.cases) == "trang “Sheet”, ô M5 - M6, M9"


def test_names_beyond_five_are_counted() -> None:
    rows = [finding(f"M{row}", subject_vi=f"Người {row}") for row in range(5, 12)]
    (told,) = messages(rows)
    # seven people: five are named, two are counted
    assert told.lines == ["Người 5; Người 6; Người 7; Người 8; Người 9 và 2 trường hợp khác: chưa có năm."]


def test_different_facts_of_one_rule_stand_under_one_message() -> None:
    (told,) = messages([finding("M5", fact_vi="ghi “17”"), finding("M6", fact_vi="ghi “18”")])
    assert told.lines == ["02 trường hợp:", "   - M5: Nguyễn An: ghi “17”.", "   - M6: Nguyễn An: ghi “18”."]


def test_years_of_one_fact_stand_in_one_sentence() -> None:
    rows = [
        finding(None, finding_id=str(year), fact_vi=f"thiếu năm {year}", fact_of_years_vi="thiếu năm {years}",
                year=year)
        for year in (2018, 2016)
    ]  # fmt: skip
    (told,) = messages(rows)
    assert told.lines == ["Nguyễn An: thiếu năm 2016, 2018."]


def test_what_is_mended_alike_is_said_once_and_both_rules_are_named() -> None:
    (told,) = messages([finding("I5", rule_id="A"), finding("I5", rule_id="B", fact_vi="chưa rõ lãnh đạo")])
    assert told.lines == ["Nguyễn An: chưa có năm."]
    assert told.bases == [("mục 6", "A"), ("mục 6", "B")]


def test_the_weightier_finding_of_a_value_gives_the_weight() -> None:
    (told,) = messages([finding("I5"), finding("I5", rule_id="B", severity="blocking", fix_vi="Sửa")])
    assert told.severity == "blocking"


def test_two_values_of_one_cell_or_two_columns_are_two_messages() -> None:
    assert len(messages([finding("I5"), finding("I5", field="name")])) == 2
    assert len(messages([finding("I5"), finding("J5", field="name")])) == 2


def test_a_place_in_words_is_told_as_it_stands() -> None:
    assert where([finding("dòng 5, cột 3", source_sheet="Bảng 1")]) == "Bảng 1; dòng 5, cột 3"
    assert where([finding(None)]) == "trang “Sheet”"
    assert where([finding(None, source_sheet=None)]) == "cả tệp"
