"""``thidua nightly``: the whole night."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn
from uuid import uuid4

import typer

from pipelines.commands.options import UNUSABLE, Day, File, Folder, say
from pipelines.sentences import text

if TYPE_CHECKING:
    from pipelines.night.problem import Problem
    from pipelines.night.request import NightRequest


class Kind(StrEnum):
    """What counts."""

    duckdb = "duckdb"
    spark = "spark"


def nightly(
    raw: Folder = None,
    home: Folder = None,
    as_of: Day = None,
    reference: Folder = None,
    settings: File = None,
    engine: Kind | None = None,
) -> None:
    """Run the nightly job: read, model, check, publish, report."""
    from pipelines.commands.failures import sentence_of
    from pipelines.night.clock import problem_with_clock
    from pipelines.night.problem import Problem, problem_before
    from pipelines.night.request import AnotherNight, NightRequest
    from pipelines.night.run import run_night
    from pipelines.night.summary import not_begun, summary

    request = NightRequest.make(raw, home, as_of.date() if as_of else None, reference, settings, engine)
    for path in (request.raw, request.reference, request.settings):
        if not path.exists():
            missing = Problem("paths", text("failed.missing", path=path), text("failed.missing.do"))
            _refused(request, missing, UNUSABLE)
    try:
        behind = problem_with_clock(request.home) if as_of is None else None
        outcome = None if behind else run_night(request)
    except AnotherNight as other:
        say(text("night.another", home=request.home.root, **other.described()))
        say(f"RESULT published=no as_of={request.as_of} step=another_night")
        raise typer.Exit(1) from None
    except Exception as error:
        problem = problem_before(error, request.home.root) or Problem("start", sentence_of(error), "")
        _refused(request, problem, 1)
    if outcome is None:
        assert behind
        say(not_begun(request, behind))
        raise typer.Exit(1)
    told, result = summary(request, outcome).rsplit("\n", 1)
    say(told)
    if outcome.problem is not None:
        _tell_operator(request)
    say(result)
    raise typer.Exit(0 if outcome.problem is None else 1)


def _refused(request: NightRequest, problem: Problem, code: int) -> NoReturn:
    """End a night that could not begin; ``thidua status`` and the operator learn of it all the same."""
    from pipelines.night import diary
    from pipelines.night.request import TIME_ZONE
    from pipelines.night.summary import not_begun

    told, result = not_begun(request, problem).rsplit("\n", 1)
    say(told)
    now = datetime.now(TIME_ZONE).isoformat(timespec="seconds")
    entry = diary.Entry(
        diary.REFUSED, uuid4().hex, str(request.as_of), now, str(request.raw),
        step=problem.step, why=problem.why, do=problem.do,
    )  # fmt: skip
    with suppress(OSError):  # what refuses the night may refuse the diary too; status looks for itself
        diary.write(request.home, entry)
        _tell_operator(request)
    say(result)
    raise typer.Exit(code)


def _tell_operator(request: NightRequest) -> None:
    from pipelines.commands.failures import sentence_of
    from pipelines.operate import operator_mail

    try:
        for line in operator_mail.tell(request.home, request.settings):
            say(text("operator.told", what=line))
    except Exception as error:  # a full disk takes no mail either: the night is told all the same
        say(sentence_of(error))
