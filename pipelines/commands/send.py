"""``thidua send``: deliver the quality reports that are due."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say


def send(
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    retry_now: Annotated[bool, typer.Option("--retry-now")] = False,
    home: Folder = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Deliver the quality reports that are due; without SMTP settings write .eml files to HOME/outbox."""
    from pipelines.arrival.approvals import Approvals
    from pipelines.night.request import NightRequest
    from pipelines.reports.mail.sending import CannotSend, send_reports

    request = NightRequest.make(home=home, reference=reference, settings=settings)
    try:
        sent = send_reports(request, dry_run=dry_run, retry_now=retry_now, approve=Approvals(request).let)
    except CannotSend as problem:
        say(str(problem))
        raise typer.Exit(UNUSABLE) from None
    for line in sent.lines:
        say(line)
    raise typer.Exit(1 if sent.failed else 0)
