"""The command line: one line per subcommand; each lives in pipelines/commands."""

from __future__ import annotations

import sys

import typer
from typer._click.exceptions import ClickException

from pipelines.commands.account import account
from pipelines.commands.backup import backup, restore
from pipelines.commands.check import check
from pipelines.commands.collect import collect
from pipelines.commands.diff import diff
from pipelines.commands.docs import docs
from pipelines.commands.doctor import doctor
from pipelines.commands.engines import engines
from pipelines.commands.failures import exit_code_of, sentence_of
from pipelines.commands.generate import generate
from pipelines.commands.lookup import lookup
from pipelines.commands.mau02 import mau02
from pipelines.commands.nightly import nightly
from pipelines.commands.options import say
from pipelines.commands.programme import programme
from pipelines.commands.rules import rules
from pipelines.commands.send import send
from pipelines.commands.serve import serve
from pipelines.commands.statistics import statistics
from pipelines.commands.status import status
from pipelines.commands.templates import templates
from pipelines.commands.trace import trace
from pipelines.commands.ui import ui
from pipelines.commands.vietnamese import Command, Group, complaint
from pipelines.commands.why import why
from pipelines.sentences import text

UNUSABLE = 2
STOPPED = 130

app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, rich_markup_mode=None)
for command in (
    nightly,
    check,
    send,
    templates,
    generate,
    mau02,
    trace,
    lookup,
    statistics,
    ui,
    status,
    doctor,
    diff,
    backup,
    restore,
    why,
    rules,
    docs,
    programme,
    serve,
    account,
    collect,
    engines,
):
    app.command(cls=Command)(command)


def main() -> None:
    """The ``thidua`` program: whatever happens, one Vietnamese sentence and an exit code."""
    sys.unraisablehook = lambda _: None  # half a workbook on a full disk fails again as it is thrown away
    try:
        code = _run()
    except Exception as error:
        say(sentence_of(error))
        code = exit_code_of(error)
    if code == STOPPED:
        say(text("failed.stopped"))
    sys.exit(code)


def _run() -> int:
    try:
        return app(standalone_mode=False) or 0
    except typer.Abort:
        return STOPPED
    except ClickException as error:
        say(complaint(error))
        return UNUSABLE
