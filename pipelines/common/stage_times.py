"""How long the stages of a night usually take: the median of the nights before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Slowest:
    """The stage of a night that took longest, in seconds, beside what it usually takes."""

    stage: str
    seconds: float
    usual: float | None
    """None: no night before had this stage."""
    whole: float
    """All stages together."""


def usual(before: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The median of each stage.

    Args:
        before: seconds by stage of earlier nights.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for stages in before:
        for name, seconds in stages.items():
            found[name].append(seconds)
    return {name: median(seconds) for name, seconds in found.items()}


def slowest(night: Mapping[str, float], before: Iterable[Mapping[str, float]]) -> Slowest | None:
    """The slowest stage of a night; None for a night without stages.

    Args:
        night: seconds by stage.
        before: of earlier nights.
    """
    if not night:
        return None
    stage = max(night, key=lambda name: (night[name], name))
    return Slowest(stage, night[stage], usual(before).get(stage), sum(night.values()))
