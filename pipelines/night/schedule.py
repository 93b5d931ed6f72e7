"""When nights happen, from schedule.yml: the cron line, and which night should have been published by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from pipelines.common.yaml_files import read_plain
from pipelines.night.request import TIME_ZONE


@dataclass(frozen=True, slots=True)
class Schedule:
    """The entries of schedule.yml, which explains each."""

    hour: int
    minute: int
    grace_minutes: int
    quiet_seconds: int
    look_every_seconds: int
    watch_every_seconds: int
    collect_every_minutes: int
    send_every_minutes: int
    retry_after_seconds: list[int]
    dead_after_minutes: int

    @property
    def cron(self) -> str:
        """The nightly run as a cron line."""
        return f"{self.minute} {self.hour} * * *"

    @property
    def collect_cron(self) -> str:
        """Looking into the mailbox as a cron line."""
        return f"*/{self.collect_every_minutes} * * * *"

    @property
    def send_cron(self) -> str:
        """Sending what was approved as a cron line."""
        return f"*/{self.send_every_minutes} * * * *"

    @property
    def deadline_cron(self) -> str:
        """The end of the grace as a cron line."""
        minutes = (self.hour * 60 + self.minute + self.grace_minutes) % (24 * 60)
        return f"{minutes % 60} {minutes // 60} * * *"

    def last_due(self, now: datetime) -> datetime:
        """When the latest night began that should be published by now.

        Args:
            now: the time, with its zone.
        """
        local = now.astimezone(TIME_ZONE)
        start = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        while start + timedelta(minutes=self.grace_minutes) > local:
            start -= timedelta(days=1)
        return start

    def next_after(self, moment: datetime) -> datetime:
        """When the first night begins that finds what was there at a moment.

        Args:
            moment: the time, with its zone.
        """
        local = moment.astimezone(TIME_ZONE)
        start = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return start if start > local else start + timedelta(days=1)


@lru_cache(maxsize=1)
def load_schedule() -> Schedule:
    """The schedule in force."""
    return Schedule(**read_plain(Path(__file__).with_name("schedule.yml")))
