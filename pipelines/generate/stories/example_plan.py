"""The example 2026 - 2030: plans, registrations in the programme's own form, proposals, an award list."""

from __future__ import annotations

from datetime import date

from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import award_list
from pipelines.generate.stories.folder import Files, Folder

_PROGRAMME, _YEAR = "VD-2630", 2026
_TOPIC = "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến giai đoạn 2026 - 2030"


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""
    office, health, hill, ward = (
        Folder(files, _PROGRAMME, code, names[code])
        for code in ("VD26-SO-NOI-VU", "VD26-SO-Y-TE", "VD26-XA-DOI-THONG", "VD26-PHUONG-TRUNG-TAM")
    )
    for unit in (office, health, hill):
        _paper(unit, "DOC-KEHOACH", "2026-03-12", "ke hoach.docx")
    _register(health, "2026-03-18", ("tap_the", 1), ("ca_nhan", 2))
    _register(hill, "2026-03-20", ("tap_the", 1), ("ca_nhan", 1), without_place=True)
    _register(ward, "2026-04-06", ("ca_nhan", 1))  # late, and no collective
    # a dossier with its letter, without minutes
    _paper(health, "DOC-TOTRINH", "2026-05-20", "to trinh.docx")
    events = awards.draw_events(health.rng, health.name, [_YEAR], 3, date(2026, 5, 1))
    health.put("2026-05-20", "danh sach de nghi.xlsx", award_list(events, "LS-DSDN", signed_by=health.chief))
    given = awards.draw_events(health.rng, health.name, [_YEAR], 12, date(2026, 5, 1))
    health.put("2026-05-25", "khen thuong 2026.xlsx", award_list(given, signed_by=health.chief))


def _paper(unit: Folder, kind: str, day: str, name: str) -> None:
    on = date.fromisoformat(day)
    letter = reports.document(unit.rng, kind, unit.name, _TOPIC, _YEAR, day=on, signed_by=(None, unit.chief))
    unit.put(day, name, letter)


def _register(unit: Folder, day: str, *kinds: tuple[str, int], without_place: bool = False) -> None:
    who = unit.people(*kinds)  # type: ignore[arg-type]
    sheet = registrations.plan_registration(unit.rng, unit.name, _YEAR, who, signed_by=unit.chief)
    if without_place:
        end = sheet.header_end()
        place = sheet.rows[end - 1].values.index("Địa chỉ nhân rộng")
        sheet.rows[end].values[place] = None
    unit.put(day, "dang ky 2026.xlsx", sheet)
