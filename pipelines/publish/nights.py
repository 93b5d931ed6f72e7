"""``meta.nights`` in figures: views of the published file that say how long its nights and their stages took.

They are no marts: run again, the same night gives the same marts, but not in the same time.
"""

from __future__ import annotations

import duckdb

_STAGES = """
    WITH told AS (
        SELECT run_id, started_at, published,
               unnest(
                   from_json(stages, '[{"name": "VARCHAR", "seconds": "DOUBLE", "peak_mb": "DOUBLE"}]')
               ) AS stage
        FROM meta.nights
    ),

    stages AS (
        SELECT run_id, started_at, published, stage.name AS stage, sum(stage.seconds) AS seconds,
               max(stage.peak_mb) AS peak_mb
        FROM told
        GROUP BY ALL
    )

    SELECT run_id, stage, round(seconds, 1) AS seconds, round(peak_mb)::BIGINT AS peak_mb,
           round(median(seconds) FILTER (WHERE published) OVER (
               PARTITION BY stage ORDER BY started_at, run_id ROWS BETWEEN 30 PRECEDING AND 1 PRECEDING
           ), 1) AS usual_seconds
    FROM stages
"""
# a stage never seen before counts as it took
_TIMES = """
    SELECT nights.run_id, any_value(nights.as_of) AS as_of, any_value(nights.started_at) AS started_at,
           coalesce(any_value(nights.published), false) AS published, any_value(nights.reason) AS reason,
           coalesce(round(sum(stages.seconds), 1), 0) AS seconds,
           coalesce(max(stages.peak_mb), 0) AS peak_mb,
           CASE WHEN count(stages.usual_seconds) > 0
               THEN round(sum(coalesce(stages.usual_seconds, stages.seconds)), 1) END AS usual_seconds
    FROM meta.nights AS nights LEFT JOIN meta.night_stages AS stages ON nights.run_id = stages.run_id
    GROUP BY nights.run_id
"""
VIEWS = {"night_stages": _STAGES, "night_times": _TIMES}


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views in the file in use; they name tables by schema: they hold in any file."""
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW meta.{name} AS {query}")
