"""Vận hành: how long the nights take and how much memory they need, so that a slow night is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from dashboards.charts.base import Chart
from dashboards.charts.night_bars import NightBar, night_bars
from dashboards.figures import figure, said, shown
from dashboards.formats import day, listed, number
from dashboards.nights import ALL, is_slow, nights_of, stages_of
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import text

PATH = "van-hanh.html"


def pages(site: Site) -> Iterator[Output]:
    """The one page."""
    nights, stages = nights_of(site.snapshot), stages_of(site.snapshot)
    charts = (_times(nights), _memory(nights))
    context = {
        "programme": site.programmes[0] if site.programmes else None,
        "sentences": _sentences(nights, stages),
        "times": charts[0],
        "memory": charts[1],
        "stages": [_stage_row(row) for row in _alone(stages)],
        "held_back": [night for night in reversed(nights) if not night["published"]],
        "policies": [],
    }
    yield Page(PATH, "operations.html.j2", context, charts)


def _alone(stages: dict[str, Row]) -> list[Row]:
    return [row for stage, row in stages.items() if stage != ALL]


def _sentences(nights: list[Row], stages: dict[str, Row]) -> list[str]:
    if not nights or ALL not in stages:
        return [text("operations.none")]
    date, run = day(nights[-1]["as_of"]), stages[ALL]
    seconds = _seconds(run, "seconds")
    if run["usual_seconds"] is None:
        out: list[str] = [said("operations.first", date=date, seconds=seconds)]
    else:
        out = [said("operations.lead", date=date, seconds=seconds, usual=_seconds(run, "usual_seconds"))]
    slow = [row["stage"] for row in _alone(stages) if is_slow(row)]
    if slow:
        out.append(text("operations.slow", names=listed(slow, 4, text("and_more", n="{n}"))))
    elif run["usual_seconds"] is not None:
        out.append(text("operations.usual"))
    longest = _alone(stages)[0]
    told, took = longest["stage"], _seconds(longest, "seconds")
    if longest["usual_seconds"] is None:
        out.append(said("operations.slowest_first", stage=told, seconds=took))
    else:
        usual = _seconds(longest, "usual_seconds")
        out.append(said("operations.slowest", stage=told, seconds=took, usual=usual))
    held_back = sum(not night["published"] for night in nights)
    if held_back:
        out.append(text("operations.held_back", n=number(held_back), all=number(len(nights))))
    return out


def _seconds(stage: Row, column: str) -> Markup:
    """«31,1 giây»."""
    return said("operations.seconds", n=_stage_figure(stage, column))


def _stage_figure(stage: Row, column: str) -> Markup:
    return figure(stage, "rpt_night_stages", ["stage"], column)


def _times(nights: list[Row]) -> Chart:
    return _chart("van-hanh-thoi-gian", "times", nights, "seconds")


def _memory(nights: list[Row]) -> Chart:
    return _chart("van-hanh-bo-nho", "memory", nights, "peak_mb")


def _of_night(night: Row, column: str) -> Markup:
    return figure(night, "rpt_nights", ["run_id"], column)


def _chart(id_: str, what: str, nights: list[Row], column: str) -> Chart:
    heads = [text("operations.night"), text(f"operations.{what}_head"), text("operations.published")]
    rows: list[list[Any]] = [
        [
            day(night["as_of"]),
            _of_night(night, column),
            text("operations.yes" if night["published"] else "operations.no"),
        ]
        for night in nights
    ]
    if not nights:
        return Chart(id_, text(f"operations.{what}"), "", heads, [], None, empty=text("operations.none"))
    bars = [NightBar(_label(one), one[column], shown(one, column), one["published"]) for one in nights]
    largest = max(nights, key=lambda night: night[column])
    title = said(f"operations.{what}_title", most=_of_night(largest, column), date=day(largest["as_of"]))
    unit = text(f"operations.{what}_unit", n=number(len(nights)))
    return Chart(id_, title, unit, heads, rows, night_bars(bars, text("operations.no")))


def _stage_row(stage: Row) -> list[str]:
    verdict = "new" if stage["usual_seconds"] is None else "slow_word" if is_slow(stage) else "usual_word"
    columns = ("seconds", "usual_seconds", "peak_mb")
    return [
        stage["stage"],
        *(_stage_figure(stage, column) for column in columns),
        text(f"operations.{verdict}"),
    ]


def _label(night: Row) -> str:
    return str(night["as_of"].strftime("%d/%m"))
