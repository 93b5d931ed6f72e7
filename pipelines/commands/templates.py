"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import File, Folder, say
from pipelines.sentences import text


def templates(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False)],
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Write a blank, fillable file of each form into DIR."""
    from pipelines.common.bars import bar
    from pipelines.night.request import NightRequest
    from pipelines.templates import write_templates

    request = NightRequest.make(reference=reference, settings=settings)
    with bar("templates"):
        written = write_templates(folder, request.reference, request.settings)
    for path in written:
        say(text("cli.written", path=path))
