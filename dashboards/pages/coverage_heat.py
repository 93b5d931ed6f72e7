"""The heat map of coverage: units by type, a letter per step, those with most left to do first."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from dashboards.formats import slug
from dashboards.site import Site
from dashboards.snapshot import Row

HEAT_ROWS = 40
MOST_TOGETHER = 120
"""Units in the heat maps of one page; a row with all its steps weighs 2.5 KB."""
LEFT = ("none", "partial")
"""Statuses of steps in which something is left."""
WIDE = 4
"""A step belongs in the heat map when at least so many units have it."""


def family(cell: Row) -> str:
    """The cell without its year: BHXH-GT-2023 and BHXH-GT-2024 are one line of the matrix."""
    return re.sub(rf"-{re.escape(cell['period'])}$", "", cell["cell_id"])


def family_label(cell: Row) -> str:
    """The words of a line of the matrix: the cell's without «năm 2023»."""
    if family(cell) == cell["cell_id"]:
        return str(cell["label"])
    period = re.escape(cell["period"])
    return re.sub(rf",?\s*(năm\s+)?{period}\b", "", cell["label"]).strip() or cell["label"]


def heat_map(site: Site, cells: list[Row], units: list[Row]) -> list[dict[str, Any]]:
    """Units by type, those with most left to do first; only steps that many units have."""
    wide = [cell for cell in cells if cell["units_expected"] >= WIDE]
    first = {family(cell): place for place, cell in reversed(list(enumerate(wide)))}
    order = [cell["cell_id"] for cell in sorted(wide, key=lambda cell: (first[family(cell)], cell["period"]))]
    labels = {cell["cell_id"]: cell["label"] for cell in cells}
    by_id = {cell["cell_id"]: cell for cell in cells}
    by_unit: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in units:
        by_unit[row["unit_code"]][row["cell_id"]] = row
    types: dict[str, list[str]] = defaultdict(list)
    for code in by_unit:
        types[site.units[code].unit_type if code in site.units else ""].append(code)
    names = {
        r["unit_type"]: r["name"] for r in site.snapshot.rows("SELECT unit_type, name FROM ref.unit_types")
    }
    out = []
    for unit_type, codes in sorted(types.items(), key=lambda item: (-len(item[1]), item[0])):
        used = [cell for cell in order if any(cell in by_unit[code] for code in codes)]
        if not used:
            continue
        rows = sorted(
            (_line(site, code, by_unit[code], used, labels) for code in codes),
            key=lambda row: (-len(row["left"]), site.unit_key(row["code"])),
        )
        out.append(
            {
                "name": names.get(unit_type, unit_type),
                "families": _families([by_id[cell] for cell in used]),
                "type": unit_type,
                "rows": rows,
                "count": len(rows),
            }
        )
    return out


def chunks(rows: list[Any]) -> list[list[Any]]:
    """Rows in folds: the first open, the others closed."""
    return [rows[at : at + HEAT_ROWS] for at in range(0, len(rows), HEAT_ROWS)]


def _families(cells: list[Row]) -> list[dict[str, Any]]:
    """Columns under one heading: the years of a step that comes back every year."""
    return [
        {"label": family_label(members[0]), "periods": [cell["period"] for cell in members]}
        for members in (list(group) for _, group in groupby(cells, key=family))
    ]


def _line(
    site: Site, code: str, mine: dict[str, Row], used: list[str], labels: dict[str, str]
) -> dict[str, Any]:
    """One unit: a letter per step, and in words what is left (narrow screens show only that)."""
    return {
        "unit": site.units.get(code),
        "code": code,
        "cells": [_letter(site, mine.get(cell)) for cell in used],
        "left": [labels[cell] for cell in used if _is_left(mine.get(cell))],
    }


def _is_left(row: Row | None) -> bool:
    return row is not None and row["status"] in LEFT


def _letter(site: Site, row: Row | None) -> tuple[str, str, str]:
    """Status, letter and cell of one unit's step; what came or was made whole late carries its mark."""
    if row is None:
        return ("no-cell", "", "")
    letter = site.dense("coverage_status", row["status"])
    mark = site.dense("coverage_mark", row["timing"]) if row["timing"] in ("late", "filled_late") else ""
    return (row["status"].replace("_", "-"), letter + mark, row["cell_id"])


def letters(line: dict[str, Any]) -> Markup:
    """The cells of a line; a step that is left leads to the unit's page."""
    page = line["unit"].page if line["unit"] else ""
    return Markup(  # noqa: S704 - a cell is escaped, an address has letters, digits and dashes only
        "".join(
            [
                f'{_opened(status)}<a href="{page}#o-{slug(cell)}">{escape(letter)}</a></td>'
                if page and status in LEFT
                else f"{_opened(status)}{escape(letter)}</td>"
                for status, letter, cell in line["cells"]
            ]
        )
    )


@lru_cache
def _opened(status: str) -> str:
    return f'<td class="s-{escape(status)}">'
