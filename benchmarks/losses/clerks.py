"""What clerks do to lists: headings amid them, columns of their own, what a row says of itself."""

from __future__ import annotations

from random import Random

from benchmarks.losses import tables
from benchmarks.losses.headers import second_sheet
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Value

_PLAIN = "KT-DS LS-DSDN QS LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_AWARDS = "KT-DS LS-DSDN"
_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"
_KIND = "Phân loại khen thưởng"


@on_book("right", _AWARDS)
def headings_amid_the_rows(book: Book, chance: Random) -> Book:
    """A lone text heads the rows below it: a kind, an office."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    place = chance.randrange(0, 3)
    text = chance.choice(
        ["Khối các phòng chuyên môn", "1. Khối cơ quan", "* Các đơn vị trực thuộc",
         "I/ Khối quản lý", "Đơn vị: Phòng Kế hoạch", "a) Cấp cơ sở"]
    )  # fmt: skip
    for number in (rows[2], rows[0]):
        tables.insert(sheet, number, [Row([*[None] * place, text], "section")])
    return book


@on_book("right", _LISTS)
def kinds_as_headings(book: Book, chance: Random) -> Book:
    """The kinds stand as headings above their rows, besides the column that tells them."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 2)
    label = next(
        label for label in (_KIND, "Loại", "Loại (Tập thể/Cá nhân)") if label in tables.labels(sheet)
    )
    place = tables.column(sheet, label)
    before = len(rows)
    for number in reversed(rows):
        kind = str(sheet.rows[number].values[place] or "")
        above = sheet.rows[number - 1]
        last = str(above.values[place]) if above.role == "body" and len(above.values) > place else None
        if kind and kind != last:
            before -= 1
            words = kind.removeprefix("Khen thưởng ").capitalize()
            text = chance.choice(["{}", "KHEN THƯỞNG {}", "Khen thưởng {}", "{}:"]).format(words)
            at = chance.choice([0, tables.column(sheet, *tables.NAME_LABELS)])
            tables.insert(sheet, number, [Row([*[None] * at, text], "section")])
    if before == len(rows):
        raise DoesNotApply
    return book


@on_book("told", _AWARDS)
def an_example_left_in(book: Book, chance: Random) -> Book:
    """The example row of a template stands above the rows."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 4)
    row = Row(list(sheet.rows[rows[0]].values), "body")
    row.values[0] = None
    row.values[tables.column(sheet, *tables.NAME_LABELS)] = chance.choice(
        ["Nguyễn Văn A", "Trần Thị B", "(Ví dụ) Nguyễn Văn A", "Nguyễn Văn X", "VD: Trần Văn B"]
    )
    tables.insert(sheet, rows[0], [row])
    return book


@on_book("told", _AWARDS)
def awards_as_headings(book: Book, chance: Random) -> Book:
    """Awards stand as headings above their rows, in no column."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    rows = tables.body(sheet)
    last: Value = None
    heads: list[tuple[int, Value]] = []
    for number in rows:
        award = sheet.rows[number].values[place]
        if award != last:
            heads.append((number, award))
        last = award
    for number in (tables.header(sheet), *rows):
        del sheet.rows[number].values[place]
    del sheet.widths[place : place + 1]
    for count, (number, award) in reversed([*enumerate(heads, start=1)]):
        tables.insert(sheet, number, [Row([f"{count}. {award}"], "section")])
    return book


@on_book("told", _LISTS, ".xlsx .xls .ods")
def a_copy_of_the_sheet(book: Book, chance: Random) -> Book:
    """A copy of the sheet stands behind it."""
    sheet = book.sheets[0]
    more = sheet.copy()
    more.name = f"{sheet.name} (2)"
    book.sheets.append(more)
    return book


@on_book("either", _LISTS, ".xlsx .xls .ods")
def the_list_in_a_hidden_sheet(book: Book, chance: Random) -> Book:
    """The list stands in a hidden sheet behind an empty one."""
    sheet = book.sheets[0]
    front = second_sheet(sheet, "Sheet1")
    front.rows = [Row(["Xem trang sau"], "plain")]
    sheet.hidden = True
    book.sheets.insert(0, front)
    return book


