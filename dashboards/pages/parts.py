"""How the units of a programme fall into pages: few on its own page, those of a type with many in parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboards.site import Programme

Line = TypeVar("Line")

FEWEST = 5
"""So many units of each type the programme's page shows, however many types there are."""


def on_first_page(counts: Sequence[int], together: int) -> int:
    """How many units of a type the programme's page shows: all while there are few.

    Args:
        counts: of units, by type.
        together: units that one page holds.
    """
    return together if sum(counts) <= together else max(FEWEST, together // len(counts))


def parted(
    programme: Programme, kind: str, lines: Sequence[Line], at_once: int, *part: object
) -> list[tuple[str, Sequence[Line]]]:
    """The pages a long list takes, each with its lines; the first is the page itself, there even with none.

    Args:
        programme: whose list it is.
        kind: of page, a key of ``KINDS``.
        lines: in their order.
        at_once: lines that one page holds.
        part: of the programme that is listed, e.g. a type of unit.
    """
    return [
        (
            programme.page(kind, *part, *([first // at_once + 1] if first else [])),
            lines[first : first + at_once],
        )
        for first in range(0, max(1, len(lines)), at_once)
    ]
