"""The command line: arguments in, exit codes out; every command's work is elsewhere."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.texts import text

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Folder = Annotated[Path | None, typer.Option(file_okay=False)]
File = Annotated[Path | None, typer.Option(dir_okay=False)]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


@app.command()
def nightly(
    raw: Folder = None,
    home: Folder = None,
    as_of: Day = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Run the nightly job: read, model, check, publish, report."""
    from pipelines.night import AnotherNight, NightRequest
    from pipelines.run import run_night
    from pipelines.summary import summary

    request = NightRequest.make(raw, home, as_of.date() if as_of else None, reference, settings)
    for folder in (request.raw, request.reference):
        if not folder.is_dir():
            _say(text("cli.no_folder", path=folder))
            raise typer.Exit(2)
    try:
        outcome = run_night(request)
    except AnotherNight as other:
        _say(text("night.another", home=request.home.root, **other.described()))
        raise typer.Exit(1) from None
    _say(summary(request, outcome))
    raise typer.Exit(0 if outcome.published else 1)


@app.command()
def ui(home: Folder = None, port: int = 3000) -> None:
    """Open Dagster's web interface, with the schedule and the sensor, on loopback."""
    import os

    from pipelines.night import NightRequest
    from pipelines.run import prepare_dagster

    prepare_dagster(NightRequest.make(home=home).home)
    program = str(Path(sys.executable).with_name("dagster"))
    os.execv(  # noqa: S606 - our own environment's program, no shell
        program,
        [program, "dev", "-m", "pipelines.code_location", "-h", "127.0.0.1", "-p", str(port)],
    )


def _say(message: str) -> None:
    """Print in UTF-8 whatever the locale says."""
    sys.stdout.buffer.write((message + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


def main() -> None:
    """The ``thidua`` program."""
    app()
