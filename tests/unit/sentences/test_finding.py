"""A finding's words are filled once and composed ever after; no value is lost."""

from __future__ import annotations

import json

import pytest

from pipelines.sentences import finding
from pipelines.sentences.finding import RuleWords, Speaker, filled, general, grouped, request, statement

RULES = {
    "A": RuleWords.of("chưa có năm khen", "Chưa có năm khen; đề nghị bổ sung.", "Ghi năm bốn chữ số."),
    "B": RuleWords.of("“{read}” không có trong danh mục", None, "Ghi đúng tên."),
    "C": RuleWords.of(None, "Thư mục “{ma}” không phải mã của chương trình nào.", "Chuyển sang {dung}."),
    "D": RuleWords.of("tổng ghi {da_ghi}, cộng được {tinh_ra}", None, None),
    "F": RuleWords.of("năm khen {year} nằm ngoài giai đoạn", None, None),
    "E": RuleWords.of("mẫu ghi {ghi chú", None, "Xem {"),
    "G": RuleWords.of("thiếu năm {year}", None, "Bổ sung năm {year}."),
}
DETAILS = {
    "read": "đã ghi “{read}”",
    "due_year": "năm {due_year}",
    "missing_years": "còn thiếu năm {missing_years}",
}
SUBJECTS = {"dong": "Dòng «{dong}», cột {cot}", "whole_list": "Cả {whole_list} dòng"}


@pytest.mark.parametrize(
    ("rule", "params", "subject", "fact", "fix", "values"),
    [
        ("A", {}, None, "chưa có năm khen", "Ghi năm bốn chữ số", {}),
        ("A", {"read": "18"}, None, "chưa có năm khen (đã ghi “18”)", "Ghi năm bốn chữ số", {"read": "18"}),
        ("B", {"read": "X", "row": "5"}, None, "“X” không có trong danh mục", "Ghi đúng tên", {"read": "X"}),
        (
            "C",
            {"ma": "LS-2125", "dung": "LS-1620"},
            None,
            "thư mục “LS-2125” không phải mã của chương trình nào",
            "Chuyển sang LS-1620",
            {"ma": "LS-2125", "dung": "LS-1620"},
        ),
        # a value the fact prints already is not told again
        (
            "F",
            {"year": "2015", "read": "2015"},
            None,
            "năm khen 2015 nằm ngoài giai đoạn",
            "",
            {"year": "2015"},
        ),
        # the words of one rule under the id of another
        (
            "A",
            {"said_by": "B", "read": "X"},
            None,
            "“X” không có trong danh mục",
            "Ghi đúng tên",
            {"read": "X"},
        ),
        (
            "D",
            {"dong": "1 LĐTT", "cot": "Cá nhân", "da_ghi": "34", "tinh_ra": "33"},
            "Dòng «1 LĐTT», cột Cá nhân",
            "tổng ghi 34, cộng được 33",
            "",
            {"dong": "1 LĐTT", "cot": "Cá nhân", "da_ghi": "34", "tinh_ra": "33"},
        ),
        # a label whose values are not all given names no one
        ("A", {"dong": "1"}, None, "chưa có năm khen", "Ghi năm bốn chữ số", {}),
        (
            "A",
            {"whole_list": 12},
            "Cả 12 dòng",
            "chưa có năm khen",
            "Ghi năm bốn chữ số",
            {"whole_list": "12"},
        ),
        ("D", {"da_ghi": "34"}, None, "tổng ghi 34, cộng được …", "", {"da_ghi": "34"}),
        # braces of the officials' own are no placeholders
        ("E", {"ghi": "1"}, None, "mẫu ghi {ghi chú", "Xem {", {}),
    ],
)
def test_words_of_a_verdict(
    rule: str, params: dict[str, object], subject: str | None, fact: str, fix: str, values: dict[str, str]
) -> None:
    said = Speaker(RULES, DETAILS, SUBJECTS).say(rule, json.dumps(params, ensure_ascii=False))
    assert (said.subject, said.fact, said.fix) == (subject, fact, fix)
    assert json.loads(said.values) == values
    assert all(value in f"{subject} {fact} {fix}" for value in values.values())


@pytest.mark.parametrize(
    ("rule", "params", "of_years", "year"),
    [
        ("F", {"year": "2015"}, "năm khen {years} nằm ngoài giai đoạn", 2015),
        ("A", {"due_year": "2022"}, "chưa có năm khen (năm {years})", 2022),
        # no year, two of them, a year that is no year of the rule's, one that the advice names too
        ("A", {}, None, None),
        ("F", {"year": "2015", "due_year": "2022"}, None, None),
        ("F", {"year": "2015-2016"}, None, None),
        ("D", {"da_ghi": "2015", "tinh_ra": "2016"}, None, None),
        ("G", {"year": "2015"}, None, None),
    ],
)
def test_a_fact_of_one_year_can_be_told_of_several(
    rule: str, params: dict[str, str], of_years: str | None, year: int | None
) -> None:
    speaker = Speaker(RULES, DETAILS, SUBJECTS, {"year", "due_year"})
    said = speaker.say(rule, json.dumps(params))
    assert (said.fact_of_years, said.year) == (of_years, year)
    if said.fact_of_years:
        assert finding.of_years(said.fact_of_years, [said.year or 0]) == said.fact
        assert "2014, 2015, 2016" in finding.of_years(said.fact_of_years, [2016, 2014, 2015, 2014])


def test_things_alike_stand_where_the_first_was_met() -> None:
    assert finding.alike([1, 12, 3, 14, 25], lambda n: n // 10 or None) == [[1], [12, 14], [3], [25]]


def test_a_value_with_braces_is_printed_as_it_stands() -> None:
    assert filled("ghi “{read}”", {"read": "{year}"}) == "ghi “{year}”"
    assert general("ghi “{read}”") == "ghi “…”"


def test_statement_and_request() -> None:
    assert statement("Nguyễn Văn A", "chưa ghi tên") == "Nguyễn Văn A: chưa ghi tên."
    assert (
        statement("Hồ sơ chung", "thiếu biên bản") == statement(None, "thiếu biên bản") == "Thiếu biên bản."
    )
    assert request("thiếu biên bản", "Gửi biên bản", fix_says_all=True) == "gửi biên bản"
    assert request("mới có 9, cần 10", "Gửi thêm", fix_says_all=False) == "mới có 9, cần 10; gửi thêm"
    assert request("thiếu biên bản", "", fix_says_all=True) == "thiếu biên bản"


def test_one_sentence_for_many_names() -> None:
    told = [("A", "x", 1), ("B", "y", 2), ("C", "x", 3), ("A", "x", 4)]
    assert [(g.said, g.subjects, g.items) for g in grouped(told)] == [
        ("x", ["A", "C"], [1, 3, 4]),
        ("y", ["B"], [2]),
    ]
