"""``thidua lookup``: what a person or collective has had, with file and cell."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.commands.snapshot import known_in, night_of, published
from pipelines.sentences import text

NOTHING = 1
"""Exit code where nobody of that name is known."""


def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    unit: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    home: Folder = None,
) -> None:
    """Every award, nomination and rating of a name, over lists, years and programmes; recipients apart."""
    from pipelines.forms.registry import load_words
    from pipelines.reports.lookup.lookup import lookup as find
    from pipelines.reports.lookup.lookup import name_key
    from pipelines.reports.lookup.text import told

    if not name_key(name):
        say(text("lookup.no_name"))
        raise typer.Exit(UNUSABLE)
    _, plain = load_words().rows.without_address(name)
    with published(home) as connection:
        known_in(connection, unit)
        found = find(connection, name, plain, unit_code=unit)
        night = night_of(connection)
    if not found.total:
        where = text("lookup.in_unit", unit=unit) if unit else ""
        say(text("lookup.nothing", name=name, night=night, where=where))
        raise typer.Exit(NOTHING)
    say(told(found, name, night))
