"""Cao Bằng 2021 - 2025: plans, registrations of both phases, yearly, interim and final reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate import layouts
from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import award_list
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Book, Letter, Sheet, Value
from pipelines.generate.stories.folder import Files, Folder

_TOPIC = "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
_PERIODS = {"DOC-KEHOACH": "2021 - 2025", "DOC-SOKET": "2021 - 2023", "DOC-TONGKET": "2021 - 2025"}
_SUBJECTS = {
    kind: f"Xây dựng và nhân rộng các mô hình tiêu biểu, điển hình tiên tiến {_TOPIC} giai đoạn {years}"
    for kind, years in _PERIODS.items()
}


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""

    def unit(code: str) -> Folder:
        return Folder(files, "CB-2125", code, names[code])

    _whole_cycle(unit("CB-HUYEN-UY-HA-QUANG"))
    _one_short(unit("CB-HUYEN-UY-TRUNG-KHANH"))
    _others(unit)
    _awards(unit("CB-HUYEN-UY-NGUYEN-BINH"))


def _paper(unit: Folder, kind: str, day: str, subject: str = "", signed: bool = True) -> Letter:
    on = date.fromisoformat(day)
    signed_by = (None, unit.chief) if signed else ()
    return reports.document(
        unit.rng, kind, unit.name, subject or _SUBJECTS[kind], on.year, place="Cao Bằng", day=on,
        number="Số: 15-BC/HU", superior="Tỉnh uỷ Cao Bằng", signed_by=signed_by, party=True,
    )  # fmt: skip


def _form(unit: Folder, phase: str, day: str, who: list[Recipient], signed: bool = True) -> Sheet:
    years = layouts.values("phases").get(phase, "")
    chief = unit.chief if signed else None
    return registrations.party_registration(unit.rng, unit.name, years, date.fromisoformat(day), who, chief)


def _whole_cycle(unit: Folder) -> None:
    """Five and five, on time, with the annex; every later step is there too."""
    unit.put("2022-09-20", "ke hoach.docx", _paper(unit, "DOC-KEHOACH", "2022-09-15"))
    who = unit.people(("tap_the", 5), ("ca_nhan", 5))
    form = _form(unit, "1", "2022-12-15", who)
    unit.put("2022-12-20", "bieu dang ky GD1.docx", Book([form, registrations.annex(_facts(who))]))
    for year in (2022, 2023, 2024):
        subject = f"Kết quả xây dựng và nhân rộng mô hình, điển hình tiên tiến năm {year}"
        unit.put(
            f"{year}-12-10", f"bao cao nam {year}.docx", _paper(unit, "DOC-BCNAM", f"{year}-12-08", subject)
        )
    unit.put("2023-11-20", "bao cao so ket.docx", _paper(unit, "DOC-SOKET", "2023-11-15"))
    unit.put("2024-02-28", "bieu dang ky GD2.xlsx", _form(unit, "2", "2024-02-25", who[:4] + who[5:9]))
    unit.put("2025-06-10", "bao cao tong ket.docx", _paper(unit, "DOC-TONGKET", "2025-06-05"))


def _facts(who: list[Recipient]) -> list[tuple[str, str, int | None, Value, str]]:
    facts: list[tuple[str, str, int | None, Value, str]] = []
    for one in who[:2]:
        facts += [(one.name, "Loại hình tập thể", None, "Cơ quan chính quyền", "")]
        facts += [
            (
                one.name,
                "Xếp loại hằng năm",
                y,
                "Hoàn thành xuất sắc nhiệm vụ",
                f"QĐ 12/QĐ-HU ngày 05/01/{y + 1}",
            )
            for y in (2021, 2022)
        ]
        facts += [(one.name, "Số người bị kỷ luật", y, 0, "") for y in (2021, 2022)]
        facts += [(one.name, "Tỷ lệ cán bộ, đảng viên nêu gương", 2022, 95, "")]
    for one in who[5:7]:
        facts += [(one.name, "Nhóm đối tượng", None, "Cán bộ, công chức, viên chức", "")]
        facts += [
            (one.name, "Danh hiệu Gia đình văn hóa hằng năm", y, "Có", f"QĐ 30/QĐ-UBND ngày 20/11/{y}")
            for y in (2021, 2022)
        ]
        facts += [(one.name, "Xếp loại hằng năm", y, "Hoàn thành tốt nhiệm vụ", "") for y in (2021, 2022)]
        facts += [(one.name, "Là đảng viên", None, "Không", "")]
    return facts


def _one_short(unit: Folder) -> None:
    """A person short of the five; solutions of one model blank."""
    unit.put("2022-09-28", "KH.docx", _paper(unit, "DOC-KEHOACH", "2022-09-25"))
    form = _form(unit, "1", "2022-12-20", unit.people(("tap_the", 5), ("ca_nhan", 4)))
    label = "Các giải pháp thực hiện xây dựng, nhân rộng điển hình (nêu khái quát)"
    unit.put("2022-12-26", "Biểu đăng ký.xlsx", spoil.blank(form, label, [1]))


def _others(unit: Callable[[str], Folder]) -> None:
    """Late, unsigned, without a phase, the customs' one model, a household among the collectives."""
    bao_lam = unit("CB-HUYEN-UY-BAO-LAM")
    bao_lam.put("2022-10-15", "ke-hoach.docx", _paper(bao_lam, "DOC-KEHOACH", "2022-10-12"))
    who = bao_lam.people(("tap_the", 2), ("gia_dinh", 1), ("ca_nhan", 3))
    bao_lam.put("2022-12-29", "dang ky.ods", _form(bao_lam, "1", "2022-12-28", who))
    police = unit("CB-DANG-UY-CONG-AN")
    police.put(
        "2022-12-31",
        "dk.docx",
        _form(police, "1", "2022-12-30", police.people(("tap_the", 2), ("ca_nhan", 2))),
    )
    customs = unit("CB-DANG-UY-CUC-HAI-QUAN")
    customs.put("2022-12-19", "bieu.docx", _form(customs, "1", "2022-12-16", customs.people(("ca_nhan", 1))))
    hoa_an = unit("CB-HUYEN-UY-HOA-AN")
    form = _form(hoa_an, "", "2022-12-20", hoa_an.people(("tap_the", 3), ("ca_nhan", 3)), signed=False)
    hoa_an.put("2022-12-22", "BIEU DANG KY.docx", form)
    town = unit("CB-THANH-UY-CAO-BANG")
    three = town.people(("tap_the", 3), ("ca_nhan", 3))
    town.put("2022-12-27", "bieu gd1.xlsx", spoil.old_tone_marks(_form(town, "1", "2022-12-25", three)))
    town.put("2024-03-15", "bieu gd2.xls", _form(town, "2", "2024-03-10", three[1:]))
    unsigned = _paper(town, "DOC-BCNAM", "2022-12-20", "Kết quả thực hiện năm 2022", signed=False)
    town.put("2022-12-23", "bao cao nam 2022.docx", unsigned)


def _awards(unit: Folder) -> None:
    """An award list of 2021 - 2024 with its headcounts, outside mẫu 02's programme too."""
    years = range(2021, 2025)
    events = awards.draw_events(unit.rng, unit.name, years, 45, date(2024, 12, 31), "CB-2125")
    unit.put("2025-01-15", "khen thuong 2021-2024.xlsx", award_list(events, signed_by=unit.chief))
    unit.put("2025-01-15", "so luong.xlsx", awards.headcount(unit.rng, years))
