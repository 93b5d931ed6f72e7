"""What may pass is tried again; what is wrong with the data is not."""

import errno
from collections.abc import Callable
from dataclasses import replace

import duckdb
import pytest
from dagster import AssetExecutionContext, DagsterInstance, asset, define_asset_job, in_process_executor
from dagster import Definitions as Defs

from pipelines.assets.retries import may_pass, tried_again
from pipelines.night.schedule import load_schedule


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = replace(load_schedule(), retry_after_seconds=[0, 0, 0])
    monkeypatch.setattr("pipelines.assets.retries.load_schedule", lambda: quick)


def _tries(trouble: Callable[[int], None]) -> tuple[int, bool]:
    tries = 0

    @asset
    def step(context: AssetExecutionContext) -> None:
        nonlocal tries
        with tried_again(context.op_execution_context):
            tries += 1
            trouble(tries)

    job = define_asset_job("job", selection=[step], executor_def=in_process_executor)
    with DagsterInstance.ephemeral() as instance:
        ran = (
            Defs(assets=[step], jobs=[job])
            .resolve_job_def("job")
            .execute_in_process(instance=instance, raise_on_error=False)
        )
    return tries, ran.success


def test_a_share_that_was_away_for_a_moment() -> None:
    def away(tries: int) -> None:
        if tries < 3:
            raise OSError(errno.ESTALE, "stale file handle")

    assert _tries(away) == (3, True)


def test_a_share_that_stays_away() -> None:
    def away(_: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    assert _tries(away) == (1 + len(load_schedule().retry_after_seconds), False)


def test_wrong_data_is_never_tried_again() -> None:
    def wrong(_: int) -> None:
        raise ValueError("31/02/2019")

    assert _tries(wrong) == (1, False)


def test_what_may_pass() -> None:
    assert may_pass(duckdb.IOException("Could not set lock on file"))
    assert may_pass(TimeoutError(errno.ETIMEDOUT, "timed out"))
    assert not may_pass(duckdb.IOException("The file is not a valid DuckDB database file!"))
    assert not may_pass(FileNotFoundError(errno.ENOENT, "settings.yml"))
    assert not may_pass(PermissionError(errno.EACCES, "home"))
    assert not may_pass(duckdb.CatalogException("no such table"))
