"""``thidua statistics``: a unit's yearly table 0602 or 0603 for the ministry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.mau02 import Format
from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.commands.snapshot import Scope, known_in, published
from pipelines.sentences import text


def statistics(
    table: Annotated[str, typer.Option(metavar="TABLE")],
    year: Annotated[int, typer.Option(metavar="YEAR")],
    unit: Annotated[str, typer.Option(metavar="CODE")],
    kind: Annotated[Format, typer.Option("--format")],
    out: Annotated[Path, typer.Option(metavar="FILE", dir_okay=False)],
    scope: Scope = Scope.rollup,
    home: Folder = None,
) -> None:
    """Write a yearly table of the ministry of a unit, ready to sign; place, day and names stay blank."""
    from pipelines.reports.statistics.content import CannotPrint, load_layouts, read_content
    from pipelines.reports.statistics.docx import write_docx
    from pipelines.reports.statistics.xlsx import write_xlsx

    if not out.absolute().parent.is_dir():
        say(text("mau02.no_folder", path=out))
        raise typer.Exit(UNUSABLE)
    with published(home) as connection:
        known_in(connection, unit)
        try:
            content = read_content(connection, load_layouts(), table, year, unit, scope.value)
        except CannotPrint as problem:
            say(text(problem.key, **problem.values))
            raise typer.Exit(UNUSABLE) from None
    write = write_xlsx if kind is Format.xlsx else write_docx
    write(content, out)
    say(text("statistics.written", table=table, year=year, path=out))
