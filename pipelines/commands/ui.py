"""``thidua ui``: Dagster's web interface with the schedule and the sensor, on loopback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipelines.commands.options import Folder


def ui(home: Folder = None, port: int = 3000) -> None:
    """Open Dagster's web interface, with the schedule and the sensor, on loopback."""
    from pipelines.night.request import NightRequest
    from pipelines.night.run import prepare_dagster

    request = NightRequest.make(home=home)
    prepare_dagster(request.home)
    os.environ["THIDUA_HOME"] = str(request.home.root)
    program = str(Path(sys.executable).with_name("dagster"))
    os.execv(  # noqa: S606 - our own environment's program, no shell
        program,
        [program, "dev", "-m", "pipelines.code_location", "-h", "127.0.0.1", "-p", str(port)],
    )
