"""Where Dagster keeps what happened in a night: SQLite files whose connection stays open for the night."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

WAIT_SECONDS = 60


class RunHistory(SqliteEventLogStorage):
    """Dagster's own storage, in its own folder; only how it connects differs.

    Dagster opens, syncs and closes a file for each event, and a night has over two thousand of them: half the
    time of a small night. Here each file is opened once. A power failure may take events of the night
    it ended; the files stay whole (write-ahead log, ``synchronous = NORMAL``).
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> Any:
        """Nothing to set: the folder is that of the home."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> RunHistory:
        """Below ``DAGSTER_HOME``, where Dagster itself would keep it; a moved home still finds it."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engines.get(shard)
            if engine is None:
                engine = self._engines[shard] = _open(self.conn_string_for_shard(shard))
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    def has_table(self, table_name: str) -> bool:
        """Dagster asks it anew for every event; a table that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Close the files."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()


def _open(address: str) -> Engine:
    engine = create_engine(
        address, poolclass=StaticPool, connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _less_waiting(connection: Any, _: object) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")

    return engine
