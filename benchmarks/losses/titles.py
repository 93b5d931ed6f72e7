"""What titles say, and where they stand."""

from __future__ import annotations

from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row


def _title(book: Book) -> Row:
    sheet = book.sheets[0]
    row = next((row for row in sheet.rows[: tables.header(sheet)] if row.role == "title"), None)
    if row is None:
        raise DoesNotApply
    return row


@on_book("none", "KT-DS")
def a_title_of_no_awards(book: Book, chance: Random) -> Book:
    """The list is one of registrations, plans or refusals (one of withdrawals is read as such)."""
    words = ["ĐĂNG KÝ DANH HIỆU THI ĐUA", "DỰ KIẾN KHEN THƯỞNG", "ĐỀ XUẤT KHEN THƯỞNG", "TRÌNH KHEN THƯỞNG",
             "KHÔNG ĐỦ ĐIỀU KIỆN KHEN THƯỞNG"]  # fmt: skip
    _title(book).values[0] = f"DANH SÁCH {chance.choice(words)} NĂM 2019"
    return book


@on_book("right", "KT-DS")
def on_proposal_of(book: Book, chance: Random) -> Book:
    """The title names on whose proposal the awards were given."""
    text = chance.choice(["(Theo đề nghị của Trưởng phòng Tổ chức)", "theo đề nghị của Hội đồng Thi đua"])
    sheet = book.sheets[0]
    tables.insert(sheet, sheet.rows.index(_title(book)) + 1, [Row([text], "subtitle")])
    return book


@on_book("right", "KT-DS")
def with_the_decision(book: Book, chance: Random) -> Book:
    """A line below the title names the decision the list comes with."""
    sheet = book.sheets[0]
    text = "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/02/2019 của Chủ tịch UBND tỉnh)"
    tables.insert(sheet, sheet.rows.index(_title(book)) + 1, [Row([text], "subtitle")])
    return book


@on_book("right", "KT-DS")
def no_title(book: Book, chance: Random) -> Book:
    """The list has no title."""
    _title(book).values[0] = None
    return book


@on_book("told", "LS-DSDN", ".xlsx .xls .ods")
def the_title_in_the_sheets_name(book: Book, chance: Random) -> Book:
    """Only the name of the sheet says that the list is one of proposals."""
    sheet = book.sheets[0]
    for row in sheet.rows[: tables.header(sheet)]:
        row.values = [None for _ in row.values]
    sheet.name = "ĐỀ NGHỊ KHEN THƯỞNG"
    return book


@on_book("either")
def a_title_with_spelling_mistakes(book: Book, chance: Random) -> Book:
    """Two letters of the title changed places."""
    row = _title(book)
    text = str(row.values[0])
    at = chance.randrange(1, max(len(text) - 2, 2))
    row.values[0] = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return book


@on_book("right")
def a_title_of_two_lines(book: Book, chance: Random) -> Book:
    """The title is broken into lines."""
    row = _title(book)
    words = str(row.values[0]).split(" ")
    middle = len(words) // 2
    row.values[0] = " ".join(words[:middle]) + "\n" + " ".join(words[middle:])
    return book
