"""What recognition leaves: the forms found, with their reasons, and what became of everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipelines.forms.form import Form
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.title import Title
from pipelines.forms.tables.header import Binding
from pipelines.inbox.document import Grid

PartKind = Literal["form", "continuation", "reference", "signature", "notes", "blank", "not_read"]
NEAR_LABELS, NEAR_SCORE = 3, 0.3
"""Labels and score from which on a sheet looks like a broken form, not like something else."""


@dataclass(slots=True)
class Match:
    """A form recognised in a file."""

    form: Form
    score: float
    reasons: tuple[str, ...]
    title: Title
    tables: list[tuple[Grid, Binding]] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    """Of a record or a document: all its lines."""
    above: list[TextLine] = field(default_factory=list)
    """Of a table form: the lines above its first table."""
    went_on: dict[str, str] = field(default_factory=dict)
    """Sheets and tables that go on with a table of it, with what tells so."""
    between: dict[str, list[TextLine]] = field(default_factory=dict)
    """Table -> the lines between it and the one before, where it goes on with that."""
    below: list[TextLine] = field(default_factory=list)
    """Of a table form: the lines below its last table, outside it."""
    year: int | None = None
    """Of a scanned document: the year its name tells."""
    pages: int | None = None
    """Of a record that is the whole file: its number of pages."""
    by_name: bool = False
    """Whether only the file's name told the form."""
    blank: bool = False
    """Of a record or document: nobody has filled it in."""

    refused: str | None = None
    """Of a list that is not read though its form is known: why; nothing of it is counted."""

    @property
    def sheet(self) -> str | None:
        """The sheet or table it stands on; ``None`` for running text."""
        if self.tables and not self.lines:
            return self.tables[0][0].name
        grids = {line.grid.name for line in self.lines if line.grid}
        only_grid = all(line.grid for line in self.lines) and len(grids) == 1
        return grids.pop() if only_grid else None


@dataclass(frozen=True, slots=True)
class Near:
    """The form that comes nearest, and what it lacks."""

    form: Form
    score: float
    labels: int
    lacks: tuple[str, ...]

    @property
    def is_broken_form(self) -> bool:
        """Whether the sheet is likely meant to be this form."""
        return self.labels >= NEAR_LABELS and self.score >= NEAR_SCORE


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a grid without a form of its own."""

    grid: Grid
    kind: PartKind
    evidence: str = ""
    near: Near | None = None
    """Of a grid that was not read: the form it comes nearest to."""
    why: str = ""
    """Of a grid that was not read: why, where there is more to say."""
    start: int = 0
    """The row at which its rows begin."""


@dataclass(slots=True)
class Recognition:
    """What was recognised in a file, and what became of its other sheets."""

    matches: list[Match] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    """Sheets and tables without a form of their own, with what they are."""
    windows: dict[int, list[Grid]] = field(default_factory=dict)
    """Sheet (by identity) with several tables -> each of them as a sheet of its own."""
    nearest: Near | None = None
