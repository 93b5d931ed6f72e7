"""Reports of models and units: BHXH-M01, BHXH-M02, LS-M01, LS-M04, ND91-TT and the documents by title."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from pipelines.generate import layouts
from pipelines.generate.content.awards import AwardEvent
from pipelines.generate.content.letters import field_ids, letter_of, phrases
from pipelines.generate.content.tables import sheet_of
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Book, Letter, Row, Sheet, Text, Value

Written = dict[str, str | list[str]]
_OF_FIVE_YEARS = {"ca_nhan": "ND91-TT-CN", "tap_the": "ND91-TT-TT", "gia_dinh": "ND91-TT-HO"}


def insurance_report(
    rng: Random, who: Recipient, year: int, evidence: list[str], omit: Iterable[str] = (), **options: Any
) -> Letter:
    """BHXH-M01 of a person, BHXH-M02 of a collective.

    Args:
        rng: the source of chance.
        who: whose report it is.
        year: year of the title.
        evidence: lines of «Kết quả khen thưởng».
        omit: ids of fields left blank.
        **options: go to :func:`letter_of`.
    """
    record = "BHXH-M01" if who.kind == "ca_nhan" else "BHXH-M02"
    values = phrases(rng, [*field_ids(record), "co_cau", "chuc_nang"], who.workplace, year)
    values |= {"ve_noi_dung": rng.choice(layouts.read("phrases")["initiative_topics"]), "nam": str(year)}
    values |= _person(who) if who.kind == "ca_nhan" else _collective(who)
    values["don_vi_cong_tac"] = who.workplace
    values["ket_qua_khen_thuong"] = evidence
    return letter_of(record, _without(values, omit), unit=who.workplace, **options)


def model_report(rng: Random, who: Recipient, omit: Iterable[str] = (), **options: Any) -> Letter:
    """LS-M04: the model a unit introduces to the province."""
    values = phrases(rng, [*field_ids("LS-M04"), "qua_trinh", "dac_diem", "chuc_nang"], who.workplace, 2019)
    if who.kind == "tap_the":
        values |= _collective(who)
    else:
        values = {key: values[key] for key in field_ids("LS-M04")} | _person(who)
    values["doi_tuong"] = layouts.values("short_kinds")[who.kind]
    return letter_of("LS-M04", _without(values, omit), unit=who.workplace, **options)


def term_report(
    rng: Random, unit: str, tables: list[Sheet | Text], omit: Iterable[str] = (), **options: Any
) -> Letter:
    """LS-M01: the unit's report 2016 - 2020, with tables (mẫu 02) before the signatures."""
    values = phrases(rng, field_ids("LS-M01"), unit, 2019)
    return letter_of("LS-M01", _without(values, omit), unit=unit, tables=tables, **options)


def five_year_report(
    rng: Random, who: Recipient, ratings: dict[int, str], awards: list[AwardEvent], **options: Any
) -> Letter:
    """ND91-TT: a nominee's record with its two year tables."""
    record = _OF_FIVE_YEARS[who.kind]
    values = phrases(rng, [*field_ids(record), "qua_trinh"], who.workplace, 2019)
    values |= _collective(who) if who.kind == "tap_the" else _person(who) | {"chu_ho": who.name}
    rated: list[dict[str, Value]] = [{"nam": year, "ket_qua": rating} for year, rating in ratings.items()]
    given: list[dict[str, Value]] = [
        {
            "nam": event.year,
            "danh_hieu": event.text,
            "so_qd": event.decision_no,
            "ngay_qd": event.decision_date,
            "co_quan": layouts.read("phrases")["authorities"][event.decision_no.split("/")[1]],
        }
        for event in awards
    ]
    tables: list[Sheet | Text] = [sheet_of("ND91-XL", rated), sheet_of("ND91-KT", given)]
    return letter_of(record, values, unit=who.workplace, tables=tables, **options)


def document(
    rng: Random, kind: str, unit: str, subject: str = "", year: int = 2020, held: str = "", **options: Any
) -> Letter:
    """A document by its title, e.g. ``DOC-TOTRINH``; ``held`` is the day of a conference in words."""
    values = phrases(rng, field_ids(kind), unit, year, day=held)
    return letter_of(kind, {**values, "chu_de": subject}, unit=unit, **options)


def as_book(letter: Letter) -> Book:
    """A letter typed into a sheet, as units do that keep everything in Excel."""
    sheet = Sheet("Báo cáo", [], widths=[34, 36, 22, 22, 28], landscape=False)
    for block in letter.blocks:
        if isinstance(block, Text):
            centred = block.align == "center"
            sheet.rows.append(Row([block.text or None], "title" if centred else "plain"))
        else:
            offset = len(sheet.rows)
            sheet.rows += block.rows
            sheet.merges += [(t + offset, left, b + offset, right) for t, left, b, right in block.merges]
    return Book([sheet])


def _person(who: Recipient) -> Written:
    return {
        "ho_ten": who.name.split(" ông ")[-1].split(" bà ")[-1],
        "gioi_tinh": who.sex,
        "ngay_sinh": f"{who.born:%d/%m/%Y}" if who.born else "",
        "chuc_vu": who.position,
        "don_vi": who.workplace if who.kind == "ca_nhan" else "",
        "que_quan": who.address,
        "tru_quan": who.address,
        "trinh_do": "Đại học" if who.kind == "ca_nhan" else "",
        "hoc_ham": "",
    }


def _collective(who: Recipient) -> Written:
    return {
        "ten_tap_the": who.name,
        "thoi_gian_thanh_lap": f"năm 1997, {who.address}",
        "tru_so": who.address,
        "dien_thoai": "0205 000 000",
    }


def _without(values: Written, omit: Iterable[str]) -> Written:
    left_out = set(omit)
    return {key: value for key, value in values.items() if key not in left_out}


def on(day: date) -> str:
    """A day in words, ``ngày d tháng m năm y`` without its first word."""
    return f"{day:%d} tháng {day:%m} năm {day.year}"
