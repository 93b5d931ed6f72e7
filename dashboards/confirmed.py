"""How much of the book of rules officers have confirmed, as the night counted it."""

from __future__ import annotations

from markupsafe import Markup

from dashboards.figures import figure, said
from dashboards.snapshot import Snapshot

ALL = "all"
"""In ``rpt_rule_confirmations``: every kind of entry, or every chapter."""


def confirmed(snapshot: Snapshot, chapter: str = ALL) -> Markup:
    """«n/m quy tắc đã được xác nhận», each figure with its origin.

    Args:
        snapshot: the published file.
        chapter: of which chapter of the book; without it of the whole.

    Raises:
        LookupError: the night counted no such chapter.
    """
    row = snapshot.row("SELECT * FROM rpt_rule_confirmations WHERE chapter_id = ? AND kind = ?", chapter, ALL)
    done, total = (
        figure(row, "rpt_rule_confirmations", ["chapter_id", "kind"], column)
        for column in ("confirmed", "rules")
    )
    return said("book.count", confirmed=done, total=total)
