"""``thidua serve``: the pages for units and officers."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say
from pipelines.sentences import text


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8443,
    raw: Folder = None,
    home: Folder = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Serve the pages on loopback; a reverse proxy in front of it has the certificate."""
    from pipelines.arrival.serving import AddressTaken, run
    from pipelines.night.request import NightRequest

    request = NightRequest.make(raw, home, None, reference, settings)
    for path in (request.reference, request.settings):
        if not path.exists():
            say(text("cli.no_path", path=path))
            raise typer.Exit(UNUSABLE)
    try:
        run(request, port, say)
    except AddressTaken:
        say(text("serve.port_taken", port=port))
        raise typer.Exit(1) from None
