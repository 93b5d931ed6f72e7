"""The nights as the published file tells them: how long each stage took and how much memory it had."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from dashboards.snapshot import Snapshot
from pipelines.common.stage_times import usual

SHOWN = 30
"""Nights drawn: a month."""
SLOW_TIMES = 2.0
SLOW_SECONDS = 5.0
"""A stage is slow when it takes twice its usual time and five seconds more than that."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a night."""

    name: str
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Night:
    """A night that ended, or the one that publishes this very snapshot: its last stages are to come."""

    as_of: date
    is_over: bool
    published: bool
    reason: str
    stages: tuple[Stage, ...]

    @property
    def times(self) -> dict[str, float]:
        """Seconds by stage."""
        return {stage.name: stage.seconds for stage in self.stages}

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(stage.seconds for stage in self.stages)

    @property
    def peak_mb(self) -> float:
        """The most memory any stage had."""
        return max((stage.peak_mb for stage in self.stages), default=0.0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A stage of the newest night beside what it usually takes (None: never seen before)."""

    stage: Stage
    usual: float | None

    @property
    def is_slow(self) -> bool:
        """Whether the stage stands out."""
        if self.usual is None:
            return False
        return self.stage.seconds > max(SLOW_TIMES * self.usual, self.usual + SLOW_SECONDS)


def nights_of(snapshot: Snapshot) -> list[Night]:
    """The newest nights, oldest first."""
    rows = snapshot.rows(
        "SELECT as_of, ended_at, published, reason, stages FROM published.meta.nights "
        "ORDER BY started_at DESC LIMIT ?",
        SHOWN,
    )
    return [
        Night(
            row["as_of"],
            row["ended_at"] is not None,
            bool(row["published"]),
            row["reason"] or "",
            tuple(
                Stage(stage["name"], stage["seconds"], stage["peak_mb"])
                for stage in json.loads(row["stages"] or "[]")
            ),
        )
        for row in reversed(rows)
    ]


def compared(nights: list[Night]) -> list[Compared]:
    """The stages of the newest night beside the median of the published nights before it."""
    *before, newest = nights
    known = usual(night.times for night in before if night.published)
    return [Compared(stage, known.get(stage.name)) for stage in newest.stages]
