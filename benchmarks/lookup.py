"""Recipients of many award events: what joining them costs, and a look-up in the published file.

Run: ``.venv/bin/python -m benchmarks.lookup [--events N] [--units N]``. Award events of people with common
names over ten years, one in fifty of them also told by a list of another unit. Measured: the models of
recipients against a bare self-join of the events on the recipient's key (allowed: 3 times), and ``lookup`` of
names, with and without diacritics, in the published file (allowed: 200 ms each, the first included).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.publish.snapshot import publish
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reports.lookup.lookup import lookup
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, compiled_models
from pipelines.warehouse.staging import prepare, replace_tables

GIVEN = "int_award_events"
JOINING = ("int_recipient_keys", "int_recipient_asides", "int_recipient_links", "int_recipient_members")
PUBLISHED = (
    "dim_recipients",
    "dim_recipient_names",
    "rpt_recipient_joins",
    "rpt_recipient_steps",
    "dim_awards",
    "dim_award_gaps",
    "dim_codes",
)
DIMENSIONS = ("dim_programmes", "dim_units", "dim_unit_rollups")
ALLOWED_RATIO, ALLOWED_SECONDS = 3.0, 0.2
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông", "Lý", "Bế", "Vi", "Đàm"]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Thu", "Hữu", "Ngọc", "Thanh", "Công", "Hoài"]
GIVENS = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Hà",
    "Hạ",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
]
_SELF_JOIN = """
    CREATE OR REPLACE TABLE main.joined AS
    SELECT one.award_id, other.award_id AS other_id
    FROM intermediate.int_award_events AS one
    INNER JOIN intermediate.int_award_events AS other
        ON one.recipient_key = other.recipient_key AND one.award_id < other.award_id
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=12_000_000)
    arguments.add_argument("--units", type=int, default=12_000)
    asked = arguments.parse_args()
    compiled_models()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        fill(home, asked.events, asked.units)
        ratio = joins(home)
        slowest = look_ups(home)
    print(f"ratio {ratio:.2f} (allowed {ALLOWED_RATIO}), slowest {slowest:.3f} s (allowed {ALLOWED_SECONDS})")
    sys.exit(ratio > ALLOWED_RATIO or slowest > ALLOWED_SECONDS)


def opened(home: Home) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(home.staging))
    connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
    connection.execute("SET threads = 2")
    connection.execute("SET memory_limit = '6GB'")
    return connection


def fill(home: Home, events: int, units: int) -> None:
    """Reference data with many units, and award events of people who return; the same every time."""
    home.staging.parent.mkdir(parents=True, exist_ok=True)
    with opened(home) as connection:
        prepare(connection)
        reference = load_reference(Path("data/reference"))
        replace_tables(connection, "ref", law_tables(reference, Settings()))
        connection.execute(
            "CREATE TABLE meta.night AS SELECT DATE '2025-12-31' AS as_of, 'x' AS run_id, "
            "'0' AS code_version, '' AS input_digest"
        )
        connection.execute(
            "INSERT INTO ref.units BY NAME SELECT 'U' || n AS unit_code, 'Đơn vị ' || n AS name, "
            "'LS' AS parent_code, 'LS-1620' AS programme_id, false AS is_placeholder FROM range(?) AS t(n)",
            [units],
        )
        connection.execute(
            "INSERT INTO ref.unit_ancestors BY NAME SELECT 'U' || n AS unit_code, "
            "unnest(['U' || n, 'LS']) AS ancestor_code FROM range(?) AS t(n)",
            [units],
        )
        build_models(connection, ["int_links", "int_recipient_mentions", "int_recipient_told"], given=[GIVEN])
        connection.execute(_EVENTS, [events, units, FAMILIES, MIDDLES, GIVENS])