@on_book("right", _LISTS)
def other_ordinals(book: Book, chance: Random) -> Book:
    """Rows are numbered otherwise."""
    sheet = book.sheets[0]
    pattern = chance.choice(["{:02d}", "{}.", "{}/", "({})", "1.{}", "{}-", "{})"])
    for count, number in enumerate(tables.body(sheet), start=1):
        sheet.rows[number].values[0] = pattern.format(count)
    return book


@on_book("right", _AWARDS)
def numbers_begin_anew(book: Book, chance: Random) -> Book:
    """Sections number their rows from one."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 4)
    for count, number in enumerate(rows[2:], start=1):
        sheet.rows[number].values[0] = count
    tables.insert(sheet, rows[2], [Row(["II", None, "ĐỢT 2"], "section")])
    tables.insert(sheet, rows[0], [Row(["I", None, "ĐỢT 1"], "section")])
    return book


@on_book("right", _LISTS)
def sums_of_pages(book: Book, chance: Random) -> Book:
    """Sums are carried over from page to page."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    at = chance.choice([0, tables.column(sheet, *tables.NAME_LABELS)])
    lines = chance.choice(
        [
            ("Cộng trang 1", "Mang sang"),
            ("Cộng chuyển trang sau", "Trang trước chuyển sang"),
            ("Cộng trang: 2", ""),
        ]
    )
    tables.insert(sheet, rows[2], [Row([*[None] * at, text], "total") for text in lines if text])
    return book


@on_book("right", _LISTS)
def the_end_of_the_list(book: Book, chance: Random) -> Book:
    """A line closes the list."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    text = chance.choice(
        ["(Danh sách ấn định {n} trường hợp)", "Danh sách này có {n} người./.", "- Hết -", "HẾT", "--------",
         "(Ấn định danh sách có {n} tập thể, cá nhân)",
         "Tổng cộng danh sách có {n} trường hợp", "./.", "* * *"]
    ).format(n=len(rows))  # fmt: skip
    at = chance.choice([0, 1, 2])
    tables.insert(sheet, rows[-1] + 1, [Row([*[None] * at, text], "total")])
    return book


@on_book("right", _LISTS)
def rows_of_dots(book: Book, chance: Random) -> Book:
    """Rows of dots are left over from the paper."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    width = len(tables.labels(sheet))
    mark = chance.choice(["...", "…", "……", "-", "_____"])
    more = [Row([mark] * width, "body"), Row([mark, *[None] * (width - 1)], "body")]
    tables.insert(sheet, rows[-1] + 1, more[: chance.randrange(1, 3)])
    return book


@on_book("right", _LISTS)
def dashes_for_nothing(book: Book, chance: Random) -> Book:
    """Blank cells hold a dash or a cross."""
    sheet = book.sheets[0]
    mark = chance.choice(["-", "–", "…", "/"])
    for number in tables.body(sheet):
        row = sheet.rows[number]
        row.values = [mark if value is None else value for value in row.values]
    return book


@on_book("told", "LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK KT-DS LS-DSDN", ".xlsx .xls .ods .docx")
def a_list_of_another_shape_below(book: Book, chance: Random) -> Book:
    """Further people stand below the list in a table of other columns."""
    sheet = book.sheets[0]
    lines: list[list[Value]] = [
        ["TT", "Người được giới thiệu thêm", "Thành tích"],
        [1, "Lý Văn Thử", "Hoàn thành xuất sắc nhiệm vụ"],
        [2, "Nông Thị Mẫu", "Có sáng kiến"],
    ]
    last = tables.body(sheet)[-1]
    tables.insert(sheet, last + 1, [Row([], "plain"), *(Row(line, "body") for line in lines)])
    return book


@on_book("right", "KT-DS LS-DSDN BHXH-DSDK HCM-DSDK LS-M03", ".xlsx .xls .ods .docx")
def equal_workplaces_are_merged(book: Book, chance: Random) -> Book:
    """What all rows share is merged into one cell, in each such column."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    if rows != list(range(rows[0], rows[-1] + 1)):
        raise DoesNotApply
    done = False
    for place in range(1, len(tables.labels(sheet))):
        values = {sheet.rows[number].values[place] for number in rows}
        if len(values) == 1 and None not in values:
            for number in rows[1:]:
                sheet.rows[number].values[place] = None
            sheet.merges.append((rows[0], place, rows[-1], place))
            done = True
    if not done:
        raise DoesNotApply
    return book
