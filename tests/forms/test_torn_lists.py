"""Lists in which something was cut, moved or joined on the way: told, never read as if nothing were."""

from __future__ import annotations

import io
import unicodedata

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.forms.test_human_files import (
    AWARD,
    HEADER,
    SIGNED,
    TITLE,
    outcome,
    read,
    row,
    rows,
    told,
    word,
    workbook,
)

FAR = [[], ["", "", "", "", "", "", "", "THỦ TRƯỞNG ĐƠN VỊ"], ["", "", "", "", "", "", "", "Trần Văn Đóng"]]


@pytest.mark.parametrize(
    ("below", "found"),
    [
        # a name in the list's own column is nobody who signs far from it
        ([["", "Lý Văn Thử"]], {"RD-DONG-LA": 1}),
        ([["", "Trạm số 38"], ["", "Tổ công tác số 21"]], {"RD-DONG-LA": 1}),
        ([["", "", "", "", "", "", "Vi Văn Giả"]], {}),
        ([["", "", "", "", "", "", "", "", "Vi Văn Giả"]], {}),
    ],
)
def test_lone_names_far_from_who_signs(below: list[list[str]], found: dict[str, int]) -> None:
    assert outcome(workbook([HEADER, *rows(1, 3), *FAR, [], *below])) == ("KT-DS", 3, found)


def test_a_name_below_who_signs_is_no_row() -> None:
    assert outcome(workbook([HEADER, *rows(1, 3), *SIGNED, ["", "", "Vi Văn Giả"]])) == ("KT-DS", 3, {})


def _merged_down(cut_at: int, between: list[str] | None) -> bytes:
    """A list whose workplaces are merged down over a heading, or over the end of a table."""
    paper = docx.Document()
    paper.add_paragraph(TITLE)
    lines = [HEADER, *rows(1, 4)]
    pieces = [lines[:cut_at], lines[cut_at:]] if between is None else [lines]
    number = 0
    for piece in pieces:
        table = paper.add_table(0, len(HEADER))
        for line in piece:
            if between and number == cut_at:
                table.add_row().cells[0].text = between[0]
            cells = table.add_row().cells
            for column, value in enumerate(line):
                cells[column].text = str(value) if column != 3 or number in (0, 1) else ""
            if number:
                merge = cells[3]._tc.get_or_add_tcPr().makeelement(qn("w:vMerge"), {})
                merge.set(qn("w:val"), "restart" if number == 1 else "continue")
                cells[3]._tc.tcPr.append(merge)
            number += 1
        if piece is not pieces[-1]:
            paper.add_paragraph("")
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("between", [None, ["a) Cấp cơ sở"]])
def test_a_merge_that_was_cut_is_told(between: list[str] | None) -> None:
    reading = read(_merged_down(3, between), "tep.docx")
    assert outcome(reading) == ("KT-DS", 4, {"RD-CHUA-GHI": 1})
    assert [found["workplace"] for found in reading.rows("award_rows")] == ["Phòng Tổ chức"] * 2 + [None] * 2


def test_letters_in_parts_name_people_too() -> None:
    added = unicodedata.normalize("NFD", "Bổ sung: ông Lý Văn Thử, Chuyên viên, danh hiệu Lao động tiên tiến")
    lines = [HEADER, *rows(1, 3), [added]]
    assert told(workbook(lines)) == told(word(TITLE, lines)) == {"RD-DONG-LA": 1}


@pytest.mark.parametrize("text", ["=2018+1", " =2019", "2018+1", "=YEAR(H4)"])
def test_a_formula_as_text_gives_no_year(text: str) -> None:
    reading = workbook([HEADER, row(1), row(2)], lambda _, sheet: _as_text(sheet["I5"], text))
    assert told(reading) == {"RD-NAM": 1}
    assert [found["award_year"] for found in reading.rows("award_rows")] == [2019, None]


def _as_text(cell: object, text: str) -> None:
    cell.value, cell.data_type = text, "s"  # type: ignore[attr-defined]


def test_rows_pasted_again_with_numbers_that_go_on() -> None:
    again = [row(number, A=number + 3) for number in (1, 2, 3)]
    assert outcome(workbook([HEADER, *rows(1, 3), *again])) == ("KT-DS", 3, {"RD-DONG-LAP": 1})
    alike = [row(1, A=number) for number in (1, 2, 3)]
    assert outcome(workbook([HEADER, *alike])) == ("KT-DS", 3, {})


@pytest.mark.parametrize("mark", ["/", "-", "…", "x"])
def test_numbered_rows_of_dashes_name_no_one(mark: str) -> None:
    dashes = [[number, *[mark] * 8] for number in (4, 5)]
    read_rows = 3 if mark != "x" else 5
    assert outcome(workbook([HEADER, *rows(1, 3), *dashes]))[1] == read_rows


def _csv(*lines: str) -> bytes:
    return "\n".join([TITLE, ",".join([*HEADER, "Ghi chú"]), *lines]).encode()


def test_a_remark_in_the_last_column_of_one_row() -> None:
    """Most rows end before the last column; an award is broken into lines."""
    award, decision = '"Lao động\ntiên tiến"', "12/QĐ-SYT,05/02/2019,2019"
    lines = [
        f"{number},{name},Nhân viên,Phòng Tổ chức,Khen thưởng cá nhân,{award},{decision}"
        for number, name in enumerate(["Lý Văn Thử", "Vi Văn Giả", "Nông Văn Ví"], 1)
    ]
    reading = read(_csv(lines[0] + ",Nghỉ hưu", *lines[1:]), "tep.csv")
    assert outcome(reading) == ("KT-DS", 3, {"RD-CSV-DONG": 1})
    assert {found["award_raw"] for found in reading.rows("award_rows")} == {"Lao động tiên tiến"}
    assert AWARD in HEADER


