"""``thidua programme check``: every mistake of a programme's data at once, and what can never come about."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, known, say
from pipelines.sentences import text


class Action(StrEnum):
    """What is done with the data of a programme."""

    CHECK = "check"


def programme(
    action: Annotated[Action, typer.Argument(metavar="check")],
    programme_id: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Check the data of programmes: every mistake at once, else what can never come about."""
    from pipelines.night.request import NightRequest
    from pipelines.reference.errors import ReferenceError
    from pipelines.reference.load import load_reference
    from pipelines.reference.programme_check import warnings
    from pipelines.reference.settings import load_settings
    from pipelines.rules.tables import law_tables_of

    request = NightRequest.make(reference=reference, settings=settings)
    try:
        loaded = load_reference(request.reference)
        in_force = load_settings(request.settings, loaded)
        law_tables_of(request.reference, loaded, in_force)
    except ReferenceError as error:
        for problem in error.problems:
            say(str(problem))
        say(text("programme.mistakes", n=len(error.problems)))
        raise typer.Exit(UNUSABLE) from None
    known("programme", programme_id, loaded.programmes)
    found = warnings(request.reference, in_force, programme_id)
    for one in found:
        say(str(one))
    say(text("programme.idle", n=len(found)) if found else text("programme.right"))
