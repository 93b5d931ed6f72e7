"""What coverage costs at scale: 12,000 units that every cell expects, a third of which sent something.

(a) the coverage models and their tests by dbt; (b) the same compiled SQL on the same file, bare. Seconds and ratio.

Run: ``.venv/bin/python -m benchmarks.coverage [UNITS]``
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines.paths import PROJECT, Home
from pipelines.reference.load import load_reference
from pipelines.reference.tables import reference_tables
from pipelines.settings import Settings
from pipelines.transform import dbt
from pipelines.transform.compiled import build_models, compiled_models, in_memory
from pipelines.warehouse.staging import prepare, replace_tables

FOLDERS = ("models/intermediate/coverage", "models/coverage", "models/marts/coverage")
SELECTION = " ".join(f"path:{folder}" for folder in FOLDERS)

# every cell expects every unit, with the numbers it asks of one of its real units
EXPECT = """
CREATE TABLE big AS SELECT printf('U%05d', i) AS unit_code, i FROM range(?) AS t(i);
CREATE OR REPLACE TABLE ref.coverage_expected AS
    SELECT e.* REPLACE (big.unit_code AS unit_code, false AS is_placeholder)
    FROM (FROM ref.coverage_expected QUALIFY row_number() OVER (PARTITION BY cell_id ORDER BY unit_code) = 1) AS e
    CROSS JOIN big;
CREATE OR REPLACE TABLE ref.coverage_counted_units AS
    SELECT cell_id, unit_code, unit_code AS counted_unit_code FROM ref.coverage_expected
"""
# every third unit sends each form of each cell once, lists with eight nominees
SEND = """
CREATE TABLE sent AS
    SELECT big.unit_code, big.i, f.*, md5(big.unit_code || f.form_id || f.programme_id || f.key) AS submission_id
    FROM big CROSS JOIN (
        SELECT DISTINCT form_id, programme_id, year, field_id, coalesce(phase_id, year::VARCHAR, programme_id) AS key,
            list_contains(counted, form_id) AS is_list
        FROM (SELECT *, unnest(from_json(forms, '["VARCHAR"]')) AS form_id FROM ref.coverage_cells)
        CROSS JOIN (SELECT ['BHXH-DSDK', 'BHXH-M01', 'BHXH-M03', 'LS-M03', 'LS-M04', 'CB-BDK', 'HCM-DSDK'] AS counted)
        WHERE field_id IS NULL OR form_id <> 'HCM-DSDK' OR field_id = 'HCM-c'
    ) AS f WHERE big.i % 3 = 0;
INSERT INTO raw.submissions BY NAME
    SELECT submission_id, any_value(programme_id || '/' || unit_code || '/2022-05-01/' || form_id) AS source_file,
        any_value(programme_id) AS programme_id, any_value(unit_code) AS unit_code, DATE '2022-05-01' AS received_on,
        any_value(form_id) AS form_id, 'read' AS intake, submission_id AS content_sha256, true AS is_present
    FROM sent GROUP BY submission_id;
INSERT INTO raw.parts BY NAME
    SELECT DISTINCT submission_id, 1 AS part_no, form_id, key AS part_key, 2022 AS document_year, 1 AS rows_read
    FROM sent;
INSERT INTO raw.records BY NAME
    SELECT submission_id || ':1:' || n AS record_id, submission_id, 1 AS part_no, form_id, key AS part_key,
        n AS record_no, 'row' AS record_kind, ['tap_the', 'ca_nhan'][1 + n % 2] AS recipient_kind,
        unit_code || ' ' || n AS recipient_name, lower(unit_code) || ' ' || n AS name_key, year AS record_year,
        'Biểu' AS source_sheet, n + 8 AS source_row
    FROM (SELECT DISTINCT submission_id, form_id, key, unit_code, year, is_list FROM sent), range(8) AS t(n)
    WHERE is_list;
INSERT INTO raw.fields BY NAME
    SELECT record_id, submission_id, field, 0 AS item, value AS value_text, value AS value_code
    FROM raw.records, (VALUES ('linh_vuc', 'HCM-c'), ('muc_tieu', 'có'), ('giai_phap', 'có')) AS v(field, value)
"""


def fill(connection: duckdb.DuckDBPyConnection, units: int) -> None:
    """A warehouse in which every cell expects so many units."""
    prepare(connection)
    reference = load_reference(PROJECT / "data" / "reference")
    replace_tables(connection, "ref", reference_tables(reference, Settings()))
    connection.execute("CREATE TABLE meta.night AS SELECT DATE '2025-12-31' AS as_of, 'benchmark' AS run_id")
    statements = [*EXPECT.split(";"), *SEND.split(";")]
    connection.execute(statements[0], [units])
    for statement in statements[1:]:
        connection.execute(statement)


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
    if wrong:
        sys.exit(f"failed: {wrong}")


OTHERS = ("rpt_unit_life_cycle", "rpt_programme_goals")

if __name__ == "__main__":
    main()
