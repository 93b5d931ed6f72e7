"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import Folder, say
from pipelines.sentences import text


def templates(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False)], reference: Folder = None
) -> None:
    """Write a blank, fillable file of each form into DIR."""
    from pipelines.night.request import NightRequest
    from pipelines.templates import write_templates

    for path in write_templates(folder, NightRequest.make(reference=reference).reference):
        say(text("cli.written", path=path))
