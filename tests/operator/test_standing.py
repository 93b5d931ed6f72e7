"""Publishing again: what did not change stands, and both files say what whole ones say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.common.paths import Home
from pipelines.publish import public, snapshot, standing
from pipelines.transform import built
from pipelines.warehouse import staging
from tests.fire import small_publication

CHANGES = {
    "nothing": "SELECT 1",
    "a row": "UPDATE marts.fct_awards SET award_year = 1999 WHERE rowid = 7",
    "a row is gone": "DELETE FROM marts.rpt_mau_02 WHERE rowid = 7",
    "a row twice": "INSERT INTO marts.trc_headcounts FROM marts.trc_headcounts LIMIT 1",
    "a column": "ALTER TABLE marts.fct_awards ADD COLUMN more INTEGER",
    "a type": "ALTER TABLE marts.fct_awards ALTER award_year TYPE BIGINT",
    "a table": "DROP TABLE marts.trc_headcounts",
    "the code": "UPDATE meta.night SET code_version = 'y'",
}


def published(home: Home) -> list[str]:
    """What is published tonight."""
    publication = snapshot.publish(home, "2026-01-01T02:00:00+07:00")
    public.publish(home, publication)
    return publication.tables


def content(path: Path) -> dict[str, tuple[object, ...]]:
    """Every table and view of a published file with its columns, comments and rows, whatever their order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        listed = connection.execute(
            "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() UNION ALL "
            "SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        described = connection.execute(
            "SELECT schema_name || '.' || table_name AS name, "
            "list((column_name, data_type, comment) ORDER BY column_index) FROM duckdb_columns() GROUP BY 1"
        ).fetchall()
        columns = dict(described)
        return {
            name: (told, columns[name], sorted(connection.execute(f"FROM {name}").fetchall(), key=repr))
            for name, told in listed
        }


def inodes(home: Home) -> dict[str, int]:
    return {path.stem: path.stat().st_ino for path in home.parquet.iterdir()}


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_publication_says_what_a_whole_one_says(change: str, tmp_path: Path) -> None:
    home, whole = Home(tmp_path / "home"), Home(tmp_path / "whole")
    small_publication.stage(home, 1)
    published(home)
    before = inodes(home)
    with staging.opened(home.staging) as connection:
        connection.execute(CHANGES[change])
    whole.staging.parent.mkdir(parents=True)
    whole.staging.write_bytes(home.staging.read_bytes())
    assert published(home) == published(whole)
    assert content(home.warehouse) == content(whole.warehouse)
    assert content(home.public_warehouse) == content(whole.public_warehouse)
    assert home.parquet.stat().st_mode == whole.parquet.stat().st_mode
    written = {name for name, inode in inodes(home).items() if before.get(name) != inode}
    assert inodes(home).keys() == inodes(whole).keys()
    if change == "the code":
        assert written == inodes(home).keys()
    else:
        assert len(written) == (1 if change in ("nothing", "a table") else 2), written


AWARDS = "model.thidua.fct_awards"
TOLD = {
    "its unit": [("U7", None)],
    "its recipient": [("U7", "R7"), (None, "R7")],
    "neither": [(None, None)],
}


@pytest.mark.parametrize("told", TOLD)
def test_where_rows_are_told_of_only_these_are_looked_at(told: str, tmp_path: Path) -> None:
    """A row that nobody told of stays as it was: nobody looked there; where a row tells nothing, all are."""
    home = Home(tmp_path / "home")
    small_publication.stage(home, 1)
    numbered = "'{}' || rowid::VARCHAR"
    with staging.opened(home.staging) as connection:
        unit, recipient = numbered.format("U"), numbered.format("R")
        connection.execute(f"UPDATE marts.fct_awards SET unit_code = {unit}, recipient_id = {recipient}")
        built.note(connection, {AWARDS: ""}, {AWARDS: (8, 100)})
    published(home)
    with staging.opened(home.staging) as connection:
        connection.execute("UPDATE marts.fct_awards SET award_year = 1999 WHERE unit_code IN ('U7', 'U9')")
        built.rename(connection, AWARDS, (0, 1))
        connection.executemany(
            "INSERT INTO meta.changed VALUES (?, ?, ?)", [[AWARDS, *one] for one in TOLD[told]]
        )
    published(home)
    both = ["U7", "U9"]
    assert _of_1999(home) == ([both, both] if told == "neither" else [["U7"], ["U7"]])
    # the night after it knows no more of what was told: all rows that are called otherwise are looked at
    with staging.opened(home.staging) as connection:
        connection.execute("UPDATE marts.fct_awards SET award_year = 1999 WHERE unit_code = 'U8'")
        built.rename(connection, AWARDS, (0, 2))
        built.doubt_all(connection)
    published(home)
    assert _of_1999(home) == [["U7", "U8", "U9"]] * 2


