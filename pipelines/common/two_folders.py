"""A folder that changes as a whole: two take turns, and a link replaced in one step says which of them it is.

Whoever lists the folder sees one night; whoever resolves the link first keeps that night until the next but
one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_NAMES = ("a", "b")


def other(folder: Path) -> Path:
    """The folder of the two that is not shown: where the next one is built."""
    shown = os.readlink(folder) if folder.is_symlink() else ""
    return next(path for name in _NAMES if (path := _turn(folder, name)).name != shown)


def unseen(folder: Path) -> Path:
    """The folder that is not shown, empty; leftovers and the night before last go."""
    fresh = other(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o750, parents=True)
    return fresh


def show(fresh: Path, folder: Path) -> None:
    """Let ``folder`` be ``fresh`` from now on, in one step.

    Args:
        fresh: from ``unseen``.
        folder: a link, or nothing yet; a plain folder of an earlier version is put aside and removed.
    """
    link = folder.with_name(f".{folder.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(fresh.name)
    old = None
    if folder.is_dir() and not folder.is_symlink():
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    os.replace(link, folder)
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)


def _turn(folder: Path, name: str) -> Path:
    return folder.with_name(f".{folder.name}.{name}")
