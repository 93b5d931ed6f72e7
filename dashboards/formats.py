"""Figures, dates and places as the pages print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pipelines.text.numbers_vi import format_number, format_percent

NO_DENOMINATOR = "-"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def number(value: int | float | None) -> str:
    """``2.462``; a number that is not there prints as ``-``."""
    return NO_DENOMINATOR if value is None else format_number(value)


def percent(value: float | None, decimals: int = 1) -> str:
    """``71,4%``; without a denominator ``-``."""
    return NO_DENOMINATOR if value is None else format_percent(value, decimals)


def share(part: int | None, whole: int | None) -> float | None:
    """The percentage of a part, None where there is no whole."""
    return None if not whole or part is None else 100.0 * part / whole


def day(value: date | datetime | None) -> str:
    """``05/06/2020``; no date prints as nothing."""
    return "" if value is None else value.strftime("%d/%m/%Y")


@lru_cache(maxsize=1 << 16)
def slug(code: str) -> str:
    """A file name for a code: letters, digits and dashes only, so that no code can leave its folder."""
    return _UNSAFE.sub("_", code).lower()


def place(sheet: str | None, row: int | None, cell: str | None = None) -> str:
    """Where in a file: the sheet, then the cell or the row; a document's cell is told in words already."""
    spot = f"dòng\u00a0{row}" if row is not None else ""
    if cell:
        spot = cell if " " in cell else f"ô\u00a0{cell}"
    return ", ".join(part for part in (f"trang “{sheet}”" if sheet else "", spot) if part)


def in_folder(path: str | None, *folders: str) -> str:
    """A file's path without the folders that the page already names."""
    rest = path or ""
    for folder in folders:
        rest = rest.removeprefix(f"{folder}/")
    return rest


def listed(names: Sequence[str], most: int, more: str) -> str:
    """``A, B, C`` and, where there are more, the words that say how many.

    Args:
        names: all names.
        most: how many to print.
        more: words with ``{n}`` for those left out.
    """
    shown = ", ".join(names[:most])
    left = len(names) - most
    return shown if left <= 0 else f"{shown} {more.format(n=number(left))}"


def wrapped(text: str, width: int, lines: int = 2) -> list[str]:
    """The text broken at blanks into at most so many lines; what does not fit ends in ``…``."""
    out = [""]
    for word in text.split():
        if out[-1] and len(out[-1]) + 1 + len(word) > width:
            if len(out) == lines:
                out[-1] += " …"
                return out
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return out


def plain(text: Any) -> str:
    """Text for a chart, whose labels read a little markup: names are data, never markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
