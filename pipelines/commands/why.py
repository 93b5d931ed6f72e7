"""``thidua why``: the rule behind a finding, or behind the standing of a nominee, as a tree."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.commands.snapshot import known_in, published
from pipelines.sentences import text


def why(
    finding: Annotated[str | None, typer.Argument(metavar="FINDING_ID")] = None,
    nominee: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    unit: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    home: Folder = None,
) -> None:
    """Vì sao có một nội dung (FINDING_ID), vì sao một người, một tập thể đạt hay chưa (--nominee, --unit)."""
    if finding is None and (nominee is None or unit is None):
        say(text("why.what"))
        raise typer.Exit(UNUSABLE)
    from pipelines.rules.why import NotFound, why_finding, why_nominee

    with published(home) as connection:
        known_in(connection, unit)
        try:
            told = (
                why_finding(connection, finding)
                if finding
                else why_nominee(connection, nominee or "", unit or "")
            )
        except NotFound as problem:
            say(str(problem))
            raise typer.Exit(UNUSABLE) from None
    say(told)
