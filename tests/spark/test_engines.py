"""The sample night is the same on both engines, table by table."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines.common.bars import bar
from pipelines.common.paths import PROJECT, Home
from pipelines.reference.settings import Engine

SPARK = ("pyspark", "py4j")


def test_all_tables_of_the_sample_night_are_equal(sample_home: Home) -> None:
    pytest.importorskip("pyspark", reason="make spark")
    from pipelines.spark.both import compare

    with bar("test") as shown:
        found = compare(sample_home, Engine(master="local[2]"), shown)
    assert found.differences == ()
    assert found.tables > 150
    assert found.rows > 10_000


def test_nothing_of_spark_is_asked_for_where_it_is_not_used() -> None:
    without = f"import sys; sys.modules.update(dict.fromkeys({SPARK!r}))"  # as where it is not installed
    every = "import pipelines.cli, pipelines.definitions, pipelines.commands.engines, pipelines.night.run"
    done = subprocess.run(
        [sys.executable, "-c", f"{without}\n{every}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
