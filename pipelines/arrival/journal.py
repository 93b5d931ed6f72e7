"""HOME/arrival/journal.sqlite: who did what, when. Lines are added and read; none is changed or removed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.common.paths import Home
from pipelines.common.refusals import as_refusals
from pipelines.night.request import TIME_ZONE

FILE = "journal.sqlite"
WAIT_SECONDS = 30
_TABLES = """
    CREATE TABLE IF NOT EXISTS entry (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        about TEXT NOT NULL,
        follows INTEGER UNIQUE REFERENCES entry,
        details TEXT NOT NULL CHECK (json_valid(details))) STRICT;
    CREATE INDEX IF NOT EXISTS entry_about ON entry (about, what, number);
    CREATE INDEX IF NOT EXISTS entry_what ON entry (what, number);
    CREATE INDEX IF NOT EXISTS entry_file ON entry (json_extract(details, '$.sha256'));
    CREATE INDEX IF NOT EXISTS entry_mail ON entry (json_extract(details, '$.mail'));
    CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE UPDATE ON entry
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;
    CREATE TRIGGER IF NOT EXISTS entry_is_kept BEFORE DELETE ON entry
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal."""

    number: int
    at: datetime
    who: str
    """An account, an address, or a program of ours."""
    what: str
    about: str
    """``programme/unit`` where it is a unit's; empty where it is nobody's."""
    follows: int | None
    """The line this one ends; one line is ended once."""
    details: dict[str, Any]


def about(programme_id: str, unit_code: str) -> str:
    """How the journal names a unit in a programme."""
    return f"{programme_id}/{unit_code}"


class Journal:
    """The journal of a home; each line is on disk before ``add`` returns."""

    def __init__(self, home: Home) -> None:
        """Open it, and make it where it is not there yet."""
        self._path = home.arrival / FILE
        home.arrival.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)

    @staticmethod
    def is_there(home: Home) -> bool:
        """Whether a home has a journal yet."""
        return (home.arrival / FILE).exists()

    def add(
        self, who: str, what: str, about: str = "", *, follows: int | None = None, **details: Any
    ) -> Entry:
        """Add a line.

        Raises:
            sqlite3.IntegrityError: the line it follows is ended already.
        """
        at = datetime.now(TIME_ZONE)
        with self._open() as connection:
            added = connection.execute(
                "INSERT INTO entry (at, who, what, about, follows, details) VALUES (?, ?, ?, ?, ?, ?)",
                [at.isoformat(), who, what, about, follows, json.dumps(details, ensure_ascii=False)],
            )
            assert added.lastrowid is not None
            return Entry(added.lastrowid, at, who, what, about, follows, details)

    def entries(
        self,
        *what: str,
        about: str | None = None,
        since: datetime | None = None,
        number: int | None = None,
        sha256: str | None = None,
        mail: str | None = None,
        latest: int | None = None,
    ) -> list[Entry]:
        """Lines in the order they were written.

        Args:
            what: kinds of lines; none: all.
            about: of one unit in one programme.
            since: not before this time.
            number: this line alone.
            sha256: of a file with this digest.
            mail: of the mail that lay at this place of the mailbox.
            latest: only so many, the latest.
        """
        wanted = {
            f"what IN ({', '.join('?' * len(what))})": what,
            "about = ?": None if about is None else (about,),
            "at >= ?": None if since is None else (since.astimezone(TIME_ZONE).isoformat(),),
            "number = ?": None if number is None else (number,),
            "json_extract(details, '$.sha256') = ?": None if sha256 is None else (sha256,),
            "json_extract(details, '$.mail') = ?": None if mail is None else (mail,),
        }
        clauses = {clause: values for clause, values in wanted.items() if values}
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        values = [value for several in clauses.values() for value in several]
        most = "" if latest is None else f"LIMIT {int(latest)}"
        return self._read(f"SELECT * FROM entry {where} ORDER BY number DESC {most}", values)[::-1]

    def unended(self, what: str) -> list[Entry]:
        """Lines of a kind that no other line ended."""
        query = (
            "SELECT * FROM entry AS one WHERE what = ? "
            "AND NOT EXISTS (SELECT 1 FROM entry WHERE follows = one.number) ORDER BY number"
        )
        return self._read(query, [what])

    def _read(self, query: str, values: list[Any]) -> list[Entry]:
        with self._open() as connection:
            rows = connection.execute(query, values).fetchall()
        return [
            Entry(number, datetime.fromisoformat(at), who, what, about, follows, json.loads(details))
            for number, at, who, what, about, follows, details in rows
        ]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with (
            as_refusals(self._path),
            closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as connection,
        ):
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                yield connection
