"""Static pictures of the main charts, for reports; drawn where a Chromium is at hand."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence

from dashboards.charts.base import Chart, Figure, note
from dashboards.chromium import Chromium
from dashboards.formats import plain, wrapped
from dashboards.fresh import FreshFolder
from dashboards.theme import LIGHT, resolved
from pipelines.sentences import text

FOLDER, DIGESTS = "images", "digests.json"
WIDTH = 800
log = logging.getLogger(__name__)


def picture(chart_id: str) -> str:
    """Where the picture of a chart lies, from the first page."""
    return f"{FOLDER}/{chart_id}.png"


def draw(
    charts: Sequence[Chart],
    standing: Sequence[str],
    fresh: FreshFolder,
    source: str,
    chromium: Chromium | None,
) -> tuple[str, int]:
    """Draw the charts that changed; returns why they were not drawn (or nothing), and how many there are.

    A picture whose figure did not change is taken over; the night named below it is the one it was drawn in.

    Args:
        charts: those to draw.
        standing: ids of charts that are as they were.
        fresh: the folder being built.
        source: the line below each picture: which night.
        chromium: the browser, if this machine has one.
    """
    if chromium is None:
        log.warning("pictures are skipped: no Chromium on this machine")
        return text("picture.no_browser"), 0
    known = fresh.read(f"{FOLDER}/{DIGESTS}")
    before: dict[str, str] = json.loads(known) if known else {}
    digests = {chart.id: _digest(chart) for chart in charts}
    digests |= {id_: before[id_] for id_ in standing if id_ in before and id_ not in digests}
    there = [
        id_ for id_, digest in digests.items() if before.get(id_) == digest and fresh.keep([picture(id_)])
    ]
    fresh.drop_rest(FOLDER)
    changed = [chart for chart in charts if chart.id not in there]
    problem = ""
    if changed:
        try:
            folder = fresh.folder(FOLDER)
            for chart in changed:
                drawn_ = chromium.drawn(_titled(chart, source), WIDTH)
                (folder / f"{chart.id}.png").write_bytes(drawn_)
        except Exception as error:
            # The pages do not depend on pictures; the night says what happened and goes on.
            log.warning("pictures are skipped: %s", error)
            problem = text("picture.failed", error=error)
    drawn = {path.stem for path in fresh.folder(FOLDER).glob("*.png")}
    fresh.write(f"{FOLDER}/{DIGESTS}", json.dumps({id_: digests[id_] for id_ in sorted(drawn)}, indent=0))
    return problem, len(drawn)


def _digest(chart: Chart) -> str:
    """Of everything a picture shows but the night it was drawn in."""
    shown = json.dumps(_titled(chart, ""), sort_keys=True, default=str)
    return hashlib.sha256(shown.encode()).hexdigest()


def _titled(chart: Chart, source: str) -> Figure:
    """The figure with its finding, its unit and its source around it, as it stands alone in a report."""
    spec: Figure = resolved(chart.figure)
    layout = spec["layout"]
    head = [f"<b>{plain(line)}</b>" for line in wrapped(chart.plain_title, 80)]
    unit = [f'<span style="font-size:13px">{plain(line)}</span>' for line in wrapped(chart.unit, 110) if line]
    above, below = 28 + 24 * len(head) + 20 * len(unit), 34
    margin = layout["margin"]
    layout["margin"] = margin | {"t": margin["t"] + above, "b": margin["b"] + below, "l": margin["l"] + 16}
    layout["height"] += above + below
    layout["annotations"] = [
        *layout.get("annotations", []),
        note(
            "<br>".join(head + unit),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-margin["l"],
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=margin["t"] + 8,
            align="left",
            font={"size": 17, "color": LIGHT["text"]},
        ),
        note(
            plain(source),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-margin["l"],
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-margin["b"] - 4,
            font={"size": 13, "color": LIGHT["muted"]},
        ),
    ]
    return spec
