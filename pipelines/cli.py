"""The command line: one line per subcommand; each lives in pipelines/commands."""

from __future__ import annotations

import typer

from pipelines.commands.backup import backup, restore
from pipelines.commands.check import check
from pipelines.commands.diff import diff
from pipelines.commands.doctor import doctor
from pipelines.commands.generate import generate
from pipelines.commands.mau02 import mau02
from pipelines.commands.nightly import nightly
from pipelines.commands.send import send
from pipelines.commands.status import status
from pipelines.commands.templates import templates
from pipelines.commands.trace import trace
from pipelines.commands.ui import ui
from pipelines.commands.why import why

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(nightly)
app.command()(check)
app.command()(send)
app.command()(templates)
app.command()(generate)
app.command()(mau02)
app.command()(trace)
app.command()(ui)
app.command()(status)
app.command()(doctor)
app.command()(diff)
app.command()(backup)
app.command()(restore)
app.command()(why)


def main() -> None:
    """The ``thidua`` program."""
    app()
