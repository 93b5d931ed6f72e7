"""Labelled rows: a sentence above, its mark below. Reads alike at 390 and at 1440 pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.charts.base import Figure, axis, figure, note
from dashboards.formats import plain, wrapped

WIDE, NARROW = 66, 44
"""Letters of a label that fit on one line of a card, and of a narrow screen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: its sentence, its value, the words that print the value, where a click leads.

    ``tick`` is a required amount or a median, or as ``@keys@column`` the figure of the night that has it (see
    ``figures.of_night``); ``second`` a second value, ``second_printed`` its words.
    """

    label: str
    value: float | None
    printed: str
    link: str = ""
    tick: float | str | None = None
    second: float | None = None
    second_printed: str = ""
    colour: str = "@bar"


def bars(marks: Sequence[Mark], width: int = WIDE) -> Figure:
    """Horizontal bars from zero, the number at the end of each.

    Args:
        marks: rows from top to bottom.
        width: letters on one line of a label.
    """
    return _rows(marks, max([*(mark.value or 0 for mark in marks), 1]), False, "", ("", ""), width)


def dots(
    marks: Sequence[Mark], tick_word: str = "", words: tuple[str, str] = ("", ""), width: int = WIDE
) -> Figure:
    """Dots on a line from 0 to 100; a tick where something is required, a diamond for a second value.

    Args:
        marks: rows from top to bottom.
        tick_word: what a tick means, for its hover.
        words: what the dot and the diamond mean.
        width: letters on one line of a label.
    """
    return _rows(marks, 100.0, True, tick_word, words, width)


def both(draw: Callable[..., Figure], marks: Sequence[Mark], **more: Any) -> dict[str, Any]:
    """The wide and the narrow figure of a chart, as ``Chart`` takes them, made by ``bars`` or ``dots``."""
    wide, narrow = (draw(marks, width=width, **more) for width in (WIDE, NARROW))
    return {"figure": wide, "narrow": None if narrow == wide else narrow}


def _rows(
    marks: Sequence[Mark], top: float, dots: bool, tick_word: str, words: tuple[str, str], width: int
) -> Figure:
    labels = [[plain(part) for part in wrapped(mark.label, width)] for mark in marks]
    y: list[float] = []
    level = 0.0
    notes: list[Figure] = []
    shapes: list[Figure] = []
    for mark, lines in zip(marks, labels, strict=True):
        text_height = 20.0 * len(lines)
        middle = level - text_height - 13
        notes.append(
            note(
                "<br>".join(lines),
                x=0,
                xref="paper",
                xanchor="left",
                y=level - 1,
                yanchor="top",
                align="left",
            )
        )
        y.append(middle)
        if dots:
            shapes.append(_rule(0, top, middle, "@grid", 3))
            if mark.value is not None:
                shapes.append(_rule(0, mark.value, middle, mark.colour, 3))
        level = middle - 24
    shown = [(mark, at) for mark, at in zip(marks, y, strict=True) if mark.value is not None]
    prefix = f"{words[0]}: " if words[0] else ""
    trace: Figure = {
        "x": [mark.value for mark, _ in shown],
        "y": [at for _, at in shown],
        "text": [f"<b>{mark.printed}</b>" for mark, _ in shown],
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 14},
        "customdata": [mark.link for mark, _ in shown],
        "hovertext": [f"{plain(mark.label)}<br>{prefix}{mark.printed}" for mark, _ in shown],
        "hoverinfo": "text",
    }
    if dots:
        trace |= {
            "type": "scatter",
            "mode": "markers",
            "marker": {
                "color": [mark.colour for mark, _ in shown],
                "size": 14,
                "line": {"color": "@surface", "width": 2},
            },
        }
    else:
        trace |= {
            "type": "bar",
            "orientation": "h",
            "width": 18,
            "textposition": "outside",
            "marker": {"color": [mark.colour for mark, _ in shown]},
        }
    data = [trace]
    if dots:
        notes += [
            note(
                f"<b>{mark.printed}</b>", x=1, xref="paper", xanchor="left", xshift=12, y=at, yanchor="middle"
            )
            for mark, at in zip(marks, y, strict=True)
        ]
        data += _extra(marks, y, tick_word, words[1])
    height = int(-level + 4)
    return figure(
        data,
        height,
        axis(range=[0, top if dots else top * 1.16], showticklabels=False),
        axis(range=[level - 2, 2], showticklabels=False),
        margin={"l": 8 if dots else 2, "r": 76 if dots else 8, "t": 2, "b": 2},
        annotations=notes,
        shapes=shapes,
        bargap=0,
    )


def _rule(start: float, end: float, y: float, colour: str, width: int) -> Figure:
    return {
        "type": "line",
        "x0": start,
        "x1": end,
        "y0": y,
        "y1": y,
        "layer": "below",
        "line": {"color": colour, "width": width},
    }


def _extra(marks: Sequence[Mark], y: Sequence[float], tick_word: str, second_word: str) -> list[Figure]:
    out: list[Figure] = []
    ticked = [(mark.tick, at) for mark, at in zip(marks, y, strict=True) if mark.tick is not None]
    if ticked:
        out.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [tick for tick, _ in ticked],
                "y": [at for _, at in ticked],
                "marker": {
                    "symbol": "line-ns",
                    "size": 22,
                    "color": "@text",
                    "line": {"color": "@text", "width": 3},
                },
                "hovertemplate": f"{tick_word}: %{{x}}<extra></extra>",
                "cliponaxis": False,
            }
        )
    second = [(mark.second, at, mark) for mark, at in zip(marks, y, strict=True) if mark.second is not None]
    if second:
        out.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [x for x, _, _ in second],
                "y": [at for _, at, _ in second],
                "marker": {
                    "symbol": "diamond",
                    "size": 13,
                    "color": "@leader",
                    "line": {"color": "@surface", "width": 2},
                },
                "customdata": [mark.link for _, _, mark in second],
                "text": [mark.second_printed for _, _, mark in second],
                "cliponaxis": False,
                "hovertemplate": f"{second_word}: %{{text}}<extra></extra>",
            }
        )
    return out
