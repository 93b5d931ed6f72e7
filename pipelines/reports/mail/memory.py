"""The outbox file: what each reader was told, and the mails still to be delivered. One SQLite file, every
change in one transaction: a mail and the memory of what it says are kept together or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from pipelines.common.refusals import as_refusals
from pipelines.reports.digest import Digest, Told

FILE_NAME = "outbox.sqlite"
_TABLES = """
    CREATE TABLE IF NOT EXISTS message (
        message_id TEXT PRIMARY KEY, audience TEXT NOT NULL, as_of TEXT NOT NULL, subject TEXT NOT NULL,
        file_name TEXT NOT NULL, content BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS delivery (
        message_id TEXT NOT NULL REFERENCES message, address TEXT NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, next_try_at TEXT, last_error TEXT,
        PRIMARY KEY (message_id, address)) STRICT;
    CREATE TABLE IF NOT EXISTS told (
        audience TEXT NOT NULL, finding_id TEXT NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL,
        closed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (audience, finding_id)) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Queued:
    """A mail with the addresses that have not got it yet."""

    message_id: str
    subject: str
    file_name: str
    content: bytes
    addresses: tuple[str, ...]
    """Empty where no address is known: the .eml file is handed on by hand."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that failed and will be tried again."""

    address: str
    subject: str
    attempts: int
    next_try_at: datetime
    error: str


class Memory:
    """HOME/outbox/outbox.sqlite."""

    def __init__(self, outbox: Path) -> None:
        """Name the file; it is made at the first writing."""
        self._path = outbox / FILE_NAME

    def told(self, audience: str) -> dict[str, Told]:
        """What a reader was told, per finding id."""
        if not self._path.exists():
            return {}
        with self._open() as connection:
            rows = connection.execute(
                "SELECT finding_id, first_on, last_on, closed FROM told WHERE audience = ?", [audience]
            )
            return {
                row[0]: Told(date.fromisoformat(row[1]), date.fromisoformat(row[2]), bool(row[3]))
                for row in rows
            }

    def enqueue(self, message: Queued, audience: str, news: Digest, as_of: date) -> bool:
        """Keep a mail to be delivered, and remember what it tells.

        Returns:
            False where this very mail is already kept.
        """
        with self._open() as connection:
            kept = connection.execute(
                "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?)",
                [message.message_id, audience, as_of.isoformat(), message.subject, message.file_name,
                 message.content],
            )  # fmt: skip
            if kept.rowcount == 0:
                return False
            connection.executemany(
                "INSERT INTO delivery (message_id, address, state) VALUES (?, ?, 'queued')",
                [(message.message_id, address) for address in message.addresses or ("",)],
            )
            today = as_of.isoformat()
            connection.executemany(
                "INSERT INTO told VALUES (?1, ?2, ?3, ?3, 0) ON CONFLICT DO UPDATE SET "
                "first_on = CASE WHEN ?4 THEN ?3 ELSE first_on END, last_on = ?3, closed = 0",
                [(audience, f.finding_id, today, 1) for f in news.new]
                + [(audience, f.finding_id, today, 0) for f in news.still],
            )
            connection.executemany(
                "UPDATE told SET closed = 1, last_on = ? WHERE audience = ? AND finding_id = ?",
                [(today, audience, finding.finding_id) for finding in news.fixed],
            )
        return True

    def due(self, now: datetime, *, regardless: bool = False) -> list[Queued]:
        """Mails to be tried now, oldest first.

        Args:
            now: the time, with its zone.
            regardless: also those whose next try is still ahead.
        """
        if not self._path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT m.message_id, m.subject, m.file_name, m.content, d.address FROM message AS m "
                "JOIN delivery AS d USING (message_id) WHERE d.state = 'queued' "
                "AND (? OR d.next_try_at IS NULL OR d.next_try_at <= ?) "
                "ORDER BY m.as_of, m.audience, m.message_id, d.address",
                [regardless, now.isoformat()],
            ).fetchall()
        grouped: dict[str, Queued] = {}
        for message_id, subject, file_name, content, address in rows:
            known = grouped.get(message_id)
            addresses = (*(known.addresses if known else ()), *((address,) if address else ()))
            grouped[message_id] = Queued(message_id, subject, file_name, content, addresses)
        return list(grouped.values())

    def waiting(self) -> list[Waiting]:
        """Deliveries that failed so far."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT d.address, m.subject, d.attempts, d.next_try_at, d.last_error FROM delivery AS d "
                "JOIN message AS m USING (message_id) WHERE d.state = 'queued' AND d.attempts > 0 "
                "ORDER BY m.as_of, m.subject, d.address"
            )
            return [Waiting(r[0], r[1], r[2], datetime.fromisoformat(r[3]), r[4]) for r in rows]

    def note_done(self, message_id: str, addresses: Iterable[str], state: str) -> None:
        """Note that addresses got the mail (``sent``), or that its file was written (``written``).

        When nobody waits for it any more its content is forgotten; what it told is remembered.
        """
        with self._open() as connection:
            connection.executemany(
                "UPDATE delivery SET state = ?, last_error = NULL WHERE message_id = ? AND address = ?",
                [(state, message_id, address) for address in addresses],
            )
            connection.execute(
                "UPDATE message SET content = x'' WHERE message_id = ?1 AND NOT EXISTS "
                "(SELECT 1 FROM delivery WHERE message_id = ?1 AND state = 'queued')",
                [message_id],
            )

    def note_failure(
        self, message_id: str, address: str, error: str, now: datetime, retry_minutes: tuple[int, ...]
    ) -> None:
        """Note why an address did not get the mail, and when it is tried next: later each time."""
        with self._open() as connection:
            (before,) = connection.execute(
                "SELECT attempts FROM delivery WHERE message_id = ? AND address = ?", [message_id, address]
            ).fetchone()
            pause = retry_minutes[min(before, len(retry_minutes) - 1)]
            connection.execute(
                "UPDATE delivery SET attempts = attempts + 1, last_error = ?, next_try_at = ? "
                "WHERE message_id = ? AND address = ?",
                [error, (now + timedelta(minutes=pause)).isoformat(), message_id, address],
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all or nothing, on disk before it returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with as_refusals(self._path), closing(sqlite3.connect(self._path, timeout=30)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(_TABLES)
            with connection:
                yield connection
