"""``thidua programme check|new|try``: the data of a programme checked, begun, tried."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, known, say
from pipelines.sentences import listed, named, text

if TYPE_CHECKING:
    from pipelines.programmes.trial import Tried


class Action(StrEnum):
    """What is done with the data of a programme."""

    CHECK = "check"
    NEW = "new"
    TRY = "try"


def programme(
    action: Annotated[Action, typer.Argument(metavar="check|new|try")],
    programme_id: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    answers: File = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Check the data of programmes, begin a new programme's folder, or try one with made-up files."""
    from pipelines.night.request import NightRequest

    request = NightRequest.make(reference=reference, settings=settings)
    if action is not Action.CHECK and programme_id is None:
        say(text("programme.which"))
        raise typer.Exit(UNUSABLE)
    if action is Action.NEW:
        _new(str(programme_id), answers, request.reference)
        return
    in_force = _checked(request.reference, request.settings, programme_id)
    if action is Action.CHECK:
        from pipelines.reference.programme_check import warnings

        found = warnings(request.reference, in_force, programme_id)
        for one in found:
            say(str(one))
        say(text("programme.idle", n=len(found)) if found else text("programme.right"))
    else:
        _try(str(programme_id), request.reference, request.settings)


def _checked(reference: Path, settings: Path, programme_id: str | None):  # type: ignore[no-untyped-def]
    """The settings in force; ends with every mistake of the reference data when there are any."""
    from pipelines.reference.errors import ReferenceError
    from pipelines.reference.load import load_reference
    from pipelines.reference.settings import load_settings
    from pipelines.rules.tables import law_tables_of

    try:
        loaded = load_reference(reference)
        in_force = load_settings(settings, loaded)
        law_tables_of(reference, loaded, in_force)
    except ReferenceError as error:
        _mistakes(error)
    known("programme", programme_id, loaded.programmes)
    return in_force


def _mistakes(error: Exception) -> None:
    problems = getattr(error, "problems", [])
    for problem in problems:
        say(str(problem))
    say(text("programme.mistakes", n=len(problems)))
    raise typer.Exit(UNUSABLE) from None


def _new(programme_id: str, answers: Path | None, reference: Path) -> None:
    from pipelines.programmes.answers import read_answers
    from pipelines.programmes.ask import WrongAnswers, ask_answers
    from pipelines.programmes.new import write_programme
    from pipelines.programmes.refused import Refused
    from pipelines.reference.errors import ReferenceError

    try:
        given = read_answers(answers) if answers else ask_answers(programme_id, _ask)
        if given.id != programme_id:
            say(text("programme.other_id", given=given.id, asked=programme_id))
            raise typer.Exit(UNUSABLE)
        written = write_programme(given, reference)
    except ReferenceError as error:
        _mistakes(error)
    except WrongAnswers as error:
        say(str(error))
        raise typer.Exit(UNUSABLE) from None
    except Refused as error:
        say(error.sentence)
        raise typer.Exit(UNUSABLE) from None
    for path in written.files:
        say(path.relative_to(reference).as_posix())
    for form in written.forms:
        if form.kept_as_text:
            say(text("programme.kept_as_text", form=form.id, columns="; ".join(form.kept_as_text)))
        if form.kind:
            say(text("programme.one_kind", form=form.id, kind=named("kind", form.kind)))
        elif not form.has_kinds:
            say(text("programme.no_kinds", form=form.id))
    if given.dossier and all(path.name != "criteria.yaml" for path in written.files):
        say(text("programme.no_criteria"))
    say(text("programme.written", id=programme_id))


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False))


def _row_of(one: Tried) -> list[str]:
    """A line of the table: how it came out, which rule, of good and bad files what was expected and got."""
    verdict = {True: "right", False: "wrong", None: "untried"}[one.is_right]
    nothing = text("programme.tried.nothing")
    good, bad = one.good_got or nothing, one.bad_got or nothing
    return [
        text(f"programme.tried.{verdict}"), one.id, one.good_expected, good, one.bad_expected, bad, one.what,
    ]  # fmt: skip


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Lines with columns as wide as their longest word; the last is as long as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _try(programme_id: str, reference: Path, settings: Path) -> None:
    from pipelines.programmes.night import NoNight
    from pipelines.programmes.trial import try_programme

    say(text("programme.trying"))
    try:
        tried = try_programme(programme_id, reference, settings)
    except NoNight as error:
        say(text("programme.no_night", why=str(error)))
        raise typer.Exit(1) from None
    for line in _table([listed("programme.tried.head"), *map(_row_of, tried)]):
        say(line)
    if any(one.is_right is None for one in tried):
        say(text("programme.tried.why", id=programme_id))
    wrong = sum(one.is_right is False for one in tried)
    right = sum(one.is_right is True for one in tried)
    say(text("programme.tried", right=right, wrong=wrong, untried=len(tried) - right - wrong))
    if wrong:
        raise typer.Exit(1)
