"""12 million award events of 12,000 units: the marts of mẫu 02 through dbt against the same SQL by hand.

Run: ``.venv/bin/python benchmarks/mau_02.py [--events N] [--units N] [--rounds N]``. Both ways build the same
models, from the award events to the marts, into the same file, in turn, each in a process of its own; peak
memory is that process's. Prints one line per run and the ratio of the medians (allowed: 1.5, under 6 GB).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform import dbt
from pipelines.transform.compiled import DATABASE, build_models, compiled_models, with_needs
from pipelines.warehouse.staging import prepare, replace_tables

GIVEN = "int_award_events"
"""Filled by this benchmark; everything below it is built."""
WANTED = ("fct_awards", "rpt_mau_02", "rpt_awards_outside_mau_02", "rpt_award_totals_by_level", "trc_mau_02")
STANDING = ("int_files", "int_current_keys", "int_headcounts", "int_mau_02_phases", "int_unit_rollups")
"""Small models that do not depend on the events; built once, beforehand."""
APART = ("int_recipient_members", "int_revoked_awards")
"""Empty here: nobody has two keys, nothing was taken back (``benchmarks/lookup.py`` joins recipients)."""
ALLOWED_RATIO, ALLOWED_GB = 1.5, 6.0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=12_000_000)
    arguments.add_argument("--units", type=int, default=12_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--one", choices=("dbt", "hand"), help=argparse.SUPPRESS)
    arguments.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        print(json.dumps(run_once(asked.one, Home(asked.home))))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        fill(home, asked.events, asked.units)
        seconds: dict[str, list[float]] = {"dbt": [], "hand": []}
        peak = 0.0
        for number in range(asked.rounds):
            for way in ("dbt", "hand") if number % 2 else ("hand", "dbt"):
                took = in_own_process(way, home)
                seconds[way].append(took["seconds"])
                peak = max(peak, took["peak_gb"])
                clock, processor = f"{took['seconds']:6.1f} s", f"{took['cpu']:6.1f} s"
                print(f"{way:>4}: {clock}, processor {processor}, {took['peak_gb']:.2f} GB", flush=True)
        ratio = statistics.median(seconds["dbt"]) / statistics.median(seconds["hand"])
        print(f"ratio {ratio:.2f} (allowed {ALLOWED_RATIO}), peak {peak:.2f} GB (allowed {ALLOWED_GB})")
        sys.exit(ratio > ALLOWED_RATIO or peak > ALLOWED_GB)


def in_own_process(way: str, home: Home) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", way, "--home", str(home.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    took: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return took


def run_once(way: str, home: Home) -> dict[str, float]:
    models = compiled_models()  # kept on disk: compiling is no part of either way
    needed = with_needs(models, WANTED, given=(GIVEN, *STANDING, *APART))
    start = time.perf_counter()
    if way == "dbt":
        # dbt would also make what only the given ones need
        dbt.run_models(home, WANTED, without=sorted({model.name for model in models if model not in needed}))
    else:
        connection = opened(home)
        build_models(connection, models=needed)
        connection.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - start,
        "cpu": used.ru_utime + used.ru_stime,
        "peak_gb": used.ru_maxrss / 1024 / 1024,
    }


def opened(home: Home) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(home.staging))
    connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
    connection.execute("SET threads = 2")
    return connection


def fill(home: Home, events: int, units: int) -> None:
    """Reference data with many communes under the province, and random events; the same every time."""
    assert home.staging.stem == DATABASE
    home.staging.parent.mkdir(parents=True, exist_ok=True)
    connection = opened(home)
    prepare(connection)
    reference = load_reference(Path("data/reference"))
    replace_tables(connection, "ref", law_tables(reference, Settings()))
    night = [date(2020, 12, 31)]
    connection.execute("CREATE TABLE meta.night AS SELECT ?::DATE AS as_of, 'x' AS run_id", night)
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
    build_models(connection, STANDING)
    connection.execute("SELECT setseed(0.5)")
    codes = [award.code for award in reference.awards.awards if award.mau02_row][:25]
    connection.execute(_EVENTS, {"units": units, "events": 0, "codes": codes})
    build_models(connection, APART, given=(GIVEN, *STANDING))
    connection.execute(_EVENTS, {"units": units, "events": events, "codes": codes})
    connection.close()


_EVENTS = """
    CREATE OR REPLACE TABLE intermediate.int_award_events AS
    SELECT
        hash(n)::VARCHAR || ':1:' || n AS award_id,
        'LS-1620' AS programme_id,
        'LS-1620' AS phase_id,
        'U' || (n % $units) AS unit_code,
        CASE WHEN random() < 0.98 THEN $codes[1 + (random() * 24)::INTEGER] END AS award_code,
        [NULL, 'chuyen_de', 'dot_xuat', 'doi_ngoai', 'thuong_xuyen'][1 + (random() * 4)::INTEGER]
            AS sub_kind,
        ['nha_nuoc', 'tinh_bo_nganh', 'co_so'][1 + (random() * 2)::INTEGER] AS level,
        ['tap_the', 'ca_nhan', 'ca_nhan', 'gia_dinh'][1 + (random() * 3)::INTEGER] AS recipient_kind,
        'Người thứ ' || (n % 100000) AS recipient_name,
        'nguoi thu ' || (n % 100000) AS name_key,
        md5((n % 100000)::VARCHAR || '|' || (n % $units))[:16] AS recipient_key,
        NULL::VARCHAR AS position,
        'Xã ' || (n % 3000) AS workplace,
        'xã ' || (n % 3000) AS workplace_key,
        NULL::VARCHAR AS object_class,
        [NULL, true, true, false][1 + (random() * 3)::INTEGER] AS is_direct,
        [NULL, false, false, true][1 + (random() * 3)::INTEGER] AS is_leader,
        2016 + (random() * 4)::INTEGER AS award_year,
        (n % 500) || '/QĐ-UBND' AS decision_no,
        DATE '2016-01-01' + (n % 1800)::INTEGER AS decision_date,
        'KT-DS' AS form_id,
        NULL::VARCHAR AS withdrawn,
        DATE '2020-05-01' AS received_on,
        's' || (n % $units) AS submission_id,
        'LS-1620/U' || (n % $units) || '/2020-05-01/danh-sach.xlsx' AS source_file,
        'Danh sách' AS source_sheet,
        (n // $units)::INTEGER AS source_row,
        'C' || (n // $units) AS source_cell
    FROM range($events) AS t(n)
"""


if __name__ == "__main__":
    main()
