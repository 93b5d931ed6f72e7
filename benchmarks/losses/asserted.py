"""What people write beside and above rows that says they are no awards, or of another time than the rest."""

from __future__ import annotations

from random import Random

from docx.document import Document
from docx.table import Table

from benchmarks.losses.mutator import DoesNotApply, on_book, on_bytes
from benchmarks.losses.tables import body, column, header, insert, is_plain, labels, several, widen
from benchmarks.losses.words import changed, cut_table
from pipelines.generate.shape import Book, Row, Sheet

AWARDS = "KT-DS"
TIMES = ("Số quyết định", "Ngày quyết định", "Năm")
KIND = "Phân loại khen thưởng"


def _merged(sheet: Sheet) -> bool:
    """Whether cells of the list are merged; those of its title may be."""
    return any(bottom >= header(sheet) for _, _, bottom, _ in sheet.merges)


def _without(book: Book, *names: str) -> None:
    """Take columns out of the first sheet."""
    sheet = book.sheets[0]
    if not is_plain(sheet) or _merged(sheet):
        raise DoesNotApply
    sheet.merges = []
    for name in names:
        at = column(sheet, name)
        for row in sheet.rows[header(sheet) :]:
            del row.values[at : at + 1]
    sheet.choices, sheet.fonts = [], {}


@on_book("told", AWARDS + " LS-M03 HCM-DSDK")
def a_remark_that_takes_out(book: Book, chance: Random) -> Book:
    """A column of remarks says that one row is not of the list."""
    sheet = book.sheets[0]
    rows = several(sheet)
    if not is_plain(sheet):
        raise DoesNotApply
    said = [
        "Không khen thưởng",
        "Chưa có quyết định",
        "Thu hồi",
        "Không tính",
        "Trùng với đợt trước",
        "Bãi bỏ",
    ]
    at = labels(sheet).index("Ghi chú") if "Ghi chú" in labels(sheet) else None
    if at is None:
        at = sheet.width()
        widen(sheet, chance.choice(["Ghi chú", "Ý kiến", "Kết quả xét"]))
    values = sheet.rows[chance.choice(rows)].values
    values.extend([None] * (at + 1 - len(values)))
    values[at] = chance.choice(said)
    return book


@on_book("right", AWARDS)
def answers_of_yes_and_no(book: Book, chance: Random) -> Book:
    """A column of the unit's own is answered with yes and no."""
    sheet = book.sheets[0]
    if not is_plain(sheet):
        raise DoesNotApply
    width = sheet.width()
    widen(sheet, chance.choice(["Đảng viên", "Dân tộc thiểu số", "Đã nhận tiền thưởng", "Nữ"]))
    for number in body(sheet):
        values = sheet.rows[number].values
        values.extend([None] * (width - len(values)))
        values.append(chance.choice(["Có", "Không"]))
    return book


@on_book("right", AWARDS)
def kinds_in_headings_alone(book: Book, chance: Random) -> Book:
    """The column of kinds is gone; headings give them."""
    sheet = book.sheets[0]
    at = column(sheet, KIND)
    kinds = [str(sheet.rows[number].values[at]) for number in body(sheet)]
    order = sorted(zip(kinds, body(sheet), strict=True))
    rows = [(kind, sheet.rows[number]) for kind, number in order]
    first = body(sheet)[0]
    if not is_plain(sheet) or _merged(sheet) or body(sheet) != list(range(first, first + len(rows))):
        raise DoesNotApply
    for number, (_, row) in enumerate(rows):
        sheet.rows[first + number] = row
    named = {"Khen thưởng tập thể": "TẬP THỂ", "Khen thưởng cá nhân": "CÁ NHÂN"}
    named |= {"Khen thưởng hộ gia đình": "HỘ GIA ĐÌNH"}
    if set(kinds) - set(named):
        raise DoesNotApply
    _without(book, KIND)
    for number in reversed(range(len(rows))):
        if number == 0 or rows[number][0] != rows[number - 1][0]:
            heading = f"{'I' * (1 + len({kind for kind, _ in rows[:number]}))}. {named[rows[number][0]]}"
            insert(sheet, first + number, [Row([heading], "section")])
    return book


@on_book("told", AWARDS)
def a_heading_of_proposals_amid_awards(book: Book, chance: Random) -> Book:
    """Amid the list a heading says that what follows is not awarded yet."""
    sheet = book.sheets[0]
    rows = several(sheet, 3)
    said = ["B. Danh sách đề xuất bổ sung", "II. Dự kiến khen đợt sau", "Phần 2: Đề nghị khen thưởng năm sau"]
    insert(sheet, rows[-1], [Row([chance.choice(said)], "section")])
    return book


@on_book("told", AWARDS, ".xlsx .xls .ods")
def a_sheet_named_as_set_aside(book: Book, chance: Random) -> Book:
    """The sheet's name says that nobody means to send it."""
    book.sheets[0].name = chance.choice(["Không duyệt", "Bản nháp", "Cũ", "Dự phòng", "Nháp 2"])
    return book


@on_book("none", AWARDS)
def sent_with_a_request(book: Book, chance: Random) -> Book:
    """Below its title the list says that it goes with a request for awards."""
    sheet = book.sheets[0]
    said = ["(Kèm theo Tờ trình số 12/TTr-PNV)", "(Đính kèm Tờ trình của đơn vị)", "(DỰ THẢO)", "LẤY Ý KIẾN"]
    insert(sheet, header(sheet), [Row([chance.choice(said)], "subtitle")])
    return book


@on_bytes("either", ".docx", AWARDS)
def another_decision_between_tables(data: bytes, chance: Random) -> bytes:
    """The list goes on without header below the line of another decision."""
    said = [
        "(Kèm theo Quyết định số 77/QĐ-UBND ngày 20/11/2014)",
        "Năm 2014",
        "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
    ]
    text = chance.choice(said)

    def divide(paper: Document, table: Table) -> None:
        cut_table(table, len(table.rows) - 2, text)

    return changed(data, divide)
