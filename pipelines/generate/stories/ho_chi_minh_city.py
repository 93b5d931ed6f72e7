"""TP.HCM 2021 - 2025: plans, registrations by field and year, interim and final reports."""

from __future__ import annotations

from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate import layouts
from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import award_list
from pipelines.generate.people import Kind
from pipelines.generate.shape import Letter, Sheet
from pipelines.generate.stories.folder import Files, Folder
from pipelines.generate.writers import csv

_TOPIC = "Xây dựng, nhân rộng điển hình tiên tiến giai đoạn 2021 - 2025"


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""
    for sent in layouts.read("city_registrations"):
        unit = Folder(files, "HCM-2125", sent["unit"], names[sent["unit"]])
        sheet = _registration(unit, sent["field"], list(sent["kinds"].items()), sent["year"])
        if sent["file"].endswith(".csv"):
            unit.put(sent["day"], sent["file"], csv.write(sheet, "utf-8", ";"))
        else:
            unit.put(sent["day"], sent["file"], sheet)
    for code in ("HCM-SO-GIAO-DUC-VA-DAO-TAO", "HCM-SO-Y-TE", "HCM-QUAN-1"):
        _plan_with_list(Folder(files, "HCM-2125", code, names[code]))
    _later_reports(
        Folder(files, "HCM-2125", "HCM-SO-GIAO-DUC-VA-DAO-TAO", names["HCM-SO-GIAO-DUC-VA-DAO-TAO"])
    )
    _without_fields(Folder(files, "HCM-2125", "HCM-QUAN-GO-VAP", names["HCM-QUAN-GO-VAP"]))
    _awards(Folder(files, "HCM-2125", "HCM-QUAN-3", names["HCM-QUAN-3"]))


def _registration(unit: Folder, letter: str, kinds: list[tuple[Kind, int]], year: int) -> Sheet:
    """Every other row names the field in full, the rest by its letter."""
    letters = layouts.read("letters")
    name = dict(zip(letters, layouts.fields("HCM-2125"), strict=True))[letter]
    who = [(one, letter if n % 2 else name) for n, one in enumerate(unit.people(*kinds))]
    return registrations.city_registration(unit.rng, unit.name, year, who, signed_by=unit.chief)


def _paper(unit: Folder, kind: str, day: str) -> Letter:
    on = date.fromisoformat(day)
    return reports.document(
        unit.rng, kind, unit.name, _TOPIC, on.year, place="Thành phố Hồ Chí Minh", day=on,
        number="Số: 120", superior="UBND Thành phố Hồ Chí Minh", signed_by=(None, unit.chief),
    )  # fmt: skip


def _plan_with_list(unit: Folder) -> None:
    """The plan and the list of December 2021; quận 1 sends both in January."""
    day = "2022-01-12" if unit.code == "HCM-QUAN-1" else "2021-12-20"
    unit.put(day, "ke hoach 2021-2025.docx", _paper(unit, "DOC-KEHOACH", "2021-12-15"))
    sheet = _registration(unit, "g", [("tap_the", 3), ("ca_nhan", 4)], 2022)
    unit.put(day, "danh sach dang ky kem ke hoach.xlsx", sheet)


def _later_reports(unit: Folder) -> None:
    unit.put("2023-03-20", "so ket.docx", _paper(unit, "DOC-SOKET", "2023-03-15"))
    unit.put("2025-03-20", "tong ket.docx", _paper(unit, "DOC-TONGKET", "2025-03-15"))


def _without_fields(unit: Folder) -> None:
    """No plan; some rows name no field, one names an unknown one; a numbering row."""
    sheet = _registration(unit, "c", [("tap_the", 3), ("ca_nhan", 2), ("gia_dinh", 1)], 2022)
    sheet = spoil.replace(sheet, "Lĩnh vực", lambda _: None, [1, 3])
    sheet = spoil.replace(sheet, "Lĩnh vực", lambda _: "Văn nghệ quần chúng", [4])
    unit.put("2022-01-20", "GoVap dang ky.xlsx", spoil.numbering_row(sheet))


def _awards(unit: Folder) -> None:
    """Award names with «Thành phố» in place of «tỉnh»."""
    years = range(2021, 2024)
    events = awards.draw_events(unit.rng, unit.name, years, 40, date(2023, 12, 31), "HCM-2125")
    unit.put("2024-01-10", "khen thuong quan 3.xlsx", award_list(events, sections=True, signed_by=unit.chief))
    unit.put("2024-01-10", "so luong.xlsx", awards.headcount(unit.rng, range(2021, 2026)))
