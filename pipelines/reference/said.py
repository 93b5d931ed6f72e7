"""What is said about a mistake in reference data: a plain sentence, what is allowed, what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 12
"""How many of the values allowed are listed; more would not be read."""


def meant(given: object, known: Iterable[object], least: float = 0.6) -> str:
    """« – có phải «…»?», where something known is at `least` so close to what was written; else empty."""
    close = get_close_matches(str(given), [str(one) for one in known], 1, least)
    return f" – có phải «{close[0]}»?" if close else ""


def allowed(known: Iterable[object]) -> str:
    """What may stand there, the first of it where that is much."""
    listed = [str(one) for one in known]
    more = f" … (tất cả {len(listed)})" if len(listed) > MOST else ""
    return ", ".join(listed[:MOST]) + more


def unknown(what: str, given: object, known: Iterable[object]) -> str:
    """Something named that is not there: what it is, what was probably meant, what there is."""
    listed = list(known)
    return f"không có {what} «{given}»{meant(given, listed)} (có: {allowed(listed)})"


def unknown_key(key: str, known: Iterable[str]) -> str:
    """A key that is not known at its place."""
    listed = list(known)
    return f"khóa «{key}» không dùng ở đây{meant(key, listed)} (các khóa dùng được: {', '.join(listed)})"
