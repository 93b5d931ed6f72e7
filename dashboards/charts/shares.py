"""Two shares over the years: direct workers solid, leaders dashed, a pale band up to share + unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.base import Figure, axis, figure, note

LOWEST, HIGHEST, APART = 6.0, 94.0, 16.0
"""Where a label of two lines may stand, and how far two must be from each other, in percent of the chart."""


@dataclass(frozen=True, slots=True)
class YearShares:
    """Shares of one year, 0–100; those of direct workers and of leaders also as they are printed."""

    year: int
    direct: float
    leaders: float
    unclear: float
    printed: tuple[str, str]


def shares(years: Sequence[YearShares], words: tuple[str, str], link: str, height: int = 300) -> Figure:
    """Lines labelled at their ends.

    Args:
        years: in order; years without an awarded person are left out.
        words: of direct workers and of leaders.
        link: where a click leads.
        height: in pixels.
    """
    x = [str(year.year) for year in years]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": x + x[::-1],
        "y": [y.direct + y.unclear for y in years] + [y.direct for y in years][::-1],
        "fill": "toself",
        "fillcolor": "@direct-band",
        "line": {"width": 0, "color": "@direct-band"},
        "hoverinfo": "skip",
    }

    def line(which: int, values: list[float], colour: str, dash: str, symbol: str) -> Figure:
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "x": x,
            "y": values,
            "line": {"color": colour, "width": 3, "dash": dash},
            "marker": {"color": colour, "size": 9, "symbol": symbol},
            "customdata": [link] * len(x),
            "text": [year.printed[which] for year in years],
            "hovertemplate": f"{words[which]}, năm %{{x}}: %{{text}}<extra></extra>",
            "cliponaxis": False,
        }

    last = years[-1]
    ends = [
        (last.printed[0], "@direct", words[0]),
        (last.printed[1], "@leader", words[1]),
    ]
    heights = _apart(last.direct, last.leaders)
    labels = [
        note(
            f"<b>{printed}</b><br>{word}",
            x=1.0,
            xref="paper",
            xanchor="left",
            xshift=10,
            y=height_,
            align="left",
            font={"color": colour, "size": 14},
        )
        for height_, (printed, colour, word) in zip(heights, ends, strict=True)
    ]
    return figure(
        [
            band,
            line(0, [y.direct for y in years], "@direct", "solid", "circle"),
            line(1, [y.leaders for y in years], "@leader", "dash", "diamond"),
        ],
        height,
        axis(type="category", showline=True, range=[-0.25, len(x) - 0.75]),
        axis(
            range=[0, 102],
            showgrid=True,
            tickvals=[0, 25, 50, 75, 100],
            ticktext=["0%", "25%", "50%", "75%", "100%"],
        ),
        margin={"l": 48, "r": 104, "t": 10, "b": 28},
        annotations=labels,
    )


def _apart(first: float, second: float) -> tuple[float, float]:
    """Where two labels stand: at their values, or above each other where these are near or alike."""
    one, other = (min(HIGHEST, max(LOWEST, value)) for value in (first, second))
    if abs(one - other) >= APART:
        return one, other
    half = APART / 2
    middle = min(HIGHEST - half, max(LOWEST + half, (one + other) / 2))
    return (middle + half, middle - half) if first >= second else (middle - half, middle + half)
