"""Lạng Sơn 2020: dossiers for the province's Bằng khen, models (mẫu 04), conferences; complete and not."""

from __future__ import annotations

from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate import layouts
from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import AwardEvent
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Book, Letter, Sheet
from pipelines.generate.stories.folder import Files, Folder
from pipelines.generate.writers import pack, pdf, write_book, write_letter
from pipelines.generate.writers.pdf import scan

_FARMER, _OFFICIAL = "Nông dân", "Cán bộ, công chức, viên chức"
_BEST, _GOOD = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"
_RATINGS = {2015: _GOOD, 2016: _GOOD, 2017: _BEST, 2018: _BEST, 2019: _BEST}
_FOUR_YEARS = {year: rating for year, rating in _RATINGS.items() if year > 2015}


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""

    def unit(code: str) -> Folder:
        return Folder(files, "LS-1620", code, names[code])

    _complete(unit("LS-HUYEN-VAN-LANG"))
    _incomplete(unit("LS-HUYEN-CAO-LOC"))
    _zipped(unit("LS-HUYEN-CHI-LANG"))
    _scanned(unit("LS-HOI-NONG-DAN"))
    _models(files, names)


def _papers(unit: Folder, day: date) -> tuple[Letter, Letter]:
    """The petition and the minutes."""
    papers = []
    for kind, number, other in (
        ("DOC-TOTRINH", "32/TTr-UBND", None),
        ("DOC-BIENBAN", "31/BB-HĐ", unit.signatory()),
    ):
        papers.append(
            reports.document(
                unit.rng, kind, unit.name, number=f"Số: {number}", place="Lạng Sơn", day=day,
                superior="UBND tỉnh Lạng Sơn", signed_by=(other, unit.chief),
            )
        )  # fmt: skip
    petition, minutes = papers
    return petition, minutes


def _proposal(unit: Folder, who: list[Recipient]) -> Sheet:
    events = [
        AwardEvent(
            one,
            "BK-CTUBND-TINH",
            "Bằng khen của Chủ tịch UBND tỉnh",
            "thuong_xuyen",
            2020,
            "",
            date(2020, 6, 1),
        )
        for one in who
    ]
    sheet = awards.award_list(events, "LS-DSDN", signed_by=unit.chief)
    return spoil.blank(spoil.blank(sheet, "Số quyết định"), "Ngày quyết định")


def _record(unit: Folder, who: Recipient, ratings: dict[int, str]) -> Letter:
    given = awards.draw_events(unit.rng, unit.name, range(2016, 2020), 12, date(2019, 12, 31))
    own = [event for event in given if event.recipient.kind == who.kind][:3]
    flag = "CTD-TINH" if who.kind == "tap_the" else "BK-CTUBND-TINH"
    text = next(award["text"] for award in layouts.read("awards") if award["code"] == flag)
    for year in (2017, 2019):
        own.append(
            AwardEvent(who, flag, text, "thuong_xuyen", year, f"{year - 1500}/QĐ-UBND", date(year, 12, 25))
        )
    return reports.five_year_report(
        unit.rng,
        who,
        ratings,
        sorted(own, key=lambda event: event.year),
        place="Lạng Sơn",
        day=date(2020, 5, 15),
        signed_by=(who.name if who.kind == "ca_nhan" else None, unit.chief),
    )


def _complete(unit: Folder) -> None:
    """Two collectives, three persons, one of them a farmer: everything is there, with the annex."""
    day = "2020-05-28"
    who = unit.people(("tap_the", 2), ("ca_nhan", 3))
    groups = ["", "", _FARMER, _OFFICIAL, _OFFICIAL]
    petition, minutes = _papers(unit, date(2020, 5, 26))
    unit.put(day, "01 To trinh.docx", petition)
    unit.put(day, "02 Danh sach de nghi.xlsx", _proposal(unit, who))
    pairs = list(zip(who, groups, strict=True))
    summary = registrations.summary_list(unit.rng, unit.name, pairs, name="Mẫu 03", signed_by=unit.chief)
    unit.put(day, "03 Tom tat thanh tich.xlsx", Book([summary, registrations.annex(_facts(who))]))
    unit.put(day, "04 Bien ban.docx", minutes)
    for number, one in enumerate(who, 1):
        unit.put(day, f"05.{number} Bao cao thanh tich.docx", _record(unit, one, _RATINGS))