def test_a_header_with_a_comma_that_no_row_fills_is_told() -> None:
    header = ",".join(HEADER).replace("Chức vụ", "Chức vụ, chức danh")
    line = "{n},{name},Nhân viên,Phòng Tổ chức,Khen thưởng cá nhân,Giấy khen,12/QĐ-SYT,05/02/2019,2019"
    lines = [line.format(n=n, name=name) for n, name in enumerate(["Lý Văn Thử", "Vi Văn Giả"], 1)]
    assert "RD-CSV-COT" in told(read("\n".join([TITLE, header, *lines]).encode(), "tep.csv"))


def _no_office(line: list[object]) -> list[object]:
    return [*line[:3], "", *line[4:]]


def test_rows_that_no_heading_of_an_office_reaches_are_told() -> None:
    some, others = [_no_office(one) for one in rows(1, 2)], [_no_office(one) for one in rows(3, 4)]
    office, decision = ["Phòng Tài chính - Kế hoạch"], ["Quyết định số 7/QĐ-SYT ngày 05/3/2019"]
    assert outcome(workbook([HEADER, office, *some, *others])) == ("KT-DS", 4, {})
    told = {"RD-CHUA-GHI": 1, "RD-MUC-KHAC": 1}  # the rows name a decision of their own
    assert outcome(workbook([HEADER, office, *some, decision, *others])) == ("KT-DS", 4, told)
    assert outcome(word(TITLE, [HEADER, office, *some], "", others)) == ("KT-DS", 4, {"RD-CHUA-GHI": 1})


def test_letters_below_a_name_in_two_columns_are_numbering() -> None:
    split = [[*line[:1], "Lý Văn", "Thử", *line[2:]] for line in rows(1, 2)]
    header = [*HEADER[:1], "Họ và tên đệm", "Tên", *HEADER[2:]]
    letters = [*"ABCDEGHIKL"]
    assert outcome(workbook([header, letters, *split])) == ("KT-DS", 2, {})


def test_lines_of_commas_alone_are_blank() -> None:
    lines = [";".join(map(str, line)) for line in [HEADER, *rows(1, 2)]]
    data = "\n".join([TITLE, *lines, ",,,,,,,,", ",,,,,,,,"]).encode()
    assert outcome(read(data, "tep.csv")) == ("KT-DS", 2, {})


@pytest.mark.parametrize("label", ["ĐVCT", "ĐVCT (4)", "(4) ĐVCT", "ĐVCT *", "Đơn vị ct"])
def test_abbreviated_headers_are_told_with_what_stands_around_them(label: str) -> None:
    header = [*HEADER[:3], label, *HEADER[4:]]
    assert outcome(workbook([header, *rows(1, 2)])) == ("KT-DS", 2, {"RD-COT-GAN": 1})


def test_a_moved_row_below_an_award_that_heads_it_is_told() -> None:
    lines = [_no_award(one) for one in rows(1, 3)]
    moved = [lines[2][0], "", *lines[2][1:]]
    assert told(workbook([HEADER, ["I. Lao động tiên tiến"], *lines[:2], moved])) == {
        "RD-LOAI": 1,
        "RD-NGAY": 1,
    }


def _no_award(line: list[object]) -> list[object]:
    return [*line[:5], "", *line[6:]]


@pytest.mark.parametrize("mark", ["{}", "{}.", "{}/", "({})", "{})", "{} -"])
def test_a_row_in_the_header_of_the_page_is_told(mark: str) -> None:
    paper = docx.Document()
    paper.add_paragraph(TITLE)
    for parent, lines in ((paper, [HEADER, *rows(1, 3)]), (paper.sections[0].header, [row(4)])):
        table = parent.add_table(0, len(HEADER), *([] if parent is paper else [Cm(16)]))
        for line in lines:
            for cell, value in zip(table.add_row().cells, line, strict=True):
                cell.text = str(value)
            if line[0] != "STT":
                table.rows[-1].cells[0].text = mark.format(line[0])
    stream = io.BytesIO()
    paper.save(stream)
    assert outcome(read(stream.getvalue(), "tep.docx")) == ("KT-DS", 3, {"RD-CHUA-DOC": 1})


def test_a_mark_that_repeats_nothing_is_told() -> None:
    lines = [[*one[:3], "-nt-", *one[4:]] for one in rows(1, 3)]
    reading = workbook([HEADER, *lines[:2], [*lines[2][:3], "Phòng Một", *lines[2][4:]]])
    assert outcome(reading) == ("KT-DS", 3, {"RD-CHUA-GHI": 1})
    assert [found["workplace"] for found in reading.rows("award_rows")] == [None, None, "Phòng Một"]


@pytest.mark.parametrize(
    "note", ["Ghi chú: Lý Văn Thử rút khỏi danh sách", "(*) Đã loại Lý Văn Thử khỏi danh sách"]
)
def test_a_note_between_two_lists_that_withdraws_is_told(note: str) -> None:
    other = [HEADER[0], *reversed(HEADER[1:])]
    lines = [[one[0], *reversed(one[1:])] for one in rows(4, 5)]
    found = outcome(workbook([HEADER, *rows(1, 3), [], [note], [], other, *lines]))
    assert found == ("KT-DS", 5, {"RD-CHUA-DOC": 1})
    harmless = ["Ghi chú: Danh sách được niêm yết tại trụ sở"]
    assert outcome(workbook([HEADER, *rows(1, 3), [], harmless, [], other, *lines])) == ("KT-DS", 5, {})
