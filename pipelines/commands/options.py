"""Option types that several commands share, and how they speak."""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from pipelines.sentences import text
from pipelines.text.printable import printable

Folder = Annotated[Path | None, typer.Option(file_okay=False)]
File = Annotated[Path | None, typer.Option(dir_okay=False)]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]

UNUSABLE = 2
"""Exit code for arguments that cannot be used."""


def known(kind: str, given: str | None, names: Collection[str]) -> None:
    """End with exit code 2 and the nearest name when a programme, unit or rule is none of those known.

    Args:
        kind: ``programme`` or ``unit``: the sentence is ``cli.unknown_<kind>``.
        given: what was asked for; ``None`` was not asked for.
        names: what there is.
    """
    if given is None or given in names:
        return
    by_key = {name.casefold(): name for name in sorted(names)}
    close = get_close_matches(given.casefold(), by_key, n=1, cutoff=0.0)
    say(text(f"cli.unknown_{kind}", given=given, nearest=by_key[close[0]] if close else "-"))
    raise typer.Exit(UNUSABLE)


def say(message: str) -> None:
    """Print in UTF-8 whatever the locale says; nothing in it commands the terminal."""
    sys.stdout.buffer.write((printable(message) + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()
