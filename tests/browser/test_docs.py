"""The page of all models opens without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.transform.dbt import write_docs


@pytest.mark.browser
def test_the_page_of_models_asks_for_nothing_of_the_network(chromium: Any, tmp_path: Path) -> None:
    made = tmp_path / "tai-lieu.html"
    write_docs(made)
    asked: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{made.as_uri()}#!/model/model.thidua.rpt_mau_02_leaves")
    page.get_by_text("cộng được với nhau").first.wait_for()
    assert page.get_by_text("grassroots_collectives").count() > 0
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
