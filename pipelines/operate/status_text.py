"""The state of a home in words: for the terminal, and for the mail to the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipelines.common.paths import Home
from pipelines.common.stage_times import Slowest
from pipelines.night.diary import Told
from pipelines.night.request import TIME_ZONE
from pipelines.night.schedule import load_schedule
from pipelines.operate.status import FRESH, Status
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number


def status_lines(home: Home, status: Status) -> list[str]:
    """Lines of Vietnamese; the last begins with ``RESULT``."""
    published = status.published
    lines = [text("status.none", home=home.root)]
    if published is not None:
        lines = [
            text(
                "status.published",
                date=published.as_of.strftime("%d/%m/%Y"),
                time=_at(published.published_at),
            ),
            text(
                "status.input",
                files=format_number(published.files),
                received=published.newest_file.strftime("%d/%m/%Y") if published.newest_file else "-",
                digest=published.input_digest[:12],
                code=published.code_version,
            ),
        ]
    if status.slowest is not None:
        lines.append(_slowest_line(status.slowest))
    lines += [failure_line(told) for told in status.failures]
    if status.running is not None:
        began = status.running.began
        lines.append(text("status.running", date=day_words(began.as_of), time=_at(began.time)))
    lines += silence_lines(status)
    lines += [text("status.hindered", what=check.words, do=check.do) for check in status.hindrances]
    if status.state == FRESH:
        lines.append(text("status.fresh"))
    at = published.published_at.isoformat(timespec="seconds") if published else "-"
    as_of = published.as_of.isoformat() if published else "-"
    lines.append(
        f"RESULT status={status.state} as_of={as_of} published_at={at} failed={len(status.failures)}"
    )
    return lines


def _slowest_line(slowest: Slowest) -> str:
    usual = (
        text("status.no_usual")
        if slowest.usual is None
        else text("status.usual", n=format_number(slowest.usual, 1))
    )
    return text(
        "status.slowest",
        whole=format_number(slowest.whole, 1),
        stage=slowest.stage,
        seconds=format_number(slowest.seconds, 1),
        usual=usual,
    )


def failure_line(told: Told) -> str:
    """One night that failed: which, where, why, what to do."""
    values = {"date": day_words(told.began.as_of), "time": _at(told.began.time)}
    if told.ended is None:
        return text("status.cut", **values)
    key = "status.failed_after" if told.ended.published else "status.failed"
    do = told.ended.do or text("night.do_default")
    return text(key, step=told.ended.step, why=told.ended.why, do=do, **values)


def silence_lines(status: Status) -> list[str]:
    """That a night did not happen, and until when it was waited for; nothing when it did."""
    if not status.silent:
        return []
    until = status.due + timedelta(minutes=load_schedule().grace_minutes)
    return [text("status.silent", due=_at(status.due), until=_at(until)), text("status.silent.do")]


def _at(moment: datetime) -> str:
    return moment.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")


def day_words(iso: str) -> str:
    """An ISO day as people here write it."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
