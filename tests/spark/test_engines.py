"""Who does not use Spark needs nothing of it."""

from __future__ import annotations

import subprocess
import sys

from pipelines.common.paths import PROJECT

SPARK = ("pyspark", "py4j")


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
