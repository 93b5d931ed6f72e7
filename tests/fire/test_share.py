"""What cannot be read: a file alone is told and tried again, a share that is gone ends the night."""

from __future__ import annotations

import builtins
import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.common.bars import bar
from pipelines.common.paths import PROJECT
from pipelines.inbox.document import Unreadable
from pipelines.inbox.register import fingerprint, read_bytes, scan
from pipelines.night.request import NightRequest
from pipelines.warehouse import intake, staging

UNIT = Path("LS-1620", "LS-SO-TAI-CHINH")
QS = PROJECT / "data" / "raw" / UNIT / "2020-05-18" / "qs.csv"
Fail = Callable[[set[str], int], None]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / UNIT / "2020-05-18"
    folder.mkdir(parents=True)
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).write_bytes(QS.read_bytes() + name.encode())
    return tmp_path / "raw"


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch, raw: Path) -> Fail:
    """Opening these files of the raw folder fails from now on."""
    names: set[str] = set()
    number = [0]
    opened = builtins.open
    path_opened = Path.open

    def check(path: Any) -> None:
        if isinstance(path, (str, Path)) and str(raw) in str(path) and Path(path).name in names:
            raise OSError(number[0], os.strerror(number[0]), str(path))

    def open_(path: Any, *more: Any, **named: Any) -> Any:
        check(path)
        return opened(path, *more, **named)

    def path_open(path: Path, *more: Any, **named: Any) -> Any:
        check(path)
        return path_opened(path, *more, **named)

    monkeypatch.setattr(builtins, "open", open_)
    monkeypatch.setattr(Path, "open", path_open)

    def change(which: set[str], errno_: int) -> None:
        names.clear()
        names.update(which)
        number[0] = errno_

    return change


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_one_file_is_its_own_trouble_all_are_the_share_s(raw: Path, fail: Fail, number: int) -> None:
    files = scan(raw)
    fail({"b.csv"}, number)
    with pytest.raises(Unreadable, match="RD-KHONG-DOC"):
        fingerprint(files[1], {})
    with pytest.raises(Unreadable, match="RD-KHONG-DOC"):
        read_bytes(files[1])
    fail({"a.csv", "b.csv", "c.csv"}, number)
    for look in (lambda: fingerprint(files[1], {}), lambda: read_bytes(files[1])):
        with pytest.raises(OSError, match=os.strerror(number)):
            look()


def test_a_file_that_may_not_be_opened_is_its_own_trouble(raw: Path, fail: Fail) -> None:
    files = scan(raw)
    fail({"a.csv", "b.csv", "c.csv"}, errno.EACCES)
    for file in files:
        with pytest.raises(Unreadable, match="RD-KHONG-DOC"):
            fingerprint(file, {})


def test_what_could_not_be_read_is_read_when_it_can_be(raw: Path, fail: Fail, tmp_path: Path) -> None:
    request = NightRequest.make(
        raw, tmp_path / "home", date(2020, 6, 1), PROJECT / "data" / "reference", PROJECT / "settings.yml"
    )
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        connection.execute(
            f"CREATE TABLE ref.units AS SELECT '{UNIT.name}' AS unit_code, 'LS-1620' AS programme_id"
        )
        connection.execute("CREATE TABLE ref.programmes AS SELECT 'LS-1620' AS programme_id")
        for decided in ("waivers", "rule_confirmations"):
            connection.execute(f"CREATE TABLE ref.{decided} (nobody VARCHAR)")

    def night() -> dict[str, str]:
        with bar("intake") as shown:
            intake.take_in(request, "run", shown)
        with duckdb.connect(str(request.home.staging), read_only=True) as connection:
            told = "SELECT file_name, coalesce(rule_id, intake) FROM raw.submissions WHERE is_present"
            return dict(connection.execute(told).fetchall())

    fail({"b.csv"}, errno.EIO)
    assert night() == {"a.csv": "read", "b.csv": "RD-KHONG-DOC", "c.csv": "read"}
    fail(set(), 0)
    assert night() == {"a.csv": "read", "b.csv": "read", "c.csv": "read"}
    (raw / UNIT / "2020-05-18" / "d.csv").write_bytes(b"a,b\n1,2\n")
    fail({"a.csv", "b.csv", "c.csv", "d.csv"}, errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        night()
    fail(set(), 0)
    assert night() | {"d.csv": ""} == {"a.csv": "read", "b.csv": "read", "c.csv": "read", "d.csv": ""}
