"""One bar per night, upwards from zero, its value on top; nights held back are hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.base import Figure, axis, figure


@dataclass(frozen=True, slots=True)
class NightBar:
    """One night: its label, what is drawn and how it is written, whether it was published."""

    label: str
    value: float
    words: str
    published: bool


def night_bars(nights: Sequence[NightBar], held_back: str, height: int = 240) -> Figure:
    """Bars in the order given.

    Args:
        nights: at least one.
        held_back: the words a hatched bar adds when pointed at.
        height: in pixels.
    """
    bars = {
        "type": "bar",
        "x": list(range(len(nights))),
        "y": [night.value for night in nights],
        "text": [night.words for night in nights] if len(nights) <= 14 else None,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 14},
        "width": 0.62,
        "marker": {
            "color": ["@bar" if night.published else "@blocking" for night in nights],
            "pattern": {
                "shape": ["" if night.published else "/" for night in nights],
                "fgcolor": "@surface",
                "size": 6,
                "solidity": 0.25,
            },
        },
        "customdata": [
            f"{night.label}: {night.words}{'' if night.published else f' ({held_back})'}" for night in nights
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    step = max(1, -(-len(nights) // 8))
    shown = list(range(len(nights)))[::-1][::step][::-1]
    return figure(
        [bars],
        height,
        axis(
            tickvals=shown, ticktext=[nights[place].label for place in shown], range=[-0.6, len(nights) - 0.4]
        ),
        axis(
            range=[0, max([night.value for night in nights] + [1]) * 1.2],
            showgrid=True,
            nticks=4,
            tickformat=",d",
        ),
        margin={"l": 56, "r": 8, "t": 8, "b": 28},
    )
