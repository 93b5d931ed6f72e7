"""``thidua collect``: files that units send by mail."""

from __future__ import annotations

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say
from pipelines.sentences import text


def collect(
    raw: Folder = None,
    home: Folder = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Take attachments of the office's mailbox into the raw folder, answer with receipt and check."""
    from pipelines.arrival.mailbox.collect import CannotCollect
    from pipelines.arrival.mailbox.collect import collect as run
    from pipelines.night.request import NightRequest

    request = NightRequest.make(raw, home, None, reference, settings)
    try:
        done = run(request, say)
    except CannotCollect as why:
        say(str(why))
        raise typer.Exit(UNUSABLE) from None
    say(text("collect.total", taken=done.taken, aside=done.aside))
