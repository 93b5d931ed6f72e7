"""Option types that several commands share, and how they speak."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path | None, typer.Option(file_okay=False)]
File = Annotated[Path | None, typer.Option(dir_okay=False)]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]

UNUSABLE = 2
"""Exit code for arguments that cannot be used."""


def say(message: str) -> None:
    """Print in UTF-8 whatever the locale says."""
    sys.stdout.buffer.write((message + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()
