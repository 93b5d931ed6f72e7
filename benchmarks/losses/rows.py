"""What people do with rows: more of them, others among them, cut, moved, merged."""

from __future__ import annotations

from random import Random

from benchmarks.losses import tables
from benchmarks.losses.headers import second_sheet
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Value

_PLAIN = "KT-DS LS-DSDN QS LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"


@on_book("right", _PLAIN)
def blank_rows(book: Book, chance: Random) -> Book:
    """Blank rows stand between the rows."""
    sheet = book.sheets[0]
    for number in reversed(tables.several(sheet)[1:]):
        if chance.random() < 0.5:
            tables.insert(sheet, number, [Row([], "body") for _ in range(chance.randrange(1, 4))])
    return book


@on_book("right", _LISTS)
def no_ordinals(book: Book, chance: Random) -> Book:
    """The column of ordinals is empty."""
    sheet = book.sheets[0]
    for number in tables.body(sheet):
        sheet.rows[number].values[0] = None
    return book


@on_book("right", _LISTS)
def prefilled_ordinals(book: Book, chance: Random) -> Book:
    """Ordinals are filled in for rows that nobody needed."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    place, width = tables.column(sheet, "STT", "TT"), len(sheet.rows[rows[0]].values)
    more: list[Row] = [
        Row([*[None] * place, len(rows) + number, *[None] * (width - place - 1)], "body")
        for number in range(1, chance.randrange(3, 15))
    ]
    tables.insert(sheet, rows[-1] + 1, more)
    return book


@on_book("right", _LISTS)
def a_sum_below(book: Book, chance: Random) -> Book:
    """A row under the list counts it."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    width = len(sheet.rows[rows[0]].values)
    words = chance.choice(
        ["Tổng cộng: {n}", "Cộng", "Tổng số: {n} trường hợp", "Danh sách gồm {n} trường hợp./."]
    )
    cells: list[Value] = [None, words.format(n=len(rows))]
    tables.insert(sheet, rows[-1] + 1, [Row((cells + [None] * width)[:width], "total")])
    return book


@on_book("right", "KT-DS")
def section_rows(book: Book, chance: Random) -> Book:
    """A section row stands above the list."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    width = len(sheet.rows[rows[0]].values)
    text = chance.choice(["I. Năm học 2018 - 2019", "A. CẤP TỈNH", "1. Khối cơ quan"])
    tables.insert(sheet, rows[0], [Row([text, *[None] * (width - 1)], "section")])
    return book


@on_book("right", _LISTS)
def notes_below(book: Book, chance: Random) -> Book:
    """Notes and whom the paper goes to stand below the list."""
    sheet = book.sheets[0]
    notes = [["Ghi chú: Danh sách xếp theo vần A, B, C."], ["Nơi nhận:"], ["- Như trên;"], ["- Lưu: VT."]]
    sheet.rows += [Row([], "plain"), *(Row([*note], "note") for note in notes)]
    return book


@on_book("either", _LISTS)
def rows_below_the_signature(book: Book, chance: Random) -> Book:
    """Rows were added below the signature block."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    moved = [sheet.rows.pop(number) for number in reversed(rows[-2:])]
    width = len(moved[0].values)
    label: list[Value] = [*[None] * max(width - 3, 0), "THỦ TRƯỞNG ĐƠN VỊ"]
    sheet.rows += [Row([], "plain"), Row(label, "sign"), Row([], "plain"), *reversed(moved)]
    return book


