"""Where things lie: the project's own folders and the folders of one home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DBT_PROJECT = PROJECT / "dbt_project"
DEFAULT_RAW = Path("data/raw")
DEFAULT_HOME = Path("var")
DEFAULT_REFERENCE = Path("data/reference")
DEFAULT_SETTINGS = Path("settings.yml")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder one installation writes to; everything a night makes is below it."""

    root: Path

    @property
    def staging(self) -> Path:
        """The night's working file; nobody reads it but the night."""
        return self.root / "staging" / "thidua.duckdb"

    @property
    def warehouse(self) -> Path:
        """The published file."""
        return self.root / "warehouse" / "thidua.duckdb"

    @property
    def public_warehouse(self) -> Path:
        """The published file without personal data."""
        return self.root / "warehouse" / "thidua-cong-khai.duckdb"

    @property
    def parquet(self) -> Path:
        """The published tables as Parquet."""
        return self.root / "warehouse" / "parquet"

    @property
    def snapshots(self) -> Path:
        """Dated copies of published files."""
        return self.root / "warehouse" / "snapshots"

    @property
    def dashboards(self) -> Path:
        """The pages leaders open."""
        return self.root / "dashboards"

    def reports(self, as_of: date) -> Path:
        """The quality reports of one night."""
        return self.root / "reports" / as_of.isoformat()

    @property
    def outbox(self) -> Path:
        """Mail that could not be, or need not be, handed to a server."""
        return self.root / "outbox"

    @property
    def quarantine(self) -> Path:
        """One explanation per file that was not accepted."""
        return self.root / "quarantine"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage: runs, schedules, the history of assets and checks."""
        return self.root / "dagster"

    @property
    def dbt_target(self) -> Path:
        """dbt's manifest and compiled SQL."""
        return self.root / "dbt"

    @property
    def spark(self) -> Path:
        """What a night on Spark works in; every machine of a cluster sees it."""
        return self.root / "spark"

    @property
    def lock(self) -> Path:
        """Held while a night runs in this home."""
        return self.root / "night.lock"

    @property
    def diary(self) -> Path:
        """When nights began and how they ended."""
        return self.root / "nights.jsonl"

    @property
    def arrival(self) -> Path:
        """The journal of what was sent, accounts, and files that are checked and not yet sent in."""
        return self.root / "arrival"
