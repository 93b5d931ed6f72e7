"""Each kind of page on paper: nothing beyond the edge, no heading alone, no sheet of a few words."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from pipelines.common.paths import Home

pytestmark = pytest.mark.browser
KINDS = (
    "tong-quan-ls-1620", "khen-thuong-ls-1620", "phu-giai-doan-ls-1620", "phu-giai-doan-hcm-2125",
    "chat-luong-cb-2125", "don-vi-bhxh-2125", "so-sanh-ls-1620", "so-sanh-hcm-2125", "kiem-dinh", "van-hanh",
    "cach-tinh", "don-vi/bhxh-nghe-an", "don-vi/ls-huyen-cao-loc", "vi-sao/ls-huyen-cao-loc",
)  # fmt: skip
MARGINS = 2 * 12 / 25.4 * 96
"""Left and right, in pixels."""
FOOT = ("Thi đua – Khen thưởng", "/")
BEYOND = """() => [...document.querySelectorAll('td, th, p, h2, li, .plot')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 2 && one.getClientRects().length)
  .map(one => one.textContent.trim().slice(0, 60))"""
TEXTS = "of => [...document.querySelectorAll(of)].map(one => one.textContent.trim().replace(/\\s+/g, ' '))"


def _lines(sheet: pypdf.PageObject) -> list[str]:
    """What stands on a sheet, without its foot."""
    lines = (" ".join(line.split()) for line in sheet.extract_text().splitlines())
    return [line for line in lines if line and line != FOOT[0] and not line.replace(FOOT[1], "").isdigit()]


@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_whole_on_paper(name: str, open_page: Callable[..., Any], sample_home: Home) -> None:
    page = open_page(sample_home.dashboards / f"{name}.html")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    width = float(sheets[0].mediabox.width) / 72 * 96 - MARGINS
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(width), "height": 900})
    assert page.evaluate(BEYOND) == []
    heads = [head for head in page.evaluate(TEXTS, "h2, h3") if head]
    told = [_lines(sheet) for sheet in sheets]
    if len(told) > 1:
        assert sum(len(line.split()) for line in told[0]) > 60, told[0]
        assert min(sum(len(line.split()) for line in lines) for lines in told) > 10, told
    # the last column of a table may say what heads another list
    cells = set(page.evaluate(TEXTS, "td:last-child"))
    last = [lines[-1] for lines in told[:-1] if not any(cell.endswith(lines[-1]) for cell in cells)]
    assert [line for line in last if any(head.endswith(line) for head in heads)] == []
