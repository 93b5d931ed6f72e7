"""What clerks do to columns: more of them, others, turned, misspelt, and what they write beside a row."""

from __future__ import annotations

import itertools
from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Value

_PLAIN = "KT-DS LS-DSDN QS LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_AWARDS = "KT-DS LS-DSDN"
_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"
_KIND = "Phân loại khen thưởng"


@on_book("either", _AWARDS)
def names_in_two_columns(book: Book, chance: Random) -> Book:
    """Family name and given name stand in two columns."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    labels = chance.choice(
        [
            ("Họ và tên đệm", "Tên"),
            ("Họ", "Tên"),
            ("Họ đệm", "Tên"),
            ("Họ và chữ đệm", "Tên"),
            ("Họ và", "tên"),
        ]
    )
    for number, row in enumerate(sheet.rows):
        if number == tables.header(sheet):
            parts: list[Value] = [*labels]
        elif row.role == "body":
            first, _, last = str(row.values[place]).rpartition(" ")
            parts = [first, last]
        else:
            continue
        row.values[place : place + 1] = parts
    sheet.widths.insert(place, 14.0)
    return book


@on_book("told", _LISTS)
def withdrawn_in_a_note(book: Book, chance: Random) -> Book:
    """A note beside a row says that it is withdrawn."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 2)
    if "Ghi chú" not in tables.labels(sheet):
        tables.widen(sheet, "Ghi chú")
        for number in rows:
            sheet.rows[number].values.append(None)
    place = tables.column(sheet, "Ghi chú")
    sheet.rows[chance.choice(rows)].values[place] = chance.choice(
        ["Rút khỏi danh sách", "Đã rút", "Không đủ điều kiện", "Loại", "Xin rút", "Đưa ra khỏi danh sách",
         "HỦY", "không đề nghị nữa", "Chưa đủ điều kiện", "Hoãn xét"]
    )  # fmt: skip
    return book


@on_book("right", _LISTS)
def harmless_notes(book: Book, chance: Random) -> Book:
    """A column of notes says nothing against the rows."""
    sheet = book.sheets[0]
    if any(str(label).startswith("Ghi chú") for label in tables.labels(sheet)):
        raise DoesNotApply
    tables.widen(sheet, "Ghi chú")
    for number in tables.body(sheet):
        sheet.rows[number].values.append(
            chance.choice([None, "Mới tuyển dụng", "Nghỉ hưu từ 01/6/2020", "Hồ sơ kèm theo", "Loại A", "x"])
        )
    return book


@on_book("told", _AWARDS)
def kinds_as_columns(book: Book, chance: Random) -> Book:
    """Kinds are columns with crosses in them."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _KIND)
    for number in (tables.header(sheet), *tables.body(sheet)):
        values = sheet.rows[number].values
        kind = str(values[place]).casefold()
        crosses: list[Value] = ["x" if word in kind else None for word in ("tập thể", "cá nhân", "gia đình")]
        values[place : place + 1] = (
            ["Tập thể", "Cá nhân", "Hộ gia đình"] if number == tables.header(sheet) else crosses
        )
    sheet.widths[place:place] = [10.0, 10.0]
    return book


@on_book("told", _AWARDS)
def a_column_for_each_award(book: Book, chance: Random) -> Book:
    """Awards are columns with crosses in them."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    rows = tables.body(sheet)
    named = list(dict.fromkeys(str(sheet.rows[number].values[place]) for number in rows))
    if len(named) < 2:
        raise DoesNotApply
    for number in (tables.header(sheet), *rows):
        values = sheet.rows[number].values
        crosses: list[Value] = ["x" if each == values[place] else None for each in named]
        values[place : place + 1] = [*named] if number == tables.header(sheet) else crosses
    sheet.widths[place:place] = [12.0] * (len(named) - 1)
    return book


@on_book("told", "KT-DS")
def what_repeats_is_left_blank(book: Book, chance: Random) -> Book:
    """Awards that repeat the row above are left blank."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    rows = tables.body(sheet)
    done = False
    for above, number in reversed([*itertools.pairwise(rows)]):
        if sheet.rows[above].values[place] == sheet.rows[number].values[place]:
            sheet.rows[number].values[place] = None
            done = True
    if not done:
        raise DoesNotApply
    return book


@on_book("either", "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK")
def a_label_with_another_language(book: Book, chance: Random) -> Book:
    """Header cells carry a translation."""
    mark = chance.choice(["/Name", "\n(Full name)", " - Content"])
    return tables.each_header(book, lambda text: text if len(text) < 5 else text + mark)


@on_book("either", _LISTS)
def a_label_with_a_spelling_mistake(book: Book, chance: Random) -> Book:
    """Two letters of one label changed places, or one is missing."""
    sheet = book.sheets[0]
    row = sheet.rows[tables.header(sheet)]
    place = chance.choice([n for n, value in enumerate(row.values) if len(str(value)) > 5])
    text = str(row.values[place])
    at = chance.randrange(1, len(text) - 2)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    row.values[place] = chance.choice([swapped, text[:at] + text[at + 1 :]])
    return book


@on_book("either", _LISTS)
def a_label_is_blank(book: Book, chance: Random) -> Book:
    """One header cell was emptied; its column is not."""
    sheet = book.sheets[0]
    row = sheet.rows[tables.header(sheet)]
    place = chance.randrange(1, len(row.values))
    if not any(sheet.rows[number].values[place] for number in tables.body(sheet)):
        raise DoesNotApply
    row.values[place] = None
    return book


@on_book("told", _PLAIN)
def rows_for_columns(book: Book, chance: Random) -> Book:
    """The table was turned: each former column is a row."""
    sheet = book.sheets[0]
    rows = [tables.header(sheet), *tables.several(sheet, 2)]
    width = len(sheet.rows[rows[0]].values)
    turned = [
        Row([sheet.rows[number].values[column] for number in rows], "header" if column == 0 else "body")
        for column in range(width)
    ]
    sheet.rows[rows[0] : rows[-1] + 1] = turned
    sheet.merges = []
    sheet.widths = [14.0] * len(rows)
    return book
