"""Every list of a page is saved as .xlsx and .csv: by the page, or by files the night kept beside it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboards.build import BuildResult

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
Built = tuple[Path, BuildResult]
PAGES = (
    "index.html",
    "khen-thuong-ls-1620.html",
    "khen-thuong/ls-huyen-binh-gia.html",
    "phu-giai-doan-ls-1620.html",
    "chat-luong-ls-1620.html",
    "don-vi-ls-1620.html",
    "don-vi/ls-huyen-binh-gia.html",
    "so-sanh-ls-1620.html",
    "kiem-dinh.html",
)
UNSAVED = """
    [...document.querySelectorAll("main table, main ul.names, main ol.todo, main ol.steps")]
        .filter(one => !one.dataset.saved && !one.closest("[data-kept]"))
        .map(one => one.outerHTML.slice(0, 80))
"""


def saved(page: Any, button: Any, folder: Path) -> list[list[Any]]:
    """The rows of the file that a button saves."""
    with page.expect_download() as waiting:
        button.evaluate("one => one.click()")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", PAGES)
def test_no_list_is_left_out(open_page: Open, tiny: Built, name: str, tmp_path: Path) -> None:
    page = open_page(tiny[1].index.parent / name)
    assert page.evaluate("THIDUA.whole.then(() => true)")
    assert page.evaluate(UNSAVED) == []
    for number, link in enumerate(page.locator("main .save a").all()):
        address = (tiny[1].index.parent / name).parent / link.get_attribute("href")
        assert address.stat().st_size > 50, number
    for button in page.locator("main .save button").all()[:4]:
        rows = saved(page, button, tmp_path)
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1


def test_a_table_saved_is_the_table_shown(open_page: Open, tiny: Built, tmp_path: Path) -> None:
    page = open_page(tiny[1].index.parent / "khen-thuong" / "ls-huyen-binh-gia.html")
    page.wait_for_function("document.querySelectorAll('.m02 table.form tbody tr').length === 43")
    xlsx, comma = (saved(page, page.locator(".m02 .save button").nth(place), tmp_path) for place in range(2))
    assert len(xlsx) == len(comma) == 44
    total = next(row for row in xlsx if str(row[1]).startswith("TỔNG CỘNG"))
    shown = page.locator(".m02 tr[data-row=TC] td").all_inner_texts()
    assert [str(value).replace(".0", "") for value in total[2:5]] == [
        one.replace(".", "") for one in shown[1:4]
    ]
    assert "Số lượng khen thưởng" in xlsx[0][2] or "," in xlsx[0][2]  # the words above a column, in one


def test_rows_behind_a_number_are_saved(open_page: Open, tiny: Built, tmp_path: Path) -> None:
    page = open_page(tiny[1].index.parent / "khen-thuong" / "ls-huyen-binh-gia.html")
    page.locator(".m02 [data-key='TC|individuals']").click()
    page.wait_for_selector("#danh-sach .save button")
    rows = saved(page, page.locator("#danh-sach .save button").first, tmp_path)
    assert len(rows) == 1 + page.locator("#danh-sach tbody tr").count()


def test_what_names_hold_is_no_formula(open_page: Open, hostile: Built, tmp_path: Path) -> None:
    for path in sorted((hostile[1].index.parent / "don-vi").glob("*.html"))[:3]:
        page = open_page(path)
        for button in page.locator("main .save button").all():
            rows = saved(page, button, tmp_path)
            is_csv = button.inner_text() == ".csv"
            assert not [one for row in rows for one in row if is_csv and str(one).startswith(("=", "+", "@"))]
