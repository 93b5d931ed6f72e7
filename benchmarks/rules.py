"""100.000 nominations against all rules, beside bare SQL null checks of the same fields plus the import.

Run: ``.venv/bin/python -m benchmarks.rules [--nominations 100000]``. A fifth of each field is left out.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from expectations import checkpoint
from expectations.findings import build_findings
from pipelines.common.paths import PROJECT
from pipelines.reference.load import load_reference
from pipelines.reference.models.judges import TreeJudge
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import frame_of, prepare, replace_tables

# programme, form, kind of record, recipient kind; each gets its share of the nominations
FORMS = [
    ("BHXH-2125", "BHXH-M01", "head", "ca_nhan"),
    ("BHXH-2125", "BHXH-M02", "head", "tap_the"),
    ("CB-2125", "CB-BDK", "row", "tap_the"),
    ("HCM-2125", "HCM-DSDK", "row", "ca_nhan"),
    ("LS-1620", "LS-M03", "row", "ca_nhan"),
]
PER_FILE = 100
MISSING = 0.2


def fields_of(reference: Reference, form: str) -> list[str]:
    """Every field that a completeness rule asks of a form."""
    found: dict[str, None] = {}

    def walk(tree: object) -> None:
        if isinstance(tree, dict):
            if isinstance(tree.get("field"), str) and "." not in tree["field"]:
                found[tree["field"]] = None
            for part in tree.values():
                walk(part)
        elif isinstance(tree, list):
            for part in tree:
                walk(part)

    for rules in reference.all_rules:
        for rule in rules.completeness:
            if (
                isinstance(rule.judge, TreeJudge)
                and form in rule.judge.forms
                and rule.judge.about == "nomination"
            ):
                walk(rule.judge.test)
    return list(found)


def fill(connection: duckdb.DuckDBPyConnection, reference: Reference, nominations: int) -> int:
    """Write raw.* with the nominations; returns how many fields were written."""
    share = nominations // len(FORMS)
    for number, (programme, form, record_kind, kind) in enumerate(FORMS):
        unit = next(u.unit_code for u in reference.units if u.programme_id == programme and u.parent_code)
        files = share // (PER_FILE if record_kind == "row" else 1)
        per_file = share // files
        connection.execute(
            f"""INSERT INTO raw.submissions BY NAME SELECT '{number}-' || f AS submission_id,
            '{programme}/{unit}/2022-05-01/' || f AS source_file, '{programme}' AS programme_id,
            '{unit}' AS unit_code,
            DATE '2022-05-01' AS received_on, f || '' AS file_name, '{number}-' || f AS content_sha256,
            1 AS byte_size, 'read' AS intake, '{form}' AS form_id, 1 AS rows_read, true AS is_present
            FROM range({files}) AS t(f)"""
        )
        connection.execute(
            f"""INSERT INTO raw.parts BY NAME SELECT '{number}-' || f AS submission_id, 1 AS part_no,
            '{form}' AS form_id, '{number}-' || f AS part_key, 2022 AS title_year
            FROM range({files}) AS t(f)"""
        )
        connection.execute(
            f"""INSERT INTO raw.records BY NAME SELECT '{number}-' || f || ':' || r AS record_id,
            '{number}-' || f AS submission_id, 1 AS part_no, '{form}' AS form_id,
            '{number}-' || f AS part_key,
            r AS record_no, '{record_kind}' AS record_kind,
            '{kind}' AS recipient_kind,
            'Người ' || f || ' ' || r AS recipient_name, 'người ' || f || ' ' || r AS name_key,
            2022 AS record_year, 'Trang 1' AS source_sheet, r AS source_row, 'B' || r AS source_cell
            FROM range({files}) AS t(f), range({per_file}) AS s(r)"""
        )
        listed = ", ".join(f"'{field}'" for field in fields_of(reference, form))
        connection.execute(
            f"""INSERT INTO raw.fields BY NAME SELECT record_id, submission_id, field, 0 AS item,
            'đã ghi' AS text_raw, 'đã ghi' AS value_text, 'signed' AS value_code, 'C' || source_row AS cell
            FROM raw.records, (SELECT unnest([{listed}]) AS field)
            WHERE form_id = '{form}' AND hash(record_id || field) % 100 >= {int(MISSING * 100)}"""
        )
    connection.execute("CHECKPOINT")  # or the first model would pay for it
    return int(connection.execute("SELECT count(*) FROM raw.fields").fetchall()[0][0])


def bare(connection: duckdb.DuckDBPyConnection, reference: Reference) -> tuple[float, int]:
    """Null checks of the same fields in plain SQL, each failing row listed: seconds and rows."""
    start, rows = time.perf_counter(), 0
    for _, form, _, _ in FORMS:
        fields = fields_of(reference, form)
        wide = ", ".join(
            f"max(value_text) FILTER (WHERE field = '{field}') AS \"{field}\"" for field in fields
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE wide AS SELECT records.record_id, {wide} FROM raw.records "
            f"LEFT JOIN raw.fields USING (record_id) WHERE form_id = '{form}' GROUP BY records.record_id"
        )
        for field in fields:
            found = connection.execute(f'SELECT record_id FROM wide WHERE "{field}" IS NULL').fetchall()
            rows += len(found)
    return time.perf_counter() - start, rows


def import_seconds() -> float:
    """What importing Great Expectations costs in a fresh process: the median of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import great_expectations"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nominations", type=int, default=100_000)
    arguments = parser.parse_args()
    reference = load_reference(PROJECT / "data" / "reference")
    with tempfile.TemporaryDirectory() as folder:
        connection = in_memory(Path(folder) / "thidua.duckdb")
        connection.execute("SET memory_limit = '1200MB'")
        prepare(connection)
        replace_tables(connection, "ref", law_tables(reference, Settings()))
        connection.execute("CREATE OR REPLACE TABLE meta.night AS SELECT DATE '2022-06-01' AS as_of")
        fields = fill(connection, reference, arguments.nominations)
        plain, missing = bare(connection, reference)
        imported = import_seconds()
        start = time.perf_counter()
        build_models(connection, ["int_verdicts", "int_verdict_counts", "int_eligibility"])
        verdicts = time.perf_counter()
        rules = frame_of(connection, "FROM ref.rules")
        results = checkpoint.run(connection, "judging", date(2022, 6, 1))
        asserted = time.perf_counter()
        findings = build_findings(
            frame_of(connection, "FROM intermediate.int_verdicts"),
            rules,
            frame_of(connection, "FROM ref.words"),
        )
        end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = end - start
    print(
        f"{arguments.nominations} nominations, {fields} fields, {missing} missing; "
        f"{sum(result.checked for result in results)} rules asserted"
    )
    print(f"bare SQL null checks {plain:.2f} s, import of Great Expectations {imported:.2f} s")
    print(
        f"verdicts {verdicts - start:.2f} s, assertions {asserted - verdicts:.2f} s (import included), "
        f"findings {end - asserted:.2f} s ({findings.height})"
    )
    print(
        f"total {total:.2f} s; ratio to (bare + import) {total / (plain + imported):.2f}; peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
