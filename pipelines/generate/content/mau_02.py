"""Mẫu 02 of Lạng Sơn, filled from award events: 43 rows, nine columns, as the seed prints it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipelines.generate import layouts
from pipelines.generate.content.awards import AwardEvent
from pipelines.generate.content.tables import signature_rows
from pipelines.generate.shape import Role, Row, Sheet, Value

COUNTS = "CDEFH"
PERCENTAGES = (("G", "F", "C"), ("I", "H", "D"))
"""Column of a percentage, of its numerator, of its denominator."""

Counts = list[int]
"""Collectives, individuals, households, grassroots collectives, direct individuals."""


def filled(
    events: list[AwardEvent],
    *,
    unit: str = "…",
    number: str = "…",
    day: str = "…",
    signed_by: str | None = "",
) -> Sheet:
    """The table that counts the events.

    Args:
        events: what to count; none = an all-zero table.
        unit: the unit named in the reference line.
        number: number of the report it accompanies.
        day: its date in words.
        signed_by: as in :func:`pipelines.generate.content.tables.sheet_of`.
    """
    return table(counts(events), unit=unit, number=number, day=day, signed_by=signed_by)


def counts(events: list[AwardEvent]) -> dict[str, Counts]:
    """Row id -> counts; groups and the total add up lines and sibling lines only."""
    rows = layouts.read("mau_02")
    result = {row["id"]: _count(event for event in events if _belongs(row, event)) for row in rows}
    for group in ("I", "II", "III"):
        lines = [result[line] for line in _lines_of(group)]
        result[group] = [sum(column) for column in zip(*lines, strict=True)]
    result["TC"] = [
        sum(column) for column in zip(*(result[group] for group in ("I", "II", "III")), strict=True)
    ]
    return result


def table(
    numbers: dict[str, Counts] | None, *, unit: str, number: str, day: str, signed_by: str | None = ""
) -> Sheet:
    """The table with the given counts; None leaves every number blank."""
    layout = layouts.read("layouts")["M02"]
    sheet = Sheet("Mẫu 02", [Row([line], "title") for line in layout["title"]], widths=list(layout["widths"]))
    sheet.landscape = False
    reference = layout["reference"].format(number=number, symbol="TĐKT", day=day, unit=unit)
    sheet.rows += [Row([reference], "subtitle"), Row([], "plain")]
    sheet.merges = [(n, 0, n, 8) for n in range(2)]
    top = len(sheet.rows)
    sheet.rows += [Row(list(line), "header") for line in layout["header"]]
    sheet.merges += [(top + a, b, top + c, d) for a, b, c, d in layout["merges"]]
    for row in layouts.read("mau_02"):
        role: Role = {"group": "section", "total": "total"}.get(row["type"], "body")  # type: ignore[assignment]
        sheet.rows.append(Row([row["number"], row["label"], *_cells(numbers, row["id"])], role))
    for line in layout["notes"]:
        sheet.merges.append((len(sheet.rows), 0, len(sheet.rows), 8))
        sheet.rows.append(Row([line], "note"))
    if signed_by != "":
        sheet.rows += signature_rows(layouts.signature("LS-M02"), 9, signed_by)
    return sheet


def formulas(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Sums of groups and total, and the percentages, of a table on a sheet; blank until it is filled in."""
    rows = layouts.read("mau_02")
    top = next(n for n, row in enumerate(sheet.rows) if row.values[1:2] == [rows[0]["label"]])
    line_of = {row["id"]: top + n + 1 for n, row in enumerate(rows)}
    groups = [row["id"] for row in rows if row["type"] == "group"]
    found: dict[tuple[int, int], str] = {}
    for row in rows:
        line, at = line_of[row["id"]], top + rows.index(row)
        if row["type"] in ("group", "total"):
            parts = groups if row["type"] == "total" else _lines_of(row["id"])
            for column in COUNTS:
                cells = ",".join(f"{column}{line_of[part]}" for part in parts)
                found[at, ord(column) - ord("A")] = f'IF(COUNT({cells})=0,"",SUM({cells}))'
        for column, part, whole in PERCENTAGES:
            share = f"ROUND(100*{part}{line}/{whole}{line},2)"
            filled = f"AND(N({whole}{line})>0,ISNUMBER({part}{line}))"
            found[at, ord(column) - ord("A")] = f'IF({filled},{share},"")'
    return found


def _lines_of(group: str) -> list[str]:
    """The lines a group adds up: its lines and sibling lines."""
    return [
        row["id"]
        for row in layouts.read("mau_02")
        if row["parent"] == group and row["type"] in ("line", "sibling_line")
    ]


def _cells(numbers: dict[str, Counts] | None, row_id: str) -> list[Value]:
    if numbers is None:
        return [None] * 7
    collectives, persons, households, grassroots, direct = numbers[row_id]
    return [
        collectives,
        persons,
        households,
        grassroots,
        round(100 * grassroots / collectives, 2) if collectives else None,
        direct,
        round(100 * direct / persons, 2) if persons else None,
    ]


def _belongs(row: dict[str, Any], event: AwardEvent) -> bool:
    return event.code in row.get("codes", []) and event.sub_kind in row.get("sub_kinds", [event.sub_kind])


def _count(events: Iterable[AwardEvent]) -> Counts:
    result = [0] * 5
    for event in events:
        result[("tap_the", "ca_nhan", "gia_dinh").index(event.recipient.kind)] += 1
        if event.recipient.is_direct and event.recipient.kind != "gia_dinh":
            result[3 if event.recipient.kind == "tap_the" else 4] += 1
    return result
