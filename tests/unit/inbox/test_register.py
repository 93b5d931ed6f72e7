import errno
import hashlib
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from pipelines.inbox.document import Unreadable
from pipelines.inbox.register import HashCache, fingerprint, read_bytes, scan, submission_id


def put(raw: Path, name: str, data: bytes = b"x") -> Path:
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_files_of_the_layout(tmp_path: Path) -> None:
    put(tmp_path, "LS-1620/LS-TRANGDINH/2020-06-05/Mẫu 03.xlsx")
    put(tmp_path, "BHXH-2125/BHXH-01/2021-02-03/a.csv", b"abc")
    first, second = scan(tmp_path)
    assert (first.source_file, first.programme_id, first.unit_code, first.received_on, first.byte_size) == (
        "BHXH-2125/BHXH-01/2021-02-03/a.csv", "BHXH-2125", "BHXH-01", date(2021, 2, 3), 3,
    )  # fmt: skip
    assert first.problem is None
    assert second.file_name == "Mẫu 03.xlsx"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.csv", "RD-SAI-THU-MUC"), ("P/U/a.csv", "RD-SAI-THU-MUC"),
        ("P/U/2020-06-05/x/a.csv", "RD-SAI-THU-MUC"),
        ("P/U/05-06-2020/a.csv", "RD-NGAY-THU-MUC"), ("P/U/2020-02-30/a.csv", "RD-NGAY-THU-MUC"),
        ("P/U/20200605/a.csv", "RD-NGAY-THU-MUC"),
    ],
)  # fmt: skip
def test_files_outside_the_layout_are_named(tmp_path: Path, name: str, problem: str) -> None:
    put(tmp_path, name)
    (file,) = scan(tmp_path)
    assert file.problem == problem
    with pytest.raises(Unreadable, match=problem):
        read_bytes(file)


def test_ignored_names(tmp_path: Path) -> None:
    for name in ("P/U/2020-06-05/~$a.xlsx", "P/U/2020-06-05/.DS_Store", ".git/x/y/z"):
        put(tmp_path, name)
    assert scan(tmp_path) == []


def test_names_are_nfc_and_sorted(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "P/U/2020-06-05/Đề nghị.csv"))
    put(tmp_path, "P/U/2020-06-05/z.csv")
    assert [file.file_name for file in scan(tmp_path)] == ["z.csv", "Đề nghị.csv"]


def test_links_are_not_followed_out(tmp_path: Path) -> None:
    raw, outside = tmp_path / "raw", tmp_path / "outside"
    put(outside, "secret.csv")
    inside = put(raw, "P/U/2020-06-05/a.csv")
    (inside.parent / "link.csv").symlink_to(outside / "secret.csv")
    (inside.parent / "near.csv").symlink_to(inside)
    (raw / "folder").symlink_to(outside)
    (inside.parent / "broken.csv").symlink_to(raw / "nothing")
    problems = {file.source_file: file.problem for file in scan(raw)}
    day = "P/U/2020-06-05"
    assert problems == {
        f"{day}/a.csv": None, f"{day}/near.csv": None, f"{day}/link.csv": "RD-LIEN-KET",
        f"{day}/broken.csv": "RD-KHONG-DOC", "folder": "RD-LIEN-KET",
    }  # fmt: skip


def test_a_pipe_does_not_stop_the_night(tmp_path: Path) -> None:
    folder = tmp_path / "P/U/2020-06-05"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "a.csv")
    (file,) = scan(tmp_path)
    assert file.problem == "RD-KHONG-DOC"
    assert fingerprint(file, {}).content_sha256 == hashlib.sha256(b"").hexdigest()


def test_a_closed_folder_is_told_and_a_share_that_is_gone_stops_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "P/U/2020-06-05/a.csv")
    put(tmp_path, "P/V/2020-06-05/b.csv")
    refused = {"V": errno.EACCES}
    listed = os.scandir

    def lists(path: str) -> object:
        if number := refused.get(Path(path).name):
            raise OSError(number, os.strerror(number), str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", lists)
    assert [file.source_file for file in scan(tmp_path)] == ["P/U/2020-06-05/a.csv", "P/V"]
    for number in (errno.EIO, errno.ESTALE, errno.ENOTCONN):
        refused["V"] = number
        with pytest.raises(OSError, match="P/V"):
            scan(tmp_path)
    refused[tmp_path.name] = errno.EACCES
    with pytest.raises(PermissionError):
        scan(tmp_path)


def test_a_sparse_file_is_not_hashed_to_its_end(tmp_path: Path) -> None:
    path = put(tmp_path, "P/U/2020-06-05/a.xlsx")
    with path.open("r+b") as stream:
        stream.truncate(1 << 40)  # a terabyte: hashing it would take an hour
    (file,) = scan(tmp_path)
    first = fingerprint(file, {})
    with pytest.raises(Unreadable, match="RD-QUA-LON"):
        read_bytes(file)
    os.utime(path, ns=(0, 0))
    assert fingerprint(scan(tmp_path)[0], {}) != first


def test_unchanged_files_are_not_hashed_again(tmp_path: Path) -> None:
    path = put(tmp_path, "P/U/2020-06-05/Đ.csv", b"abc")
    cache: HashCache = {}
    (file,) = scan(tmp_path)
    found = fingerprint(file, cache)
    assert found.content_sha256 == hashlib.sha256(b"abc").hexdigest()
    assert found.submission_id == submission_id(file.source_file, b"abc")
    assert found.submission_id == hashlib.sha256("P/U/2020-06-05/Đ.csv\0abc".encode()).hexdigest()
    status = path.stat()
    path.write_bytes(b"xyz")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(scan(tmp_path)[0], cache) == found  # same path, size and time: not read
    os.utime(path, ns=(0, 0))
    assert fingerprint(scan(tmp_path)[0], cache) != found


def test_read_bytes(tmp_path: Path) -> None:
    path = put(tmp_path, "P/U/2020-06-05/a.csv", b"abc")
    (file,) = scan(tmp_path)
    assert read_bytes(file) == b"abc"
    path.unlink()
    with pytest.raises(Unreadable, match="RD-KHONG-DOC"):
        read_bytes(file)
