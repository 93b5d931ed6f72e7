"""The rows of a headcount table (QS): one for each year."""

from __future__ import annotations

import json
import re

from pipelines.forms.part import Part, short
from pipelines.forms.places import column_name
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.tables.award_rows import extra_texts
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.headcount_checks import check_headcounts
from pipelines.forms.tables.header import Binding
from pipelines.forms.values.values import COUNT, DATE, text_of
from pipelines.inbox.document import CellValue, Grid
from pipelines.text.keys import clean
from pipelines.text.numbers_vi import NumberProblem

_COUNTED = re.compile(r"(\d{1,3}(?:\.\d{3})*|\d+)(?:[.,]0{1,2})?\s*(?:\(?([^\W\d][\w\s]*)\)?)?")
COUNTS = ("collectives", "individuals", "direct_individuals", "leader_individuals", "households")


def read_headcount_rows(part: Part, grid: Grid, binding: Binding, body: Body) -> int:
    """Read the rows into ``headcount_rows``; the superseding key of each row is its year.

    Returns:
        How many rows were read.

    Source: docs/contract.md#forms (QS), docs/contract.md#superseding.
    """
    letters = {name: column_name(grid, column) for name, column in binding.columns.items() if name != "stt"}
    columns = {
        name: part.plain(grid, body.rows, name, letter, body.columns[name])
        for name, letter in _named(binding, body)
    }
    extra = extra_texts(grid, binding, body)
    units = part.catalogue.words.rows.count_units
    read: list[tuple[int, int | None, dict[str, int | None]]] = []
    for number, row in enumerate(body.rows):
        values: dict[str, int | None] = {}
        for field in COUNTS:
            value = _count(columns[field][number], units) if field in columns else None
            if isinstance(value, NumberProblem):
                _find(part, grid, binding, row, field, "RD-SO", value.text, value.reason)
                value = None
            values[field] = value
        cell = columns["year"][number] if "year" in columns else None
        reading = DATE[cell]
        if reading is not None and reading.problem:
            _find(part, grid, binding, row, "year", "RD-NAM", reading.text, reading.problem)
        year = reading.year if reading else None
        read.append((row, year, values))
        part.reading.add(
            "headcount_rows",
            submission_id=part.context.submission_id,
            part_no=part.number,
            part_key=None if year is None else str(year),
            source_sheet=grid.name,
            source_row=row + 1,
            year_raw=text_of(cell),
            year=year,
            columns=json.dumps(letters, ensure_ascii=False, sort_keys=True),
            extra=extra[number],
            **values,
        )
    check_headcounts(part, grid, binding, read)
    return len(body.rows)


def _count(cell: CellValue, units: tuple[str, ...]) -> int | NumberProblem | None:
    """A count, also with what is counted behind it (``120 người``) or with empty decimals (``120.0``)."""
    value = COUNT[cell]
    if not isinstance(value, NumberProblem) or not isinstance(cell, str):
        return value
    found = _COUNTED.fullmatch(clean(cell))
    if found is None or (found[2] and words_key(found[2]) not in units):
        return value
    return COUNT[found[1]]


def _named(binding: Binding, body: Body) -> list[tuple[str, int]]:
    return [(name, column) for name, column in binding.columns.items() if name in body.columns]


def _find(
    part: Part, grid: Grid, binding: Binding, row: int, field: str, rule_id: str, text: str, why: str
) -> None:
    part.find(
        rule_id,
        grid,
        row,
        binding.columns[field],
        field=field,
        params={
            "gia_tri": short(text),
            "cot": binding.layout.by_id[field].label,
            "ly_do": why,
            "vi_sao": part.catalogue.words.problems.get(why, ""),
        },
    )
