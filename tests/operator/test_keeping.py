"""Two kept nights compared; a backup, and the home made from it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import PROJECT, Home
from pipelines.night import diary
from pipelines.night.request import AnotherNight, NightRequest, exclusive
from pipelines.operate.backup import BadArchive, backup, restore
from pipelines.operate.diff.compare import NotKept, compare
from pipelines.operate.diff.words import lines
from pipelines.operate.status import status_of
from pipelines.publish import permissions
from pipelines.publish.snapshot import dated
from tests.conftest import SAMPLE_NIGHT

EARLIER = date(2025, 12, 30)
UNIT = "LS-SO-Y-TE"


@pytest.fixture(scope="module")
def kept(sample_home: Home, shared_folder: Path) -> Home:
    """A home with the sample night and an earlier one in which a unit had sent one list less."""
    home = Home(shared_folder / "kept")
    home.snapshots.mkdir(parents=True)
    shutil.copy(sample_home.warehouse, dated(home, SAMPLE_NIGHT))
    earlier = dated(home, EARLIER)
    shutil.copy(sample_home.warehouse, earlier)
    earlier.chmod(0o600)
    with duckdb.connect(str(earlier)) as connection:
        ((file,),) = connection.execute(
            "SELECT source_file FROM marts.fct_awards WHERE unit_code = ? "
            "GROUP BY ALL ORDER BY count(*) LIMIT 1",
            [UNIT],
        ).fetchall()
        connection.execute("DELETE FROM marts.fct_awards WHERE source_file = ?", [file])
        connection.execute("DELETE FROM marts.fct_submissions WHERE source_file = ?", [file])
        connection.execute(
            "UPDATE marts.rpt_mau_02 SET individuals = individuals - 1 "
            "WHERE unit_code = ? AND scope = 'own' AND row_id = 'TC'",
            [UNIT],
        )
    return home


def test_what_changed_is_told_by_unit_and_number_with_the_file(kept: Home) -> None:
    found = compare(kept, EARLIER, SAMPLE_NIGHT)
    assert list(found.units) == [("LS-1620", UNIT)]
    change = found.units["LS-1620", UNIT]
    (file,) = change.files
    assert (file.before, file.after) == (None, "accepted")
    (total,) = change.numbers["Mẫu 02, riêng từng đơn vị"]
    assert total.after is not None
    assert int(total.after) == int(total.before or 0) + 1
    assert change.numbers["Lượt khen thưởng theo danh hiệu, hình thức"]
    told = "\n".join(lines(found, EARLIER, SAMPLE_NIGHT, 20))
    assert f"LS-1620 · {UNIT}" in told
    assert f"{file.source_file}: mới nhận (đã dùng)" in told
    assert "TỔNG CỘNG" in told.upper()
    assert f": {total.before} → {total.after}" in told
    assert "phần mềm đổi" not in told


def test_equal_nights_have_no_difference(kept: Home) -> None:
    assert compare(kept, SAMPLE_NIGHT, SAMPLE_NIGHT).is_empty
    ran = CliRunner().invoke(app, ["diff", "2025-12-31", "2025-12-31", "--home", str(kept.root)])
    assert (ran.exit_code, "Không có gì khác." in ran.output) == (0, True)
    ran = CliRunner().invoke(app, ["diff", "2025-12-30", "2025-12-31", "--home", str(kept.root)])
    assert ran.exit_code == 1


def test_a_night_that_is_not_kept_is_named(kept: Home) -> None:
    with pytest.raises(NotKept) as missing:
        compare(kept, EARLIER, date(2020, 1, 1))
    assert missing.value.kept == ["2025-12-30", "2025-12-31"]
    ran = CliRunner().invoke(app, ["diff", "2025-12-30", "2020-01-01", "--home", str(kept.root)])
    assert ran.exit_code == 2


@pytest.fixture(scope="module")
def request_(sample_home: Home, shared_folder: Path) -> NightRequest:
    home = shared_folder / "saved"
    shutil.copytree(sample_home.root, home, ignore=shutil.ignore_patterns("dagster", "dashboards", "dbt"))
    return NightRequest.make(
        home=home, reference=PROJECT / "data" / "reference", settings=PROJECT / "settings.yml"
    )


def test_a_restored_home_is_the_home_that_was_saved(request_: NightRequest, tmp_path: Path) -> None:
    archive = tmp_path / "thidua.tar.gz"
    files = backup(request_, archive)
    assert archive.stat().st_mode & 0o777 == 0o600
    restored = Home(tmp_path / "restored")
    assert restore(archive, restored) == files
    assert restored.warehouse.read_bytes() == request_.home.warehouse.read_bytes()
    assert diary.nights(restored) == diary.nights(request_.home)
    assert status_of(restored).published == status_of(request_.home).published
    assert compare(restored, SAMPLE_NIGHT, SAMPLE_NIGHT).is_empty
    with duckdb.connect(str(restored.staging), read_only=True) as connection:
        ((remembered,),) = connection.execute("SELECT count(*) FROM quality.finding_nights").fetchall()
    assert remembered > 0
    assert (restored.root / "restored" / "settings.yml").read_bytes() == request_.settings.read_bytes()
    assert permissions.wrong(restored) == []


def test_a_damaged_or_misplaced_backup_is_refused(request_: NightRequest, tmp_path: Path) -> None:
    archive = tmp_path / "thidua.tar.gz"
    backup(request_, archive)
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadArchive):
        restore(archive, Home(tmp_path / "half"))
    archive.write_bytes(whole)
    with pytest.raises(BadArchive):
        restore(archive, request_.home)


def test_a_restore_that_was_cut_off_is_begun_again(request_: NightRequest, tmp_path: Path) -> None:
    archive = tmp_path / "thidua.tar.gz"
    files = backup(request_, archive)
    half = Home(tmp_path / "half")
    (half.root / ".restore" / "home" / "warehouse").mkdir(parents=True)
    half.warehouse.parent.mkdir()
    assert restore(archive, half) == files
    assert not (half.root / ".restore").exists()


def test_bytes_changed_anywhere_are_noticed_and_the_home_stays_empty(
    request_: NightRequest, tmp_path: Path
) -> None:
    archive = tmp_path / "thidua.tar.gz"
    backup(request_, archive)
    whole = archive.read_bytes()
    for place in range(12, len(whole), len(whole) // 7):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        home = Home(tmp_path / "home")
        try:
            restore(archive, home)
        except BadArchive:
            assert not home.root.exists() or list(home.root.iterdir()) == []
        else:  # what changed was nothing but padding
            assert home.warehouse.read_bytes() == request_.home.warehouse.read_bytes()
            shutil.rmtree(home.root)


def test_no_backup_while_a_night_runs(request_: NightRequest, tmp_path: Path) -> None:
    with exclusive(request_), pytest.raises(AnotherNight):
        backup(request_, tmp_path / "thidua.tar.gz")
