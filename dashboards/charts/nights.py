"""Nights: new findings up, fixed ones down, a line for what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.base import Figure, axis, figure, note
from dashboards.formats import number


@dataclass(frozen=True, slots=True)
class NightCount:
    """One night of the kept history."""

    as_of: date
    new: int
    fixed: int
    open: int


def nights(counts: Sequence[NightCount], words: tuple[str, str, str], height: int = 300) -> Figure:
    """Columns up and down and a line.

    Args:
        counts: nights in order.
        words: for new, fixed, still open.
        height: in pixels.
    """
    x = [one.as_of.strftime("%d/%m") for one in counts]
    full = [one.as_of.strftime("%d/%m/%Y") for one in counts]
    up = max([one.new for one in counts] + [one.open for one in counts] + [1])
    down = max([one.fixed for one in counts] + [1])

    def column(values: list[int], sign: int, colour: str, word: str, shape: str) -> Figure:
        return {
            "type": "bar",
            "x": x,
            "y": [sign * value for value in values],
            "width": 0.6,
            "marker": {
                "color": colour,
                "pattern": {"shape": shape, "fgcolor": "@surface", "size": 6, "solidity": 0.25},
            },
            "customdata": [[day, number(value)] for day, value in zip(full, values, strict=True)],
            "hovertemplate": f"%{{customdata[0]}}: %{{customdata[1]}} {word}<extra></extra>",
        }

    last = counts[-1]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": [one.open for one in counts],
        "line": {"color": "@text", "width": 2.5},
        "marker": {"color": "@text", "size": 7},
        "cliponaxis": False,
        "customdata": [[day, number(one.open)] for day, one in zip(full, counts, strict=True)],
        "hovertemplate": f"%{{customdata[0]}}: %{{customdata[1]}} {words[2]}<extra></extra>",
    }
    ends = [
        note(
            f"<b>{number(last.open)}</b> {words[2]}", x=1, xref="paper", xanchor="left", xshift=8, y=last.open
        ),
    ]
    step = max(1, -(-len(x) // 6))
    return figure(
        [
            column([one.new for one in counts], 1, "@blocking", words[0], ""),
            column([one.fixed for one in counts], -1, "@bar", words[1], "/"),
            line,
        ],
        height,
        axis(type="category", tickvals=x[::-1][::step][::-1], tickangle=0),
        axis(
            range=[-down * 1.25, up * 1.15],
            showgrid=True,
            zeroline=True,
            zerolinecolor="@dashed",
            nticks=5,
            tickformat=",d",
        ),
        margin={"l": 44, "r": 112, "t": 8, "b": 28},
        barmode="overlay",
        annotations=ends,
    )
