"""Every condition of the shipped rules as a sentence: Vietnamese words, no code, no name of a column."""

from __future__ import annotations

import re

import polars as pl
import pytest

from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from tests.raw_rows import reference

_CODE = re.compile(r"[a-z0-9]+_[a-z0-9_]+|[{}]|«»|\bP\d\.|\bNone\b")
# worked by hand from the rule and its clause
BY_HAND = {
    "BH-CN-2NAM": "có ít nhất 2 năm liên tục được xếp loại Hoàn thành xuất sắc nhiệm vụ (các năm 2021–2025)",
    "CB-TT-NEUGUONG70": "«Tỷ lệ cán bộ, đảng viên nêu gương» trên 70",
    "CP-ALL-LOAI": "có ghi «loại (tập thể, cá nhân, gia đình)»",
    "HCM-LV-A-THUNHAP": "«Thu nhập của hộ» cao hơn «Thu nhập bình quân hộ tại địa phương» (năm của hồ sơ)",
}


@pytest.fixture(scope="module")
def sentences() -> pl.DataFrame:
    return law_tables(reference(), Settings())["rule_sentences"]


def test_no_sentence_shows_a_code(sentences: pl.DataFrame) -> None:
    assert [said for said in sentences["sentence_vi"] if _CODE.search(said)] == []


def test_every_node_and_every_whole_tree_has_a_sentence(sentences: pl.DataFrame) -> None:
    tables = law_tables(reference(), Settings())
    said = set(sentences["node_id"])
    assert set(tables["rule_nodes"]["node_id"]) <= said
    assert set(tables["rule_trees"]["rule_id"]) <= said
    assert sentences.filter(pl.col("sentence_vi") == "").height == 0


@pytest.mark.parametrize("rule", BY_HAND)
def test_whole_rule_in_one_sentence(rule: str, sentences: pl.DataFrame) -> None:
    assert sentences.filter(pl.col("node_id") == rule)["sentence_vi"].to_list() == [BY_HAND[rule]]
