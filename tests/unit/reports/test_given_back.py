"""Whose files are given back, and which are not: replaced, made to break us, elsewhere."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from pipelines.reports.returned.give_back import RawFiles, give_back
from tests.unit.reports import small


def test_a_file_made_to_break_us_does_not_hold_back_the_others(tmp_path: Path) -> None:
    small.write_raw(tmp_path / "raw")
    path = tmp_path / "raw" / small.MAU_03
    broken = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="9"', b'<row r="x"'))
    path.write_bytes(broken.getvalue())
    published = small.write_published(tmp_path / "p.duckdb", raw=tmp_path / "raw")
    raw = RawFiles(tmp_path / "raw")
    assert give_back(published, small.LS, small.TRANG_DINH, raw, tmp_path / "a") == []
    written = give_back(published, small.LS, small.Y_TE, raw, tmp_path / "b")
    assert [path.name for path in written] == ["bao-cao.docx", "danh-sach.xlsx"]


def test_a_file_replaced_since_it_was_read_is_not_marked(tmp_path: Path) -> None:
    small.write_raw(tmp_path / "raw")
    published = small.write_published(tmp_path / "p.duckdb", raw=tmp_path / "raw")
    path = tmp_path / "raw" / small.REPORT_DOCX
    path.write_bytes(path.read_bytes() + b"x")
    raw = RawFiles(tmp_path / "raw")
    written = give_back(published, small.LS, small.Y_TE, raw, tmp_path / "a")
    assert [path.name for path in written] == ["danh-sach.xlsx"]


def test_a_member_of_a_zip_is_read_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / small.LS / small.Y_TE / "2020-06-01"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "ho-so.zip", "w") as archive:
        archive.writestr("thư mục/mẫu 03.csv", "a")
    raw = RawFiles(tmp_path)
    name = f"{small.LS}/{small.Y_TE}/2020-06-01/ho-so.zip"
    assert raw.read(f"{name}!thư mục/mẫu 03.csv") == b"a"
    assert raw.read(f"{name}!khác.csv") is None
    assert raw.read("LS-1620/../x") is None


def test_what_lies_behind_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    """As the intake does not: what a file elsewhere says is given to nobody."""
    outside = tmp_path / "outside" / "2020-06-01"
    outside.mkdir(parents=True)
    (outside / "a.csv").write_bytes(b"secret")
    raw, day = tmp_path / "raw", "2020-06-01"
    folder = raw / small.LS / small.Y_TE / day
    folder.mkdir(parents=True)
    (folder / "own.csv").write_bytes(b"own")
    (folder / "link.csv").symlink_to(outside / "a.csv")
    (folder / "inside.csv").symlink_to(folder / "own.csv")
    (raw / small.LS / "LINKED").symlink_to(outside.parent)
    files = RawFiles(raw)
    place = f"{small.LS}/{small.Y_TE}/{day}"
    assert files.read(f"{place}/own.csv") == b"own"
    assert files.read(f"{place}/inside.csv") == b"own"
    assert files.read(f"{place}/link.csv") is None
    assert files.read(f"{place}/own.csv\0") is None
    assert files.read(f"{small.LS}/LINKED/{day}/a.csv") is None
    assert files.read(f"{place}/../../../../outside/{day}/a.csv") is None
