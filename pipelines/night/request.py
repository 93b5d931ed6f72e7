"""One night: what it was asked for, the lock that keeps nights apart, and its log of figures."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
from filelock import FileLock, Timeout

from pipelines.common.bars import Bar, bar
from pipelines.common.memory import forget_peak, peak_mb
from pipelines.common.paths import DEFAULT_HOME, DEFAULT_RAW, DEFAULT_REFERENCE, DEFAULT_SETTINGS, Home

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STARTED_AS = "%d/%m/%Y %H:%M:%S"


def today() -> date:
    """Today where the offices are, whatever the machine's clock is set to."""
    return datetime.now(TIME_ZONE).date()


@dataclass(frozen=True, slots=True)
class NightRequest:
    """The arguments of ``thidua nightly``; every path absolute."""

    raw: Path
    home: Home
    as_of: date
    reference: Path
    settings: Path
    engine: str | None = None
    """What counts, where it is not what the settings say."""

    @classmethod
    def make(
        cls,
        raw: Path | None = None,
        home: Path | None = None,
        as_of: date | None = None,
        reference: Path | None = None,
        settings: Path | None = None,
        engine: str | None = None,
    ) -> NightRequest:
        """Fill what is not given from the environment, then with the defaults of the contract.

        ``THIDUA_RAW``, ``THIDUA_HOME``, ``THIDUA_REFERENCE`` and ``THIDUA_SETTINGS`` name the installation's
        places (docs/operating.md); paths are relative to the current folder.
        """
        return cls(
            raw=_place(raw, "THIDUA_RAW", DEFAULT_RAW),
            home=Home(_place(home, "THIDUA_HOME", DEFAULT_HOME)),
            as_of=as_of or today(),
            reference=_place(reference, "THIDUA_REFERENCE", DEFAULT_REFERENCE),
            settings=_place(settings, "THIDUA_SETTINGS", DEFAULT_SETTINGS),
            engine=engine,
        )


def _place(given: Path | None, variable: str, default: Path) -> Path:
    return (given or Path(os.environ.get(variable) or default)).absolute()


class AnotherNight(Exception):
    """Another night holds this home; ``holder`` says which."""

    def __init__(self, holder: dict[str, str]) -> None:
        self.holder = holder
        super().__init__(
            f"another night runs in this home: as_of {holder.get('as_of', '?')}, "
            f"started {holder.get('started', '?')}, process {holder.get('pid', '?')}"
        )

    def described(self) -> dict[str, str]:
        """as_of, started and pid of the other night, ``?`` where unknown."""
        return {name: self.holder.get(name, "?") for name in ("as_of", "started", "pid")}


@contextmanager
def exclusive(request: NightRequest) -> Iterator[None]:
    """Keep every other night out of the home, whoever starts it; a killed night frees it.

    Raises:
        AnotherNight: with the holder's as_of, start and process, when the home is taken.
    """
    path = request.home.lock
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0)
    holder = path.with_suffix(".json")
    try:
        lock.acquire()
    except Timeout:
        text = holder.read_text("utf-8") if holder.exists() else "{}"
        raise AnotherNight(json.loads(text or "{}")) from None
    try:
        who = {
            "as_of": request.as_of.isoformat(),
            "started": datetime.now(TIME_ZONE).strftime(STARTED_AS),
            "pid": str(os.getpid()),
        }
        holder.write_text(json.dumps(who), "utf-8")
        yield
    finally:
        lock.release()


def is_alive(home: Home) -> bool:
    """Whether the process that last took a home's lock still runs; asks without touching the lock."""
    holder = home.lock.with_suffix(".json")
    try:
        known = json.loads(holder.read_text("utf-8"))
        started = datetime.strptime(known["started"], STARTED_AS).replace(tzinfo=TIME_ZONE)
        process = psutil.Process(int(known["pid"]))
        return bool(process.create_time() <= started.timestamp() + 1)
    except (OSError, ValueError, KeyError, psutil.Error):
        return False


@dataclass(slots=True)
class Stage:
    """Time and memory one stage took."""

    name: str
    seconds: float
    peak_mb: float
    processor: float
    """Seconds of all cores, with the processes it began; other work on the machine does not count."""


def _processor() -> float:
    """Seconds this process and those it waited for have worked."""
    return sum(os.times()[:4])


@dataclass(slots=True)
class NightLog:
    """Figures of one night, for its summary, the table of nights and the operations page."""

    run_id: str = ""
    started_at: datetime = field(default_factory=lambda: datetime.now(TIME_ZONE))
    stages: list[Stage] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[Bar]:
        """Show a bar for the body; record how long it took and the most memory it had."""
        start, worked = time.perf_counter(), _processor()
        forget_peak()
        try:
            with bar(name) as shown:
                yield shown
        finally:
            took = time.perf_counter() - start
            self.stages.append(Stage(name, took, peak_mb(), _processor() - worked))

    def stages_json(self) -> str:
        """The stages as JSON, for the table of nights."""
        return json.dumps([asdict(stage) for stage in self.stages])
