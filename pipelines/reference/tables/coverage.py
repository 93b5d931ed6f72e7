"""`ref` tables of coverage: cells, what they ask, the units they expect, and whose rows count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines.reference.coverage import ExpandedCell, expand, expected_units, minima
from pipelines.reference.deadlines import Deadline
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, citation_columns, frame, json_text
from pipelines.text.keys import nfc

_YEARS = re.compile(r"(\d{4})(?:\\s\+)?\\-(?:\\s\+)?(\d{4})")
"""Two years with a dash between, as ``re.escape`` leaves them."""


def coverage_tables(
    reference: Reference, policies: Mapping[str, Any], known: list[Deadline]
) -> dict[str, pl.DataFrame]:
    """coverage_cells, coverage_requirements, coverage_expected, coverage_counted_units.

    Args:
        reference: the reference data.
        policies: the value in force of every policy.
        known: all ``deadlines`` of them.
    """
    cells = expand(reference, policies)
    expected = list(expected_units(reference, cells, policies))
    days = {(one.cell_id, code): day for one in known for code, day, _ in one.unit_days}
    text, whole, day = pl.String, pl.Int32, pl.Date
    return {
        "coverage_cells": frame(
            {"cell_id": text, "programme_id": text, "stage": text, "period": text, "label_vi": text}
            | {"label_of_years_vi": text}
            | {"cell_order": whole, "period_start": day, "period_end": day, "year": whole, "phase_id": text}
            | {"test": text, "forms": text, "filled_fields": text, "quota_ids": text, "field_id": text}
            | {"is_optional": pl.Boolean}
            | CITATION,
            [
                (
                    c.cell_id,
                    c.programme_id,
                    c.cell.stage,
                    c.period,
                    c.label_vi,
                    c.label_of_years_vi,
                    number,
                    c.start,
                    c.end,
                    c.year,
                    c.cell.phase,
                    c.cell.test,
                    json_text(_forms(c)),
                    json_text(c.cell.filled_fields),
                    json_text((*minima(c), *c.cell.caps)),
                    c.part.field if c.part else None,
                    c.cell.optional,
                    *citation_columns(reference, c.cell.cite),
                )
                for number, c in enumerate(cells, 1)
            ],
        ),
        "coverage_requirements": frame(
            {"cell_id": text, "requirement_no": whole, "form_id": text, "document_year": whole}
            | {"title_pattern": text, "takes_scans": pl.Boolean},
            [
                (
                    c.cell_id,
                    number,
                    one.form,
                    _year(one.year, c.year),
                    title_pattern(tuple(name.replace("{year}", str(c.year)) for name in one.title_names)),
                    one.scans,
                )
                for c in cells
                for number, ways in enumerate(c.cell.requires, 1)
                for one in ways
            ],
        ),
        "coverage_expected": frame(
            {"cell_id": text, "programme_id": text, "unit_code": text, "collectives_required": whole}
            | {"individuals_required": whole, "households_required": whole, "any_required": whole}
            | {
                "is_placeholder": pl.Boolean,
                "is_usual": pl.Boolean,
                "deadline_of_unit": day,
                "ended_on": day,
            },
            [
                (
                    e.cell.cell_id,
                    e.cell.programme_id,
                    e.unit_code,
                    e.required.get("tap_the"),
                    e.required.get("ca_nhan"),
                    e.required.get("gia_dinh"),
                    e.required.get("any"),
                    e.unit_code in reference.placeholders,
                    reference.units.by_code[e.unit_code].is_usual,
                    days[e.cell.cell_id, e.unit_code],
                    e.ended_on,
                )
                for e in expected
            ],
        ),
        "coverage_counted_units": frame(
            {"cell_id": text, "unit_code": text, "counted_unit_code": text},
            [(e.cell.cell_id, e.unit_code, counted) for e in expected for counted in e.counted_units],
        ),
    }


def title_pattern(names: tuple[str, ...]) -> str | None:
    """A regular expression of the titles that name one of these, in whole words: «quý I» is not «quý II».

    Dashes and «đến» between years are one.

    Args:
        names: as in ``coverage.yaml``; none: every title will do.
    """
    if not names:
        return None
    escaped = (re.escape(nfc(name).lower()).replace("\\ ", r"\s+") for name in names)
    whole = "|".join(_YEARS.sub(r"\1\\s*([-–—]|đến(\\s+năm)?)\\s*\2", name) for name in escaped)
    return rf"(^|[^\pL\pN])({whole})($|[^\pL\pN])"


def _forms(cell: ExpandedCell) -> tuple[str, ...]:
    """The cell's own forms: only their blocking findings affect its status."""
    asked = (one.form for ways in cell.cell.requires for one in ways)
    return tuple(dict.fromkeys((*cell.cell.forms, *asked)))


def _year(asked: int | str | None, year: int | None) -> int | None:
    return int(str(asked).format(year=year)) if asked is not None else None
