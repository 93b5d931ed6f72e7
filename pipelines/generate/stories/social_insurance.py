"""BHXH 2021 - 2025: plans, registrations, models' reports, lists of clusters, award lists."""

from __future__ import annotations

from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import award_list
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Letter, Sheet, Text
from pipelines.generate.stories.folder import Files, Folder

_SUBJECTS = {
    "DOC-KEHOACH": "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến giai đoạn 2021 - 2025",
    "DOC-SOKET": "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến giai đoạn 2021 - 2023",
    "DOC-TONGKET": "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến giai đoạn 2021 - 2025",
    "DOC-BCNAM": "Công tác phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến năm 2022",
}
_BY_RATING = ["- Năm 2021, năm 2022: hoàn thành xuất sắc nhiệm vụ"]
_BY_AWARD = {
    "ca_nhan": ["- Bằng khen của Tổng Giám đốc BHXH Việt Nam theo Quyết định số 215/QĐ-BHXH ngày 15/01/2023"],
    "tap_the": ["- Cờ thi đua của BHXH Việt Nam theo Quyết định số 118/QĐ-BHXH ngày 20/01/2022"],
}
_WITHOUT_EVIDENCE = ["- Bằng khen của Tổng Giám đốc BHXH Việt Nam năm 2022"]


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""

    def unit(code: str) -> Folder:
        return Folder(files, "BHXH-2125", code, names[code])

    _whole_cycle(unit("BHXH-LANG-SON"))
    _unsigned(unit("BHXH-CAO-BANG"))
    _goals_missing(unit("BHXH-HA-NOI"))
    _legacy_font(unit("BHXH-HO-CHI-MINH"))
    _blanks(unit("BHXH-NGHE-AN"))
    _centre(unit("BHXH-TW-TRUNG-TAM-TRUYEN-THONG"))
    _clusters(unit("BHXH-CUM-01"), unit("BHXH-CUM-02"), unit("BHXH-KHOI-01"))


def _paper(unit: Folder, kind: str, day: str) -> Letter:
    on = date.fromisoformat(day)
    return reports.document(
        unit.rng, kind, unit.name, _SUBJECTS[kind], on.year, place=unit.name.split("tỉnh ")[-1], day=on,
        number="Số: 402", superior="Bảo hiểm xã hội Việt Nam", signed_by=(None, unit.chief),
    )  # fmt: skip


def _report(
    unit: Folder, who: Recipient, year: int, evidence: list[str], omit: tuple[str, ...] = ()
) -> Letter:
    """A signed report; a person's own signature stands in the second place."""
    second = who.name if who.kind == "ca_nhan" else unit.chief
    return reports.insurance_report(
        unit.rng, who, year, evidence, omit, superior="Bảo hiểm xã hội Việt Nam",
        place=unit.name.split("tỉnh ")[-1], day=date(year, 11, 20), signed_by=(unit.chief, second),
    )  # fmt: skip


def _whole_cycle(unit: Folder) -> None:
    """Plan in time, registrations, reports of two years, the interim report."""
    unit.put("2021-09-20", "ke-hoach-DHTT.docx", _paper(unit, "DOC-KEHOACH", "2021-09-15"))
    person, group, other = unit.people(("ca_nhan", 1), ("tap_the", 1), ("ca_nhan", 1))
    for year in (2022, 2023):
        sheet = registrations.bhxh_registration(
            unit.rng, unit.name, year, [person, group], signed_by=unit.chief
        )
        unit.put(f"{year}-02-15", f"dang ky {year}.xlsx", sheet)
        unit.put(f"{year}-12-05", f"mau 01 - {year}.docx", _report(unit, person, year, _BY_AWARD["ca_nhan"]))
        unit.put(f"{year}-12-05", f"mau 02 - {year}.docx", _report(unit, group, year, _BY_AWARD["tap_the"]))
    unit.put("2023-12-05", "mau 01 - nguoi thu hai.docx", _report(unit, other, 2023, _BY_RATING))
    unit.put("2023-06-01", "bao cao so ket.docx", _paper(unit, "DOC-SOKET", "2023-05-28"))


