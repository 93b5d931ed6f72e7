"""Recipients of many award events: what joining them costs, and a look-up in the published file.

Run: ``.venv/bin/python -m benchmarks.lookup [--events N] [--units N]``. Award events of people with common
names over ten years, one in fifty of them also told by a list of another unit. Measured: the models of
recipients against a bare self-join of the events on the recipient's key (allowed: 3 times), and ``lookup`` of
names, with and without diacritics, in the published file (allowed: 200 ms each by the clock, the
first included). The rest is in processor seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.publish.snapshot import publish
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reports.lookup.lookup import lookup, name_key
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, compiled_models, with_needs
from pipelines.warehouse.staging import prepare, replace_tables

GIVEN = "int_award_events"
FEW = (
    "int_links",
    "int_nominations",
    "int_recipient_mentions",
    "int_recipient_told",
    "int_revocations",
)
"""Empty here: nominations and their records, and awards that were taken back."""
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
        build_models(connection, FEW, given=[GIVEN])
        connection.execute(_EVENTS, [events, units, FAMILIES, MIDDLES, GIVENS])
        connection.execute(_ROWS)
        connection.execute(_FILES)


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

# the rows of the lists and their files, which tell who was seen first
_ROWS = """
    INSERT INTO raw.award_rows BY NAME
    SELECT
        submission_id, 1 AS part_no, source_row, recipient_kind, recipient_name, name_key, position,
        workplace, workplace_key
    FROM intermediate.int_award_events
"""
_FILES = """
    INSERT INTO raw.submissions BY NAME
    SELECT DISTINCT
        submission_id, source_file, programme_id, unit_code, received_on, submission_id AS content_sha256,
        'read' AS intake, true AS is_present
    FROM intermediate.int_award_events
"""


def joins(home: Home) -> float:
    """Processor seconds of the models of recipients over those of a bare self-join."""
    with opened(home) as connection:
        bare = spent(lambda: connection.execute(_SELF_JOIN))
        connection.execute("DROP TABLE main.joined")
        print(f"bare self-join {bare:.1f} s", flush=True)
        return built(connection, JOINING, [GIVEN, *FEW]) / bare


def built(connection: duckdb.DuckDBPyConnection, wanted: Collection[str], given: Collection[str]) -> float:
    """Build models one by one, print what each takes, and return what all take."""
    whole, before = 0.0, time.process_time()
    done: list[str] = []
    for model in with_needs(compiled_models(), wanted, given):
        build_models(connection, [model.name], given=[*given, *done])
        done.append(model.name)
        took, before = time.process_time() - before, time.process_time()
        whole += took
        if took >= 0.1:
            print(f"{model.name} {took:.1f} s", flush=True)
    return whole


def spent(do: Callable[[], object]) -> float:
    """Processor seconds of all threads: the clock tells more of who else works here."""
    start = time.process_time()
    do()
    return time.process_time() - start


def look_ups(home: Home) -> float:
    """Publish, then look up names, each in a connection of its own; the slowest."""
    given = [GIVEN, *FEW, *JOINING]
    with opened(home) as connection:
        marts = built(connection, [*PUBLISHED, *DIMENSIONS], given)
    print(f"marts {marts:.1f} s", flush=True)
    published = spent(lambda: publish(home, f"{date(2025, 12, 31)}T02:00:00+07:00"))
    print(f"published {published:.1f} s, {home.warehouse.stat().st_size / 2**20:.0f} MB", flush=True)
    seconds, worked, found = [], [], 0
    for name, unit in asked(home):
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            start, before = time.perf_counter(), time.process_time()
            found += lookup(connection, name, unit_code=unit).total
            seconds.append(time.perf_counter() - start)
            worked.append(time.process_time() - before)
    print(f"{found} found, median {statistics.median(seconds):.3f} s", flush=True)
    print(f"processor: median {statistics.median(worked):.3f} s, most {max(worked):.3f} s", flush=True)
    return max(seconds)


def asked(home: Home) -> list[tuple[str, str | None]]:
    """Names with and without diacritics, of a unit and of all units, whole and begun."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        told = connection.execute(
            "SELECT recipient_name, unit_code FROM marts.dim_recipients "
            "WHERE hash(recipient_id) % 1000 = 0 ORDER BY recipient_id LIMIT 10"
        ).fetchall()
    bare = [(name_key(name).replace("_", " "), unit) for name, unit in told]
    return [
        *told,
        *bare,
        *((name, None) for name, _ in (*told, *bare)),
        ("nguyen van", None),
        ("thi ha", None),
    ]


if __name__ == "__main__":
    main()
