"""Readers beside a night: they open what is published over and over, and note what they should not see."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from pathlib import Path

import duckdb

from pipelines.common.paths import Home

FACTS = (
    "SELECT s.run_id, s.published_at, s.as_of = (SELECT max(last_seen_on) FROM {findings}) "
    "FROM {snapshot} AS s"
)
PAUSE = 0.5


class Readers:
    """A thread that reads; ``with Readers(home) as seen`` and then ``seen.faults``."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read_on, daemon=True)
        self._newest: dict[str, object] = {}
        self.reads: Counter[str] = Counter()
        self.faults: list[str] = []

    def __enter__(self) -> Readers:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """One read of everything that is published."""
        for name, path in (("whole", self._home.warehouse), ("public", self._home.public_warehouse)):
            self._note(name, lambda path=path: in_file(path))
        self._note("parquet", lambda: in_parquet(self._home.parquet))
        self._note("pages", lambda: in_pages(self._home.dashboards))

    def _read_on(self) -> None:
        while not self._over.is_set():
            self.look()
            time.sleep(PAUSE)

    def _note(self, name: str, read: object) -> None:
        self.reads[name] += 1
        try:
            at, whole = read()  # type: ignore[operator]
        except Exception as error:
            self.faults.append(f"{name}: {type(error).__name__}: {error}")
            return
        if not whole:
            self.faults.append(f"{name}: of two nights")
        if at is not None and name in self._newest and at < self._newest[name]:  # type: ignore[operator]
            self.faults.append(f"{name}: went back to an earlier night")
        self._newest[name] = at


def in_file(path: Path) -> tuple[object, bool]:
    """When a published file was published, and whether its tables are of that night."""
    with duckdb.connect(str(path), read_only=True) as connection:
        told = FACTS.format(findings="marts.fct_findings", snapshot="meta.snapshot")
        ((_, at, whole),) = connection.execute(told).fetchall()
    return at, whole is not False


def in_parquet(folder: Path) -> tuple[object, bool]:
    """The same of the Parquet folder, its link resolved once."""
    resolved = Path(os.path.realpath(folder))
    told = FACTS.format(
        findings=f"'{resolved}/marts.fct_findings.parquet'", snapshot=f"'{resolved}/meta.snapshot.parquet'"
    )
    with duckdb.connect() as connection:
        ((_, at, whole),) = connection.execute(told).fetchall()
    return at, whole is not False


def in_pages(folder: Path) -> tuple[object, bool]:
    """That every page of one night ends as a page does, and none is missing that another leads to."""
    resolved = Path(os.path.realpath(folder))
    pages = [resolved / "index.html", *sorted(resolved.glob("*.html"))[:5]]
    return None, all(page.read_bytes().rstrip().endswith(b"</html>") for page in pages)
