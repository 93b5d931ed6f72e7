"""``thidua mau02``: the official table from the published snapshot, ready to sign."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.commands.snapshot import Scope, known_in, published
from pipelines.sentences import text


class Format(StrEnum):
    """What kind of file to write."""

    xlsx = "xlsx"
    docx = "docx"


def mau02(
    unit: Annotated[str, typer.Option(metavar="CODE")],
    kind: Annotated[Format, typer.Option("--format")],
    out: Annotated[Path, typer.Option(metavar="FILE", dir_okay=False)],
    programme: Annotated[str | None, typer.Option(metavar="ID")] = None,
    scope: Scope = Scope.own,
    home: Folder = None,
) -> None:
    """Write mẫu 02 of a unit, with the annex «ngoài mẫu»; number, date and signature stay blank."""
    from pipelines.reports.mau_02.content import CannotPrint, night_line, read_content
    from pipelines.reports.mau_02.docx import write_docx
    from pipelines.reports.mau_02.form import load_form
    from pipelines.reports.mau_02.xlsx import write_xlsx

    if not out.absolute().parent.is_dir():
        say(text("mau02.no_folder", path=out))
        raise typer.Exit(UNUSABLE)
    form = load_form()
    with published(home) as connection:
        known_in(connection, unit, programme)
        try:
            found = read_content(connection, form, unit, programme, scope.value)
            content = replace(found, night=night_line(connection))
        except CannotPrint as problem:
            say(text(problem.key, **problem.values))
            raise typer.Exit(UNUSABLE) from None
    write = write_xlsx if kind is Format.xlsx else write_docx
    write(content, form, out)
    say(text("mau02.written", path=out))
