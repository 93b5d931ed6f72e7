"""The published files of the sample night: comments, Parquet, modes, and no person in the public one."""

from __future__ import annotations

import stat
from collections.abc import Iterator

import duckdb
import pytest

from pipelines.common.paths import Home
from pipelines.publish import permissions
from pipelines.publish.marts import marts


@pytest.fixture
def public(sample_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_home.public_warehouse), read_only=True) as connection:
        yield connection


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str | None, str]]:
    return connection.execute(
        "SELECT schema_name, table_name, column_name, comment, data_type FROM duckdb_columns() "
        "WHERE schema_name IN ('marts', 'meta') AND NOT internal"
    ).fetchall()


def test_every_table_view_and_column_carries_its_comment(published: duckdb.DuckDBPyConnection) -> None:
    bare = [row[:3] for row in _columns(published) if not row[3]]
    bare += published.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE comment IS NULL "
        "UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    ).fetchall()
    assert bare == []
    ((comment,),) = published.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'rpt_phase_coverage_summary' "
        "AND column_name = 'units_covered'"
    ).fetchall()
    assert comment.endswith("Đơn vị tính: đơn vị")


def test_the_published_marts_are_the_declared_ones(published: duckdb.DuckDBPyConnection) -> None:
    found: dict[str, list[str]] = {}
    for schema, table, column, _, _ in _columns(published):
        if schema == "marts":
            found.setdefault(table, []).append(column)
    assert found == {table.name: [column.name for column in table.columns] for table in marts()}


def test_parquet_says_the_same(sample_home: Home, published: duckdb.DuckDBPyConnection) -> None:
    tables = published.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
    ).fetchall()
    assert {path.stem for path in sample_home.parquet.glob("*.parquet")} == {f"{s}.{t}" for s, t in tables}
    for schema, table in tables:
        counted = f'SELECT count(*) FROM {schema}."{table}"'
        beside = f"SELECT count(*) FROM '{sample_home.parquet}/{schema}.{table}.parquet'"
        assert published.execute(counted).fetchall() == published.execute(beside).fetchall()


def test_files_are_read_only_and_closed_to_others(sample_home: Home) -> None:
    def mode(path: object) -> int:
        return stat.S_IMODE(sample_home.root.joinpath(str(path)).stat().st_mode)

    assert mode(sample_home.warehouse) == 0o440
    assert mode(sample_home.public_warehouse) == 0o444
    assert {mode(path) for path in sample_home.parquet.iterdir()} == {0o440}
    assert {mode(path) for path in sample_home.snapshots.iterdir()} == {0o440}
    assert mode(sample_home.staging.parent) == 0o700
    assert permissions.wrong(sample_home) == []


def test_both_files_can_be_opened_by_older_clients(sample_home: Home) -> None:
    for path in (sample_home.warehouse, sample_home.public_warehouse):
        # bytes 12-19 hold the storage version; 64 is what DuckDB 1.0 and later read
        assert int.from_bytes(path.read_bytes()[12:20], "little") == 64


def test_the_public_file_has_no_tagged_column(public: duckdb.DuckDBPyConnection) -> None:
    tagged = {(table.name, column.name) for table in marts() for column in table.columns if column.pii}
    assert tagged
    there = {(table, column) for _, table, column, _, _ in _columns(public)}
    assert there & tagged == set()
    assert ("fct_awards", "award_code") in there
    assert {table for table, _ in there} >= {"rpt_mau_02", "rpt_phase_coverage", "fct_findings", "snapshot"}
    assert not {"nights", "row_states"} & {table for table, _ in there}


def test_no_full_name_of_the_sample_occurs_in_the_public_file(
    sample_home: Home, public: duckdb.DuckDBPyConnection
) -> None:
    with duckdb.connect(str(sample_home.staging), read_only=True) as staging:
        names = {
            name.casefold()
            for (name,) in staging.execute(
                "SELECT recipient_name FROM raw.award_rows WHERE recipient_kind IN ('ca_nhan', 'gia_dinh') "
                "UNION SELECT recipient_name FROM raw.records WHERE recipient_kind IN ('ca_nhan', 'gia_dinh')"
            ).fetchall()
            if name and len(name.split()) > 1
        }
    assert len(names) > 300
    found = {}
    for schema, table, column, _, kind in _columns(public):
        if kind == "VARCHAR":
            values = public.execute(f'SELECT DISTINCT "{column}" FROM {schema}."{table}"').fetchall()
            text = "\n".join(value for (value,) in values if value).casefold()
            hits = [name for name in names if name in text]
            if hits:
                found[table, column] = hits[:3]
    assert found == {}
    assert not any(name.encode() in sample_home.public_warehouse.read_bytes() for name in sorted(names)[:50])


def test_stages_of_the_night_are_kept_with_time_and_memory(sample_home: Home) -> None:
    with duckdb.connect(str(sample_home.staging), read_only=True) as staging:
        rows = staging.execute(
            "SELECT b.name, b.seconds, b.peak_mb FROM (SELECT unnest(from_json(stages, "
            '\'[{"name":"VARCHAR","seconds":"DOUBLE","peak_mb":"DOUBLE"}]\')) AS b FROM meta.nights)'
        ).fetchall()
    assert {"reference", "intake", "expectations", "publish", "dashboards", "reports"} <= {
        row[0] for row in rows
    }
    assert all(seconds >= 0 and 50 < peak < 8000 for _, seconds, peak in rows)
