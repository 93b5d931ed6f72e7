"""The next night: what changed is drawn anew, all else stands, and the folder is what a whole build gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards import hands
from dashboards.build import build
from dashboards.digests import NOT_SHOWN, marts_digest
from dashboards.site import make_site
from dashboards.snapshot import opened
from pipelines.common.paths import PROJECT
from tests.unit.dashboards.conftest import NOW, built
from tests.unit.dashboards.published_file import REFERENCE

ONE = "LS-X-003"
CHANGES = {
    "nothing": "SELECT 1",
    "the date": (
        "UPDATE meta.snapshot SET as_of = as_of + 1; "
        "UPDATE marts.fct_findings SET last_seen_on = last_seen_on + 1"
    ),
    "findings are no longer new": "UPDATE marts.fct_findings SET status = 'open' WHERE status = 'new'",
    "a file": f"UPDATE marts.fct_submissions SET rows_read = rows_read + 7 WHERE unit_code = '{ONE}'",
    "an award": f"UPDATE marts.fct_awards SET recipient_name = 'Người khác' WHERE unit_code = '{ONE}'",
    "a policy": "UPDATE marts.dim_policies SET value = 'khác', text = 'Cách khác' "
    "WHERE policy_id = 'POL-UNIT-HISTORY'",
    "a rule": "UPDATE marts.dim_rules SET how_to_fix_vi = 'Sửa khác'",
    "the code": "UPDATE meta.snapshot SET code_version = 'khác'",
    "the middle of a type": "UPDATE marts.rpt_unit_types SET median_direct_individuals_pct = 12.5; "
    "UPDATE marts.rpt_unit_years SET units_with_direct = 7, median_direct_individuals_pct = 12.5",
    "a person": "INSERT INTO marts.dim_recipients (recipient_id, unit_code) "
    f"VALUES ('r1', '{ONE}'), ('r2', '{ONE}')",
    "a deadline passed": "UPDATE meta.snapshot SET as_of = DATE '2021-06-30'",
}
OF_ONE = {"a file", "an award"}
OF_NONE = {"nothing", "the date", "findings are no longer new", "the middle of a type", "a person"}
STANDS = OF_NONE - {"the middle of a type"}
"""Pages that compare units show nothing of it either."""
OF_UNITS = ("khen-thuong", "don-vi", "vi-sao")


@pytest.fixture(scope="module")
def first(shared_folder: Path) -> Path:
    folder = shared_folder
    warehouse, _ = built(folder, units=6, awards=12)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "INSERT INTO marts.rpt_unit_years BY NAME SELECT programme_id, unit_code, 2019 AS award_year, "
            "5 AS units_with_direct, 60.0 AS median_direct_individuals_pct FROM marts.rpt_units"
        )
    build(warehouse, folder / "dashboards", NOW, REFERENCE, pictures=False, downloads=False)
    return folder


@pytest.fixture(params=list(CHANGES))
def night(request: pytest.FixtureRequest, first: Path, tmp_path: Path) -> tuple[str, Path, Path]:
    """The change, the home before it, and a home with it."""
    changed = tmp_path / "thidua.duckdb"
    changed.write_bytes((first / "thidua.duckdb").read_bytes())
    with duckdb.connect(str(changed)) as connection:
        connection.execute(CHANGES[request.param])
    return request.param, first, tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_the_next_night_is_what_a_whole_build_gives(night: tuple[str, Path, Path]) -> None:
    change, before, home = night
    for name in ("next", "whole"):
        out = home / name
        if name == "next":
            shutil.copytree(before / "dashboards", out)
        result = build(home / "thidua.duckdb", out, NOW, REFERENCE, pictures=False, downloads=False)
        if name == "next":
            drawn = result.pages_drawn
        else:
            assert drawn <= result.pages_drawn
            compared = len(list(out.glob("so-sanh-*.html")))
            of_units = sum(1 for folder in OF_UNITS for _ in (out / folder).glob("*.html"))
            more = drawn - (result.pages - of_units - compared)
            if change in STANDS:
                assert more == 0, "only what tells of the night"
            elif change in OF_NONE:
                assert more == compared
            elif change in OF_ONE:
                assert 2 <= more <= 12 + compared
            else:
                assert more >= of_units
    assert files(home / "next") == files(home / "whole")


def test_what_did_not_change_is_not_written_again(first: Path, tmp_path: Path) -> None:
    out = tmp_path / "dashboards"
    shutil.copytree(first / "dashboards", out)
    inode = {path.relative_to(out): path.stat().st_ino for path in out.rglob("*") if path.is_file()}
    warehouse = tmp_path / "thidua.duckdb"
    warehouse.write_bytes((first / "thidua.duckdb").read_bytes())
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(CHANGES["the date"])
    build(warehouse, out, NOW, REFERENCE, pictures=False, downloads=False)
    written = {path.as_posix() for path, before in inode.items() if (out / path).stat().st_ino != before}
    assert "dem.js" in written
    assert not {
        path for path in written if path.startswith(("khen-thuong/", "don-vi/", "data/m02", "assets/"))
    }


def test_several_processes_make_the_same_bytes(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "MANY", 1)
    monkeypatch.setattr(hands, "AT_ONCE", 3)
    seen: list[int] = []
    build(
        first / "thidua.duckdb",
        tmp_path / "dashboards",
        NOW,
        REFERENCE,
        pictures=False,
        downloads=False,
        total=seen.append,
        advance=lambda: seen.append(1),
    )
    assert files(tmp_path / "dashboards") == files(first / "dashboards")
    assert seen[0] == len(seen) - 1 > 6


def test_a_mart_is_what_the_file_says_of_it_and_counted_where_it_says_nothing(
    first: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "thidua.duckdb"
    warehouse.write_bytes((first / "thidua.duckdb").read_bytes())
    rows = "UPDATE marts.rpt_unit_years SET units_with_direct = units_with_direct + 1"
    state = "UPDATE meta.row_states SET state = state || '1'"
    known = "INSERT INTO meta.row_states VALUES ('marts.rpt_unit_years', '6.1')"
    found = []
    for change in ("SELECT 1", rows, known, state, "SELECT 1"):
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(change)
        with opened(warehouse, {}) as snapshot:
            found.append(marts_digest(make_site(snapshot, NOW), ["rpt_unit_years"], ""))
    assert len(set(found)) == 4
    assert found[-1] == found[-2]


def test_what_the_digests_leave_out_is_asked_nowhere() -> None:
    """Neither by what makes pages and papers of units, nor by the views it asks."""
    asking = [path for path in (PROJECT / "dashboards").rglob("*.py") if path.name != "digests.py"]
    for folder in ("rules", "reports/mau_02", "reports/trace"):
        asking += (PROJECT / "pipelines" / folder).rglob("*.py")
    asking += (PROJECT / "dashboards/templates").glob("*.j2")
    asking += (PROJECT / "dbt_project/models/marts").rglob("trc_*.sql")
    names = re.compile(rf"\b({'|'.join(NOT_SHOWN)})\b")
    assert [path.name for path in asking if names.search(path.read_text("utf-8"))] == []
    assert len(asking) > 80
