"""``thidua backup`` and ``thidua restore``: one archive of what cannot be made again, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say
from pipelines.sentences import text

Archive = Annotated[Path, typer.Argument(metavar="FILE.tar.gz", dir_okay=False)]


def backup(archive: Archive, home: Folder = None, reference: Folder = None, settings: File = None) -> None:
    """Write home, reference data and settings into one archive, while no night runs."""
    from pipelines.night.request import AnotherNight, NightRequest
    from pipelines.operate import backup as work

    request = NightRequest.make(home=home, reference=reference, settings=settings)
    if not request.home.warehouse.exists():
        say(text("cli.no_snapshot", home=request.home.root))
        raise typer.Exit(UNUSABLE)
    for path in (request.reference, request.settings):
        if not path.exists():
            say(text("cli.no_path", path=path))
            raise typer.Exit(UNUSABLE)
    try:
        files = work.backup(request, archive)
    except AnotherNight as other:
        say(text("night.another", home=request.home.root, **other.described()))
        raise typer.Exit(1) from None
    say(text("backup.written", path=archive, files=files))


def restore(archive: Archive, home: Folder = None) -> None:
    """Make an empty home from an archive; every file is checked against its digest."""
    from pipelines.night.request import NightRequest
    from pipelines.operate import backup as work

    target = NightRequest.make(home=home).home
    try:
        files = work.restore(archive, target)
    except work.BadArchive as problem:
        say(text("backup.bad", why=problem))
        raise typer.Exit(UNUSABLE) from None
    say(text("backup.restored", home=target.root, files=files))
