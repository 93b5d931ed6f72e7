"""What people write into cells."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import date
from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate import imperfections
from pipelines.generate.shape import Book, Value

_LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_AWARDS = "KT-DS LS-DSDN"
_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"


@on_book("right")
def decomposed_letters(book: Book, chance: Random) -> Book:
    """All letters are stored decomposed (NFD)."""
    book.sheets[0] = imperfections.to_nfd(book.sheets[0])
    return book


@on_book("right")
def old_tone_marks(book: Book, chance: Random) -> Book:
    """Tone marks stand where the old spelling puts them."""
    book.sheets[0] = imperfections.old_tone_marks(book.sheets[0])
    return book


@on_book("right", _LISTS)
def blanks_around(book: Book, chance: Random) -> Book:
    """Blanks stand before, after and twice within values."""
    mark = chance.choice([" ", "\u00a0", "\t"])
    return tables.each_text(book, lambda text: f"{mark}{text.replace(' ', '  ', 1)}{mark}")


@on_book("right", _AWARDS + " QS BHXH-DSDK HCM-DSDK")
def numbers_as_text(book: Book, chance: Random) -> Book:
    """Numbers are stored as text."""
    book.sheets[0] = imperfections.years_as_text(book.sheets[0])
    return book


@on_book("right", _AWARDS)
def dates_as_text(book: Book, chance: Random) -> Book:
    """Dates are typed as text."""
    pattern = chance.choice(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "ngày %d tháng %m năm %Y"])
    book.sheets[0] = imperfections.dates_as_text(book.sheets[0], pattern)
    return book


@on_book("right", "KT-DS")
def school_years(book: Book, chance: Random) -> Book:
    """Years are school years."""
    book.sheets[0] = imperfections.replace_school_year(book.sheets[0], "Năm")
    return book


@on_book("either", _AWARDS)
def ditto_marks(book: Book, chance: Random) -> Book:
    """What repeats the row above is written as a ditto mark."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 3)
    mark = chance.choice(["nt", "như trên", '"', "-//-", "''", "Như trên", "-nt-"])
    done = False
    for label in ("Đơn vị công tác", "Năm", "Phân loại khen thưởng", _AWARD):
        place = tables.column(sheet, label)
        for above, number in reversed([*itertools.pairwise(rows)]):
            if sheet.rows[above].values[place] == sheet.rows[number].values[place] is not None:
                sheet.rows[number].values[place] = mark
                done = True
    if not done:
        raise DoesNotApply
    return book


@on_book("told", _LISTS)
def several_names_in_one_cell(book: Book, chance: Random) -> Book:
    """One cell names two or three people, collectives or households."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    row = sheet.rows[chance.choice(tables.body(sheet))]
    kind = " ".join(str(value).casefold() for value in row.values if value != row.values[place])
    names = ["Lý Văn Thử", "Nông Thị Mẫu", "Vi Văn Dụ"]
    marks = ["\n", "; ", ", "]
    if "tập thể" in kind:
        names = ["Phòng Tổ chức", "Phòng Kế hoạch và Tài chính", "Phòng Thanh tra"]
        marks.append(" và ")
    elif "gia đình" in kind:
        names = [f"Hộ ông {name}" for name in names]
    row.values[place] = chance.choice(marks).join(names[: chance.randrange(2, 4)])
    return book


@on_book("told", _AWARDS)
def several_awards_in_one_cell(book: Book, chance: Random) -> Book:
    """One cell names two awards."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    row = sheet.rows[chance.choice(tables.body(sheet))]
    row.values[place] = chance.choice(["; ", "\n", " và ", ", "]).join(["Lao động tiên tiến", "Giấy khen"])
    return book


@on_book("told", _AWARDS)
def an_award_nobody_knows(book: Book, chance: Random) -> Book:
    """An award is written so that nobody knows it."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    sheet.rows[chance.choice(tables.body(sheet))].values[place] = chance.choice(
        ["BK", "Khen", "DH-014", "Cờ TĐ"]
    )
    return book


@on_book("told", "KT-DS BHXH-DSDK HCM-DSDK")
def a_year_nobody_reads(book: Book, chance: Random) -> Book:
    """A year is no year."""
    sheet = book.sheets[0]
    place = tables.column(sheet, "Năm")
    sheet.rows[chance.choice(tables.body(sheet))].values[place] = chance.choice(
        ["19", "20l9", "năm nay", "2O19"]
    )
    return book


@on_book("told", "QS")
def a_number_in_words(book: Book, chance: Random) -> Book:
    """A number is written in words."""
    sheet = book.sheets[0]
    row = sheet.rows[chance.choice(tables.body(sheet))]
    row.values[2] = chance.choice(["một trăm hai mươi", "khoảng 100", "100-120", "???"])
    return book


@on_book("either", "LS-M02")
def percentages_with_points(book: Book, chance: Random) -> Book:
    """Percentages are typed with a point or a percent sign."""
    sheet = book.sheets[0]
    form = chance.choice(["{:.2f}", "{:.2f}%", "{:.2f} %"])
    for number in tables.body(sheet):
        values = sheet.rows[number].values
        for place in (6, 8):
            value = values[place] if place < len(values) else None
            if isinstance(value, int | float):
                values[place] = form.format(value)
    return book


@on_book("told", _AWARDS + " QS BHXH-DSDK HCM-DSDK", ".csv .docx")
def an_error_value(book: Book, chance: Random) -> Book:
    """A cell shows the error of a formula."""
    sheet = book.sheets[0]
    row = sheet.rows[chance.choice(tables.body(sheet))]
    row.values[1 if sheet.rows[tables.header(sheet)].values[0] == "Năm" else tables.column(sheet, "Năm")] = (
        "#REF!"
    )
    return book


@on_book("told", _LISTS)
def lost_letters(book: Book, chance: Random) -> Book:
    """Letters of a name became question marks."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    row = sheet.rows[chance.choice(tables.body(sheet))]
    text = unicodedata.normalize("NFC", str(row.values[place]))
    marred = "".join("?" if ord(letter) > 255 else letter for letter in text)
    if "?" not in marred.strip("?"):
        raise DoesNotApply
    row.values[place] = marred
    return book


@on_book("right", "KT-DS")
def decorated_awards(book: Book, chance: Random) -> Book:
    """Names of awards stand in quotation marks after «Danh hiệu»."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    for number in tables.body(sheet):
        value = sheet.rows[number].values[place]
        if isinstance(value, str) and "hạng" not in value.casefold():
            sheet.rows[number].values[place] = f"Danh hiệu “{value}”"
    return book


@on_book("right", "KT-DS LS-DSDN BHXH-DSDK HCM-DSDK", ".csv .xlsx .docx")
def dates_of_the_whole_year(book: Book, chance: Random) -> Book:
    """Years carry the word «Năm»."""
    sheet = book.sheets[0]
    place = tables.column(sheet, "Năm")
    for number in tables.body(sheet):
        value: Value = sheet.rows[number].values[place]
        if isinstance(value, int) and not isinstance(value, date):
            sheet.rows[number].values[place] = f"Năm {value}"
    return book
