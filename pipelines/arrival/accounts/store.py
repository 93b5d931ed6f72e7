"""HOME/arrival/accounts.sqlite: accounts, invitations, sessions.

Of passwords only argon2 hashes are kept, of links and cookies only digests: who reads the file can sign in as
nobody.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import cast

from pipelines.arrival.accounts.account import Account, Place, Role
from pipelines.common.paths import Home
from pipelines.common.refusals import as_refusals

INVITED_FOR = timedelta(days=7)
IDLE_FOR = timedelta(hours=1)
SIGNED_IN_FOR = timedelta(hours=12)
WAIT_SECONDS = 30
_TABLES = """
    CREATE TABLE IF NOT EXISTS account (
        login TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT,
        is_open INTEGER NOT NULL DEFAULT 1) STRICT;
    CREATE TABLE IF NOT EXISTS place (
        login TEXT NOT NULL REFERENCES account, programme_id TEXT NOT NULL, unit_code TEXT NOT NULL,
        PRIMARY KEY (login, programme_id, unit_code)) STRICT;
    CREATE TABLE IF NOT EXISTS invitation (
        link TEXT PRIMARY KEY, login TEXT NOT NULL REFERENCES account, until TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS session (
        cookie TEXT PRIMARY KEY, login TEXT NOT NULL REFERENCES account, since TEXT NOT NULL,
        seen TEXT NOT NULL) STRICT;
"""


def new_secret() -> str:
    """Something nobody guesses: 256 bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def login_key(written: str) -> str:
    """How a name to sign in with is compared."""
    return written.strip().casefold()


class Accounts:
    """The accounts of a home."""

    def __init__(self, home: Home) -> None:
        """Open the file, and make it where it is not there yet; nobody else may read it."""
        home.arrival.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = home.arrival / "accounts.sqlite"
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)

    def all(self) -> list[Account]:
        """Every account, by login."""
        return self._accounts("TRUE", [])

    def of(self, login: str) -> Account | None:
        """The account of a login."""
        return next(iter(self._accounts("login = ?", [login_key(login)])), None)

    def password_hash(self, login: str) -> str | None:
        """The argon2 hash of an open account; None where it has none."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT password FROM account WHERE login = ? AND is_open", [login_key(login)]
            ).fetchone()
        return row[0] if row else None

    def invite(self, login: str, name: str, role: Role, places: Iterable[Place], now: datetime) -> str:
        """Make or change an account, and a link with which its password is set, once.

        Returns:
            The secret part of the link. Earlier links of the account are void, its sessions end.
        """
        key, link = login_key(login), new_secret()
        with self._open() as connection:
            connection.execute(
                "INSERT INTO account (login, name, role) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET "
                "name = ?2, role = ?3, is_open = 1",
                [key, name, role],
            )
            for table in ("place", "invitation", "session"):
                connection.execute(f"DELETE FROM {table} WHERE login = ?", [key])
            connection.executemany(
                "INSERT INTO place VALUES (?, ?, ?)",
                [(key, one.programme_id, one.unit_code) for one in sorted(set(places))],
            )
            connection.execute(
                "INSERT INTO invitation VALUES (?, ?, ?)",
                [_digest(link), key, (now + INVITED_FOR).isoformat()],
            )
        return link

    def invited(self, link: str, now: datetime) -> Account | None:
        """Whose password a link sets; None where it is none, used, or too old."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT login, until FROM invitation WHERE link = ?", [_digest(link)]
            ).fetchone()
        if row is None or datetime.fromisoformat(row[1]) < now:
            return None
        found = self.of(row[0])
        return found if found and found.is_open else None

    def set_password(self, link: str, password_hash: str, now: datetime) -> Account | None:
        """Keep a password's hash and void the link; None where the link is void already."""
        account = self.invited(link, now)
        if account is None:
            return None
        with self._open() as connection:
            used = connection.execute("DELETE FROM invitation WHERE link = ?", [_digest(link)])
            if used.rowcount == 0:
                return None
            connection.execute(
                "UPDATE account SET password = ? WHERE login = ?", [password_hash, account.login]
            )
            connection.execute("DELETE FROM session WHERE login = ?", [account.login])
        return account

    def close(self, login: str) -> bool:
        """Let an account sign in no more; says whether there was one."""
        key = login_key(login)
        with self._open() as connection:
            closed = connection.execute("UPDATE account SET is_open = 0 WHERE login = ? AND is_open", [key])
            for table in ("invitation", "session"):
                connection.execute(f"DELETE FROM {table} WHERE login = ?", [key])
        return closed.rowcount > 0

    def begin_session(self, login: str, now: datetime) -> str:
        """A new cookie for an account; sessions that ran out are forgotten."""
        cookie = new_secret()
        with self._open() as connection:
            connection.execute(
                "DELETE FROM session WHERE seen < ? OR since < ?",
                [(now - IDLE_FOR).isoformat(), (now - SIGNED_IN_FOR).isoformat()],
            )
            at = now.isoformat()
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)", [_digest(cookie), login_key(login), at, at]
            )
        return cookie

    def end_session(self, cookie: str) -> None:
        """Sign out."""
        with self._open() as connection:
            connection.execute("DELETE FROM session WHERE cookie = ?", [_digest(cookie)])

    def signed_in(self, cookie: str, now: datetime) -> Account | None:
        """Whose a cookie is; None where it is nobody's, idle too long, or too old."""
        with self._open() as connection:
            seen = connection.execute(
                "UPDATE session SET seen = ?1 WHERE cookie = ?2 AND seen >= ?3 AND since >= ?4 "
                "RETURNING login",
                [
                    now.isoformat(),
                    _digest(cookie),
                    (now - IDLE_FOR).isoformat(),
                    (now - SIGNED_IN_FOR).isoformat(),
                ],
            ).fetchone()
        account = self.of(seen[0]) if seen else None
        return account if account and account.is_open else None

    def _accounts(self, where: str, values: list[str]) -> list[Account]:
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT login, name, role, is_open, password IS NOT NULL FROM account WHERE {where} "
                "ORDER BY login",
                values,
            ).fetchall()
            places = connection.execute(
                "SELECT login, programme_id, unit_code FROM place ORDER BY programme_id, unit_code"
            ).fetchall()
        return [
            Account(
                login,
                name,
                cast(Role, role),
                tuple(Place(*place) for owner, *place in places if owner == login),
                bool(is_open),
                bool(has_password),
            )
            for login, name, role, is_open, has_password in rows
        ]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with (
            as_refusals(self._path),
            closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as connection,
        ):
            connection.execute("PRAGMA foreign_keys = ON")
            with connection:
                yield connection
