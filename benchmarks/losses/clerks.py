"""What clerks do to lists: headings amid them, columns of their own, what a row says of itself."""

from __future__ import annotations

import itertools
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
    """A lone text heads the rows below it: a kind, an office, a year."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    place = chance.randrange(0, 3)
    text = chance.choice(
        ["Khối các phòng chuyên môn", "1. Khối cơ quan", "* Các đơn vị trực thuộc", "- Phòng Tổ chức",
         "Năm 2020", "I/ Khối quản lý", "Đơn vị: Phòng Kế hoạch", "a) Cấp cơ sở"]
    )  # fmt: skip
    for number in (rows[2], rows[0]):
        tables.insert(sheet, number, [Row([*[None] * place, text], "section")])
    return book


@on_book("right", _LISTS)
def kinds_as_headings(book: Book, chance: Random) -> Book:
    """The kinds stand as headings above their rows, besides the column that tells them."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 2)
    label = next(label for label in (_KIND, "Loại", "Loại (Tập thể/Cá nhân)") if label in _head(sheet.rows))
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


def _head(rows: list[Row]) -> list[Value]:
    return next(row.values for row in rows if row.role == "header")


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
    if "Ghi chú" not in _head(sheet.rows):
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
    if "Ghi chú" in _head(sheet.rows):
        raise DoesNotApply
    tables.widen(sheet, "Ghi chú")
    for number in tables.body(sheet):
        sheet.rows[number].values.append(
            chance.choice([None, "Mới tuyển dụng", "Nghỉ hưu từ 01/6/2020", "Hồ sơ kèm theo", "Loại A", "x"])
        )
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
    width = len(_head(sheet.rows))
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
    for place in range(1, len(_head(sheet.rows))):
        values = {sheet.rows[number].values[place] for number in rows}
        if len(values) == 1 and None not in values:
            for number in rows[1:]:
                sheet.rows[number].values[place] = None
            sheet.merges.append((rows[0], place, rows[-1], place))
            done = True
    if not done:
        raise DoesNotApply
    return book