def test_rows_that_are_called_as_they_were_are_not_looked_at(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    small_publication.stage(home, 1)
    with staging.opened(home.staging) as connection:
        built.note(connection, {AWARDS: ""}, {AWARDS: (8, 100)})
    published(home)
    before = inodes(home)["marts.fct_awards"]
    for forget in (False, True):
        with staging.opened(home.staging) as connection:
            connection.execute("UPDATE marts.fct_awards SET award_year = 1999, unit_code = 'U7'")
            if forget:  # as before dbt builds it
                built.forget(connection, [AWARDS])
        published(home)
        assert _of_1999(home) == [["U7"] * small_publication.ROWS if forget else []] * 2
        assert (inodes(home)["marts.fct_awards"] == before) is not forget


def _of_1999(home: Home) -> list[list[str]]:
    """Units of awards of that year, in both files."""
    found = []
    for path in (home.warehouse, home.public_warehouse):
        with duckdb.connect(str(path), read_only=True) as connection:
            rows = connection.execute(
                "SELECT unit_code FROM marts.fct_awards WHERE award_year = 1999 ORDER BY 1"
            ).fetchall()
            found.append([unit for (unit,) in rows])
    return found


def test_an_open_file_of_another_night_is_looked_at_whole(tmp_path: Path) -> None:
    """Killed after the file was replaced and before the open one was: the next night changes nothing more."""
    home, whole = Home(tmp_path / "home"), Home(tmp_path / "whole")
    small_publication.publish(home, 1)
    with staging.opened(home.staging) as connection:
        connection.execute("UPDATE meta.night SET run_id = 'killed'")
        connection.execute(CHANGES["a row"])
    snapshot.publish(home, "2026-01-02T02:00:00+07:00")
    with staging.opened(home.staging) as connection:
        connection.execute("UPDATE meta.night SET run_id = 'next'")
    whole.staging.parent.mkdir(parents=True)
    whole.staging.write_bytes(home.staging.read_bytes())
    assert published(home) == published(whole)
    assert content(home.public_warehouse) == content(whole.public_warehouse)


def test_parquet_of_another_night_is_not_taken_over(tmp_path: Path) -> None:
    """Killed after the file was replaced and before the folder beside it was."""
    home = Home(tmp_path / "home")
    small_publication.publish(home, 1)
    shown = home.parquet.readlink()
    small_publication.publish(home, 2)
    home.parquet.unlink()
    home.parquet.symlink_to(shown)
    assert small_publication.night_in_parquet(home.parquet) == 1
    small_publication.publish(home, 2)
    assert small_publication.night_in_parquet(home.parquet) == 2


def test_a_file_that_cannot_be_read_is_written_whole(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    small_publication.publish(home, 1)
    for path in (home.warehouse, home.public_warehouse):
        path.chmod(0o600)
        path.write_bytes(b"no database")
    small_publication.publish(home, 2)
    assert small_publication.night_in_file(home.warehouse) == 2
    assert small_publication.night_in_file(home.public_warehouse) == 2


def test_a_file_does_not_grow_with_nights(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    sizes = []
    for number in range(1, 9):
        small_publication.publish(home, number)
        sizes.append(home.warehouse.stat().st_size)
    assert max(sizes) < 2 * sizes[0]


NUMBERS = "SELECT range AS n, 'text ' || range AS told FROM range(1000)"
CHANGES_OF_ROWS = {
    "changed": f"SELECT * REPLACE (CASE WHEN n % 20 = 3 THEN 'other' ELSE told END AS told) FROM ({NUMBERS})",
    "gone": f"FROM ({NUMBERS}) WHERE n % 20 <> 3",
    "new": f"FROM ({NUMBERS}) UNION ALL SELECT 2000 + n, NULL FROM ({NUMBERS}) WHERE n % 20 = 3",
    "twice": f"FROM ({NUMBERS}) UNION ALL FROM ({NUMBERS}) WHERE n % 20 = 3",
    "thrice, then once": f"FROM ({NUMBERS}) UNION ALL SELECT 7, 'text 7' UNION ALL SELECT 7, 'text 7'",
    "columns the other way round": f"SELECT told, n FROM ({NUMBERS})",
}


@pytest.fixture
def table() -> Iterator[duckdb.DuckDBPyConnection]:
    """A file with a table that was written whole."""
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS fresh")
        assert standing.write(connection, "fresh", "one", NUMBERS)
        yield connection


def _rows(connection: duckdb.DuckDBPyConnection, query: str = "FROM fresh.one") -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


@pytest.mark.parametrize("likely", ["true", "n % 20 = 3", "n < 10", "false"])
@pytest.mark.parametrize("change", CHANGES_OF_ROWS)
def test_a_table_holds_the_rows_of_the_night_and_then_those_of_the_next(
    change: str, likely: str, table: duckdb.DuckDBPyConnection
) -> None:
    """Wherever it was said that rows differ."""
    for rows in (CHANGES_OF_ROWS[change], NUMBERS):
        assert standing.write(table, "fresh", "one", rows, likely)
        assert sorted(_rows(table), key=repr) == sorted(_rows(table, rows), key=repr)
        assert not standing.write(table, "fresh", "one", rows, likely)


def test_rows_that_stand_are_not_written_again(table: duckdb.DuckDBPyConnection) -> None:
    before = _rows(table)
    standing.write(table, "fresh", "one", CHANGES_OF_ROWS["changed"])
    assert _rows(table)[:950] == [row for row in before if row[0] % 20 != 3]
    assert {told for _, told in _rows(table)[950:]} == {"other"}


def test_a_table_is_in_order_again_when_many_rows_were_replaced(table: duckdb.DuckDBPyConnection) -> None:
    """In one night, or in several."""
    for number in range(6):
        changed = f"n % 20 = {number}"
        rows = f"SELECT * REPLACE (CASE WHEN {changed} THEN 'other' ELSE told END AS told) FROM ({NUMBERS})"
        standing.write(table, "fresh", "one", rows)
        in_order = _rows(table) == sorted(_rows(table))
        assert in_order == (number in (2, 5)), number
    standing.write(table, "fresh", "one", f"SELECT n, 'all others' AS told FROM ({NUMBERS})")
    assert _rows(table) == sorted(_rows(table))
