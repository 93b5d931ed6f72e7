"""The pages in a real Chromium: offline, at both widths, with keyboard and search."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pypdf
import pytest

from dashboards.build import BuildResult

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
Built = tuple[Path, BuildResult]
PAGES = (
    "index.html",
    "tong-quan-bhxh-2125.html",
    "khen-thuong-ls-1620.html",
    "khen-thuong/ls-huyen-binh-gia.html",
    "phu-giai-doan-ls-1620.html",
    "chat-luong-ls-1620.html",
    "don-vi-ls-1620.html",
    "don-vi/ls-huyen-binh-gia.html",
    "cach-tinh.html",
    "kiem-dinh.html",
)
EIGHT_SCREENS = 8 * 844


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_pages_open_without_errors_fit_their_width_and_are_under_eight_screens_on_a_phone(
    open_page: Open, tiny: Built, name: str, width: int
) -> None:
    page = open_page(tiny[1].index.parent / name, width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator(".failed:visible").count() == 0
    assert page.locator("h1").count() == 1
    if width == 390:  # long lists are folded: the page is as long as what is in sight
        assert page.evaluate("document.documentElement.scrollHeight") < EIGHT_SCREENS


@pytest.mark.parametrize("name", ["index.html", "phu-giai-doan-ls-1620.html", "don-vi/ls-so-y-te.html"])
def test_empty_data(open_page: Open, empty: Built, name: str) -> None:
    page = open_page(empty[1].index.parent / name, 390)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator(".plot").count() == 0


def test_headline_numbers_are_the_marts(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    with duckdb.connect(str(tiny[0]), read_only=True) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM marts.fct_nominations), "
            "(SELECT count(*) FROM marts.fct_nominations WHERE NOT is_complete), "
            "(SELECT count(*) FROM marts.fct_awards), "
            "(SELECT count(*) FROM marts.fct_findings WHERE status <> 'fixed'), "
            "(SELECT count(*) FROM marts.fct_findings WHERE status = 'new')"
        ).fetchone()
    names = (
        "nominations", "incomplete_nominations", "awards_in_mau_02+awards_outside_mau_02", "open_findings",
        "new_findings",
    )  # fmt: skip
    shown = [
        page.locator(f".figures [data-column='{name}']").first.inner_text().replace(".", "") for name in names
    ]
    assert shown == [str(value) for value in row or ()]


def test_search_needs_no_diacritics_and_works_with_the_keyboard(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    page.locator("#tim").fill("binh gia")
    page.wait_for_selector("#tim-ket-qua a")
    assert "Huyện Bình Gia" in page.locator("#tim-ket-qua").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi/ls-huyen-binh-gia.html")
    page.locator("#tim").fill("đặng không có")
    page.wait_for_selector("#tim-ket-qua .none")


def test_a_click_on_a_chart_leads_on(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    page.locator("#cap-co_so-ls-1620 .point").first.click(force=True)
    page.wait_for_url("**/khen-thuong-ls-1620.html")
    page.goto((tiny[1].index.parent / "chat-luong-ls-1620.html").as_uri())
    page.locator("#thieu-ls-1620 .point").first.click(force=True)
    page.wait_for_selector("#danh-sach[open] td")


def test_a_number_opens_units_then_rows_with_file_and_command(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index.parent / "khen-thuong-ls-1620.html")
    page.locator(".m02:visible [data-key='III|individuals']").click()
    page.wait_for_selector("#danh-sach[open] tbody a")
    page.locator("#danh-sach tbody a").first.click()
    page.locator("#danh-sach[open] details summary").click()
    page.wait_for_selector("#danh-sach[open] code")
    text = page.locator("#danh-sach").inner_text()
    assert ".xlsx" in text
    assert "dòng" in text
    assert "thidua trace --unit" in text
    page.keyboard.press("Escape")
    assert page.locator("#danh-sach[open]").count() == 0


def test_the_table_of_a_unit_is_set_in_whole(open_page: Open, tiny: Built) -> None:
    """What every table has alike, and what is packed, stands on the page once its scripts have run."""
    page = open_page(tiny[1].index.parent / "khen-thuong" / "ls-huyen-binh-gia.html")
    page.wait_for_function("document.querySelectorAll('.m02 table.form tbody tr').length === 43")
    assert page.locator(".m02 button.n", has_text=re.compile(r"^(0|-)$")).count() == 0
    shown = page.locator(".m02 table.form tbody tr:visible").count()
    page.locator(".hide-zero").uncheck()
    assert page.locator(".m02 table.form tbody tr:visible").count() == 43 > shown
    order = page.eval_on_selector_all(".m02 table.form tbody tr", "rows => rows.map(row => row.dataset.row)")
    assert order[0] == "I"
    assert order[-1] == "TC"
    assert page.locator(".m02 .halves table").count() >= 2
    assert page.locator("nav a[aria-current=page]").inner_text() == "Khen thưởng"
    page.locator(".policies summary").click()
    page.wait_for_selector(".policies dd")


def test_reasons_unfold_where_a_link_leads(open_page: Open, tiny: Built) -> None:
    path = min((tiny[1].index.parent / "vi-sao").glob("*.html"))
    finding = re.findall(r"<section class=card id=([^> ]+)", path.read_text("utf-8"))[0]
    page = open_page(path, fragment=f"#{finding}")
    page.wait_for_selector(f"[id='{finding}'] details[open] .why p")


def test_own_and_rollup(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index.parent / "khen-thuong-ls-1620.html")
    assert page.locator("[data-scope=rollup]").get_attribute("aria-pressed") == "true"
    page.locator("[data-scope=own]").click()
    assert page.locator(".m02[data-of=own]").is_visible()
    assert not page.locator(".m02[data-of=rollup]").is_visible()


def test_keyboard_reaches_the_content_first(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_old_data_says_so(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    assert page.locator("#cu").inner_text().startswith("Số liệu đã cũ ")


def test_a_hostile_name_is_shown_as_written(open_page: Open, hostile: Built) -> None:
    page = open_page(hostile[1].index.parent / "don-vi" / "ls-x-000.html", 390)
    assert "</script><img src=x onerror=alert(1)>" in page.locator("h1").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page = open_page(hostile[1].index.parent / "phu-giai-doan-ls-1620.html")
    assert page.locator("img").count() == 0


def test_without_the_library_the_tables_stand(chromium: Any, tiny: Built) -> None:
    page = chromium.new_context(offline=True).new_page()
    page.route("**/plotly.min.js", lambda route: route.abort())
    page.goto(tiny[1].index.as_uri())
    page.wait_for_selector(".failed:visible")
    assert page.locator("details.data[open] table").count() == page.locator(".plot").count()


def test_paper(open_page: Open, tiny: Built) -> None:
    page = open_page(tiny[1].index)
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.pdf(prefer_css_page_size=True)[:4] == b"%PDF"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "khen-thuong-ls-1620.html",
        "phu-giai-doan-ls-1620.html",
        "chat-luong-ls-1620.html",
        "kiem-dinh.html",
    ],
)
def test_no_sheet_of_paper_is_empty(open_page: Open, tiny: Built, tmp_path: Path, name: str) -> None:
    """A sheet with three lines, or with the foot alone, is a sheet wasted."""
    page = open_page(tiny[1].index.parent / name)
    (tmp_path / "paper.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    words = [len(sheet.extract_text().split()) for sheet in pypdf.PdfReader(tmp_path / "paper.pdf").pages]
    assert len(words) <= 10
    assert min(words) > 20, words
    assert words[0] > 50, words
