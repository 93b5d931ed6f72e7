"""How much of the book of rules officers have confirmed, as the night counted it."""

from __future__ import annotations

from dashboards.formats import number
from dashboards.snapshot import Snapshot
from pipelines.sentences import text


def confirmed(snapshot: Snapshot, chapter: str | None = None) -> str:
    """«n/m quy tắc đã được xác nhận».

    Args:
        snapshot: the published file.
        chapter: of which chapter of the book; None: of the whole.
    """
    told = snapshot.row(
        "SELECT sum(rules)::BIGINT AS total, sum(confirmed)::BIGINT AS done FROM rpt_rule_confirmations "
        "WHERE coalesce(chapter_id = ?::VARCHAR, true)",
        chapter,
    )
    return text("book.count", confirmed=number(told["done"]), total=number(told["total"]))
