"""Vận hành: how long the nights take and how much memory they need, so that a slow night is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.night_bars import NightBar, night_bars
from dashboards.figures import figure, said
from dashboards.formats import day, listed, number
from dashboards.nights import STAGES, TIMES, is_slow, nights_of, stages_of
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import text

PATH = "van-hanh.html"


def pages(site: Site) -> Iterator[Output]:
    """The one page."""
    nights = nights_of(site.snapshot)
    stages = stages_of(site.snapshot, nights)
    charts = (_chart("van-hanh-thoi-gian", "times", nights), _chart("van-hanh-bo-nho", "memory", nights))
    context = {
        "programme": site.programmes[0] if site.programmes else None,
        "sentences": _sentences(nights, stages),
        "times": charts[0],
        "memory": charts[1],
        "stages": [_stage_row(one) for one in stages],
        "held_back": [night for night in reversed(nights) if not night["published"]],
        "policies": [],
    }
    yield Page(PATH, "operations.html.j2", context, charts)


def _sentences(nights: list[Row], stages: list[Row]) -> list[Markup | str]:
    if not nights:
        return [text("operations.none")]
    newest = nights[-1]
    told: dict[str, object] = {"date": day(newest["as_of"]), "seconds": _time(newest, "seconds")}
    out: list[Markup | str] = [said("operations.first", **told)]
    if newest["usual_seconds"] is not None:
        out = [said("operations.lead", usual=_time(newest, "usual_seconds"), **told)]
    slow = [row["stage"] for row in stages if is_slow(row)]
    if slow:
        out.append(text("operations.slow", names=listed(slow, 4, text("and_more", n="{n}"))))
    elif newest["usual_seconds"] is not None:
        out.append(text("operations.usual"))
    if stages:
        longest = stages[0]
        key = "operations.slowest_first" if longest["usual_seconds"] is None else "operations.slowest"
        took = {"seconds": _time(longest, "seconds"), "usual": _time(longest, "usual_seconds")}
        out.append(said(key, stage=longest["stage"], **took))
    held_back = sum(not night["published"] for night in nights)
    if held_back:
        out.append(text("operations.held_back", n=number(held_back), all=number(len(nights))))
    return out


def _figure(row: Row, column: str) -> Markup:
    """A figure of a night, or of a stage of it."""
    if "stage" in row:
        return figure(row, STAGES, ["run_id", "stage"], column)
    return figure(row, TIMES, ["run_id"], column)


def _time(row: Row, column: str) -> Markup:
    """«31,1 giây»."""
    return said("operations.seconds", n=_figure(row, column))


_SHOWN = {"times": ("seconds", _time), "memory": ("peak_mb", _figure)}
"""What a chart is of: the column, and how it is written."""


def _chart(id_: str, what: str, nights: list[Row]) -> Chart:
    heads = [text("operations.night"), text(f"operations.{what}_head"), text("operations.published")]
    if not nights:
        return Chart(id_, text(f"operations.{what}"), "", heads, [], None, empty=text("operations.none"))
    column, written = _SHOWN[what]
    rows: list[list[Any]] = [
        [
            day(night["as_of"]),
            written(night, column),
            text("operations.yes" if night["published"] else "operations.no"),
        ]
        for night in nights
    ]
    bars = [
        NightBar(_label(one), one[column], written(one, column).striptags(), one["published"])
        for one in nights
    ]
    largest = max(nights, key=lambda night: night[column])
    title = said(f"operations.{what}_title", most=written(largest, column), date=day(largest["as_of"]))
    unit = text(f"operations.{what}_unit", n=number(len(nights)))
    return Chart(id_, title, unit, heads, rows, night_bars(bars, text("operations.no")))


def _stage_row(stage: Row) -> list[Markup | str]:
    verdict = "new" if stage["usual_seconds"] is None else "slow_word" if is_slow(stage) else "usual_word"
    return [
        stage["stage"],
        _time(stage, "seconds"),
        "-" if stage["usual_seconds"] is None else _time(stage, "usual_seconds"),
        _figure(stage, "peak_mb"),
        text(f"operations.{verdict}"),
    ]


def _label(night: Row) -> str:
    return str(night["as_of"].strftime("%d/%m"))
