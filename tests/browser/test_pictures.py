"""Static pictures of charts, drawn by the machine's own Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards import pictures
from dashboards.charts.base import Chart
from dashboards.charts.columns import columns
from dashboards.chromium import chromium
from dashboards.fresh import FreshFolder

pytestmark = pytest.mark.browser


def test_a_chart_becomes_a_picture(tmp_path: Path) -> None:
    figure = columns([2019, 2020], {2019: 3}, "")
    chart = Chart("cap", "Cấp Nhà nước: 3 lượt", "Lượt mỗi năm", [], [], figure, picture=True)
    fresh = FreshFolder(tmp_path / "pages")
    with chromium() as program:
        if program is None:
            pytest.skip("no Chromium on this machine; it comes with: apt-get install chromium")
        why, drawn = pictures.draw([chart], [], fresh, "Số liệu đêm 05/06/2020", program)
    assert (why, drawn) == ("", 1)
    assert (fresh.path / "images" / "cap.png").read_bytes()[:4] == b"\x89PNG"
