"""The comparison sorts by every column, up and down, by mouse and by keyboard, and loses no row."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboards.build import BuildResult
from pipelines.text.collation import collation_key

pytestmark = pytest.mark.browser
ROWS = """
    [...document.querySelectorAll("table.sortable tbody tr")]
        .map(row => [...row.cells].map(one => one.innerText.trim()))
"""


def shown(page: Any) -> list[list[str]]:
    """The rows as they are read."""
    rows: list[list[str]] = page.evaluate(ROWS)
    return rows


def number(text: str) -> float:
    """The number of a cell, a share by its counts; what is not known lies below all that is."""
    if counts := re.search(r"\(([\d.]+)/([\d.]+)\)", text):
        return int(counts[1].replace(".", "")) / int(counts[2].replace(".", ""))
    found = re.search(r"\d[\d.]*(,\d+)?", text)
    return float(found[0].replace(".", "").replace(",", ".")) if found else -1.0


@pytest.mark.parametrize("width", [1440, 390])
def test_every_column_sorts_both_ways(
    open_page: Callable[..., Any], tiny: tuple[Path, BuildResult], width: int
) -> None:
    page = open_page(tiny[1].index.parent / "so-sanh-ls-1620.html", width)
    before = shown(page)
    assert len(before) > 2
    buttons = page.locator("table.sortable thead button")
    for column in range(buttons.count()):
        numbers = "num" in (page.locator("table.sortable thead th").nth(column).get_attribute("class") or "")
        seen = {}
        for press in ("click", "Enter"):
            button = buttons.nth(column)
            if press == "click":
                button.click()
            else:
                button.focus()
                page.keyboard.press(press)
            way = page.locator("table.sortable thead th[aria-sort]")
            assert way.count() == 1
            seen[way.get_attribute("aria-sort")] = rows = shown(page)
            assert sorted(rows) == sorted(before)
        keys = {
            way: [number(row[column]) if numbers else collation_key(row[column]) for row in rows]
            for way, rows in seen.items()
        }
        assert keys["ascending"] == sorted(keys["ascending"]), column
        assert keys["descending"] == sorted(keys["descending"], reverse=True), column
