"""Vận hành: how long the nights take and how much memory they need, so that a slow night is seen."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.charts.base import Chart
from dashboards.charts.night_bars import NightBar, night_bars
from dashboards.formats import day, listed, number
from dashboards.nights import Compared, Night, compared, nights_of
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from pipelines.common.stage_times import slowest
from pipelines.sentences import text

PATH = "van-hanh.html"


def pages(site: Site) -> Iterator[Output]:
    """The one page."""
    nights = nights_of(site.snapshot)
    stages = compared(nights) if nights else []
    charts = (_times(nights), _memory(nights))
    context = {
        "programme": site.programmes[0] if site.programmes else None,
        "sentences": _sentences(nights, stages),
        "times": charts[0],
        "memory": charts[1],
        "stages": [_stage_row(one) for one in stages],
        "held_back": [night for night in reversed(nights) if not night.published],
        "policies": [],
    }
    yield Page(PATH, "operations.html.j2", context, charts)


def _sentences(nights: list[Night], stages: list[Compared]) -> list[str]:
    if not nights:
        return [text("operations.none")]
    newest = nights[-1]
    known = [one for one in stages if one.usual is not None]
    seconds = sum(one.stage.seconds for one in stages)
    out = [text("operations.first", date=day(newest.as_of), seconds=_seconds(seconds))]
    if known:
        usual = sum(one.usual or 0.0 for one in known)
        spent = sum(one.stage.seconds for one in known)
        out = [
            text("operations.lead", date=day(newest.as_of), seconds=_seconds(spent), usual=_seconds(usual))
        ]
    slow = [one.stage.name for one in stages if one.is_slow]
    if slow:
        out.append(text("operations.slow", names=listed(slow, 4, text("and_more", n="{n}"))))
    elif known:
        out.append(text("operations.usual"))
    found = slowest(newest.times, [night.times for night in nights[:-1] if night.published])
    if found:
        known_as = "-" if found.usual is None else _seconds(found.usual)
        out.append(
            text("operations.slowest", stage=found.stage, seconds=_seconds(found.seconds), usual=known_as)
        )
    held_back = sum(not night.published for night in nights)
    if held_back:
        out.append(text("operations.held_back", n=number(held_back), all=number(len(nights))))
    return out


def _times(nights: list[Night]) -> Chart:
    bars = [NightBar(_label(n), n.seconds, _seconds(n.seconds), n.published) for n in nights]
    return _chart("van-hanh-thoi-gian", "times", nights, bars)


def _memory(nights: list[Night]) -> Chart:
    bars = [NightBar(_label(n), n.peak_mb, number(round(n.peak_mb)), n.published) for n in nights]
    return _chart("van-hanh-bo-nho", "memory", nights, bars)


def _chart(id_: str, what: str, nights: list[Night], bars: list[NightBar]) -> Chart:
    heads = [text("operations.night"), text(f"operations.{what}_head"), text("operations.published")]
    rows = [
        [day(night.as_of), bar.words, text("operations.yes" if night.published else "operations.no")]
        for night, bar in zip(nights, bars, strict=True)
    ]
    if not bars:
        return Chart(id_, text(f"operations.{what}"), "", heads, [], None, empty=text("operations.none"))
    largest = max(zip(bars, nights, strict=True), key=lambda pair: pair[0].value)
    title = text(f"operations.{what}_title", most=largest[0].words, date=day(largest[1].as_of))
    figure = night_bars(bars, text("operations.no"))
    return Chart(id_, title, text(f"operations.{what}_unit", n=number(len(bars))), heads, rows, figure)


def _stage_row(one: Compared) -> list[str]:
    verdict = "new" if one.usual is None else "slow_word" if one.is_slow else "usual_word"
    return [
        one.stage.name,
        _seconds(one.stage.seconds),
        "-" if one.usual is None else _seconds(one.usual),
        number(round(one.stage.peak_mb)),
        text(f"operations.{verdict}"),
    ]


def _label(night: Night) -> str:
    return night.as_of.strftime("%d/%m")


def _seconds(value: float) -> str:
    return text("operations.seconds", n=number(round(value, 1)))
