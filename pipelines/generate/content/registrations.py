"""Registrations and lists of models: BHXH-DSDK, BHXH-M03, HCM-DSDK, CB-BDK, LS-M03; the added annex PL-TC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from pipelines.generate import layouts
from pipelines.generate.content.letters import phrases
from pipelines.generate.content.tables import sheet_of, signature_rows
from pipelines.generate.people import Recipient
from pipelines.generate.shape import Row, Sheet, Value


def bhxh_registration(rng: Random, unit: str, year: int, who: Sequence[Recipient], **options: Any) -> Sheet:
    """BHXH-DSDK: each nominee with goal and solution."""
    rows = [_bhxh_row(rng, n, unit, year, one) for n, one in enumerate(who, 1)]
    return sheet_of("BHXH-DSDK", rows, unit=unit, **options)


def _bhxh_row(rng: Random, number: int, unit: str, year: int, who: Recipient) -> dict[str, Value]:
    words = phrases(rng, ["muc_tieu", "giai_phap_ngan"], unit, year)
    return {
        "stt": number,
        "ten": who.name,
        "loai": layouts.values("short_kinds")[who.kind],
        "linh_vuc": rng.choice(layouts.fields("BHXH-2125")),
        "nam": year,
        "muc_tieu": str(words["muc_tieu"]),
        "giai_phap": str(words["giai_phap_ngan"]),
    }


def cluster_list(
    rng: Random, cluster: str, year: int, who: Sequence[Recipient], adopters: Sequence[str], **options: Any
) -> Sheet:
    """BHXH-M03: a cluster's models with the units that took them over."""
    rows: list[dict[str, Value]] = []
    for number, one in enumerate(who, 1):
        words = phrases(rng, ["achievements"], cluster, year)
        rows.append(
            {
                "stt": number,
                "ten": one.name,
                "loai": layouts.values("short_kinds")[one.kind],
                "don_vi": one.workplace,
                "linh_vuc": rng.choice(layouts.fields("BHXH-2125")),
                "tom_tat": str(words["achievements"]),
                "ap_dung": rng.choice(list(adopters)) if adopters else None,
            }
        )
    return sheet_of("BHXH-M03", rows, unit=cluster, year=year, **options)


def plan_registration(rng: Random, unit: str, year: int, who: Sequence[Recipient], **options: Any) -> Sheet:
    """VD-DSDK: nominees of the example with their field, solution and where it is taken up."""
    rows: list[dict[str, Value]] = []
    for number, one in enumerate(who, 1):
        words = phrases(rng, ["giai_phap_ngan"], unit, year)
        rows.append(
            {
                "stt": number,
                "ten": one.name,
                "loai": layouts.values("short_kinds")[one.kind],
                "linh_vuc": rng.choice(layouts.fields("VD-2630")),
                "nam": year,
                "giai_phap": str(words["giai_phap_ngan"]),
                "dia_chi_nhan_rong": f"Các đơn vị cùng lĩnh vực với {unit}",
            }
        )
    return sheet_of("VD-DSDK", rows, unit=unit, year=year, **options)


def city_registration(
    rng: Random, unit: str, year: int, who: Sequence[tuple[Recipient, str]], **options: Any
) -> Sheet:
    """HCM-DSDK: nominees with the letter or the name of their field."""
    rows: list[dict[str, Value]] = []
    for number, (one, field) in enumerate(who, 1):
        words = phrases(rng, ["giai_phap_ngan"], unit, year)
        kind = (
            layouts.values("household") if one.kind == "gia_dinh" else layouts.values("short_kinds")[one.kind]
        )
        rows.append(
            {
                "stt": number,
                "ten": one.name,
                "loai": kind,
                "linh_vuc": field,
                "nam": year,
                "giai_phap": str(words["giai_phap_ngan"]),
            }
        )
    return sheet_of("HCM-DSDK", rows, unit=unit, **options)


def party_registration(
    rng: Random,
    unit: str,
    phase: str,
    day: date | None,
    who: Sequence[Recipient],
    signed_by: str | None = "",
) -> Sheet:
    """CB-BDK of these nominees; ``phase`` empty leaves the dots of the form."""
    collectives: list[dict[str, Value]] = []
    persons: list[dict[str, Value]] = []
    for one in who:
        group = persons if one.kind == "ca_nhan" else collectives
        group.append(_party_row(rng, len(group) + 1, unit, one))
    return party_form(unit, phase, day, collectives, persons, signed_by)


