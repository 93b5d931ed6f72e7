"""The sensor on new files: when the raw folder changed and has been quiet for a while, a night runs."""

import json
import time
from pathlib import Path

from dagster import RunRequest, SensorDefinition, SensorEvaluationContext, SkipReason, sensor
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipelines.assets.night_resource import Night

QUIET_SECONDS = 300
"""Units copy many files one after the other; a night waits until none has come for five minutes."""


def new_files(job: UnresolvedAssetJobDefinition) -> SensorDefinition:
    """A sensor that asks for one run per settled change of the raw folder."""

    @sensor(job=job, name="new_files", minimum_interval_seconds=60)
    def look(context: SensorEvaluationContext, night: Night) -> RunRequest | SkipReason:
        state = folder_state(night.request.raw)
        seen = json.loads(context.cursor or "{}")
        if state == seen.get("ran"):
            return SkipReason("no file is new or changed")
        if state != seen.get("state"):
            context.update_cursor(json.dumps({**seen, "state": state, "since": time.time()}))
            return SkipReason("files are arriving; waiting until the folder is quiet")
        if time.time() - seen.get("since", 0) < QUIET_SECONDS:
            return SkipReason("the folder has not been quiet long enough")
        context.update_cursor(json.dumps({"ran": state, "state": state}))
        return RunRequest(run_key=state)

    return look


def folder_state(raw: Path) -> str:
    """Number of files, their total size and the newest change, as one string."""
    count = size = newest = 0
    for path in raw.rglob("*"):
        if path.is_file() and not path.name.startswith((".", "~$")):
            status = path.stat()
            count, size, newest = count + 1, size + status.st_size, max(newest, status.st_mtime_ns)
    return f"{count}/{size}/{newest}"
