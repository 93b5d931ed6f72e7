"""Finding one's way in a sheet of the generator: its header, its rows, its columns."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.losses.mutator import DoesNotApply
from pipelines.generate.shape import Book, Row, Sheet, Value

NAME_LABELS = (
    "Tên tập thể/cá nhân/hộ gia đình", "Tên tập thể, cá nhân", "Tên tập thể, cá nhân, hộ gia đình",
    "Họ và tên", "Đơn vị",
)  # fmt: skip


def header(sheet: Sheet) -> int:
    """Index of the first header row."""
    return next(number for number, row in enumerate(sheet.rows) if row.role == "header")


def body(sheet: Sheet) -> list[int]:
    """Indexes of the body rows of the first table, without a break in them."""
    found: list[int] = []
    for number in range(sheet.header_end(), len(sheet.rows)):
        if sheet.rows[number].role == "body":
            found.append(number)
        elif sheet.rows[number].role == "header":
            break
    return found


def several(sheet: Sheet, least: int = 2) -> list[int]:
    """The body rows, of which there must be so many."""
    rows = body(sheet)
    if len(rows) < least:
        raise DoesNotApply
    return rows


def column(sheet: Sheet, *labels: str) -> int:
    """The column of the first of these labels that the header has."""
    values = sheet.rows[header(sheet)].values
    for label in labels:
        if label in values:
            return values.index(label)
    raise DoesNotApply


def labels(sheet: Sheet) -> list[Value]:
    """The cells of the header."""
    return sheet.rows[header(sheet)].values


def widen(sheet: Sheet, *labels: Value) -> None:
    """Add columns at the right end of the header."""
    sheet.rows[header(sheet)].values.extend(labels)
    sheet.widths.extend([14.0] * (sheet.width() - len(sheet.widths)))


def each_header(book: Book, change: Callable[[str], str]) -> Book:
    """Change the text of every header cell of the first sheet."""
    for row in book.sheets[0].rows:
        if row.role == "header":
            row.values = [change(value) if isinstance(value, str) else value for value in row.values]
    return book


def each_text(book: Book, change: Callable[[str], Value]) -> Book:
    """Change the text of every body cell of the first sheet."""
    sheet = book.sheets[0]
    for number in body(sheet):
        row = sheet.rows[number]
        row.values = [change(value) if isinstance(value, str) else value for value in row.values]
    return book


def insert(sheet: Sheet, at: int, rows: list[Row]) -> None:
    """Put rows in; merges below move down, and one that they part goes over them."""
    sheet.rows[at:at] = rows
    size = len(rows)
    sheet.merges = [
        (top + size * (top >= at), left, bottom + size * (bottom >= at), right)
        for top, left, bottom, right in sheet.merges
    ]


def is_plain(sheet: Sheet) -> bool:
    """Whether the sheet has one table with one header row."""
    rows = [number for number, row in enumerate(sheet.rows) if row.role == "header"]
    return len(rows) == 1
