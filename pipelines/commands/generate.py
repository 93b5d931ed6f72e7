"""``thidua generate``: synthetic submissions and their units, for benchmarks and demonstrations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.sentences import text


def generate(
    units: Annotated[int, typer.Option(min=1)],
    awards_per_unit: Annotated[int, typer.Option(min=1)],
    out: Annotated[Path, typer.Option(file_okay=False)],
    seed: int = 0,
    reference: Folder = None,
) -> None:
    """Write OUT/raw (synthetic submissions) and OUT/reference (with their units)."""
    from pipelines import generate as generator
    from pipelines.night.request import NightRequest

    folder = NightRequest.make(reference=reference).reference
    try:
        generator.generate(units, awards_per_unit, seed, out, folder)
    except FileExistsError as taken:
        say(text("cli.exists", path=taken))
        raise typer.Exit(UNUSABLE) from None
    say(text("cli.written", path=out))
