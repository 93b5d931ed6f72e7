"""What people write into header cells and around them."""

from __future__ import annotations

import unicodedata
from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Sheet, Value

_PLAIN = "KT-DS LS-DSDN QS LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"


@on_book("right")
def numbers_in_brackets(book: Book, chance: Random) -> Book:
    """Header cells end in «(1)», «(2)» …"""
    count = 0

    def number(text: str) -> str:
        nonlocal count
        count += 1
        return f"{text} ({count})"

    return tables.each_header(book, number)


@on_book("right")
def asterisks(book: Book, chance: Random) -> Book:
    """Header cells carry the asterisk of required columns."""
    mark = chance.choice(["*", " *", " (*)"])
    return tables.each_header(book, lambda text: text + mark)


@on_book("right")
def colons(book: Book, chance: Random) -> Book:
    """Header cells end in a colon."""
    return tables.each_header(book, lambda text: f"{text}:")


@on_book("right")
def line_breaks(book: Book, chance: Random) -> Book:
    """Header cells are broken into lines between words."""
    return tables.each_header(book, lambda text: text.replace(" ", "\n", 2))


@on_book("right")
def fixed_blanks(book: Book, chance: Random) -> Book:
    """Non-breaking blanks stand between the words of header cells."""
    return tables.each_header(book, lambda text: text.replace(" ", "\u00a0"))


@on_book("right")
def unseen_letters(book: Book, chance: Random) -> Book:
    """Zero-width blanks and soft hyphens stand within header cells, as in text copied from web pages."""
    mark = chance.choice(["\u200b", "\u00ad", "\ufeff"])
    return tables.each_header(book, lambda text: text[:2] + mark + text[2:] + mark)


@on_book("right")
def no_diacritics(book: Book, chance: Random) -> Book:
    """Header cells are typed without diacritics."""

    def plain(text: str) -> str:
        letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    return tables.each_header(book, plain)


@on_book("right")
def capitals(book: Book, chance: Random) -> Book:
    """Header cells are in capitals."""
    return tables.each_header(book, str.upper)


@on_book("right", _PLAIN)
def notes_in_brackets(book: Book, chance: Random) -> Book:
    """Header cells explain themselves in brackets."""
    note = chance.choice([" (ghi rõ)", " (nếu có)", " (bắt buộc)", "\n(theo QĐ)"])
    return tables.each_header(book, lambda text: text + note)


@on_book("right", _PLAIN)
def numbering(book: Book, chance: Random) -> Book:
    """A numbering row stands under the header: figures, figures in brackets, letters, Roman figures."""
    sheet = book.sheets[0]
    width = len(sheet.rows[tables.header(sheet)].values)
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"]
    kinds: list[list[Value]] = [
        [*range(1, width + 1)],
        [f"({number})" for number in range(1, width + 1)],
        [chr(65 + number) for number in range(width)],
        [f"[{number}]" for number in range(1, width + 1)],
        ["A", "B", *range(1, width - 1)],
        [f"({chr(97 + number)})" for number in range(width)],
        [*roman[:width]],
    ]
    tables.insert(sheet, sheet.header_end(), [Row(chance.choice(kinds), "numbering")])
    return book


@on_book("right", _PLAIN)
def columns_in_another_order(book: Book, chance: Random) -> Book:
    """Two columns changed places."""
    sheet = book.sheets[0]
    width = len(sheet.rows[tables.header(sheet)].values)
    one, other = chance.sample(range(1, width), 2)
    for number in (tables.header(sheet), *tables.body(sheet)):
        values = sheet.rows[number].values
        values[one], values[other] = values[other], values[one]
    return book


@on_book("either", _PLAIN)
def a_column_of_their_own(book: Book, chance: Random) -> Book:
    """The unit added a column of its own with something in it."""
    sheet = book.sheets[0]
    label, value = chance.choice(
        [("Số điện thoại", "0900 000 000"), ("Mã hồ sơ", "HS-01"), ("Ngày sinh", "1980")]
    )
    tables.widen(sheet, label)
    for number in tables.body(sheet):
        sheet.rows[number].values.append(value)
    return book


@on_book("told", "KT-DS LS-DSDN BHXH-M03 BHXH-DSDK HCM-DSDK LS-M03")
def a_required_column_is_gone(book: Book, chance: Random) -> Book:
    """The column of names was called something nobody knows."""
    sheet = book.sheets[0]
    sheet.rows[tables.header(sheet)].values[tables.column(sheet, *tables.NAME_LABELS)] = "Thông tin 7"
    return book


@on_book("either", "KT-DS LS-DSDN")
def other_names_of_columns(book: Book, chance: Random) -> Book:
    """Columns go by other well-known names."""
    others = {
        "Tên tập thể/cá nhân/hộ gia đình": "Họ và tên",
        "Danh hiệu thi đua/Hình thức khen thưởng": "Danh hiệu, hình thức khen",
        "Số quyết định": "Số QĐ",
        "Ngày quyết định": "Ngày ký QĐ",
        "Năm": "Năm khen thưởng",
        "Đơn vị công tác": "Cơ quan, đơn vị",
    }
    old = chance.choice([*others])
    return tables.each_header(book, lambda text: others[old] if text == old else text)


@on_book("told", "KT-DS LS-DSDN")
def two_columns_of_one_name(book: Book, chance: Random) -> Book:
    """A second column of a known name holds something else."""
    sheet = book.sheets[0]
    label = chance.choice(["Danh hiệu thi đua/Hình thức khen thưởng", "Năm"])
    place = tables.column(sheet, label)
    tables.widen(sheet, label)
    for number in tables.body(sheet):
        value = sheet.rows[number].values[place]
        sheet.rows[number].values.append(value + 1 if isinstance(value, int) else "Giấy khen")
    return book


@on_book("right", "KT-DS LS-DSDN")
def a_header_of_two_rows(book: Book, chance: Random) -> Book:
    """Number and date of the decision stand under one merged cell «Quyết định»."""
    from pipelines.generate.imperfections import two_row_header

    book.sheets[0] = two_row_header(book.sheets[0], ("Số quyết định", "Ngày quyết định"), "Quyết định")
    return book


@on_book("right", _PLAIN)
def the_header_again(book: Book, chance: Random) -> Book:
    """The header is repeated after a page."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    again = Row(list(sheet.rows[tables.header(sheet)].values), "header")
    tables.insert(sheet, rows[len(rows) // 2], [again])
    return book


@on_book("right", _PLAIN)
def a_table_away_from_the_corner(book: Book, chance: Random) -> Book:
    """The table begins some columns to the right."""
    sheet = book.sheets[0]
    away = chance.randrange(1, 4)
    for row in sheet.rows:
        row.values[:0] = [None] * away
    sheet.merges = [(top, left + away, bottom, right + away) for top, left, bottom, right in sheet.merges]
    sheet.widths[:0] = [4.0] * away
    return book


def second_sheet(sheet: Sheet, name: str) -> Sheet:
    """An empty sheet that looks like another."""
    if not tables.is_plain(sheet):
        raise DoesNotApply
    return Sheet(name, [], widths=list(sheet.widths))