def _unsigned(unit: Folder) -> None:
    """A late plan; the person's report is not confirmed."""
    unit.put("2021-10-05", "KH 2021.docx", _paper(unit, "DOC-KEHOACH", "2021-10-01"))
    group, person = unit.people(("tap_the", 1), ("ca_nhan", 1))
    unit.put("2022-12-12", "M02.docx", _report(unit, group, 2022, []))
    letter = reports.insurance_report(
        unit.rng, person, 2022, _BY_RATING, day=date(2022, 12, 1), place="Cao Bằng"
    )
    unit.put("2022-12-12", "M01.docx", letter)


def _goals_missing(unit: Folder) -> None:
    """A registration whose goal is missing for one; an award claimed without its decision."""
    who = unit.people(("tap_the", 2), ("ca_nhan", 2))
    sheet = registrations.bhxh_registration(unit.rng, unit.name, 2022, who, signed_by=unit.chief)
    unit.put("2022-03-10", "dk DHTT.ods", spoil.blank(sheet, "Mục tiêu", [1]))
    unit.put("2022-11-30", "mau 01.docx", _report(unit, who[2], 2022, _WITHOUT_EVIDENCE))
    unit.put("2022-11-30", "mau 02.docx", _report(unit, who[0], 2022, _BY_AWARD["tap_the"]))


def _legacy_font(unit: Folder) -> None:
    """A report typed in .VnTime; the sector's award list and headcounts."""
    unit.put("2021-09-28", "ke hoach.docx", _paper(unit, "DOC-KEHOACH", "2021-09-25"))
    letter = _report(unit, unit.people(("ca_nhan", 1))[0], 2022, _BY_RATING)
    letter.blocks = [
        spoil.tcvn3_text(block) if isinstance(block, Text) else spoil.to_tcvn3(block)
        for block in letter.blocks
    ]
    unit.put("2022-12-01", "bao cao thanh tich.docx", letter)
    years = range(2021, 2025)
    events = awards.draw_events(unit.rng, unit.name, years, 60, date(2024, 12, 31), "BHXH-2125")
    unit.put("2025-01-20", "khen thuong 2021-2024.xlsx", award_list(events, signed_by=unit.chief))
    unit.put("2025-01-20", "so luong.xls", awards.headcount(unit.rng, years))


def _blanks(unit: Folder) -> None:
    """A report with blanks where the form asks; the yearly report."""
    omit = ("ngay_sinh", "chuc_vu", "sang_kien", "de_xuat")
    letter = _report(unit, unit.people(("ca_nhan", 1))[0], 2023, [], omit)
    unit.put("2023-12-15", "mau01.docx", letter)
    unit.put("2022-12-20", "bao cao 2022.docx", _paper(unit, "DOC-BCNAM", "2022-12-15"))


def _centre(unit: Folder) -> None:
    """A central unit: its registration as .csv, its final report."""
    who = unit.people(("tap_the", 1), ("ca_nhan", 1))
    unit.put(
        "2023-02-20", "dang_ky_2023.csv", registrations.bhxh_registration(unit.rng, unit.name, 2023, who)
    )
    unit.put("2025-02-25", "bao cao tong ket.docx", _paper(unit, "DOC-TONGKET", "2025-02-20"))


def _clusters(first: Folder, second: Folder, block: Folder) -> None:
    """Three models in time; two models late, one not taken over by anyone; one list as Word file."""
    adopters = ["BHXH tỉnh Lạng Sơn", "BHXH tỉnh Cao Bằng; BHXH tỉnh Bắc Kạn", "BHXH tỉnh Tuyên Quang"]
    for unit, day, count, name in (
        (first, "2022-07-20", 3, "mau 03.xlsx"),
        (second, "2022-08-15", 2, "Cum 2 - mau 03.xlsx"),
        (block, "2023-07-25", 3, "mau 03 khoi 1.docx"),
    ):
        sheet = _cluster(unit, count, int(day[:4]), adopters)
        if unit is second:
            sheet = spoil.blank(sheet, "Đơn vị đã học tập, áp dụng", [1])
        unit.put(day, name, sheet)


def _cluster(unit: Folder, count: int, year: int, adopters: list[str]) -> Sheet:
    who = unit.people(("tap_the", 1), ("ca_nhan", count - 1))
    placed = [
        Recipient(
            one.kind, one.name, one.sex, one.born, one.position, adopters[0], one.object_class, one.address
        )
        for one in who
    ]
    return registrations.cluster_list(unit.rng, unit.name, year, placed, adopters, signed_by=unit.chief)
