"""What the pages tell of the published night: the sample, as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.arrival import papers
from pipelines.arrival.accounts.account import Place
from pipelines.arrival.silence import silence_of
from pipelines.arrival.todo import todo_of
from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from tests.unit.arrival.web import CAO_BANG, LANG_SON, Nobody, visitor


def test_what_is_left_is_the_units_own(sample_home: Home, published: duckdb.DuckDBPyConnection) -> None:
    for place in (CAO_BANG, LANG_SON):
        told = todo_of(sample_home, place)
        ((known,),) = published.execute(
            "SELECT count(*) FROM marts.fct_findings AS f LEFT JOIN marts.dim_rules AS r USING (rule_id) "
            "WHERE is_open AND f.programme_id = ? AND unit_code = ? AND coalesce(mends, 'unit') = 'unit'",
            [place.programme_id, place.unit_code],
        ).fetchall()
        rows = [row for one in told.findings for row in one.rows]
        assert len(rows) == known
        assert all(str(row["year"]) in one.fact for one in told.findings for row in one.rows if row["year"])
        files = {row["source_file"] for row in rows if row["source_file"]}
        assert all(file.split("/")[1] == place.unit_code for file in files)
    ((steps,),) = published.execute(
        "SELECT count(*) FROM marts.rpt_phase_coverage WHERE programme_id = ? AND unit_code = ?",
        [CAO_BANG.programme_id, CAO_BANG.unit_code],
    ).fetchall()
    told = todo_of(sample_home, CAO_BANG)
    assert told.findings
    assert len(told.steps) == steps > 0
    registered = next(step for step in told.steps if step["cell_id"] == "CB-DK1")
    assert registered["due_on"] == date(2022, 12, 29)  # «trước ngày 30/12/2022»


def test_who_is_silent_is_counted_once(sample_home: Home, published: duckdb.DuckDBPyConnection) -> None:
    told = silence_of(sample_home, "CB-2125", date(2025, 12, 31), ())
    never = published.execute(
        "SELECT unit_code FROM marts.rpt_units WHERE programme_id = 'CB-2125' AND is_expected "
        "AND sending = 'none' ORDER BY ALL"
    ).fetchall()
    assert [*told.never] == [code for (code,) in never]
    assert told.steps
    for step in told.steps:
        assert len({*step.silent, *step.partial}) == len(step.silent) + len(step.partial) <= step.expected
    since = silence_of(sample_home, "CB-2125", date(2025, 12, 31), told.never[:1])
    assert told.never[0] not in since.never


@pytest.fixture
def office(sample_home: Home, tmp_path: Path) -> Office:
    """The sample night with accounts in a home of their own: nothing is written to the sample."""
    (tmp_path / "home").mkdir()
    for name in ("warehouse", "reports", "dashboards"):
        (tmp_path / "home" / name).symlink_to(sample_home.root / name)
    reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
    request = NightRequest.make(tmp_path / "raw", tmp_path / "home", None, reference, settings)
    return Office.open(request, Nobody())  # type: ignore[arg-type]


def test_pages_of_a_published_night(office: Office) -> None:
    unit = visitor(office, "so-y-te", "unit", LANG_SON)
    left = unit.get("/viec").text
    assert "Mẫu 02 (.xlsx)" in left
    assert "31/12/2025" in left
    where = f"{LANG_SON.programme_id}/{LANG_SON.unit_code}"
    for kind in papers.FORMATS:
        assert unit.get(f"/mau-02/{where}/{kind}").content[:2] == b"PK"
    assert unit.get(f"/mau-02/{where}/pdf").status_code == 404
    officer = visitor(office, "can-bo", "officer", Place("CB-2125"))
    desk = officer.get("/ban").text
    assert "đơn vị chưa gửi tệp nào" in desk
    assert "Lạng Sơn" not in desk
    assert officer.get("/so-lieu/index.html").status_code == 200
