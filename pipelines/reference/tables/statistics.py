"""`ref` tables of the ministry's tables: what each row and each column counts, every code told.

Nothing falls out: what no row of the form takes stands in a row «chưa rõ», what no column takes in a
column, both outside the form.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipelines.reference.models.statistics import StatisticsRow, StatisticsTable
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import frame

TOTAL, REST = "total", "no_column"
KINDS = ("tap_the", "ca_nhan", "gia_dinh")
Member = tuple[str, str, str | None]
"""Column, award, recipient kind."""


def statistics_tables(reference: Reference) -> dict[str, pl.DataFrame]:
    """statistics_rows: what a row counts by and each value; statistics_columns: each award and kind."""
    text, whole, flag = pl.String, pl.Int32, pl.Boolean
    tables = reference.statistics.tables
    rows = [(table, *row) for table in tables for row in _rows(reference, table)]
    return {
        "statistics_rows": frame(
            {"table_id": text, "row_order": whole, "row_id": text, "label": text, "is_outside": flag}
            | {"parted_by": text, "value": text},
            [(table.id, *row) for table, *row in rows],
        ),
        "statistics_columns": frame(
            {"table_id": text, "column_id": text, "award_code": text, "recipient_kind": text},
            [
                (table.id, column, award, kind)
                for table in tables
                for column, award, kind in sorted(set(_members(reference, table)), key=str)
            ],
        ),
        "statistics_year": frame({"from_month": whole}, [(reference.statistics.year_from_month,)]),
    }


def _rows(reference: Reference, table: StatisticsTable) -> Iterator[tuple[int, str, str, bool, str, str]]:
    number = 0
    for number, row in enumerate(table.rows, 1):
        for value in _values(reference, row):
            yield number, row.id, row.label, False, str(row.by), value
    for place, outside in enumerate(reference.statistics.outside_rows, number + 1):
        rows = [row for row in table.rows if row.by == outside.by]
        # a table that does not part by it leaves nothing unknown
        if not rows and outside.by != "undated":
            continue
        known = {value for row in rows for value in _values(reference, row)}
        for value in sorted(_every(reference, outside.by) - known):
            yield place, outside.id, outside.label, True, outside.by, value


def _values(reference: Reference, row: StatisticsRow) -> tuple[str, ...]:
    if row.by == "all":
        return ("",)
    if row.by == "programme":
        # a programme is of the type of the unit above all its others
        tops = (unit for unit in reference.units if unit.parent_code is None)
        return tuple(sorted({unit.programme_id for unit in tops if unit.unit_type in row.values}))
    return (*row.values, *(f"award:{code}" for code in row.awards))


def _every(reference: Reference, by: str) -> set[str]:
    """Every value the data can have."""
    if by == "class":
        classes = reference.object_classes
        persons = {one.code for one in classes.classes if "ca_nhan" in one.kinds}
        return {"", *persons, *(one.code for one in classes.other_class if one.kind == "ca_nhan")}
    if by == "manner":
        awards = {f"award:{award.code}" for award in reference.awards.awards}
        return {"award:", *awards, *(kind.code for kind in reference.recipients.sub_kinds)}
    if by == "programme":
        return set(reference.programmes)
    return {""}


def _members(reference: Reference, table: StatisticsTable) -> Iterator[Member]:
    """Column ← award and kind (None: any): official columns, the total, and what has no column."""
    at_level = [award.code for award in reference.awards.awards if award.level in table.levels]
    given_to = {award.code: award.recipient_kinds for award in reference.awards.awards}
    named = {code for column in table.columns for code in column.awards}
    taken: set[tuple[str, str]] = set()
    has_rest = False
    for column in table.columns:
        has_rest = has_rest or column.rest
        codes = [code for code in at_level if code not in named] if column.rest else list(column.awards)
        for code in codes:
            for kind in column.kinds or KINDS:
                if column.each_vi and kind not in given_to[code]:
                    continue
                taken.add((code, kind))
                name = f"{column.id}.{code}" if column.each_vi else column.id
                yield (f"{name}.{kind}" if column.kinds else name), code, kind
    for code in at_level:
        for kind in KINDS:
            # households have no column where kinds are parted; they are in the total all the same
            if (code, kind) in taken or code in named or has_rest:
                yield TOTAL, code, kind
            if (code, kind) not in taken:
                yield REST, code, kind
