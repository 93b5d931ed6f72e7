"""Loaded before commands are forked: dbt has read the project, which is a fifth of a small night."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.common.paths import Home
from pipelines.transform import dbt
from tests.fire import forked  # noqa: F401 -- and with it all the rest

with TemporaryDirectory(prefix="thidua-fire-") as folder:
    dbt.manifest(Home(Path(folder)))
