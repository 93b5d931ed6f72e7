"""Lạng Sơn 2016 - 2020: award lists, headcounts and filled mẫu 02, good and imperfect."""

from __future__ import annotations

from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate.content import awards, mau_02, reports
from pipelines.generate.content.awards import AwardEvent, award_list
from pipelines.generate.shape import Book, Row, Sheet, Text
from pipelines.generate.stories.folder import Files, Folder
from pipelines.generate.writers import csv

_YEARS = range(2016, 2021)
_UNTIL = date(2020, 4, 30)
_CLASS, _YEAR, _AWARD = "Phân loại đối tượng", "Năm", "Danh hiệu thi đua/Hình thức khen thưởng"


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""

    def unit(code: str) -> Folder:
        return Folder(files, "LS-1620", code, names[code])

    _every_format(unit("LS-SO-Y-TE"))
    _report_that_differs(unit("LS-SO-GIAO-DUC-VA-DAO-TAO"))
    _table_only(unit("LS-SO-TAI-CHINH"))
    _legacy_font(unit("LS-SO-NOI-VU"))
    _cp1258(unit("LS-HUYEN-TRANG-DINH"))
    _names_as_typed(unit("LS-HUYEN-BAC-SON"))
    _sent_again(unit("LS-HUYEN-HUU-LUNG"))
    _forces(unit("LS-CONG-AN"))
    _tabs(unit("LS-CUC-THUE"))
    _reference_sheets(unit("LS-SO-GIAO-THONG-VAN-TAI"))


def draw(folder: Folder, count: int) -> list[AwardEvent]:
    """Events of a Lạng Sơn unit over the five years."""
    return awards.draw_events(folder.rng, folder.name, _YEARS, count, _UNTIL)


def _every_format(unit: Folder) -> None:
    """One list a year, each in another format; the mẫu 02 agrees with them."""
    events = draw(unit, 110)
    for year, suffix in zip(_YEARS, (".xlsx", ".xls", ".ods", ".csv", ".docx"), strict=True):
        of_year = [event for event in events if event.year == year]
        unit.put(
            "2020-05-20", f"danh-sach-khen-thuong-{year}{suffix}", award_list(of_year, signed_by=unit.chief)
        )
    unit.put(
        "2020-05-20", "so-luong-2016-2020.xlsx", awards.headcount(unit.rng, _YEARS, signed_by=unit.chief)
    )
    table = mau_02.filled(events, unit=unit.name, number="215", day="20/5/2020", signed_by=unit.chief)
    unit.put("2020-05-20", "mau-02-tong-hop.xlsx", table)
    letter = reports.term_report(
        unit.rng, unit.name, [], place="Lạng Sơn", day=date(2020, 5, 20), number="Số: 215/BC-SYT",
        superior="UBND tỉnh Lạng Sơn", signed_by=(None, unit.chief),
    )  # fmt: skip
    unit.put("2020-05-20", "mau-01-bao-cao-tong-ket.docx", letter)


def _report_that_differs(unit: Folder) -> None:
    """A list with sections and a two-row header; the mẫu 02 inside the report counts two awards more."""
    events = draw(unit, 90)
    sheet = award_list(events, sections=True, signed_by=unit.chief)
    sheet = spoil.two_row_header(sheet, ("Số quyết định", "Ngày quyết định"), "Quyết định khen thưởng")
    sheet = spoil.subtotal(spoil.numbering_row(sheet), "Tổng cộng")
    sheet = spoil.replace_school_year(sheet, _YEAR)
    unit.put("2020-05-25", "Danh sách khen thưởng 2016-2020.xlsx", sheet)
    unit.put("2020-05-25", "So luong tap the, ca nhan.ods", awards.headcount(unit.rng, _YEARS))
    table = mau_02.filled([*events, *events[:2]], unit=unit.name, number="88", day="25/5/2020")
    prose = table.rows[: table.header_end() - 3]
    block = Sheet("Mẫu 02", table.rows[len(prose) :], widths=table.widths)
    block.rows = [row for row in block.rows if row.role != "note"]
    last = len(block.rows) - 1
    block.merges = [
        (t - len(prose), le, b - len(prose), r)
        for t, le, b, r in table.merges
        if len(prose) <= t <= len(prose) + last
    ]
    texts = [
        Text(str(row.values[0]), bold=row.role == "title", align="center") for row in prose if row.values
    ]
    letter = reports.term_report(
        unit.rng, unit.name, [*texts, block], omit=["P1.V.2", "P1.VI.3"], place="Lạng Sơn",
        day=date(2020, 5, 25), number="Số: 88/BC-SGDĐT", signed_by=(None, unit.chief),
    )  # fmt: skip
    unit.put("2020-05-25", "Báo cáo tổng kết (mẫu 01).docx", letter)


def _table_only(unit: Folder) -> None:
    """Only a filled mẫu 02, as a Word file, and the headcounts."""
    table = mau_02.filled(draw(unit, 60), unit=unit.name, number="41", day="18/5/2020", signed_by=unit.chief)
    unit.put("2020-05-18", "mau 02.docx", table)
    unit.put("2020-05-18", "qs.csv", awards.headcount(unit.rng, _YEARS))


