"""What Dagster's web interface and daemon load: the definitions of the home in ``THIDUA_HOME``."""

from __future__ import annotations

from pipelines.assets.night_resource import Night
from pipelines.definitions import make_definitions

_night = Night()
defs = make_definitions(_night.request.home, _night)
