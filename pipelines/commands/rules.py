"""``thidua rules``: the book of rules for officers, and what they confirmed brought back as data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, say
from pipelines.sentences import text


def rules(
    out: Annotated[Path | None, typer.Option(metavar="FILE", dir_okay=False)] = None,
    confirm: Annotated[Path | None, typer.Option(metavar="FILE", dir_okay=False, exists=True)] = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Ghi sổ quy tắc (--out sổ.xlsx hoặc .docx); nhận lại những gì đã xác nhận trong sổ (--confirm)."""
    if (out is None) == (confirm is None):
        say(text("book.what"))
        raise typer.Exit(UNUSABLE)
    from pipelines.common.bars import bar
    from pipelines.night.request import TIME_ZONE, NightRequest
    from pipelines.reference.checks.known import rule_ids
    from pipelines.reference.errors import ReferenceError
    from pipelines.reference.load import load_reference
    from pipelines.rules.confirmations import Refused
    from pipelines.rules.confirmations import confirm as take

    request = NightRequest.make(reference=reference, settings=settings)
    try:
        known = load_reference(request.reference)
        if out is not None:
            from pipelines.arrival.rulings import in_force
            from pipelines.reference.settings import load_settings
            from pipelines.reports.rule_book import WRITERS
            from pipelines.rules.book import book
            from pipelines.rules.tables import law_tables

            if out.suffix.lower() not in WRITERS:
                raise Refused(text("book.format", file=out))
            with bar("rules"):
                known, decided = in_force(request.home, known, load_settings(request.settings, known))
                tables = law_tables(known, decided)
                chapters = book(known, tables, request.reference)
                WRITERS[out.suffix.lower()](chapters, out)
            total = sum(len(chapter.entries) for chapter in chapters)
            counted = text("book.count", confirmed=sum(one.confirmed for one in chapters), total=total)
            say(text("book.written", file=out, count=counted))
            return
        from pipelines.reports.rule_book import read_book

        assert confirm is not None
        today = datetime.now(TIME_ZONE).date()
        brought = take(known, request.reference, read_book(confirm), today)
        total = len(rule_ids(known))
        confirmed = len(load_reference(request.reference).confirmations)
        counted = text("book.count", confirmed=confirmed, total=total)
        numbers = {"new": brought.new, "same": brought.same, "opinions": brought.opinions}
        say(text("book.told", count=counted, **numbers))
    except (ReferenceError, Refused) as problem:
        say(str(problem))
        raise typer.Exit(UNUSABLE) from None
