"""How people and keyboards write what stands in cells, beside what ``values`` does."""

from __future__ import annotations

from random import Random

from benchmarks.losses import tables
from benchmarks.losses.mutator import DoesNotApply, on_book
from pipelines.generate.shape import Book, Row, Value

_LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"
_AWARDS = "KT-DS LS-DSDN"
_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"


def _every_text(book: Book, old: str, new: str) -> Book:
    for row in book.sheets[0].rows:
        row.values = [value.replace(old, new) if isinstance(value, str) else value for value in row.values]
    return book


@on_book("right")
def the_icelandic_letter(book: Book, chance: Random) -> Book:
    """«Đ» was typed as the Icelandic letter that looks the same."""
    return _every_text(book, "Đ", "Ð")


@on_book("right", _LISTS)
def unseen_letters_in_values(book: Book, chance: Random) -> Book:
    """Zero-width blanks, soft hyphens or byte order marks stand within values."""
    mark = chance.choice(["\u200b", "\u00ad", "\ufeff"])
    return tables.each_text(book, lambda text: text.replace(" ", f" {mark}", 1) + mark)


@on_book("right", _LISTS)
def names_broken_into_lines(book: Book, chance: Random) -> Book:
    """Names are broken into lines to fit their column."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    for number in tables.body(sheet):
        words = str(sheet.rows[number].values[place]).split(" ")
        if len(words) > 2:
            sheet.rows[number].values[place] = " ".join(words[:-1]) + "\n" + words[-1]
    return book


@on_book("right", _AWARDS)
def awards_broken_into_lines(book: Book, chance: Random) -> Book:
    """Names of awards are broken into lines."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    for number in tables.body(sheet):
        words = str(sheet.rows[number].values[place]).split(" ")
        middle = len(words) // 2
        sheet.rows[number].values[place] = " ".join(words[:middle]) + "\n" + " ".join(words[middle:])
    return book


@on_book("either", _LISTS)
def numbers_before_names(book: Book, chance: Random) -> Book:
    """There is no column of ordinals: numbers stand before the names."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    if tables.labels(sheet)[0] not in ("STT", "TT") or not tables.is_plain(sheet):
        raise DoesNotApply
    mark = chance.choice(["{}. {}", "{}) {}", "{}- {}", "{:02d}. {}"])
    for count, number in enumerate(tables.body(sheet), start=1):
        values = sheet.rows[number].values
        if values[place] is None:
            raise DoesNotApply
        values[place] = mark.format(count, values[place])
        del values[0]
    del tables.labels(sheet)[0]
    del sheet.widths[:1]
    return book


@on_book("either", _AWARDS)
def forms_of_address_before_names(book: Book, chance: Random) -> Book:
    """Names of persons begin with how they are addressed."""
    sheet = book.sheets[0]
    place, kind = tables.column(sheet, *tables.NAME_LABELS), tables.column(sheet, "Phân loại khen thưởng")
    for number in tables.body(sheet):
        values = sheet.rows[number].values
        if "cá nhân" in str(values[kind]).casefold():
            values[place] = f"{chance.choice(['Ông', 'Bà', 'Đồng chí', 'Đ/c'])} {values[place]}"
    return book


@on_book("told", _LISTS)
def names_joined_otherwise(book: Book, chance: Random) -> Book:
    """One cell names two people, joined by a slash, a plus sign, a dash or «và»."""
    sheet = book.sheets[0]
    place = tables.column(sheet, *tables.NAME_LABELS)
    rows = [
        number
        for number in tables.body(sheet)
        if any(str(value).casefold().endswith("cá nhân") for value in sheet.rows[number].values)
    ]
    if not rows:
        raise DoesNotApply
    mark = chance.choice([" và ", " / ", " + ", " & ", "/", "\n- ", " - "])
    sheet.rows[rows[0]].values[place] = mark.join(["Lý Văn Thử", "Nông Thị Mẫu"])
    return book


@on_book("told", _AWARDS)
def awards_joined_otherwise(book: Book, chance: Random) -> Book:
    """One cell names two awards, joined by a slash, a plus sign, a dash or a number each."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    row = sheet.rows[chance.choice(tables.body(sheet))]
    row.values[place] = chance.choice(
        ["{} / {}", "{} + {}", "{}/{}", "- {}\n- {}", "1. {} 2. {}", "{} - {}", "{} & {}", "{}, đồng thời {}"]
    ).format("Lao động tiên tiến", "Bằng khen của Chủ tịch UBND tỉnh")
    return book


