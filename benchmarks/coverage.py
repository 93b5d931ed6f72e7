"""What coverage costs at scale: 12,000 units that every cell expects, a third of which sent something.

(a) the coverage models and their tests by dbt; (b) the same compiled SQL on the same file, bare.

Run: ``.venv/bin/python -m benchmarks.coverage [UNITS]``
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines.common.paths import PROJECT, Home
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform import dbt
from pipelines.transform.compiled import build_models, compiled_models, in_memory
from pipelines.warehouse.staging import prepare, replace_tables

FOLDERS = ("models/intermediate/coverage", "models/marts/coverage")
FILL = Path(__file__).with_name("coverage_fill.sql")
SELECTION = " ".join(f"path:{folder}" for folder in FOLDERS)


def fill(connection: duckdb.DuckDBPyConnection, units: int) -> None:
    """A warehouse in which every cell expects so many units."""
    prepare(connection)
    reference = load_reference(PROJECT / "data" / "reference")
    replace_tables(connection, "ref", law_tables(reference, Settings()))
    connection.execute("CREATE TABLE meta.night AS SELECT DATE '2025-12-31' AS as_of, 'benchmark' AS run_id")
    connection.execute(f"SET VARIABLE units = {units}")
    connection.execute(FILL.read_text("utf-8"))


def main() -> None:
    """Fill, build what coverage needs, then time both ways."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.staging.parent.mkdir(parents=True)
        models = [model for model in compiled_models() if "coverage" in model.name or model.name in OTHERS]
        with in_memory(home.staging) as connection:
            fill(connection, units)
            build_models(
                connection, ("int_files", "int_current_keys", "int_nominations", "fct_findings", "fct_awards")
            )
            start = time.perf_counter()
            for model in models:
                connection.execute(f"CREATE OR REPLACE TABLE {model.schema}.{model.name} AS {model.sql}")
                print(f"  {model.name:32} {time.perf_counter() - start:6.2f} s")
            bare = time.perf_counter() - start
            rows, covered = connection.execute(
                "SELECT count(*), count(*) FILTER (WHERE status = 'covered') FROM marts.rpt_phase_coverage"
            ).fetchall()[0]
        start = time.perf_counter()
        results = dbt.build(home, SELECTION)
        ours = time.perf_counter() - start
        wrong = [result.unique_id for result in results if result.status not in ("success", "pass")]
    print(f"{units} units, {rows} cells of units, {covered} covered")
    print(
        f"dbt {ours:.1f} s ({len(results)} models and tests), bare SQL {bare:.1f} s, ratio {ours / bare:.2f}"
    )
    for result in sorted(results, key=lambda one: -one.seconds)[:6]:
        print(f"  {result.unique_id:60} {result.seconds:6.2f} s")
    if wrong:
        sys.exit(f"failed: {wrong}")


OTHERS = ("rpt_unit_life_cycle", "rpt_programme_goals")

if __name__ == "__main__":
    main()
