"""``meta.nights``: what every night came to, kept in the warehouse."""

from __future__ import annotations

import json
from datetime import datetime

from pipelines.common.transaction import transaction
from pipelines.night.request import TIME_ZONE, NightLog, NightRequest
from pipelines.warehouse import staging


def record(request: NightRequest, log: NightLog, *, published: bool, ended: bool = True) -> None:
    """Write or replace the row of a run.

    Args:
        request: the night.
        log: its stages and figures so far.
        published: whether its snapshot is, or is about to be, the published one.
        ended: False while the night still runs.
    """
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        with transaction(connection):
            connection.execute("DELETE FROM meta.nights WHERE run_id = ?", [log.run_id])
            connection.execute(
                "INSERT INTO meta.nights VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    request.as_of,
                    log.run_id,
                    log.started_at,
                    datetime.now(TIME_ZONE) if ended else None,
                    published,
                    log.figures.get("why"),
                    json.dumps(log.figures, ensure_ascii=False),
                    log.stages_json(),
                ],
            )
