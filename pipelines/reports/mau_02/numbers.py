"""Numbers as official Vietnamese documents print them."""

from __future__ import annotations

from pipelines.text.numbers_vi import format_number, format_percent

NOTHING = "-"
"""Printed where there is no denominator (POL-ZERO-DENOM)."""


def whole(number: int | None) -> str:
    """A count: ``1234`` -> ``1.234``; none -> ``-``."""
    return NOTHING if number is None else format_number(number)


def percent(value: float | None) -> str:
    """A percentage with the two decimals of mẫu 02: ``71.428`` -> ``71,43%``; none -> ``-``."""
    return NOTHING if value is None else format_percent(value, 2)