_EVENTS = """
    CREATE OR REPLACE TABLE intermediate.int_award_events AS
    WITH drawn AS (
        -- three events a person on average; one in fifty stands in the list of another unit too
        SELECT n, n // 3 AS person, (n // 3) % $2 AS home_unit, n % 50 = 0 AS is_told_twice
        FROM range($1) AS t(n)
    ),

    named AS (
        SELECT
            *,
            CASE WHEN is_told_twice THEN (home_unit + 1) % $2 ELSE home_unit END AS unit,
            $3[1 + (hash(person) % 10)::INTEGER] || ' ' || $4[1 + (hash(person, 1) % 10)::INTEGER] || ' '
                || $5[1 + (hash(person, 2) % 14)::INTEGER] AS name
        FROM drawn
    )

    SELECT
        md5(n::VARCHAR) || ':1:' || n AS award_id,
        'LS-1620' AS programme_id,
        'LS-1620' AS phase_id,
        'U' || unit AS unit_code,
        ['LDTT', 'CSTD-CS', 'BK-CTUBND-TINH'][1 + (n % 3)::INTEGER] AS award_code,
        NULL::VARCHAR AS sub_kind,
        'co_so' AS level,
        'ca_nhan' AS recipient_kind,
        name AS recipient_name,
        lower(name) AS name_key,
        substr(md5(lower(name) || '|' || unit || '|' || (person % 40)), 1, 16) AS recipient_key,
        'Chuyên viên' AS position,
        'Phòng ' || (person % 40) AS workplace,
        'phòng ' || (person % 40) AS workplace_key,
        'truc_tiep' AS object_class,
        true AS is_direct,
        false AS is_leader,
        2016 + (n % 10)::INTEGER AS award_year,
        (n // 200) || '/QĐ-UBND' AS decision_no,
        DATE '2016-12-20' + (365 * (n % 10))::INTEGER AS decision_date,
        'KT-DS' AS form_id,
        NULL::VARCHAR AS withdrawn,
        DATE '2020-05-01' AS received_on,
        's' || unit AS submission_id,
        'LS-1620/U' || unit || '/2020-05-01/danh-sach.xlsx' AS source_file,
        'Danh sách' AS source_sheet,
        (n // $2)::INTEGER AS source_row,
        'C' || (n // $2) AS source_cell
    FROM named
"""


def joins(home: Home) -> float:
    """Seconds of the models of recipients over those of a bare self-join; the better of two each."""
    took: dict[str, list[float]] = {"joins": [], "bare": []}
    given = [GIVEN, "int_links", "int_recipient_mentions", "int_recipient_told"]
    with opened(home) as connection:
        for _ in range(2):
            start = time.perf_counter()
            connection.execute(_SELF_JOIN)
            took["bare"].append(time.perf_counter() - start)
            start = time.perf_counter()
            build_models(connection, JOINING, given=given)
            took["joins"].append(time.perf_counter() - start)
        connection.execute("DROP TABLE main.joined")
        told = connection.execute(
            "SELECT (SELECT count(*) FROM intermediate.int_recipient_keys), "
            "(SELECT count(*) FROM intermediate.int_recipient_links), "
            "(SELECT count(*) FROM intermediate.int_recipient_members)"
        ).fetchall()
    print("keys, links, joined keys:", told[0], flush=True)
    print({name: [round(one, 2) for one in seconds] for name, seconds in took.items()}, flush=True)
    return min(took["joins"]) / min(took["bare"])


def look_ups(home: Home) -> float:
    """Publish, then look up names, each in a connection of its own; the slowest."""
    start = time.perf_counter()
    given = [GIVEN, *JOINING, "int_recipient_mentions", "int_recipient_told", "int_links"]
    with opened(home) as connection:
        build_models(connection, [*PUBLISHED, *DIMENSIONS], given=given)
    print(f"marts {time.perf_counter() - start:.1f} s", flush=True)
    start = time.perf_counter()
    publish(home, f"{date(2025, 12, 31)}T02:00:00+07:00")
    size = home.warehouse.stat().st_size / 2**20
    print(f"published {time.perf_counter() - start:.1f} s, {size:.0f} MB", flush=True)
    names = [f"{a} {b} {c}" for a in FAMILIES[:4] for b in MIDDLES[:2] for c in GIVENS[:2]]
    seconds, found = [], 0
    for number, name in enumerate([*names, "nguyen van an", "ly thi ha"]):
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            start = time.perf_counter()
            found += lookup(connection, name, unit_code=f"U{number % 10}").total
            seconds.append(time.perf_counter() - start)
    print(f"{found} found, median {statistics.median(seconds):.3f} s", flush=True)
    return max(seconds)


if __name__ == "__main__":
    main()