@on_book("either", _AWARDS)
def awards_abbreviated(book: Book, chance: Random) -> Book:
    """Names of awards are abbreviated."""
    sheet = book.sheets[0]
    place = tables.column(sheet, _AWARD)
    short = {
        "lao động tiên tiến": "LĐTT",
        "chiến sĩ thi đua cơ sở": "CSTĐCS",
        "giấy khen": "GK",
        "bằng khen": "BK",
    }
    done = False
    for number in tables.body(sheet):
        text = str(sheet.rows[number].values[place])
        for long, letters in short.items():
            if text.casefold().startswith(long):
                sheet.rows[number].values[place] = letters + text[len(long) :]
                done = True
    if not done:
        raise DoesNotApply
    return book


@on_book("told", _LISTS)
def a_note_that_withdraws(book: Book, chance: Random) -> Book:
    """A note below the list says who is withdrawn from it, or added to it."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    name = sheet.rows[rows[0]].values[tables.column(sheet, *tables.NAME_LABELS)]
    text = chance.choice(
        ["Ghi chú: {name} rút khỏi danh sách", "* {name} xin rút", "Lưu ý: không xét {name} (số 1)",
         "Ghi chú: Bổ sung ông Lý Văn Thử, Lao động tiên tiến năm 2019", "(*) Đã loại {name} khỏi danh sách"]
    ).format(name=name)  # fmt: skip
    tables.insert(sheet, rows[-1] + 1, [Row([], "plain"), Row([*[None] * chance.randrange(2), text], "note")])
    return book


@on_book("right", _LISTS)
def a_harmless_note(book: Book, chance: Random) -> Book:
    """Notes below the list say nothing against it."""
    sheet = book.sheets[0]
    rows = tables.body(sheet)
    text = chance.choice(
        ["Ghi chú: Danh sách được niêm yết tại trụ sở", "Lưu ý: Các đơn vị gửi trước ngày 15",
         "* Số liệu tính đến 30/6", "Ghi chú: Quyết định gửi kèm theo"]
    )  # fmt: skip
    tables.insert(sheet, rows[-1] + 1, [Row([], "plain"), Row([text], "note")])
    return book


@on_book("right")
def the_unit_of_measure(book: Book, chance: Random) -> Book:
    """A line above the header names the unit of measure, or where the list was made up."""
    sheet = book.sheets[0]
    text = chance.choice(
        ["Đơn vị tính: Người", "ĐVT: người", "(Áp dụng cho các đơn vị trực thuộc)", "Thời điểm lập: 31/12"]
    )
    tables.insert(sheet, tables.header(sheet), [Row([None, None, text], "plain")])
    return book


@on_book("either", _AWARDS + " QS BHXH-DSDK HCM-DSDK", ".csv")
def cells_as_formulas(book: Book, chance: Random) -> Book:
    """An export wrote values as formulas, so that Excel leaves them alone."""
    sheet = book.sheets[0]
    for number in tables.body(sheet):
        row = sheet.rows[number]
        row.values = [f'="{value}"' if isinstance(value, int) else value for value in row.values]
    return book


@on_book("either", _AWARDS)
def headers_abbreviated(book: Book, chance: Random) -> Book:
    """Header cells are abbreviated."""
    short: dict[Value, str] = {
        "Số quyết định": "Số QĐ", "Ngày quyết định": "Ngày QĐ", "Đơn vị công tác": "ĐVCT", "Chức vụ": "CV",
        "Phân loại đối tượng": "PL đối tượng", "Lĩnh vực hoạt động": "LVHĐ",
    }  # fmt: skip
    labels = tables.labels(book.sheets[0])
    place = chance.choice([number for number, label in enumerate(labels) if label in short])
    labels[place] = short[labels[place]]
    return book
