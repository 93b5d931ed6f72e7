"""The book of rules out, filled by an officer, and back: others' stay, unknown ones are refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from pipelines.common.paths import PROJECT
from pipelines.reference.checks.known import rule_ids
from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reports.rule_book import WRITERS, read_book
from pipelines.rules.book import Chapter, book
from pipelines.rules.confirmations import Brought, Refused, confirm
from pipelines.rules.tables import law_tables
from pipelines.sentences import listed

REFERENCE = PROJECT / "data" / "reference"
MARK, BY, ON, REMARK = 9, 10, 11, 12
FEW = 2
FILLED = ("CP-LS-DOITUONG", "CP-BH-NHANH", "CP-LS-M04-SL", "CP-CB-GIAIDOAN", "CP-HCM-Đ-XEPLOAI-CN")


@pytest.fixture(scope="module")
def chapters() -> list[Chapter]:
    known = load_reference(REFERENCE)
    return book(known, law_tables(known, Settings()), REFERENCE)


@pytest.fixture(scope="module")
def few(chapters: list[Chapter]) -> list[Chapter]:
    """The book with the first rules of each chapter and those that are filled in: quick to write."""
    return [
        replace(one, entries=tuple(e for n, e in enumerate(one.entries) if n < FEW or e.id in FILLED))
        for one in chapters
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


def _brought(folder: Path, file: Path) -> Brought:
    return confirm(load_reference(folder), folder, read_book(file), date(2026, 6, 15))


def _fill(
    path: Path,
    rule: str,
    by: str,
    on: object,
    new_id: str | None = None,
    mark: object = "x",
    remark: str | None = None,
) -> None:
    """As an officer fills the row of a rule."""
    filled = ((MARK, mark), (BY, by), (ON, on), (REMARK, remark), (0, new_id or rule))
    if path.suffix == ".docx":
        document = Document(str(path))
        row = next(row for table in document.tables for row in table.rows if row.cells[0].text == rule)
        for column, value in filled:
            row.cells[column].text = "" if value is None else str(value)
        document.save(str(path))
        return
    workbook = openpyxl.load_workbook(path)
    row = next(row for sheet in workbook for row in sheet.iter_rows() if row[0].value == rule)
    for column, value in filled:
        row[column].value = value
    workbook.save(path)


@pytest.mark.parametrize(
    ("suffix", "day"), [(".xlsx", date(2026, 3, 5)), (".xlsx", "5/3/2026"), (".docx", "05/03/2026")]
)
def test_what_an_officer_fills_comes_back(
    suffix: str, day: object, few: list[Chapter], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"so{suffix}"
    WRITERS[suffix](few, file)
    _fill(file, "CP-LS-DOITUONG", "Phòng Nghiệp vụ", day)
    assert _brought(folder, file) == Brought(1, 0, 0)
    found = load_reference(folder).confirmations["CP-LS-DOITUONG"]
    assert (found.by, found.on) == ("Phòng Nghiệp vụ", date(2026, 3, 5))
    assert _brought(folder, file) == Brought(0, 1, 0)


def test_others_confirmations_stay(few: list[Chapter], folder: Path, tmp_path: Path) -> None:
    for rule in ("CP-LS-DOITUONG", "CP-BH-NHANH"):
        file = tmp_path / f"{rule}.xlsx"
        WRITERS[".xlsx"](few, file)
        _fill(file, rule, "Phòng Nghiệp vụ", "05/03/2026")
        _brought(folder, file)
    assert sorted(load_reference(folder).confirmations) == ["CP-BH-NHANH", "CP-LS-DOITUONG"]
    known = load_reference(folder)
    now = book(known, law_tables(known, Settings()), folder)
    assert sum(chapter.confirmed for chapter in now) == 2


@pytest.mark.parametrize(
    ("by", "on", "new_id", "told"),
    [
        ("A", "05/03/2026", "CP-LS-DOITUON", "CP-LS-DOITUONG"),  # the nearest is named
        ("", "05/03/2026", None, "người xác nhận"),
        ("A", "hôm qua", None, "hôm qua"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    by: str, on: str, new_id: str | None, told: str, few: list[Chapter], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "so.xlsx"
    WRITERS[".xlsx"](few, file)
    _fill(file, "CP-LS-DOITUONG", by, on, new_id)
    with pytest.raises(Refused, match=told):
        _brought(folder, file)
    assert not (folder / "confirmations.yaml").exists()


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"mark": "Không"}, "ghi «Không»"),
        ({"mark": "chưa đúng, xem lại hạn"}, "ghi «chưa đúng, xem lại hạn»"),
        ({"mark": None}, "còn trống"),
        ({"on": "16/06/2026"}, "«16/06/2026» chưa đến"),
        ({"on": ""}, "chưa ghi ngày"),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_what_is_no_confirmation_is_taken_for_none(
    suffix: str, filled: dict[str, str], told: str, few: list[Chapter], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"so{suffix}"
    WRITERS[suffix](few, file)
    _fill(file, "CP-LS-DOITUONG", "A", **({"on": "15/06/2026"} | filled))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=f"Dòng CP-LS-DOITUONG: .*{told}"):
        _brought(folder, file)


def test_an_opinion_comes_back_and_confirms_nothing(few: list[Chapter], folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    WRITERS[".xlsx"](few, file)
    _fill(file, "CP-LS-DOITUONG", "", None, mark=None, remark="chỉ hỏi ở mẫu có cột này")
    assert _brought(folder, file) == Brought(0, 0, 1)
    known = load_reference(folder)
    now = book(known, law_tables(known, Settings()), folder)
    assert sum(chapter.confirmed for chapter in now) == 0
    told = next(entry for chapter in now for entry in chapter.entries if entry.id == "CP-LS-DOITUONG")
    assert told.remark == "chỉ hỏi ở mẫu có cột này"
    _fill(file, "CP-LS-DOITUONG", "A", "15/06/2026", remark="đã sửa")
    assert _brought(folder, file) == Brought(1, 0, 0)
    assert load_reference(folder).opinions == {}


def test_codes_in_other_letters_and_marks_in_other_words(
    few: list[Chapter], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "so.xlsx"
    WRITERS[".xlsx"](few, file)
    for number, (rule, mark) in enumerate({"CP-LS-DOITUONG": "Đồng ý", "CP-HCM-Đ-XEPLOAI-CN": True}.items()):
        _fill(file, rule, "A", f"{number + 1}/6/2026", f" {rule.lower()} ", mark=mark)
    assert _brought(folder, file) == Brought(2, 0, 0)
    assert set(load_reference(folder).confirmations) == {"CP-LS-DOITUONG", "CP-HCM-Đ-XEPLOAI-CN"}


def test_two_rows_of_one_rule_are_told(few: list[Chapter], folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    WRITERS[".xlsx"](few, file)
    _fill(file, "CP-LS-DOITUONG", "A", "15/06/2026")
    _fill(file, "CP-BH-NHANH", "B", "15/06/2026", "CP-LS-DOITUONG")
    with pytest.raises(Refused, match="CP-LS-DOITUONG: có hai dòng"):
        _brought(folder, file)


def test_every_mistake_is_told_at_once(few: list[Chapter], folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    WRITERS[".xlsx"](few, file)
    _fill(file, "CP-LS-DOITUONG", "A", "05/03/2026", "CP-LS-DOITUON")
    _fill(file, "CP-LS-M04-SL", "", "hôm qua")
    _fill(file, "CP-BH-NHANH", "A", "31/02/2026")
    _fill(file, "CP-CB-GIAIDOAN", "A", "05/03/2026")
    with pytest.raises(Refused) as refused:
        _brought(folder, file)
    said = str(refused.value)
    assert all(word in said for word in ("CP-LS-DOITUON (", "người xác nhận; ngày", "hôm qua", "31/02/2026"))
    assert "CP-CB-GIAIDOAN" not in said
    assert not (folder / "confirmations.yaml").exists()


def test_what_may_be_confirmed_is_what_the_book_holds(chapters: list[Chapter]) -> None:
    held = {entry.id for chapter in chapters for entry in chapter.entries}
    assert rule_ids(load_reference(REFERENCE)) == held


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(Refused, match=r"khac\.xlsx"):
        read_book(other)


def test_every_rule_is_in_the_book_once(chapters: list[Chapter]) -> None:
    ids = [entry.id for chapter in chapters for entry in chapter.entries]
    assert len(ids) == len(set(ids))
    assert {"CP-LS-DOITUONG", "Q-LS-CONG-AN-TT", "G-CB-CANHAN", "POL-PCT-DENOM"} <= set(ids)
    told = {entry.id: entry for chapter in chapters for entry in chapter.entries}
    assert [entry.id for entry in told.values() if "{" in entry.condition + entry.passes + entry.fails] == []
    share = "«Tỷ lệ cán bộ, đảng viên nêu gương»"
    assert (told["CB-TT-NEUGUONG70"].passes, told["CB-TT-NEUGUONG70"].fails) == (
        f"{share}: 70,01",
        f"{share}: 70",
    )
    assert len(listed("book.columns")) == 13


@pytest.mark.parametrize(
    "written",
    [
        "confirmations: [{rule: CP-LS-DOITUON, by: A, 'on': '2026-06-15'}]",
        "opinions: [{rule: CP-LS-DOITUON, remark: A}]",
    ],
)
def test_what_is_said_of_a_rule_that_is_not_there_is_told(written: str, folder: Path) -> None:
    (folder / "confirmations.yaml").write_text(f"version: 1\n{written}\n", "utf-8")
    with pytest.raises(ReferenceError, match="«CP-LS-DOITUON» – có phải «CP-LS-DOITUONG»"):
        load_reference(folder)
