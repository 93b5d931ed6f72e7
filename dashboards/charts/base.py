"""What all charts share: type, separators, margins, no menus, no movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboards.figures import Origin
from dashboards.theme import FONT

Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the table that says the same.

    ``title`` is the finding (Markup where its figures carry their origin), ``unit`` what is counted;
    ``figure`` None means there is nothing to draw and ``empty`` says why.
    """

    id: str
    title: str
    unit: str
    columns: list[str]
    rows: list[list[Any]]
    figure: Figure | None = None
    empty: str = ""
    narrow: Figure | None = None
    """The same for screens too narrow for the labels of ``figure``; None where one figure serves both."""
    picture: bool = False
    """Whether it is also kept as a picture for reports."""
    origin: Origin | None = None
    """Where the figures of ``rows`` are from; None where each carries its own or they are no mart's."""
    row_keys: Sequence[str] = ()
    """What names each row in the mart of ``origin``."""
    left_out: int = 0
    """Rows the table does not show; it says so."""
    measures: tuple[str, ...] = ()
    """``mart.column`` of figures that carry their own origin; those of ``origin`` are known."""

    caption: str = ""
    """What its table is called where the title has figures of the night; else the title."""

    @property
    def plain_title(self) -> str:
        """The finding without the origin of its figures."""
        return self.title.striptags() if isinstance(self.title, Markup) else self.title

    @property
    def counted(self) -> tuple[str, ...]:
        """Every ``mart.column`` the figures are from, each once."""
        known = [f"{self.origin.mart}.{name}" for name in self.origin.names] if self.origin else []
        return tuple(dict.fromkeys([*known, *self.measures]))

    @property
    def drawn(self) -> list[Figure]:
        """The figures the browser chooses from: wide, then narrow."""
        return [figure for figure in (self.figure, self.narrow) if figure]

    @property
    def height(self) -> int:
        """Its height in pixels, so that the page keeps the place free."""
        return int(self.figure["layout"]["height"]) if self.figure else 0


def axis(**more: Any) -> Figure:
    """An axis without a frame that nobody can drag."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "showgrid": False,
        "ticks": "",
        "gridcolor": "@grid",
        "linecolor": "@line",
        "tickfont": {"color": "@muted", "size": 14},
        "automargin": False,
    } | more


def figure(data: list[Figure], height: int, xaxis: Figure, yaxis: Figure, **layout: Any) -> Figure:
    """A figure with the look of the pages.

    Args:
        data: traces.
        height: in pixels.
        xaxis: made with ``axis``.
        yaxis: made with ``axis``.
        **layout: what differs from the common layout.
    """
    common: Figure = {
        "font": {"family": FONT, "size": 14, "color": "@text"},
        "paper_bgcolor": "@surface",
        "plot_bgcolor": "@surface",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "@raised",
            "bordercolor": "@line",
            "align": "left",
            "font": {"color": "@text", "family": FONT, "size": 14},
        },
        "margin": {"l": 8, "r": 8, "t": 8, "b": 28, "pad": 0},
    }
    return {"data": data, "layout": common | {"height": height, "xaxis": xaxis, "yaxis": yaxis} | layout}


def note(text: str, **more: Any) -> Figure:
    """A text in the chart without an arrow."""
    return {"text": text, "showarrow": False, "font": {"color": "@text", "size": 14}} | more
