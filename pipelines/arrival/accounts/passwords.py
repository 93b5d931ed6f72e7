"""Passwords: what is asked of one, how it is kept, how it is compared."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from pipelines.sentences import text
from pipelines.text.keys import nfc

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5
"""Different signs: twelve equal ones are no password."""
_HASHER = PasswordHasher()


def why_not(password: str, login: str) -> str | None:
    """What a password lacks, in a sentence; None where it is taken. No rules of capitals and digits."""
    plain = nfc(password)
    if len(plain) < SHORTEST:
        return text("password.short", n=SHORTEST)
    if len(plain) > LONGEST:
        return text("password.long", n=LONGEST)
    if len(set(plain.casefold())) < FEWEST_LETTERS or login.casefold() in plain.casefold():
        return text("password.weak")
    return None


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(nfc(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one; takes as long where nobody has one."""
    try:
        right = _HASHER.verify(kept or _nobodys(), nfc(password)[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False
    return right and kept is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
