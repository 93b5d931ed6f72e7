"""Each named fault does what its name says and leaves the good sheet alone."""

import unicodedata
from random import Random

import pytest

from pipelines.generate import imperfections as spoil
from pipelines.generate import layouts, people
from pipelines.generate.content.tables import sheet_of
from pipelines.generate.shape import Text


@pytest.fixture
def sheet():
    rows = [
        {"nam": year, "tong_tap_the": 5, "tong_ca_nhan": 90, "truc_tiep": 70} for year in (2016, 2017, 2018)
    ]
    return sheet_of("QS", rows)


def body(sheet):
    return [row.values for row in sheet.rows if row.role == "body"]


def test_blank_replace_twice_no_rows(sheet):
    assert [row[0] for row in body(spoil.blank(sheet, "Năm", [1]))] == [2016, None, 2018]
    assert body(spoil.replace_school_year(sheet, "Năm"))[0][0] == "2015-2016"
    assert len(body(spoil.twice(sheet, 0))) == 4
    assert body(spoil.no_rows(sheet)) == []
    assert [row[0] for row in body(sheet)] == [2016, 2017, 2018]


def test_two_row_header_and_numbering(sheet):
    changed = spoil.numbering_row(spoil.two_row_header(sheet, ("Lao động trực tiếp", "Lãnh đạo"), "Trong đó"))
    header = [row.values for row in changed.rows if row.role in ("header", "numbering")]
    assert header[0][3:5] == ["Trong đó", None]
    assert header[1] == [None, None, None, "Lao động trực tiếp", "Lãnh đạo", None]
    assert header[2] == [1, 2, 3, 4, 5, 6]


def test_without_column_keeps_the_rest_in_place(sheet):
    changed = spoil.without_column(sheet, "Tổng số tập thể")
    assert body(changed)[0] == [2016, 90, 70, None, None]


def test_scripts():
    assert spoil.tcvn3_text(Text("Đỗ Hữu Lương")).text == "§ç H÷u L­¬ng"
    capital = spoil.tcvn3_text(Text("DANH SÁCH"))
    assert (capital.text, capital.font) == ("danh s¸ch", ".VnTimeH")
    stored = spoil.to_vni(sheet_of("QS", [], title=["Đỗ Hữu Lương, ĐƯỜNG"]))
    assert (stored.rows[0].values, stored.fonts[0, 0]) == (["Ñoã Höõu Löông, ÑÖÔØNG"], "VNI-Times")
    older = spoil.old_tone_marks(sheet_of("QS", [], title=["hoà thuỷ quý toán UỶ uỷ"]))
    assert older.rows[0].values == ["hòa thủy quý toán UỶ ủy"]
    decomposed = spoil.to_nfd(older).rows[0].values[0]
    assert unicodedata.is_normalized("NFD", decomposed)


def test_people_have_classes_of_the_contract_and_contradict_no_position():
    rng = Random(1)
    allowed = layouts.values("classes")
    for _ in range(60):
        for kind in ("ca_nhan", "tap_the"):
            assert people.recipient(rng, kind, "Sở Y tế").object_class in allowed[kind]
    assert people.person(rng, "Sở Y tế", leader=True).is_leader
    assert not people.household(rng, "Sở Y tế").is_direct
