"""A guide is a few sheets of paper with its pictures, no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from markdown_it import MarkdownIt

from pipelines.common.paths import PROJECT

GUIDES = PROJECT / "docs" / "huong-dan"
ROLES = ("nguoi-van-hanh", "can-bo", "ban-lam-viec", "don-vi", "lanh-dao", "nguoi-phan-tich")
MOST = dict.fromkeys(ROLES, 3) | {"chuong-trinh-moi": 4}
"""Sheets; the way to a new programme is longer, and what one looks up is on a page of its own."""
LOOKS = (
    "<style>@page{size:A4;margin:20mm} body{font:11pt/1.4 serif}"
    "img{max-width:100%;max-height:62mm;display:block}"
    "table{border-collapse:collapse} td,th{border:1px solid gray;padding:1mm 2mm;text-align:left}"
    "pre{white-space:pre-wrap;font-size:9pt}</style>"
)


@pytest.mark.browser
@pytest.mark.parametrize("role", MOST)
def test_a_guide_is_a_few_sheets(role: str, chromium: Any, tmp_path: Path) -> None:
    written = GUIDES / f"{role}.md"
    body = MarkdownIt("commonmark").enable("table").render(written.read_text("utf-8"))
    made = tmp_path / "guide.html"
    made.write_text(f"<base href='{GUIDES.as_uri()}/'><meta charset='utf-8'>{LOOKS}{body}", "utf-8")
    page = chromium.new_page()
    page.goto(made.as_uri())
    broken = page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)")
    pdf = tmp_path / "guide.pdf"
    pdf.write_bytes(page.pdf(prefer_css_page_size=True))
    page.close()
    assert broken == []
    assert len(pypdf.PdfReader(pdf).pages) <= MOST[role]
