"""What people do to numbers and dates."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Value

_AWARDS = "KT-DS LS-DSDN"


def _counts(book: Book, pattern: str) -> Book:
    sheet = book.sheets[0]
    done = False
    for number in tables.body(sheet):
        values = sheet.rows[number].values
        for place in range(1, len(values)):
            value = values[place]
            if isinstance(value, int) and not 1990 < value < 2100:
                text = pattern.format(value)
                values[place], done = text, True
    if not done:
        raise DoesNotApply
    return book


@on_book("either", "QS")
def counts_with_units(book: Book, chance: Random) -> Book:
    """Counts carry what is counted."""
    return _counts(book, chance.choice(["{} người", "{} tập thể", "{} (đơn vị)", "{} (1)", "~{}"]))


@on_book("either", "QS")
def counts_with_marks(book: Book, chance: Random) -> Book:
    """Counts carry decimals, signs, marks of thousands."""
    return _counts(book, chance.choice(["{},0", "{}.0", "{:,}", "0{}", "{:.2f}", "{}-", "+{}"]))


@on_book("right", "QS")
def a_sum_of_years(book: Book, chance: Random) -> Book:
    """A row sums the years up, a line names the unit of measure."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    width = len(sheet.rows[rows[0]].values)
    sums: list[Value] = [
        sum(value for number in rows if isinstance(value := sheet.rows[number].values[place], int))
        for place in range(1, width)
    ]
    label = chance.choice(["Tổng cộng", "Cộng", "Tổng số", "Trung bình"])
    tables.insert(sheet, rows[-1] + 1, [Row([label, *sums], "total")])
    tables.insert(sheet, tables.header(sheet), [Row([None, "Đơn vị tính: người"], "note")])
    return book


@on_book("told", "QS")
def a_year_twice(book: Book, chance: Random) -> Book:
    """A year stands in two rows."""
    sheet = book.sheets[0]
    rows = tables.several(sheet, 2)
    sheet.rows[rows[-1]].values[tables.column(sheet, "Năm")] = sheet.rows[rows[0]].values[
        tables.column(sheet, "Năm")
    ]
    return book


@on_book("told", "QS")
def a_zero_as_a_letter(book: Book, chance: Random) -> Book:
    """A number holds a letter."""
    sheet = book.sheets[0]
    row = sheet.rows[chance.choice(tables.body(sheet))]
    row.values[2] = chance.choice(["1O2", "l20", "không", "12o"])
    return book


@on_book("told", "QS")
def the_parts_exceed_the_whole(book: Book, chance: Random) -> Book:
    """More people work directly than there are."""
    sheet = book.sheets[0]
    row = sheet.rows[chance.choice(tables.body(sheet))]
    place = tables.column(sheet, "Lao động trực tiếp")
    whole = row.values[tables.column(sheet, "Tổng số cá nhân")]
    if not isinstance(whole, int):
        raise DoesNotApply
    row.values[place] = whole + 5
    return book


@on_book("either", _AWARDS)
def short_dates(book: Book, chance: Random) -> Book:
    """Dates are typed short, in the American order, or with words."""
    pattern = chance.choice(
        ["%d/%m/%y", "%m/%d/%Y", "%d.%m.%y", "%d tháng %m năm %Y", "%d-%b-%Y", "%Y%m%d", "%m/%Y"]
    )
    sheet = book.sheets[0]
    place = tables.column(sheet, "Ngày quyết định")
    done = False
    for number in tables.body(sheet):
        value = sheet.rows[number].values[place]
        if isinstance(value, date):
            sheet.rows[number].values[place], done = value.strftime(pattern), True
    if not done:
        raise DoesNotApply
    return book


@on_book("either", _AWARDS)
def number_and_date_in_one_cell(book: Book, chance: Random) -> Book:
    """Number and date of the decision stand in one cell, under one header."""
    sheet = book.sheets[0]
    place, day = tables.column(sheet, "Số quyết định"), tables.column(sheet, "Ngày quyết định")
    label = chance.choice(
        ["Số, ngày quyết định", "Quyết định (số, ngày)", "Số quyết định", "Quyết định số, ngày, tháng, năm"]
    )
    pattern = chance.choice(
        ["{} ngày {:%d/%m/%Y}", "Số {}, ngày {:%d/%m/%Y}", "QĐ số {} ngày {:%d/%m/%Y}", "{}\n{:%d/%m/%Y}"]
    )
    for number in (tables.header(sheet), *tables.body(sheet)):
        values = sheet.rows[number].values
        when = values[day]
        if number == tables.header(sheet):
            values[place] = label
        elif isinstance(when, date):
            values[place] = pattern.format(values[place], when)
        del values[day]
    del sheet.widths[day : day + 1]
    return book


@on_book("told", _AWARDS)
def years_of_two(book: Book, chance: Random) -> Book:
    """A row names two years, or a span."""
    sheet = book.sheets[0]
    place = tables.column(sheet, "Năm")
    sheet.rows[chance.choice(tables.body(sheet))].values[place] = chance.choice(
        ["2018, 2019", "2018 và 2019", "2016 - 2020", "2018; 2019", "2017-2019", "2018\n2019"]
    )
    return book
