"""The sensor on new files: when the raw folder changed and has been quiet for a while, a night runs."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipelines.night.request import NightRequest
from pipelines.night.schedule import load_schedule


def new_files(job: UnresolvedAssetJobDefinition, request: NightRequest) -> SensorDefinition:
    """A sensor that asks for one run per settled change of the raw folder.

    Units copy many files one after the other; a night waits until none has come for a while.

    Args:
        job: the nightly job.
        request: gives the raw folder (not the night's resource: that holds the lock of a night).
    """
    schedule = load_schedule()

    @sensor(
        job=job,
        name="new_files",
        minimum_interval_seconds=schedule.look_every_seconds,
        default_status=DefaultSensorStatus.RUNNING,
    )
    def look(context: SensorEvaluationContext) -> RunRequest | SkipReason:
        """A run when the raw folder changed and then stayed quiet."""
        state = folder_state(request.raw)
        seen = json.loads(context.cursor or "{}")
        if state == seen.get("ran"):
            return SkipReason("no file is new or changed")
        if state is None or state != seen.get("state"):
            context.update_cursor(json.dumps({**seen, "state": state, "since": time.time()}))
            return SkipReason("files are arriving; waiting until the folder is quiet")
        if time.time() - seen.get("since", 0) < schedule.quiet_seconds:
            return SkipReason("the folder has not been quiet long enough")
        context.update_cursor(json.dumps({"ran": state, "state": state}))
        return RunRequest(run_key=state, tags={"thidua/because": "new files"})

    return look


def folder_state(raw: Path) -> str | None:
    """Digest of names, sizes and times of all files; None when one went away while looking."""
    digest = hashlib.sha256()
    try:
        for path in sorted(raw.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~$")):
                status = path.stat()
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    except FileNotFoundError:
        return None
    return digest.hexdigest()[:32]
