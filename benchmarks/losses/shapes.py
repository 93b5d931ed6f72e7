"""Lists laid out otherwise: rows above the header, headings for columns, rows that break in two."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.losses import tables
from benchmarks.losses.headers import second_sheet
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Sheet, Value

_PLAIN = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_AWARDS = "KT-DS LS-DSDN"
_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"


def _drop(sheet: Sheet, place: int) -> None:
    """Take a column away."""
    for number in (tables.header(sheet), *tables.body(sheet)):
        del sheet.rows[number].values[place]
    del sheet.widths[place : place + 1]


def _as_headings(sheet: Sheet, place: int, pattern: str, shown_at: int = 0) -> None:
    """Put what changes from row to row of a column above the rows as headings."""
    last: Value = None
    heads = []
    for number in tables.body(sheet):
        value = sheet.rows[number].values[place]
        if value != last and value is not None:
            heads.append((number, value))
        last = value
    if not heads:
        raise DoesNotApply
    for count, (number, value) in reversed([*enumerate(heads, start=1)]):
        text = pattern.format(n=count, value=value, roman=["I", "II", "III", "IV", "V"][(count - 1) % 5])
        tables.insert(sheet, number, [Row([*[None] * shown_at, text], "section")])


@on_book("either", _PLAIN)
def rows_above_the_header(book: Book, chance: Random) -> Book:
    """The first page has no header: its rows stand above the header of the second page."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 4)
    if not tables.is_plain(sheet):
        raise DoesNotApply
    moved = [sheet.rows.pop(number) for number in reversed(rows[:2])][::-1]
    tables.insert(sheet, tables.header(sheet), moved)
    return book


@on_book("either", _AWARDS)
def decisions_as_headings(book: Book, chance: Random) -> Book:
    """Number and day of the decision stand as headings above the rows, in no column."""
    sheet = book.sheets[0]
    number, day = (tables.column(sheet, label) for label in ("Số quyết định", "Ngày quyết định"))
    for row in tables.body(sheet):
        values = sheet.rows[row].values
        if not isinstance(values[day], date) or not values[number]:
            raise DoesNotApply
        values[number] = f"{values[number]} ngày {values[day]:%d/%m/%Y}"
    mark = chance.choice(["Quyết định số {value}", "{n}. Quyết định số {value}", "{roman}. QĐ số {value}"])
    _as_headings(sheet, number, mark)
    for place in sorted((number, day), reverse=True):
        _drop(sheet, place)
    return book


@on_book("either", _AWARDS)
def offices_as_headings(book: Book, chance: Random) -> Book:
    """The office stands as a heading above its rows, in no column."""
    sheet = book.sheets[0]
    place = tables.column(sheet, "Đơn vị công tác")
    _as_headings(sheet, place, chance.choice(["{n}. {value}", "{value}", "{roman}. {value}"]))
    _drop(sheet, place)
    return book


@on_book("either", "KT-DS")
def years_as_headings(book: Book, chance: Random) -> Book:
    """The year stands as a heading above the rows, in no column."""
    sheet = book.sheets[0]
    year = tables.column(sheet, "Năm")
    _as_headings(sheet, year, chance.choice(["Năm {value}", "{roman}. NĂM {value}", "{value}"]))
    _drop(sheet, year)
    return book


@on_book("either", _AWARDS)
def awards_above_blank_cells(book: Book, chance: Random) -> Book:
    """Awards stand as headings above their rows; their column is left blank."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    _as_headings(sheet, place, chance.choice(["{roman}. {value}", "{n}. {value}", "{value}"]))
    for number in tables.body(sheet):
        sheet.rows[number].values[place] = None
    return book


@on_book("either", _AWARDS)
def lone_names_below_the_signature(book: Book, chance: Random) -> Book:
    """Rows with a name and an award alone stand below the signature block."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    name, award = tables.column(sheet, *tables.NAME_LABELS), tables.column(sheet, _AWARD)
    moved = [sheet.rows.pop(number) for number in reversed(rows[-2:])][::-1]
    for row in moved:
        row.values = [value if place in (name, award) else None for place, value in enumerate(row.values)]
    label: list[Value] = [*[None] * max(sheet.width() - 3, 0), chance.choice(["GIÁM ĐỐC", "NGƯỜI LẬP BIỂU"])]
    sheet.rows += [Row([], "plain"), Row(label, "sign"), Row([], "plain"), *moved]
    return book


@on_book("told", _PLAIN)
def a_name_in_a_merged_row(book: Book, chance: Random) -> Book:
    """Someone was added in a row whose cells are merged."""
    sheet = book.sheets[0]
    at = tables.body(sheet)[-1] + 1
    text = chance.choice(
        ["Bổ sung: ông Lý Văn Thử, Chuyên viên, danh hiệu Lao động tiên tiến",
         "Lý Văn Thử - Lao động tiên tiến", "Bà Nông Thị Mẫu, Giáo viên: Chiến sĩ thi đua cơ sở"]
    )  # fmt: skip
    tables.insert(sheet, at, [Row([text], "body")])
    sheet.merges.append((at, 0, at, len(tables.labels(sheet)) - 1))
    return book


