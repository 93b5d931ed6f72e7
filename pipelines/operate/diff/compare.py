"""Two kept snapshots side by side: which numbers of which unit changed, and which files changed with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.common.paths import Home
from pipelines.common.sql import quoted
from pipelines.common.yaml_files import read_plain
from pipelines.publish.snapshot import dated


class NotKept(Exception):
    """There is no snapshot of a night; ``kept`` are those there are."""

    def __init__(self, night: date, kept: list[str]) -> None:
        self.night, self.kept = night, kept
        super().__init__(f"no snapshot of {night.isoformat()}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number or state that differs; None where one snapshot has no such line."""

    what: str
    measure: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A file that differs: its status before and after (None: not there), and whether its bytes changed."""

    source_file: str
    before: str | None
    after: str | None
    rewritten: bool


@dataclass(slots=True)
class UnitChange:
    """What changed for one unit of one programme: numbers by title, and its files."""

    numbers: dict[str, list[Number]] = field(default_factory=lambda: defaultdict(list))
    files: list[File] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Everything that differs between two nights."""

    units: dict[tuple[str, str], UnitChange] = field(default_factory=lambda: defaultdict(UnitChange))
    others: list[str] = field(default_factory=list)
    """Keys of other causes: code, policies, reference."""
    left_out: list[str] = field(default_factory=list)
    """Titles of numbers that one of the snapshots has not."""

    @property
    def is_empty(self) -> bool:
        """Nothing a reader would see differs."""
        return not self.units


def compare(home: Home, first: date, second: date) -> Comparison:
    """Compare two kept snapshots.

    Args:
        home: whose snapshots.
        first: the earlier night.
        second: the later night.

    Raises:
        NotKept: one of them is not kept.
    """
    connection = duckdb.connect()
    try:
        for name, night in (("one", first), ("two", second)):
            path = dated(home, night)
            if not path.exists():
                raise NotKept(
                    night, sorted(p.stem.removeprefix("thidua-") for p in home.snapshots.glob("*.duckdb"))
                )
            connection.execute(f"ATTACH {quoted(path)} AS {name} (READ_ONLY)")
        found = Comparison()
        for entry in read_plain(Path(__file__).with_name("numbers.yml")):
            _numbers(connection, entry, found)
        _files(connection, found)
        found.others = _other_causes(connection)
        return found
    finally:
        connection.close()


def _numbers(connection: duckdb.DuckDBPyConnection, entry: dict[str, str], found: Comparison) -> None:
    if not all(_has(connection, name, entry["table"]) for name in ("one", "two")):
        found.left_out.append(entry["title"])
        return
    sides = (
        f"SELECT programme_id, unit_code, what, measure, value::VARCHAR AS value "
        f"FROM ({entry['sql'].format(db=name)})"
        for name in ("one", "two")
    )
    rows = connection.execute(
        "SELECT programme_id, unit_code, what, measure, a.value, b.value FROM ({}) AS a FULL JOIN ({}) AS b "
        "USING (programme_id, unit_code, what, measure) WHERE a.value IS DISTINCT FROM b.value "
        "ORDER BY ALL".format(*sides)
    ).fetchall()
    for programme_id, unit_code, what, measure, before, after in rows:
        unit = found.units[programme_id or "", unit_code or ""]
        unit.numbers[entry["title"]].append(Number(what, measure, before, after))


def _files(connection: duckdb.DuckDBPyConnection, found: Comparison) -> None:
    side = "SELECT source_file, programme_id, unit_code, submission_id, status FROM {}.marts.fct_submissions"
    # A file is told once: by its newest bytes, or as gone.
    newest = " QUALIFY row_number() OVER (PARTITION BY source_file ORDER BY status = 'quarantined') = 1"
    rows = connection.execute(
        f"SELECT coalesce(b.programme_id, a.programme_id, ''), coalesce(b.unit_code, a.unit_code, ''), "
        f"source_file, a.status, b.status, coalesce(a.submission_id <> b.submission_id, false) "
        f"FROM ({side.format('one')}{newest}) AS a FULL JOIN ({side.format('two')}{newest}) AS b "
        f"USING (source_file) "
        f"WHERE a.status IS DISTINCT FROM b.status OR a.submission_id IS DISTINCT FROM b.submission_id "
        f"ORDER BY source_file"
    ).fetchall()
    for programme_id, unit_code, source_file, before, after, rewritten in rows:
        found.units[programme_id, unit_code].files.append(File(source_file, before, after, rewritten))


def _other_causes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    causes = []
    if _differ(connection, "SELECT code_version FROM {}.meta.snapshot"):
        causes.append("code")
    for cause, table, columns in (
        ("policies", "dim_policies", "policy_id, value"),
        ("units", "dim_units", "*"),
        ("rules", "dim_rules", "rule_id, severity, message_vi"),
    ):
        if all(_has(connection, name, table) for name in ("one", "two")) and _differ(
            connection, f"SELECT {columns} FROM {{}}.marts.{table}"
        ):
            causes.append(cause)
    return causes


def _differ(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    try:
        both = f"({query.format('one')}) EXCEPT ({query.format('two')})"
        back = f"({query.format('two')}) EXCEPT ({query.format('one')})"
        rows: list[Any] = connection.execute(f"SELECT 1 FROM ({both} UNION ALL {back}) LIMIT 1").fetchall()
        return bool(rows)
    except duckdb.BinderException:
        return True  # not the same columns


def _has(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> bool:
    rows = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'marts' AND table_name = ?",
        [database, table],
    ).fetchall()
    return bool(rows)