def party_form(
    unit: str,
    phase: str,
    day: date | None,
    collectives: Sequence[dict[str, Value]],
    persons: Sequence[dict[str, Value]],
    signed_by: str | None = "",
) -> Sheet:
    """CB-BDK with both tables on one sheet, rows by column id."""
    layout = layouts.read("layouts")["CB-BDK"]
    when = (f"{day:%d}", f"{day:%m}", day.year) if day else ("...", "...", "....")
    sheet = Sheet("Biểu đăng ký", [], widths=[6, 28, 30, 28, 32, 44, 12])
    sheet.rows.append(Row([layout["unit_line"].format(unit=unit)], "note"))
    sheet.rows.append(Row([layout["date_line"].format(day=when[0], month=when[1], year=when[2])], "note"))
    blanks = {"phase": phase or "......", "unit": unit or "..."}
    sheet.rows += [Row([line.format(**blanks)], "title") for line in layout["title"]]
    sheet.rows.append(Row([layout["intro"].format(**blanks)], "note"))
    sheet.merges = [(n, 0, n, 6) for n in range(5)]
    for form_id, rows in (("CB-BDK-I", collectives), ("CB-BDK-II", persons)):
        part = sheet_of(form_id, rows)
        sheet.rows += [Row([], "plain"), Row(part.rows[0].values, "plain"), *part.rows[2:]]
    if signed_by != "":
        sheet.rows += signature_rows(layouts.signature("CB-BDK"), 7, signed_by)
    return sheet


def _party_row(rng: Random, number: int, unit: str, who: Recipient) -> dict[str, Value]:
    words = phrases(rng, ["giai_phap_ngan"], unit, 2022)
    common: dict[str, Value] = {
        "stt": number,
        "linh_vuc": rng.choice(layouts.fields("CB-2125")),
        "giai_phap": str(words["giai_phap_ngan"]),
    }
    if who.kind == "ca_nhan":
        return {**common, "ho_ten": who.name, "chuc_vu": f"{who.position}; {who.workplace}; {who.address}"}
    name = who.name if who.kind == "gia_dinh" else f"{who.name}, {unit}"
    return {**common, "don_vi": name, "dia_chi": who.address, "nguoi_dung_dau": "Trưởng đơn vị"}


def summary_list(
    rng: Random,
    unit: str,
    who: Sequence[tuple[Recipient, str]],
    *,
    with_kinds: bool = True,
    sections: bool = False,
    **options: Any,
) -> Sheet:
    """LS-M03: nominees for the province's Bằng khen, each with the group it belongs to (may be empty).

    ``with_kinds`` adds the two columns the seed's form lacks; ``sections`` gives the kind by section rows.
    """
    rows: list[dict[str, Value] | str] = []
    seen: list[str] = []
    for number, (one, group) in enumerate(who, 1):
        kind = layouts.values("short_kinds")[one.kind]
        if sections and kind not in seen:
            seen.append(kind)
            rows.append(f"{('I', 'II', 'III')[len(seen) - 1]}. {kind}")
        words = phrases(rng, ["achievements"], unit, 2019)
        name = f"{one.name}, {one.position}" if one.position and not with_kinds else one.name
        rows.append(
            {
                "tt": number,
                "ten": name,
                "tom_tat": str(words["achievements"]),
                "loai": kind,
                "nhom": group or None,
            }
        )
    added = ("loai", "nhom") if with_kinds else ()
    return sheet_of("LS-M03", rows, unit=unit, added=added, **options)


def annex(facts: Sequence[tuple[str, str, int | None, Value, str]]) -> Sheet:
    """PL-TC: name, label of ``annex_labels.yaml``, year, value, evidence."""
    ids = ("ten", "noi_dung", "nam", "gia_tri", "minh_chung")
    return sheet_of("PL-TC", [dict(zip(ids, fact, strict=True)) for fact in facts], name="Phụ lục")
