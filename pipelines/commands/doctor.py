"""``thidua doctor``: whether this machine has what nights need, and what to install."""

from __future__ import annotations

import typer

from pipelines.commands.options import File, Folder, say
from pipelines.sentences import text


def doctor(raw: Folder = None, home: Folder = None, reference: Folder = None, settings: File = None) -> None:
    """Check the machine; exit 0 when nights can run, 1 when something they need is missing."""
    from pipelines.night.request import NightRequest
    from pipelines.operate.doctor import pages, places, post, programs
    from pipelines.operate.doctor.check import BAD, GOOD, LACK

    request = NightRequest.make(raw, home, None, reference, settings)
    checks = [
        programs.python(),
        programs.warehouse_engine(),
        programs.extensions(),
        programs.time_zone(),
        *programs.engine(request),
        *places.space(request.home),
        *places.readable(request),
        places.writable(request.home),
        *places.published(request.home),
        *places.modes(request),
        post.settings(request),
        *programs.fonts(),
        programs.chromium(),
        programs.office(),
        *post.mail(request),
        *pages.pages(request),
    ]
    for check in checks:
        say(text(f"doctor.{check.state}", words=check.words))
        if check.do:
            say(text("doctor.do", do=check.do))
    bad = sum(check.state == BAD for check in checks)
    lack = sum(check.state == LACK for check in checks)
    say(text("doctor.total", good=sum(check.state == GOOD for check in checks), lack=lack, bad=bad))
    raise typer.Exit(1 if bad else 0)
