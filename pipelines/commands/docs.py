"""``thidua docs``: the documentation of the models for analysts, as one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import say
from pipelines.sentences import text


def docs(out: Annotated[Path, typer.Argument(metavar="FILE.html", dir_okay=False)]) -> None:
    """Write lineage, columns and SQL of all models into one page."""
    from pipelines.common.bars import bar
    from pipelines.transform.dbt import write_docs

    with bar("docs"):
        write_docs(out)
    say(text("cli.written", path=out))