@on_book("told", "KT-DS HCM-DSDK LS-M03")
def names_in_the_notes_below(book: Book, chance: Random) -> Book:
    """Further people were typed into the column of notes below the list."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    if "Ghi chú" not in tables.labels(sheet):
        tables.widen(sheet, "Ghi chú")
    place = tables.column(sheet, "Ghi chú")
    number: Value = len(rows) + 1 if chance.random() < 0.5 else None
    more = [number, *[None] * (place - 1), "Bổ sung Lý Văn Thử, Lao động tiên tiến"]
    tables.insert(sheet, rows[-1] + 1, [Row(more, "body")])
    return book


@on_book("either", _PLAIN)
def rows_broken_in_two(book: Book, chance: Random) -> Book:
    """A converter broke the texts of rows into two rows."""
    sheet = book.sheets[0]
    name = tables.column(sheet, *tables.NAME_LABELS)
    for number in reversed(tables.several(sheet, 2)):
        row = sheet.rows[number]
        lower: list[Value] = [None] * len(row.values)
        for place, value in enumerate(row.values):
            if isinstance(value, str) and " " in value and (place == name or len(value) > 14):
                middle = (
                    value.index(" ", len(value) // 2)
                    if " " in value[len(value) // 2 :]
                    else value.rindex(" ")
                )
                row.values[place], lower[place] = value[:middle], value[middle + 1 :]
        tables.insert(sheet, number + 1, [Row(lower, "body")])
    return book


@on_book("either", _PLAIN)
def rows_pasted_twice(book: Book, chance: Random) -> Book:
    """The list was pasted twice, with its header."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    if not tables.is_plain(sheet):
        raise DoesNotApply
    again = [
        Row(list(sheet.rows[number].values), sheet.rows[number].role)
        for number in (tables.header(sheet), *rows)
    ]
    tables.insert(sheet, rows[-1] + 1, again)
    return book


@on_book("told", _AWARDS)
def a_row_moved_by_one_cell(book: Book, chance: Random) -> Book:
    """The cells of a row stand one column to the right."""
    sheet = book.sheets[0]
    row = sheet.rows[
        chance.choice([number for number in tables.body(sheet) if any(sheet.rows[number].values)])
    ]
    row.values.insert(2, None)
    return book


@on_book("either", _AWARDS, ".xlsx .xls .ods .docx")
def a_summary_below(book: Book, chance: Random) -> Book:
    """A small table below the list counts it by award."""
    sheet = book.sheets[0]
    at = tables.body(sheet)[-1] + 1
    lines: list[list[Value]] = [
        [], ["STT", "Danh hiệu", "Số lượng"], [1, "Lao động tiên tiến", 5], [2, "Chiến sĩ thi đua cơ sở", 2],
    ]  # fmt: skip
    tables.insert(sheet, at, [Row(line, "body" if line else "plain") for line in lines])
    return book


@on_book("right", _PLAIN, ".xlsx .xls .ods")
def a_cover_sheet(book: Book, chance: Random) -> Book:
    """A sheet in front says what the file is."""
    front = second_sheet(book.sheets[0], chance.choice(["Bìa", "Trang bìa", "Sheet1"]))
    lines = ["SỞ VÍ DỤ", "HỒ SƠ KHEN THƯỞNG", "NĂM 2019"]
    front.rows = [Row([None, text], "title") for text in lines[: chance.randrange(1, 4)]]
    book.sheets.insert(0, front)
    return book


@on_book("either", _AWARDS)
def names_in_a_column_for_each_kind(book: Book, chance: Random) -> Book:
    """Collectives and persons have a column each for their names."""
    sheet = book.sheets[0]
    name, kind = tables.column(sheet, *tables.NAME_LABELS), tables.column(sheet, "Phân loại khen thưởng")
    sheet.rows[tables.header(sheet)].values[name : name + 1] = ["Tên tập thể", "Họ và tên cá nhân"]
    for number in tables.body(sheet):
        values = sheet.rows[number].values
        of_person = "cá nhân" in str(values[kind]).casefold()
        values[name : name + 1] = [None, values[name]] if of_person else [values[name], None]
    sheet.widths.insert(name, 20.0)
    return book


@on_book("right", _PLAIN)
def a_blank_column_between(book: Book, chance: Random) -> Book:
    """An empty column stands amid the table."""
    sheet = book.sheets[0]
    if not tables.is_plain(sheet) or sheet.merges:
        raise DoesNotApply
    place = chance.randrange(2, len(tables.labels(sheet)) - 1)
    for number in (tables.header(sheet), *tables.body(sheet)):
        values = sheet.rows[number].values
        if len(values) > place:
            values.insert(place, None)
    sheet.widths.insert(place, 3.0)
    return book
