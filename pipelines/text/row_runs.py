"""Rows that follow one another, as a clerk counts them."""

from __future__ import annotations

MOST_RUNS = 5
"""Runs of rows that a message names."""


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows as first and last of those that follow one another."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] + 1 == row:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def told_rows(first: int, last: int) -> str:
    """Zero-based rows as a clerk counts them: ``12`` or ``12 - 15``."""
    return str(first + 1) if first == last else f"{first + 1} - {last + 1}"


def told_runs(rows: list[int]) -> str:
    """The first runs of zero-based rows, as a message names them: ``3, 5 - 9``."""
    return ", ".join(told_rows(*run) for run in runs(rows)[:MOST_RUNS])
