"""Whether this machine can count on Apache Spark; nothing of it is imported to see that."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from pipelines.sentences import text


def lacking() -> str | None:
    """What is missing for Spark, as a sentence; None where nothing is."""
    if find_spec("pyspark") is None:
        return text("engines.no_spark")
    if shutil.which("java") is None:
        return text("engines.no_java")
    return None
