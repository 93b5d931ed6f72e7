"""Space and permissions of the folders a night works in."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.night.request import NightRequest
from pipelines.operate.doctor.check import BAD, LACK, Check, answer, needs
from pipelines.publish import permissions
from pipelines.text.numbers_vi import format_number

_GB = 1024**3


def space(home: Home) -> list[Check]:
    """Free space where the home lies and where temporary files go."""
    found = []
    for use, path in (("home", home.root), ("temporary", Path(tempfile.gettempdir()))):
        free = shutil.disk_usage(_existing(path)).free / _GB
        wanted = needs()["free_gb"][use]
        found.append(
            answer("space", free >= wanted, BAD, path=path, free=format_number(free, 1), wanted=wanted)
        )
    return found


def readable(request: NightRequest) -> list[Check]:
    """Raw folder, reference and settings must be there and readable; the raw folder need not be writable."""
    return [
        answer("readable", path.exists() and os.access(path, os.R_OK), BAD, path=path)
        for path in (request.raw, request.reference, request.settings)
    ]


def writable(home: Home) -> Check:
    """The home must be ours to write."""
    path = _existing(home.root)
    return answer("writable", os.access(path, os.W_OK | os.X_OK), BAD, path=home.root)


def published(home: Home) -> list[Check]:
    """What is published can be opened; nothing to say where nothing is yet."""
    if not home.warehouse.exists():
        return []
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
    except duckdb.Error:
        return [answer("published", False, BAD, path=home.warehouse)]
    return [answer("published", True, BAD, path=home.warehouse)]


def modes(request: NightRequest) -> list[Check]:
    """Files with personal data must be closed to others."""
    wrong = permissions.wrong(request.home)
    if not wrong:
        return [answer("modes", True, LACK)]
    return [
        answer("modes", False, LACK, path=path, found=f"{found:o}", wanted=f"{wanted:o}")
        for path, found, wanted in wrong
    ]


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    return next(place for place in (path, *path.parents) if place.exists())
