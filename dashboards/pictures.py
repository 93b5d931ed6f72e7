"""Static pictures of the main charts, for reports; drawn by Kaleido where a Chromium is at hand."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboards.charts.base import Chart
from dashboards.theme import resolved

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH = 800
log = logging.getLogger(__name__)


def browser() -> str | None:
    """The Chromium of this machine, None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def draw(charts: Sequence[Chart], folder: Path) -> tuple[str, int]:
    """Draw the charts; returns why none were drawn (or nothing), and how many were.

    Args:
        charts: those to draw.
        folder: where ``<chart id>.png`` goes.
    """
    program = browser()
    if program is None:
        reason = "no Chromium on this machine: apt-get install chromium"
        log.warning("pictures are skipped: %s", reason)
        return reason, 0
    folder.mkdir(parents=True)
    try:
        _draw(charts, folder, program)
    except Exception as error:
        # The pages do not depend on pictures; the night says what happened and goes on.
        log.warning("pictures are skipped: %s", error)
        return str(error), len(list(folder.iterdir()))
    return "", len(charts)


def _draw(charts: Sequence[Chart], folder: Path, program: str) -> None:
    import kaleido
    import plotly.graph_objects as go

    server: Any = kaleido
    server.start_sync_server(path=program, silence_warnings=True)
    try:
        for chart in charts:
            spec = resolved(chart.figure)
            spec["layout"]["title"] = None
            server.write_fig_sync(
                go.Figure(spec), str(folder / f"{chart.id}.png"),
                opts={"format": "png", "width": WIDTH, "height": chart.height, "scale": 2},
            )  # fmt: skip
    finally:
        server.stop_sync_server(silence_warnings=True)
