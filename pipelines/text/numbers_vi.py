"""Numbers as Vietnamese offices write them: ``1.234,5``, ``05``, ``65,21%``, ``1 234``."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from pipelines.text.keys import clean

Reason = Literal["trong", "khong_phai_so", "dau_cham", "dau_phay", "qua_dai"]
"""trong: empty; khong_phai_so: letters or signs; dau_cham: a point that separates no three digits;
dau_phay: more than one decimal comma; qua_dai: longer than a number in a form can be."""

_LONGEST = 40
_SIGN = r"(?P<sign>[-−–+]?)\s*"
_GROUPS = r"(?P<whole>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)"
_NUMBER = re.compile(rf"{_SIGN}{_GROUPS}(?:,(?P<decimals>[0-9]+))?\s*%?")
_DIGITS_AND_MARKS = re.compile(r"[-−–+]?[0-9.,\s]+%?")


class NumberProblem(ValueError):
    """A text that is no number."""

    def __init__(self, reason: Reason, text: str) -> None:
        """Say which kind of problem it is, and what was written."""
        super().__init__(reason, text)
        self.reason: Reason = reason
        self.text = text


def parse_number(value: object) -> int | float:
    """The number in a cell; whole numbers come back as ``int``, percentages as 0–100.

    Args:
        value: a number cell or a text; a point separates thousands, a comma the decimals.

    Raises:
        NumberProblem: the text is empty, no number, or could be read in two ways (``1.5``).
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise NumberProblem(
            "trong" if value is None else "khong_phai_so", "" if value is None else str(value)
        )
    if isinstance(value, str):
        return _parse_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise NumberProblem("khong_phai_so", str(value))
    return int(value) if value == int(value) else value


def _parse_text(text: str) -> int | float:
    stripped = clean(text)
    if not stripped:
        raise NumberProblem("trong", text)
    if len(stripped) > _LONGEST:
        raise NumberProblem("qua_dai", text)
    found = _NUMBER.fullmatch(stripped)
    if not found:
        raise NumberProblem(_why_not(stripped), text)
    whole = re.sub(r"\D", "", found["whole"])
    sign = -1 if found["sign"] in ("-", "−", "–") and found["sign"] else 1
    decimals = found["decimals"]
    if decimals is None or not decimals.strip("0"):
        return sign * int(whole)
    return sign * float(f"{whole}.{decimals}")


def _why_not(text: str) -> Reason:
    if not _DIGITS_AND_MARKS.fullmatch(text):
        return "khong_phai_so"
    return "dau_phay" if text.count(",") > 1 or text.startswith(",") else "dau_cham"


def half_up(value: float, decimals: int = 0) -> float:
    """A number rounded as people expect and every page prints it: halves away from zero, of what is written.

    Args:
        value: the number.
        decimals: how many to keep.
    """
    return float(_rounded(Decimal(str(value)), decimals))


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@lru_cache(maxsize=1 << 14, typed=True)
def format_number(value: int | float, decimals: int | None = None) -> str:
    """``1.234,5``: points between thousands, a comma before decimals, halves rounded up.

    Args:
        value: the number.
        decimals: how many to print; by default as many as the number has.
    """
    exact = Decimal(str(value))
    if decimals is not None:
        exact = _rounded(exact, decimals)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    if exact == 0:
        exact = abs(exact)
    return f"{exact:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def format_percent(value: int | float, decimals: int = 1) -> str:
    """``71,4%`` of a percentage from 0 to 100."""
    return f"{format_number(value, decimals)}%"
