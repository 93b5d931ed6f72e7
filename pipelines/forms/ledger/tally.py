"""What became of the cells of each part of a file, counted while they are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """The cells of one sheet, table or run of text, by where they ended."""

    read: int = 0
    ignored: int = 0
    reported: int = 0
    rows: int = 0
    tables: int = 0
    """Tables with rows: a form may have several on one sheet."""

    @property
    def cells(self) -> int:
        """All of them."""
        return self.read + self.ignored + self.reported
