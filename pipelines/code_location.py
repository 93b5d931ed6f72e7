"""What Dagster's web interface and daemon load: the definitions of the home in ``THIDUA_HOME``."""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.assets.night_resource import Night
from pipelines.definitions import make_definitions
from pipelines.paths import DEFAULT_HOME, Home

defs = make_definitions(Home(Path(os.environ.get("THIDUA_HOME", str(DEFAULT_HOME))).absolute()), Night())
