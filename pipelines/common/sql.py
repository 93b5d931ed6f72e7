"""Text inside the few SQL statements that take no parameters: ATTACH, COPY, COMMENT."""

from __future__ import annotations

from pathlib import Path


def quoted(value: str | Path) -> str:
    """The value between single quotes, those within doubled."""
    return "'" + str(value).replace("'", "''") + "'"
