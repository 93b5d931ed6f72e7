"""A unit fills in the marked file it was given back, sends it under the same name, and the findings close."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.common.paths import PROJECT, Home
from pipelines.text.keys import nfc
from tests.conftest import run_sample_night

BAC_SON = "LS-1620/LS-HUYEN-BAC-SON"
TRANG_DINH = "LS-1620/LS-HUYEN-TRANG-DINH"
FIRST, SECOND = date(2020, 6, 5), date(2020, 6, 8)
DIRECT = "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"
HEAD = "Lãnh đạo cấp vụ, sở, ngành và tương đương"
LEADER = "Các cấp lãnh đạo từ phó phòng trở lên"


def _states(home: Home) -> dict[str, list[str]]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute("SELECT unit_code, status FROM marts.fct_findings ORDER BY ALL").fetchall()
    states: dict[str, list[str]] = {}
    for unit, status in rows:
        states.setdefault(unit, []).append(status)
    return states


def _answer(sheet: Worksheet, cell: Cell, words: str) -> None:
    """Do what a comment says."""
    position = nfc(str(sheet.cell(cell.row, 4).value or ""))
    if "danh mục" in words:
        cell.value = "Giấy khen"
    elif "trùng" in words:  # the same person twice: leave the row out
        for other in sheet[cell.row]:
            other.value = None
    elif "Giám đốc Sở" in position:
        cell.value = HEAD
    else:
        cell.value = LEADER if "rưởng" in position else DIRECT


def _send_again(marked: Path, raw: Path, unit: str) -> int:
    """Fill every commented cell and put the file, marks and all, into the folder of a later day."""
    book = load_workbook(marked)
    sheet = book.worksheets[0]
    commented = [cell for row in sheet.iter_rows() for cell in row if cell.comment is not None]
    for cell in commented:
        assert cell.comment is not None
        assert cell.comment.author == "Ban TĐKT"
        _answer(sheet, cell, cell.comment.text)
    target = raw / unit / SECOND.isoformat() / marked.name
    target.parent.mkdir(parents=True)
    book.save(target)
    return len(commented)


def test_the_findings_close_when_the_marked_file_comes_back(tmp_path: Path, without_pictures: None) -> None:
    raw, home = tmp_path / "raw", Home(tmp_path / "home")
    for part in (f"{BAC_SON}/2020-05-05/ds khen thuong huyen.xlsx", f"{TRANG_DINH}/2020-04-22/danh_sach.csv"):
        (raw / part).parent.mkdir(parents=True)
        shutil.copy(PROJECT / "data" / "raw" / part, raw / part)
    run_sample_night(home.root, raw, FIRST)
    before = _states(home)
    assert {unit: set(states) for unit, states in before.items()} == {
        "LS-HUYEN-BAC-SON": {"new"},
        "LS-HUYEN-TRANG-DINH": {"new"},
    }
    reports = home.reports(FIRST)
    bac_son = reports / BAC_SON / "tep-tra-lai-2020-05-05" / "ds khen thuong huyen.xlsx"
    trang_dinh = reports / TRANG_DINH / "tep-tra-lai-2020-04-22" / "danh_sach.xlsx"
    assert _send_again(bac_son, raw, BAC_SON) == 3
    assert _send_again(trang_dinh, raw, TRANG_DINH) == 12

    run_sample_night(home.root, raw, SECOND)
    after = _states(home)
    assert {unit: set(states) for unit, states in after.items()} == {
        "LS-HUYEN-BAC-SON": {"fixed"},
        "LS-HUYEN-TRANG-DINH": {"fixed"},
    }
    assert {unit: len(states) for unit, states in after.items()} == {
        unit: len(states) for unit, states in before.items()
    }
