"""Fingerprints of code and data: what decides whether something must be read or built again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.common.paths import DBT_PROJECT, PROJECT

READER = [
    *(PROJECT / "pipelines" / room for room in ("text", "inbox", "forms")),
    PROJECT / "pipelines" / "contracts" / "raw.py",
]
"""The code that decides how a file is read."""
CODE_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".txt", ".j2", ".css", ".js"}


def of_files(roots: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of all code and data files below some folders.

    Args:
        roots: folders or files; a missing one counts as empty.

    Returns:
        Hexadecimal digest; the same files give the same digest wherever they lie.
    """
    digest = hashlib.sha256()
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            inside = path.relative_to(root).parts
            if path.is_file() and path.suffix in CODE_SUFFIXES and "target" not in inside:
                digest.update(path.relative_to(root.parent).as_posix().encode())
                digest.update(b"\0" + path.read_bytes())
    return digest.hexdigest()


def reader_version(reference: Path) -> str:
    """Digest of everything that decides how a file is read: when it changes, all files are read again."""
    return of_files([*READER, reference])


@lru_cache(maxsize=1)
def reader_code() -> str:
    """Digest of the code that decides how a file is read, as this process found it."""
    return of_files(READER)


def code_version() -> str:
    """The project's version and a short digest of its code, e.g. ``0.1.0+3f9a12c4``."""
    try:
        number = version("thidua")
    except PackageNotFoundError:
        number = "0"
    code = of_files([PROJECT / "pipelines", PROJECT / "expectations", PROJECT / "dashboards", DBT_PROJECT])
    return f"{number}+{code[:8]}"