@on_book("either", _LISTS)
def a_second_table_without_header(book: Book, chance: Random) -> Book:
    """The list goes on below a line of text, without header."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    text = chance.choice(["(tiếp theo)", "Danh sách tiếp theo", "Tiếp trang 2"])
    tables.insert(sheet, rows[-2], [Row([], "plain"), Row([text], "note")])
    return book


@on_book("either", _LISTS, ".xlsx .xls .ods")
def on_with_another_sheet(book: Book, chance: Random) -> Book:
    """The list goes on in a second sheet without header."""
    sheet = book.sheets[0]
    more = second_sheet(sheet, chance.choice(["Sheet2", "Trang 2", "Table 2"]))
    rows = tables.several(sheet, 3)
    more.rows = [sheet.rows.pop(number) for number in reversed(rows[-2:])][::-1]
    book.sheets.insert(1, more)
    return book


@on_book("either", "KT-DS LS-DSDN BHXH-M03 BHXH-DSDK HCM-DSDK", ".xlsx .xls .ods")
def another_sheet_with_header(book: Book, chance: Random) -> Book:
    """A second sheet holds the rest of the list under its own title and header."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    more = second_sheet(sheet, "Phòng 2")
    head = sheet.copy().rows[: sheet.header_end()]
    more.merges = [merge for merge in sheet.merges if merge[2] < len(head)]
    more.rows = head + [sheet.rows.pop(number) for number in reversed(rows[-2:])][::-1]
    book.sheets.insert(1, more)
    return book


@on_book("either", "KT-DS")
def two_lists_below_each_other(book: Book, chance: Random) -> Book:
    """A second table without the columns it does not need, in another order, stands below the first."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 4)
    head = sheet.rows[tables.header(sheet)].values
    moved = [sheet.rows.pop(number) for number in reversed(rows[-2:])][::-1]
    used = [place for place in range(1, len(head)) if any(row.values[place] is not None for row in moved)]
    chance.shuffle(used)
    places = [0, *used]
    labels = [head[place] for place in places]
    at = rows[-3] + 1
    lower = [Row([row.values[place] for place in places]) for row in moved]
    tables.insert(sheet, at, [Row([], "plain"), Row([*labels], "header"), *lower])
    return book


@on_book("either", "KT-DS LS-M03 BHXH-DSDK HCM-DSDK", ".xlsx .xls .ods .csv")
def two_lists_side_by_side(book: Book, chance: Random) -> Book:
    """The second half of the list stands to the right of the first, with its own header."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 4)
    half = len(rows) // 2
    head = sheet.rows[tables.header(sheet)].values
    width = len(head)
    for number in (tables.header(sheet), *rows):
        values = sheet.rows[number].values
        values.extend([None] * (width - len(values)))
    head += [None, *head]
    for place, number in enumerate(rows[half:]):
        sheet.rows[rows[place]].values += [None, *sheet.rows[number].values]
    for number in reversed(rows[half:]):
        if number not in rows[:half] and len(sheet.rows[number].values) == width:
            del sheet.rows[number]
    return book


@on_book("right", "KT-DS LS-DSDN BHXH-DSDK HCM-DSDK", ".xlsx .xls .ods .docx")
def one_year_merged_over_rows(book: Book, chance: Random) -> Book:
    """Equal years are merged into one cell; the merge may go past the last row."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    place = tables.column(sheet, "Năm")
    if rows != list(range(rows[0], rows[-1] + 1)):
        raise DoesNotApply
    runs = [rows[-1:]]
    for number in reversed(rows[:-1]):
        same = sheet.rows[number].values[place] == sheet.rows[number + 1].values[place]
        runs[-1:] = [[number, *runs[-1]]] if same else [runs[-1], [number]]
    for run in runs:
        if len(run) > 1:
            past = run[-1] == rows[-1] and run[-1] == len(sheet.rows) - 1
            for number in run[1:]:
                sheet.rows[number].values[place] = None
            if past:
                sheet.rows.append(Row([], "body"))
            sheet.merges.append((run[0], place, run[-1] + past, place))
    return book


@on_book("right", _LISTS)
def letterhead_above(book: Book, chance: Random) -> Book:
    """A letterhead of two columns stands above the title."""
    sheet = book.sheets[0]
    right = max(sheet.width() - 4, 1)
    lines = [("UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("SỞ VÍ DỤ", "Độc lập - Tự do - Hạnh phúc")]
    rows: list[Row] = [Row([left, *[None] * (right - 1), text], "head") for left, text in lines]
    tables.insert(sheet, 0, [*rows, Row([], "plain")])
    return book
