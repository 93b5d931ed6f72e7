"""HOME/nights.jsonl: a line when a night begins and one when it ends, readable while another night runs."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from pipelines.common.paths import Home

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """The beginning or the end of a night."""

    event: str
    """began | ended | refused: it could not even begin"""
    run_id: str
    as_of: str
    at: str
    """ISO time with its zone."""
    raw: str = ""
    published: bool = False
    step: str = ""
    """Where it failed; empty when it did not."""
    why: str = ""
    do: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage; at the end of a night only."""

    @property
    def time(self) -> datetime:
        """``at`` as a time."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Told:
    """A night as the diary has it: its beginning, and its end where it came to one."""

    began: Entry
    ended: Entry | None

    @property
    def was_refused(self) -> bool:
        """It could not begin: nothing of the home was touched."""
        return self.began.event == REFUSED


def write(home: Home, entry: Entry) -> None:
    """Add a line; it is on disk before this returns."""
    home.diary.parent.mkdir(parents=True, exist_ok=True)
    with home.diary.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def nights(home: Home) -> list[Told]:
    """The nights of a home in the order they began; a line cut short by a power failure is passed over."""
    if not home.diary.exists():
        return []
    began: dict[str, Entry] = {}
    ended: dict[str, Entry] = {}
    for line in home.diary.read_text("utf-8", errors="replace").splitlines():
        try:
            loaded = json.loads(line)
            known = {one.name for one in fields(Entry)} & loaded.keys()  # an earlier version wrote fewer
            entry = Entry(**{name: loaded[name] for name in known})
        except (ValueError, AttributeError, TypeError):
            continue
        if entry.event in ("began", REFUSED):
            began[entry.run_id] = entry
        if entry.event != "began":
            ended[entry.run_id] = entry
    return [Told(entry, ended.get(run_id)) for run_id, entry in began.items()]
