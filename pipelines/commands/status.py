"""``thidua status``: how the home stands, with an exit code for monitoring."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import File, Folder, say
from pipelines.sentences import text


def status(
    home: Folder = None,
    settings: File = None,
    mail: Annotated[bool, typer.Option("--mail")] = False,
) -> None:
    """Say what is published and what failed since; exit 0 fresh, 1 stale or failed, 2 nothing published."""
    import duckdb

    from pipelines.commands.failures import sentence_of
    from pipelines.night.request import NightRequest
    from pipelines.operate import operator_mail
    from pipelines.operate.status import EXIT, NONE, status_of
    from pipelines.operate.status_text import status_lines

    request = NightRequest.make(home=home, settings=settings)
    try:
        found = status_of(request.home)
    except duckdb.Error as error:
        say(sentence_of(error))
        say("RESULT status=unreadable as_of=- published_at=- failed=-")
        raise typer.Exit(EXIT[NONE]) from None
    for line in status_lines(request.home, found):
        say(line)
    if mail:
        for line in operator_mail.tell(request.home, request.settings):
            say(text("operator.told", what=line))
    raise typer.Exit(EXIT[found.state])
