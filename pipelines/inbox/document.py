"""What every reader in this package returns: a file as blocks of cells and text, no form known yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value a spreadsheet shows, e.g. ``#REF!``; it is never a value."""

    code: str


NOT_CALCULATED = CellError("#CHUATINH!")
"""A formula that was stored without its value: no program has calculated it yet."""

CellValue = str | int | float | bool | date | datetime | time | timedelta | CellError | None

Merge = tuple[int, int, int, int]
"""top, left, bottom, right; zero-based, inclusive."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph of running text outside tables."""

    text: str
    number: int
    """One-based position among the paragraphs of the file, or among the lines ``within``."""
    picture: bool = False
    """A picture stands in it (a scanned signature may be one)."""
    original: str | None = None
    """Text as stored, if it was converted from TCVN3 or VNI."""
    within: str = ""
    """The page, where the format has pages; ``đầu trang`` for the header of a Word file; the text box."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark that hangs on a cell."""

    cell: str
    text: str
    author: str


@dataclass(slots=True)
class Grid:
    """A sheet of a workbook, a CSV file, or a table of a Word file.

    ``rows[r][c]`` is row r+1, column c+1 of the sheet (leading blank rows are kept so that
    addresses are true; trailing blank rows and columns are cut). A blank cell is ``""`` or
    ``None``; rows may be shorter than the widest one. A merged range holds its value in its
    top-left cell only.
    """

    name: str
    rows: list[list[CellValue]]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    has_addresses: bool = True
    """False for tables of .docx and .pdf: there the address is «bảng n, dòng r, cột c»."""
    originals: dict[tuple[int, int], str] = field(default_factory=dict)
    """Text as stored, for cells whose text was converted from TCVN3 or VNI."""
    formulas: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose value is the cached result of a formula (filled where the format tells)."""
    pictures: list[int] = field(default_factory=list)
    """Zero-based rows at which a picture is anchored (a scanned signature may be one)."""
    part: str = ""
    """Of one of several tables of a sheet: which, e.g. ``Danh sách, dòng 12 - 30``."""
    margin: list[Paragraph] = field(default_factory=list)
    """What stands on the sheet outside its cells: the print header, text boxes."""
    source_of: str = ""
    """The sheet whose drop-down lists or look-up formulas take their values from here."""
    hidden_rows: list[int] = field(default_factory=list)
    """Zero-based rows that are hidden or filtered out."""
    hidden_columns: list[int] = field(default_factory=list)
    """Zero-based columns that are hidden."""
    comments: list[Comment] = field(default_factory=list)
    """What hangs on cells."""
    shifted: frozenset[int] = frozenset()
    """Zero-based rows with more cells than the table has columns: which value stands in which is not sure."""
    struck: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose whole text is struck out."""
    unseen: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose text no page shows: white letters on white, a number format of nothing."""
    large_pictures: int = 0
    """Pictures so large that a list may stand in them."""
    filled: list[int] = field(default_factory=list)
    """The number of filled cells of each row (counted by who reads forms)."""
    ditto: frozenset[str] = frozenset()
    """Texts of cells that only repeat the value above (found by who reads forms)."""
    fontless: frozenset[str] = frozenset()
    """Texts of cells in an old encoding whose font is lost (found by who reads forms)."""
    torn: set[tuple[int, int]] = field(default_factory=set)
    """Cells that go on with a merge whose beginning is not above them: their value stands elsewhere."""
    since_1904: bool = False
    """Whether numbers that stand for days count from 1904."""

    def texts(self) -> set[str]:
        """The different texts of its cells."""
        return {value for value in set().union(*self.rows) if isinstance(value, str) and value}

    @property
    def label(self) -> str:
        """What the part is called: the sheet or table, or which table of the sheet."""
        return self.part or self.name


Block = Grid | Paragraph


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader met in a file and could not settle alone; it becomes one finding on the file."""

    rule_id: str
    """A key of data/reference/reading_rules.yml."""
    params: dict[str, str] = field(default_factory=dict)
    """Values for the placeholders of that rule's message."""
    sheet: str | None = None
    row: int | None = None
    """One-based."""
    cell: str | None = None


@dataclass(slots=True)
class Document:
    """One file, or one member of a zip archive."""

    kind: Literal["workbook", "csv", "word", "pdf", "scan"]
    blocks: list[Block]
    page_count: int | None = None
    """Number of pages where the format says it."""
    header: list[Paragraph] = field(default_factory=list)
    """What a Word file repeats at the top of its pages; a letterhead may stand there."""
    boxes: list[Paragraph] = field(default_factory=list)
    """Of a Word file: the paragraphs that stand in text boxes; they are among the blocks too."""
    struck: list[str] = field(default_factory=list)
    """Paragraphs of a Word file with struck-out text."""
    deleted: list[str] = field(default_factory=list)
    """Text that tracked changes took out and nobody has accepted or refused yet."""
    concealed: list[str] = field(default_factory=list)
    """Paragraphs and cells of a Word file with text that is formatted as hidden."""
    aside: dict[str, list[str]] = field(default_factory=dict)
    """Lines that are no part of the text, by what they are: page footers, footnotes."""
    large_pictures: int = 0
    """Of a Word file: pictures so large that a list may stand in them."""
    told: list[Told] = field(default_factory=list)
    """What the reader of its format has to say, in the order of the file."""

    @property
    def grids(self) -> list[Grid]:
        """The grids in order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]


class Unreadable(Exception):
    """The file cannot be read; it goes to quarantine with this reason."""

    def __init__(self, rule_id: str, **params: str) -> None:
        """Say why.

        Args:
            rule_id: a key of data/reference/reading_rules.yml, e.g. ``RD-MAT-KHAU``.
            params: values for the placeholders of that rule's message.
        """
        super().__init__(rule_id, params)
        self.rule_id = rule_id
        self.params = params


def a1(row: int, column: int) -> str:
    """The A1 address of a zero-based row and column, e.g. ``(8, 3)`` -> ``D9``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
