"""``thidua why`` on the sample night: every kind of finding, a nominee, and what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from pipelines.common.paths import Home
from pipelines.rules.why import NotFound, why_finding, why_findings, why_nominee

_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|[{}]|\bNone\b")


@pytest.fixture(scope="module")
def snapshot(sample_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_home.warehouse), read_only=True) as connection:
        yield connection


def test_one_finding_of_every_rule_is_explained(snapshot: duckdb.DuckDBPyConnection) -> None:
    found = snapshot.execute(
        "SELECT rule_id, min(finding_id), arg_min(citation, finding_id) FROM marts.fct_findings "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert len(found) > 30
    for rule, finding, citation in found:
        told = why_finding(snapshot, finding)
        assert "Đã xét:" in told, rule
        asks_what_is_unknown = rule in ("CP-LS-HSSV-RO", "CP-LS-NONGDAN-RO")
        assert ("CHƯA ĐỦ CĂN CỨ" if asks_what_is_unknown else "KHÔNG ĐẠT") in told, rule
        assert citation is None or citation in told, rule
        said = re.sub(r"tệp [^,\n]*|trang «[^»]*»", "", told)
        assert not _CODE.search(said), said


def test_a_quota_says_what_binds_and_what_was_counted(snapshot: duckdb.DuckDBPyConnection) -> None:
    finding = snapshot.execute(
        "SELECT min(finding_id) FROM marts.fct_findings WHERE rule_id = 'CP-CB-SL'"
    ).fetchall()[0][0]
    told = why_finding(snapshot, finding)
    assert re.search(r"KHÔNG ĐẠT · quy định ít nhất 0\d .*; đã đếm được \d", told), told


def test_a_nominee_is_explained_whole(snapshot: duckdb.DuckDBPyConnection) -> None:
    told = why_nominee(snapshot, "dương thế an", "CB-HUYEN-UY-HA-QUANG")
    assert told.startswith("Dương Thế An (CB-HUYEN-UY-HA-QUANG, Cao Bằng 2021-2025): tiêu chuẩn không đạt")
    assert "năm nào cũng được: Gia đình văn hóa" in told
    assert re.search(r"đã ghi: «Gia đình văn hóa», năm 2021, .*dòng 21, cột 4", told)


@pytest.mark.parametrize(
    ("name", "unit", "nearest"),
    [
        ("Dương Thế Anh", "CB-HUYEN-UY-HA-QUANG", "Dương Thế An"),
        ("Dương Thế An", "CB-HUYEN-UY-HA-QUAN", "CB-HUYEN-UY-HA-QUANG"),
    ],
)
def test_who_is_not_there(snapshot: duckdb.DuckDBPyConnection, name: str, unit: str, nearest: str) -> None:
    with pytest.raises(NotFound, match=nearest):
        why_nominee(snapshot, name, unit)


def test_an_unknown_finding_names_the_nearest(snapshot: duckdb.DuckDBPyConnection) -> None:
    known = snapshot.execute("SELECT min(finding_id) FROM marts.fct_findings").fetchall()[0][0]
    with pytest.raises(NotFound, match=known):
        why_finding(snapshot, known[:-1] + "z")


def test_many_findings_at_once_are_told_as_each_alone(snapshot: duckdb.DuckDBPyConnection) -> None:
    snapshot.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS SELECT finding_id FROM marts.fct_findings "
        "QUALIFY row_number() OVER (PARTITION BY rule_id ORDER BY finding_id) = 1"
    )
    told = why_findings(snapshot, "wanted")
    assert len(told) > 30
    for finding, said in list(told.items())[::5]:
        alone = why_finding(snapshot, finding)
        assert said == alone.replace("Trạng thái: Mới", "Trạng thái: Chưa xử lý")
