"""``thidua diff``: what changed between two kept snapshots, and which files caused it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.sentences import text

Night = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


def diff(
    first: Night,
    second: Night,
    home: Folder = None,
    limit: Annotated[int, typer.Option(min=0)] = 20,
) -> None:
    """Compare two kept snapshots by unit and number; exit 0 equal, 1 not equal, 2 not kept."""
    from pipelines.common.bars import bar
    from pipelines.night.request import NightRequest
    from pipelines.operate.diff.compare import NotKept, compare
    from pipelines.operate.diff.words import lines

    try:
        with bar("diff"):
            found = compare(NightRequest.make(home=home).home, first.date(), second.date())
    except NotKept as missing:
        kept = ", ".join(missing.kept) or text("diff.none_kept")
        say(text("diff.not_kept", night=missing.night.strftime("%d/%m/%Y"), kept=kept))
        raise typer.Exit(UNUSABLE) from None
    for line in lines(found, first.date(), second.date(), limit):
        say(line)
    raise typer.Exit(0 if found.is_empty else 1)