def _legacy_font(unit: Folder) -> None:
    """An .xls typed in .VnTime; some rows without a year of any kind; a headcount year missing."""
    sheet = award_list(draw(unit, 40))
    sheet = spoil.blank(sheet, _YEAR, [4, 9])
    sheet = spoil.blank(sheet, "Ngày quyết định", [4, 9])
    unit.put("2020-05-12", "DS khen thuong.xls", spoil.to_tcvn3(sheet))
    unit.put("2020-05-12", "So luong.xls", awards.headcount(unit.rng, range(2016, 2020)))


def _cp1258(unit: Folder) -> None:
    """A cp1258 file with semicolons whose persons have no class."""
    sheet = spoil.blank(award_list(draw(unit, 45)), _CLASS, range(3, 15))
    unit.put("2020-04-22", "danh_sach.csv", csv.write(sheet, "cp1258", ";"))
    unit.put("2020-04-22", "so_luong.csv", csv.write(awards.headcount(unit.rng, _YEARS), "utf-8", ";"))


def _names_as_typed(unit: Folder) -> None:
    """Decomposed text, abbreviations, quotation marks, an unknown name, dates as text, a row twice."""
    events = draw(unit, 50)
    direct = [n for n, e in enumerate(events) if e.recipient.kind == "ca_nhan" and e.recipient.is_direct]
    texts = ("CSTĐCS", "Danh hiệu “Lao động tiên tiến”", "Bằng khen Hội Cựu giáo chức", "BK TTCP")
    sheet = award_list(events)
    for row, text in zip(direct, texts, strict=False):
        sheet = spoil.replace(sheet, _AWARD, lambda _, text=text: text, [row])  # type: ignore[misc]
    sheet = spoil.replace(sheet, "Chức vụ", lambda _: "Trưởng phòng", [direct[5]])
    sheet = spoil.twice(spoil.blank_rows(spoil.dates_as_text(sheet)), 8)
    unit.put("2020-05-05", "ds khen thuong huyen.xlsx", spoil.to_nfd(sheet))
    unit.put("2020-05-05", "so luong.docx", awards.headcount(unit.rng, _YEARS, signed_by=None))


def _sent_again(unit: Folder) -> None:
    """The same name a month later replaces; the same bytes under another name are a duplicate. An .xlsm."""
    events = draw(unit, 60)
    unit.put("2020-04-10", "khen-thuong.xlsx", award_list(events[:40]))
    content = unit.put("2020-05-11", "khen-thuong.xlsx", award_list(events, signed_by=unit.chief))
    unit.put("2020-05-12", "khen-thuong (ban sao).xlsx", content)
    unit.put("2020-05-11", "so-luong.xlsm", awards.headcount(unit.rng, _YEARS))


def _forces(unit: Folder) -> None:
    """Armed forces' titles, typed in VNI; a second list with its header and no row."""
    sheet = award_list(draw(unit, 30))
    sheet = spoil.replace(sheet, _AWARD, lambda v: "Chiến sĩ tiên tiến" if v == "Lao động tiên tiến" else v)
    sheet = spoil.replace(
        sheet, _AWARD, lambda v: "Đơn vị tiên tiến" if v == "Tập thể lao động tiên tiến" else v
    )
    unit.put("2020-05-06", "CAT - khen thuong 2016-2020.xlsx", spoil.to_vni(spoil.old_tone_marks(sheet)))
    unit.put("2020-05-06", "CAT - khen thuong dot xuat.xlsx", spoil.no_rows(award_list([])))


def _tabs(unit: Folder) -> None:
    """UTF-16 with tabs, numbers as text; no headcount at all."""
    unit.put(
        "2020-05-14", "export.csv", csv.write(spoil.years_as_text(award_list(draw(unit, 35))), "utf-16", "\t")
    )


def _reference_sheets(unit: Folder) -> None:
    """Two lists in one workbook beside a guide and a hidden sheet; the year stands in the title only."""
    events = draw(unit, 40)
    newer = [event for event in events if event.year == 2019]
    title = ["DANH SÁCH KHEN THƯỞNG NĂM 2019", "(Kèm theo Quyết định số 77/QĐ-SGTVT ngày 20/12/2019)"]
    by_title = award_list(newer, name="Năm 2019", title=title)
    for label in ("Số quyết định", "Ngày quyết định", _YEAR):
        by_title = spoil.without_column(by_title, label)
    older = award_list([event for event in events if event.year != 2019], name="Các năm khác")
    guide = Sheet("Hướng dẫn", [Row(["Nhập mỗi tập thể, cá nhân một dòng."], "note")], widths=[60])
    lists = Sheet(
        "DanhMuc", [Row(["Khen thưởng tập thể"], "plain"), Row(["Khen thưởng cá nhân"], "plain")], hidden=True
    )
    unit.put("2020-05-19", "Khen thưởng Sở GTVT.xlsx", Book([guide, by_title, older, lists]))
    unit.put("2020-05-19", "Quân số.xlsx", awards.headcount(unit.rng, _YEARS))
