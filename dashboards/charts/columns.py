"""Small multiples: columns of one level over the years, on their own stated scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.charts.base import Figure, axis, figure
from dashboards.formats import number


def columns(years: Sequence[int], counts: Mapping[int, int], link: str, height: int = 168) -> Figure:
    """Columns with their number on top.

    Args:
        years: every year shown, also those without an award.
        counts: by year.
        link: where a click leads.
        height: in pixels.
    """
    values = [counts.get(year, 0) for year in years]
    top = max([*values, 1]) * 1.22
    bars = {
        "type": "bar",
        "x": [str(year) for year in years],
        "y": values,
        "text": [number(value) for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 14},
        "marker": {"color": "@bar"},
        "width": 0.62,
        "customdata": [link] * len(values),
        "hovertemplate": "Năm %{x}: %{text} lượt<extra></extra>",
    }
    return figure(
        [bars],
        height,
        axis(type="category", showline=True),
        axis(range=[0, top], showticklabels=False),
        margin={"l": 4, "r": 4, "t": 6, "b": 26},
    )
