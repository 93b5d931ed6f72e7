"""Suite files are typed, errors have file and line; what each kind of expectation finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from expectations import checkpoint
from expectations.suite import FOLDER, expectations_of, load_suites, suites
from pipelines.reference.errors import ReferenceError
from pipelines.warehouse import staging

NIGHT = date(2026, 2, 1)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        staging.prepare(opened)
        opened.execute("CREATE TABLE ref.object_classes AS SELECT 'lanh_dao' AS object_class")
        yield opened


def _failing(connection: duckdb.DuckDBPyConnection, as_of: date = NIGHT) -> dict[str, list[str]]:
    results = checkpoint.run(connection, "reading", as_of)
    return {one.id: [failure.why for failure in one.failures] for one in results if one.failures}


def test_every_expectation_says_why_and_what_to_do() -> None:
    assert {file.stage for file in suites().values()} == {"reading", "judging", "marts"}
    for file in suites().values():
        for one in file.expectations:
            assert one.why_vi.strip(), one.id
            assert one.do_vi.strip(" .") == one.do_vi != "", one.id


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("most_pct: 10", "most_pctt: 10"),
        ("expect: share", "expect: shares"),
        ("why_vi: nhiều tệp", "vi_sao: nhiều tệp"),
        ("id: unrecognised_share", "id: ledger_balances"),
    ],
)
def test_what_a_steward_mistypes_is_named_with_file_and_line(tmp_path: Path, written: str, said: str) -> None:
    whole = (FOLDER / "tiep-nhan.yml").read_text("utf-8")
    assert written in whole
    (tmp_path / "tiep-nhan.yml").write_text(whole.replace(written, said, 1), "utf-8")
    with pytest.raises(ReferenceError) as found:
        load_suites(tmp_path)
    first = 1 + whole[: whole.index(written)].count("\n")
    lines = {problem.line for problem in found.value.problems}
    assert all(problem.file == "tiep-nhan.yml" for problem in found.value.problems)
    assert any(first - 2 <= line <= first + 1 for line in lines), found.value.problems


def test_an_unbalanced_part_of_a_file_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    parts = "INSERT INTO raw.file_parts BY NAME SELECT ? AS submission_id, 'Trang 1' AS part, 10 AS cells, "
    rest = "8 AS cells_read, ? AS cells_ignored, 0 AS cells_reported"
    connection.execute(parts + rest, ["a", 2])
    assert _failing(connection) == {}
    connection.execute(parts + rest, ["b", 1])
    assert _failing(connection) == {
        "ledger_balances": ["Ô của từng phần tệp: b, Trang 1 có 10 ô, mới kể được 9"]
    }
    (ledger,) = (one for one in expectations_of("reading") if one.id == "ledger_balances")
    assert ledger.blocking


def test_a_code_outside_its_list_and_many_unrecognised_files(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "INSERT INTO raw.award_rows (object_class) VALUES ('lanh_dao'), ('la'), ('la'), (NULL)"
    )
    file = "INSERT INTO raw.submissions BY NAME SELECT true AS is_present, ? AS intake FROM range(?)"
    connection.execute(file, ["read", 18])
    connection.execute(file, ["unrecognised", 2])
    assert list(_failing(connection)) == ["object_class_codes"]
    connection.execute(file, ["unrecognised", 1])
    assert _failing(connection) == {
        "unrecognised_share": ["Tệp không nhận ra biểu mẫu: 3 trong 21 (14,3%), giới hạn 10%"],
        "object_class_codes": [
            "Phân loại đối tượng trong danh sách khen thưởng: mã “la” không có trong danh mục (2 dòng)"
        ],
    }


def test_rows_of_a_form_against_the_nights_before(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("INSERT INTO raw.parts (form_id, rows_read) VALUES ('KT-DS', 100)")
    for night in range(5):
        assert _failing(connection, NIGHT + timedelta(days=night)) == {}
    connection.execute("UPDATE raw.parts SET rows_read = 49")
    assert _failing(connection, NIGHT + timedelta(days=4)) == {}  # four nights are not enough to be usual
    told = _failing(connection, NIGHT + timedelta(days=5))
    assert told == {
        "rows_per_form": [
            "Số dòng đọc được của biểu mẫu KT-DS: đêm nay 49, thường là 100 (trung vị 5 đêm trước)"
        ]
    }
    connection.execute("DELETE FROM raw.parts")  # none at all is the largest fall
    assert "đêm nay 0" in _failing(connection, NIGHT + timedelta(days=5))["rows_per_form"][0]


def test_results_are_kept_and_stand_while_nothing_changes(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute("INSERT INTO raw.award_rows (object_class) VALUES ('la')")
    first = _failing(connection)

    def never(*_: object) -> None:
        raise AssertionError("asserted again")

    monkeypatch.setattr(checkpoint, "run_checkpoint", never)
    assert _failing(connection, NIGHT + timedelta(days=1)) == first
    kept = connection.execute(
        "SELECT as_of, check_id, key FROM quality.check_failures ORDER BY ALL"
    ).fetchall()
    assert kept == [(NIGHT + timedelta(days=day), "object_class_codes", "la") for day in (0, 1)]
    assert connection.execute("SELECT sum(failed) FROM quality.check_nights").fetchall() == [(2,)]
