"""Units too many for one page stand in parts by type: bounded, linked, none lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html
from openpyxl import load_workbook

from dashboards.build import build
from dashboards.pages import comparison
from dashboards.pages.comparison_cells import count, rate, share
from dashboards.pages.parts import FEWEST, on_first_page, parted
from dashboards.site import Programme
from pipelines.sentences import text
from tests.unit.dashboards.conftest import NOW
from tests.unit.dashboards.published_file import REFERENCE, make_published

FIRST = "so-sanh-ls-1620.html"
BOUND = 6
YEARS = """
    INSERT INTO marts.rpt_unit_years BY NAME
    SELECT f.programme_id, f.unit_code, u.unit_type, year AS award_year, 40 AS individuals,
           row_number() OVER (ORDER BY f.unit_code) AS direct_individuals,
           100 * direct_individuals / 40 AS direct_individuals_pct, 0 AS cells_due, 0 AS nominations,
           count(*) OVER alike AS units_with_direct, 61.8 AS median_direct_individuals_pct
    FROM marts.rpt_units AS f JOIN marts.dim_units AS u USING (unit_code), range(2016, 2020) AS y (year)
    WHERE f.programme_id = 'LS-1620' AND u.unit_type <> 'TINH'
    WINDOW alike AS (PARTITION BY u.unit_type, year)
"""


def built(folder: Path, units: int) -> tuple[set[str], Path]:
    """Names of the units that sent something, and the pages."""
    warehouse = make_published(folder / "thidua.duckdb", units=units, awards=3)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(YEARS)
        sent = connection.execute(
            "SELECT d.name FROM marts.rpt_units AS f JOIN marts.dim_units AS d USING (unit_code) "
            "WHERE f.files_used > 0 AND f.programme_id = 'LS-1620'"
        ).fetchall()
    build(warehouse, folder / "dashboards", NOW, REFERENCE, pictures=False, downloads=False)
    return {name for (name,) in sent}, folder / "dashboards"


def page(path: Path) -> Any:
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()


def names(root: Any, tables: str) -> list[str]:
    """Units of tables, as they stand."""
    return [one.text_content().strip() for one in root.xpath(f"//table[{tables}]/tbody//th[a]")]


LIST = "contains(@class, 'sortable')"
IN_YEARS = "contains(@class, 'counts') and not(contains(@class, 'sortable'))"


@pytest.mark.parametrize("units", [0, 20], ids=["some types are few", "one type is nearly all"])
def test_no_unit_is_lost_between_the_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    monkeypatch.setattr(comparison, "TOGETHER", BOUND)
    sent, folder = built(tmp_path, units)
    pages = {path.name: page(path) for path in sorted(folder.glob("so-sanh-ls-1620*.html"))}
    assert len(pages) > 3
    for tables in (LIST, IN_YEARS):
        on = {path: names(root, tables) for path, root in pages.items()}
        told = [name for listed in on.values() for name in listed]
        assert sorted(told) == sorted(sent)
        assert max(map(len, on.values())) <= BOUND
    ways = {link for link in pages[FIRST].xpath("//main//a/@href") if link.startswith("so-sanh-")}
    assert ways == set(pages) - {FIRST}
    assert "61,8% (" in pages[FIRST].text_content()


def test_a_part_says_what_it_is_a_part_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "TOGETHER", BOUND)
    _, folder = built(tmp_path, 20)
    second = page(folder / "so-sanh-ls-1620.ls-huyen-tp.2.html")
    listed = names(second, LIST)
    said = second.text_content()
    assert f"Phần 2/3, theo tên: từ “{listed[0]}” đến “{listed[-1]}”." in said
    assert "xếp lại trong phần 2/3 này; cả danh sách: tải .xlsx" in said
    assert FIRST in second.xpath("//main//a/@href")
    assert second.xpath("//a[@download]/@href")[0] == "danh-sach/so-sanh-ls-1620.xlsx"
    middles = [row.text_content() for row in second.xpath("//tr[@class='middle']")]
    assert middles
    assert all("61,8% (20 đơn vị)" in one for one in middles)  # of all units of the type, not of the part


def test_few_units_have_one_page(tmp_path: Path) -> None:
    sent, folder = built(tmp_path, 20)
    assert [path.name for path in folder.glob("so-sanh-ls-1620*.html")] == [FIRST]
    assert sorted(names(page(folder / FIRST), LIST)) == sorted(sent)


def test_a_year_is_saved_as_it_is_read(tmp_path: Path) -> None:
    _, folder = built(tmp_path, 20)
    sheet = load_workbook(folder / "danh-sach" / "so-sanh-nam-ls-1620.xlsx").active
    assert sheet is not None
    column = [cell.value for cell in sheet[1]].index(text("comparison.column.year"))
    years = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert {(cell.value, cell.number_format) for cell in years} == {
        (f"{y}", "General") for y in range(2016, 2020)
    }


def test_a_figure_says_its_key_where_that_is_not_what_stands_in_it() -> None:
    cells = [count(1234), count(None), rate(12.5, 40), share(50.0, 1, 2), share(None, None, 0)]
    assert [cell.exact for cell in cells] == [""] * 5
    assert share(100 * 40 / 61, 40, 61).exact == "65.5737705"
    assert rate(12.54, 40).exact == "12.54"


def test_what_is_shown_on_the_first_page() -> None:
    assert on_first_page([], 10) == on_first_page([4, 6], 10) == 10
    assert on_first_page([4, 60], 20) == 10
    assert on_first_page([4] * 30, 20) == FEWEST


def test_no_part_of_a_type_has_the_address_of_another() -> None:
    one = Programme("CB-2125", "", "", 0, False)
    paths = [
        path
        for code in ("cb-huyen-uy", "cb-huyen-uy-3")
        for path, _ in parted(one, "comparison", range(50), 10, code)
    ]
    assert len(set(paths)) == 10
    assert [part for _, part in parted(one, "units", [], 10)] == [[]]
