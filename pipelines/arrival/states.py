"""What became of the files a unit sent: the journal says what came, the published night what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.arrival.journal import Entry
from pipelines.arrival.receiving import Receipt, receipt_of

WAITING, RECEIVED, USED, REPLACED, UNREAD = "waiting", "received", "used", "replaced", "unread"
_OF_STATUS = {
    "accepted": USED,
    "superseded": REPLACED,
    "duplicate": REPLACED,
    "quarantined": UNREAD,
    "unrecognised": UNREAD,
}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was received."""

    receipt: Receipt
    state: str
    """``waiting`` for a night that is ahead; ``received``: that night is past and not published; else what
    the published night made of it: ``used``, ``replaced``, ``unread``."""
    reason: str
    rows: int | None


def sent_files(entries: Sequence[Entry], warehouse: Path, now: datetime) -> list[SentFile]:
    """The files of some lines ``received``, the latest first.

    Args:
        entries: of the journal.
        warehouse: the published file; may not be there yet.
        now: the time.
    """
    receipts = [receipt_of(entry) for entry in entries]
    known = _published(warehouse, [one.source_file for one in receipts])
    found = []
    for receipt in reversed(receipts):
        status, reason, rows = known.get(receipt.source_file, (None, None, None))
        ahead = WAITING if receipt.night > now else RECEIVED
        state = _OF_STATUS[status] if status else ahead
        found.append(SentFile(receipt, state, reason or "", rows))
    return found


def _published(warehouse: Path, files: list[str]) -> dict[str, tuple[str, str | None, int | None]]:
    if not warehouse.exists() or not files:
        return {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT source_file, status, reason, rows_read FROM marts.fct_submissions "
            "WHERE source_file IN (SELECT unnest(?))",
            [files],
        ).fetchall()
    return {file: (status, reason, read) for file, status, reason, read in rows}
