"""Numbers as official Vietnamese documents print them."""

from __future__ import annotations

NOTHING = "-"
"""Printed where there is no denominator (POL-ZERO-DENOM)."""


def whole(number: int | None) -> str:
    """A count: ``1234`` -> ``1.234``; none -> ``-``."""
    return NOTHING if number is None else f"{number:,}".replace(",", ".")


def percent(value: float | None) -> str:
    """A percentage with the two decimals of mẫu 02: ``71.428`` -> ``71,43%``; none -> ``-``."""
    if value is None:
        return NOTHING
    return f"{value:,.2f}%".translate(str.maketrans(",.", ".,"))
