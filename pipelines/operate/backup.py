"""What cannot be made again, in one checked archive; and a home made from it."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipelines.common.bars import bar
from pipelines.common.digest import code_version
from pipelines.common.paths import Home
from pipelines.common.processes import temporary_folder
from pipelines.common.refusals import refusal_of
from pipelines.night.request import NightRequest, exclusive
from pipelines.publish import permissions

LIST = "backup.json"
UNPACKED = ".restore"
"""Where an archive is unpacked within the home; it is there only while a restore runs, or was cut off."""
# Of the home: the history of findings, the snapshots, what readers were told, when nights ran. Pages,
# Parquet and quarantine are made anew by the next night; Dagster's own history of runs is not needed.
KEPT = (
    "staging/thidua.duckdb",
    "warehouse/thidua.duckdb",
    "warehouse/thidua-cong-khai.duckdb",
    "warehouse/snapshots",
    "outbox",
    "reports",
    "nights.jsonl",
)


_DAMAGED = (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, LookupError)


class BadArchive(Exception):
    """The archive is not whole, or the home to restore into is in use."""


def backup(request: NightRequest, archive: Path) -> int:
    """Write the archive while no night runs; it is there whole or not at all.

    Args:
        request: home, reference and settings.
        archive: the file to write, ``.tar.gz``.

    Returns:
        How many files it holds.

    Raises:
        AnotherNight: a night runs in the home.
    """
    fresh = archive.with_name(f".{archive.name}.next")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with (
        exclusive(request),
        temporary_folder() as folder,
        tarfile.open(fresh, "w:gz", compresslevel=6) as tar,
        bar("backup") as shown,
    ):
        digests = {}
        members = [*_members(request), *_written_to(request, folder)]
        shown.total(len(members))
        for path, name in members:
            tar.add(path, name, recursive=False)
            digests[name] = _digest(path)
            shown.advance()
        listed = json.dumps({"code_version": code_version(), "files": digests}, indent=1).encode()
        entry = tarfile.TarInfo(LIST)
        entry.size = len(listed)
        tar.addfile(entry, io.BytesIO(listed))
    fresh.replace(archive)
    return len(digests)


def restore(archive: Path, home: Home) -> int:
    """Make a home from an archive: everything below ``home`` goes to its place, ``reference`` and
    ``settings.yml`` to ``HOME/restored`` for the operator to compare with those in use.

    Args:
        archive: written by ``backup``.
        home: a home that is not there yet, or empty, or left by a restore that was cut off.

    Returns:
        How many files were restored, every one with the SHA-256 of the backup.

    Raises:
        BadArchive: the home holds files, or a file of the archive is missing, damaged or of a strange name.
        OSError: the machine refused (full disk); the home is as empty as before.
    """
    unpacked = home.root / UNPACKED
    if home.root.exists() and any(home.root.iterdir()) and not unpacked.exists():
        raise BadArchive(str(home.root))
    _clear(home.root)  # what a restore that was cut off left
    unpacked.mkdir(parents=True)
    try:
        with bar("restore"), tarfile.open(archive, "r:gz") as tar:
            tar.extractall(unpacked, filter="data")
            files = _checked(unpacked, archive)
    except BadArchive:
        _clear(home.root)
        raise
    except _DAMAGED as error:
        _clear(home.root)
        if refusal_of(error):  # it is the machine, not the archive
            raise
        raise BadArchive(f"{archive}: {error}") from error
    for path in [*sorted((unpacked / "home").iterdir()), *unpacked.glob("restored")]:
        path.rename(home.root / path.name)
    shutil.rmtree(unpacked)
    permissions.tighten(home)
    return files


def _checked(unpacked: Path, archive: Path) -> int:
    """How many files were unpacked, each of them as it was saved."""
    listed = unpacked / LIST
    if not listed.exists():
        raise BadArchive(f"{archive}: {LIST}")
    files: dict[str, str] = json.loads(listed.read_text("utf-8"))["files"]
    for name, digest in files.items():
        path = unpacked / name
        if not path.is_file() or _digest(path) != digest:
            raise BadArchive(f"{archive}: {name}")
    return len(files)


def _clear(root: Path) -> None:
    for path in root.iterdir() if root.exists() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _members(request: NightRequest) -> Iterator[tuple[Path, str]]:
    home = request.home.root
    for name in KEPT:
        for path in _files(home / name):
            yield path, f"home/{path.relative_to(home).as_posix()}"
    for path in _files(request.reference):
        yield path, f"restored/reference/{path.relative_to(request.reference).as_posix()}"
    if request.settings.exists():
        yield request.settings, "restored/settings.yml"


def _written_to(request: NightRequest, folder: Path) -> Iterator[tuple[Path, str]]:
    """Copies of what the pages write to at any hour: each as it was at one moment."""
    for path in sorted(request.home.arrival.glob("*.sqlite")):
        copy = folder / path.name
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        yield copy, f"home/arrival/{path.name}"


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else []


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