def _facts(who: list[Recipient]) -> list[tuple[str, str, int | None, str | int | None, str]]:
    facts: list[tuple[str, str, int | None, str | int | None, str]] = []
    for one in who:
        if one.kind == "tap_the":
            facts.append((one.name, "Loại hình tập thể", None, "Tập thể quy mô nhỏ", ""))
            facts.append((one.name, "Tập thể tham gia Cụm thi đua của tỉnh hoặc trực thuộc", None, "Có", ""))
        else:
            facts.append((one.name, "Được chọn dự Đại hội Thi đua yêu nước cấp tỉnh", None, "Có", ""))
            facts.append((one.name, "Sinh sống, làm việc, học tập trên địa bàn tỉnh", None, "Có", ""))
    farmer = next(one for one in who if one.kind == "ca_nhan")
    for year in range(2016, 2020):
        evidence = f"Xác nhận của UBND xã ngày 05/01/{year + 1}"
        facts.append(
            (
                farmer.name,
                "Thu nhập hằng năm (đã trừ chi phí)",
                year,
                215_000_000 + 10_000_000 * (year - 2016),
                evidence,
            )
        )
    return facts


def _incomplete(unit: Folder) -> None:
    """More persons than the cap, no minutes, no records, no kinds, one summary missing."""
    day = "2020-06-05"
    who = unit.people(("tap_the", 2), ("ca_nhan", 4))
    unit.put(day, "to trinh.docx", _papers(unit, date(2020, 6, 3))[0])
    pairs = [(one, "") for one in who]
    summary = registrations.summary_list(unit.rng, unit.name, pairs, with_kinds=False, signed_by=None)
    unit.put(day, "mau 03.docx", spoil.blank(summary, "Tóm tắt thành tích tiêu biểu, nổi bật", [3]))


def _zipped(unit: Folder) -> None:
    """The dossier in one .zip, a day late: mẫu 03 with section rows, records in Excel, one of four years."""
    who = unit.people(("tap_the", 1), ("ca_nhan", 2))
    petition, minutes = _papers(unit, date(2020, 6, 9))
    pairs = [(who[0], ""), (who[1], _FARMER), (who[2], _OFFICIAL)]
    summary = registrations.summary_list(unit.rng, unit.name, pairs, with_kinds=False, sections=True)
    members: dict[str, str | bytes] = {
        "to-trinh.docx": write_letter(petition),
        "danh-sach-de-nghi.ods": write_book(Book([_proposal(unit, who)]), ".ods"),
        "mau-03.xlsx": write_book(Book([summary]), ".xlsx"),
        "bien-ban.docx": write_letter(minutes),
    }
    for number, one in enumerate(who, 1):
        record = _record(unit, one, _FOUR_YEARS if number == len(who) else _RATINGS)
        members[f"bao-cao-{number}.xlsx"] = write_book(reports.as_book(record), ".xlsx")
    unit.put("2020-06-11", "Hồ sơ đề nghị Bằng khen.zip", pack(members))


def _scanned(unit: Folder) -> None:
    """A petition as .pdf with text, the minutes as a scan known by its name only."""
    letter = _papers(unit, date(2020, 5, 20))[0]
    texts = [block for block in letter.blocks if not isinstance(block, Sheet)]
    unit.put("2020-05-22", "to-trinh.pdf", pdf.write(texts))
    unit.put("2020-05-22", "bien-ban-hop-xet.pdf", scan())
    who = unit.people(("ca_nhan", 2))
    unit.put("2020-05-22", "danh-sach.docx", _proposal(unit, who))


def _models(files: Files, names: dict[str, str]) -> None:
    """Mẫu 04 of a person, a collective, a household; one late, one unsigned and with blanks; conferences."""
    for code, kind, day, omit in (
        ("LS-HUYEN-TRANG-DINH", "ca_nhan", "2020-04-06", []),
        ("LS-THANH-PHO-LANG-SON", "tap_the", "2020-04-25", []),
        ("LS-HUYEN-BAC-SON", "gia_dinh", "2020-04-08", []),
        ("LS-SO-TU-PHAP", "ca_nhan", "2020-04-03", ["ngay_sinh", "bien_phap"]),
    ):
        unit = Folder(files, "LS-1620", code, names[code])
        one = unit.people((kind, 1))[0]  # type: ignore[arg-type]
        signed = (unit.signatory(), None if omit else unit.chief)
        letter = reports.model_report(
            unit.rng, one, omit, place="Lạng Sơn", day=date.fromisoformat(day), signed_by=signed
        )
        unit.put(day, "mau 04 - dien hinh tien tien.docx", letter)
        if kind == "gia_dinh" or omit:
            continue
        held = date(2020, 1, 16) if kind == "ca_nhan" else date(2020, 3, 12)
        report = reports.document(
            unit.rng, "DOC-HOINGHI", unit.name, "Hội nghị điểm năm 2020", held=reports.on(held),
            place="Lạng Sơn", day=held, signed_by=(None, unit.chief),
        )  # fmt: skip
        unit.put(f"{held:%Y-%m}-20", "bao cao hoi nghi.docx", report)
