"""The years that criteria ask about in a trial: right in those years and wrong in others, or the other way.

So what comes out as it should proves the frame too: the wrong files are right in every other year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pipelines.reference.models.judges import WindowRule

T = TypeVar("T")
EARLIER = 5
"""So many years before the proposals are told of at least."""

Frame = frozenset[int]
"""Years counted back from that of the proposal: of «hai năm liền trước» 1 and 2."""


def frame_of(check: Mapping[str, Any], windows: Mapping[str, WindowRule]) -> Frame | None:
    """The years that a criterion asks about, where they count back from the proposal; None: any year."""
    window = windows.get(str(check.get("window")))
    if window is None or window.first_before_nomination is None or window.last_before_nomination is None:
        return None
    return frozenset(range(window.last_before_nomination, window.first_before_nomination + 1))


def frame_of_all(frames: Iterable[Frame | None]) -> Frame | None:
    """The years that one criterion or another asks about; None: one asks about any year."""
    found = list(frames)
    known = [frame for frame in found if frame is not None]
    return frozenset().union(*known) if known and len(known) == len(found) else None


def year_by_year(year: int, frame: Frame | None, good: T, bad: T, *, is_good: bool) -> dict[int, T]:
    """What is told of each year before a proposal, one year beyond the frame at least.

    Args:
        year: of the proposal.
        frame: the years asked about; None: any, so all are told alike.
        good: what a criterion asks for.
        bad: what fails it.
        is_good: whether it is to pass.
    """
    first = max(EARLIER, max(frame or {0}) + 1)
    told = {}
    for before in range(first, 0, -1):
        is_inside = frame is None or before in frame
        told[year - before] = good if is_inside == is_good else bad
    return told
