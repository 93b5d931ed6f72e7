"""A browser that fails costs papers and pictures, never the pages, and the night hears why."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards import chromium
from dashboards.charts.base import Chart
from dashboards.fresh import FreshFolder
from dashboards.paper import print_pages
from dashboards.pictures import draw

LAYOUT = {"height": 200, "margin": {"t": 10, "b": 10, "l": 10}}
CHART = Chart("one", "Một câu", "người", ["năm"], [[2024]], {"data": [], "layout": LAYOUT}, picture=True)


def test_pages_stand_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program = tmp_path / "bin" / "chromium"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    fresh = FreshFolder.begun(tmp_path / "pages")
    fresh.write("brief.html", "<p>một trang</p>")
    with chromium.chromium() as begun:
        assert begun is not None
        print_pages(fresh, ["brief.html"], begun)
        why, drawn = draw([CHART], [], fresh, "", begun)
    assert drawn == 0
    assert why
    assert "brief.html" in caplog.text
    fresh.swap()
    assert (tmp_path / "pages" / "brief.html").exists()
    assert not (tmp_path / "pages" / "brief.pdf").exists()
