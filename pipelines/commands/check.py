"""``thidua check``: what a clerk learns of a file before sending it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, known, say
from pipelines.sentences import text


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    programme: Annotated[str | None, typer.Option(metavar="ID")] = None,
    unit: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Read files as the nightly would and say what is missing, with sheet and cell; touches no warehouse."""
    from pipelines.check.check import Place, check_files
    from pipelines.check.report import report
    from pipelines.common.bars import bar
    from pipelines.night.request import TIME_ZONE, NightRequest
    from pipelines.reference.load import load_reference

    request = NightRequest.make(reference=reference, settings=settings)
    for path in (*files, request.reference, request.settings):
        if not path.exists():
            say(text("cli.no_path", path=path))
            raise typer.Exit(UNUSABLE)
    reference_data = load_reference(request.reference)
    known("programme", programme, reference_data.programmes)
    units = (each.unit_code for each in reference_data.units if programme in (None, each.programme_id))
    known("unit", unit, [*units])
    today = datetime.now(TIME_ZONE).date()
    with bar("check"):
        results = check_files(files, Place(programme, unit), today, request.reference, request.settings)
    for result in results:
        say(report(result))
    raise typer.Exit(max(result.exit_code for result in results))
