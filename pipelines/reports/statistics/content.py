"""What one printed table says: header, rows, notes; the layout is data, the numbers are of the snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.common.paths import DEFAULT_REFERENCE, PROJECT
from pipelines.reference.errors import Problems
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.statistics import StatisticsColumn, StatisticsFile, StatisticsTable
from pipelines.text.dates_vi import format_date
from pipelines.text.numbers_vi import format_number

TOTAL, NO_COLUMN, UNDATED = "total", "no_column", "undated"


class CannotPrint(Exception):
    """The table asked for is not there; ``key`` and ``values`` make the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: the words above it, from the top, and its number in the form."""

    column_id: str
    path: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row; a heading has no cells."""

    label: str
    code: str
    unit: str
    cells: tuple[int | str, ...]
    is_bold: bool


@dataclass(frozen=True, slots=True)
class Content:
    """Everything one print needs."""

    table: StatisticsTable
    year: int
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    outside: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def numbers(self) -> list[tuple[int, int, str]]:
        """The row of numbers under the header: first and last column, counted from zero, and the number.

        The columns of one number of the form stand under it together.
        """
        said = (*words()["letters"][:3], *(one.number for one in self.columns))
        runs = [[*run] for _, run in groupby(enumerate(said), key=lambda one: one[1])]
        return [(run[0][0], run[-1][0], run[0][1]) for run in runs]


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of the print (words.yml)."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return loaded


def load_layouts(reference: Path | None = None) -> StatisticsFile:
    """The layouts as the reference data describe them.

    Raises:
        ReferenceError: when statistics.yaml is not there or is not right.
    """
    folder = reference or (DEFAULT_REFERENCE if DEFAULT_REFERENCE.is_dir() else PROJECT / DEFAULT_REFERENCE)
    problems = Problems(folder)
    layouts, _ = model_from_yaml(folder / "statistics.yaml", StatisticsFile, problems)
    problems.stop_if_any()
    assert layouts is not None
    return layouts


def layout_of(layouts: StatisticsFile, table_id: str, year: int) -> StatisticsTable:
    """The layout of a table in force at the end of a statistical year.

    Raises:
        CannotPrint: for an unknown table, and for a year whose layout is not at hand.
    """
    known = [one for one in layouts.tables if one.id == table_id]
    if not known:
        tables = ", ".join(dict.fromkeys(one.id for one in layouts.tables))
        raise CannotPrint("statistics.no_table", table=table_id, tables=tables)
    last_day = date(year, layouts.year_from_month, 1)
    for one in known:
        if last_day <= one.valid_to:
            return one
    raise CannotPrint(
        "statistics.no_layout",
        table=table_id,
        year=year,
        until=format_date(max(one.valid_to for one in known)),
    )


def read_content(
    connection: duckdb.DuckDBPyConnection,
    layouts: StatisticsFile,
    table_id: str,
    year: int,
    unit_code: str,
    scope: str,
) -> Content:
    """One unit's table of one statistical year.

    Args:
        connection: the published snapshot.
        layouts: as the reference data describe them.
        table_id: ``0602`` or ``0603``.
        year: the statistical year.
        unit_code: a unit of the snapshot.
        scope: ``own`` or ``rollup``.

    Raises:
        CannotPrint: for an unknown table, and for a year whose layout is not at hand.
    """
    table = layout_of(layouts, table_id, year)
    place = [table_id, year, unit_code, scope]
    found = connection.execute(
        "SELECT row_id, column_id, amount FROM marts.rpt_statistics "
        "WHERE table_id = ? AND statistical_year = ? AND unit_code = ? AND scope = ?",
        place,
    ).fetchall()
    amounts = {(row, column): int(amount) for row, column, amount in found}
    names = dict(connection.execute("SELECT award_code, official_name FROM marts.dim_awards").fetchall())
    members = connection.execute(
        "SELECT DISTINCT column_id FROM marts.dim_statistics_columns WHERE table_id = ? ORDER BY ALL DESC",
        [table_id],
    ).fetchall()
    columns = tuple(_columns(table, amounts, names, [column for (column,) in members]))
    outside = connection.execute(
        "SELECT DISTINCT row_order, row_id, label FROM marts.dim_statistics_rows "
        "WHERE table_id = ? AND is_outside ORDER BY row_order",
        [table_id],
    ).fetchall()
    ((unit,),) = connection.execute(
        "SELECT official_name FROM marts.dim_units WHERE unit_code = ?", [unit_code]
    ).fetchall()
    return Content(
        table,
        year,
        str(unit),
        columns,
        tuple(_rows(table, columns, amounts)),
        tuple(
            Row(label, "", "", tuple(amounts.get((row_id, column.column_id), 0) for column in columns), False)
            for _, row_id, label in outside
            if any(row == row_id for row, _ in amounts)
        ),
        tuple(_notes(connection, table, place, amounts)),
    )


def _columns(
    table: StatisticsTable,
    amounts: dict[tuple[str, str], int],
    names: dict[str, str],
    members: list[str],
) -> Iterator[Column]:
    said = words()["columns"]
    yield Column(TOTAL, (said["total"],), words()["letters"][3])
    for column in table.columns:
        for part, path in _parts(column, amounts, names, members):
            yield Column(part, (said["parts"], *path), column.number)
    if any(column == NO_COLUMN for _, column in amounts):
        yield Column(NO_COLUMN, (said["outside"], said["no_column"]), "")


def _parts(
    column: StatisticsColumn,
    amounts: dict[tuple[str, str], int],
    names: dict[str, str],
    members: list[str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A column of the form as the columns it is printed in."""
    said = words()["kinds"]
    if not column.each_vi:
        for kind in column.kinds:
            yield f"{column.id}.{kind}", (column.label, said[kind])
        if not column.kinds:
            yield column.id, (column.label,)
        return
    told = {name.split(".")[1] for _, name in amounts if name.startswith(f"{column.id}.")}
    for code in sorted(told, key=lambda code: ((*column.awards, code).index(code), names[code])):
        for kind in column.kinds:
            if f"{column.id}.{code}.{kind}" in members:
                yield f"{column.id}.{code}.{kind}", (column.label, names[code], said[kind])
    if not told:
        for kind in column.kinds:
            yield f"{column.id}..{kind}", (column.label, column.each_vi, said[kind])


def _rows(
    table: StatisticsTable, columns: tuple[Column, ...], amounts: dict[tuple[str, str], int]
) -> Iterator[Row]:
    for row in table.rows:
        if row.heading:
            yield Row(row.label, "", "", (), True)
        elif row.not_told:
            yield Row(row.label, row.id, row.unit or "", (words()["not_told"],) * len(columns), False)
        else:
            cells = tuple(amounts.get((row.id, column.column_id), 0) for column in columns)
            yield Row(row.label, row.id, row.unit or "", cells, row.by == "all")


def _notes(
    connection: duckdb.DuckDBPyConnection,
    table: StatisticsTable,
    place: list[Any],
    amounts: dict[tuple[str, str], int],
) -> Iterator[str]:
    say, (table_id, year, unit_code, scope) = words()["notes"], place
    yield say[f"scope.{scope}"]
    untold = [row.label.lstrip("-+ ").removeprefix("Trong đó: ") for row in table.rows if row.not_told]
    if untold:
        yield say["not_told"].format(rows=", ".join(untold))
    ((undated,),) = connection.execute(_UNDATED, [table_id, year, UNDATED, unit_code, scope]).fetchall()
    if undated:
        yield say["undated"].format(n=format_number(undated), year=year)
    levels = list(table.levels)
    ((nameless, kindless, revoked),) = connection.execute(
        _UNCOUNTED, [levels, levels, year, unit_code, scope]
    ).fetchall()
    for note, number in (("no_name", nameless), ("no_kind", kindless), ("revoked", revoked)):
        if number:
            yield say[note].format(n=format_number(number), year=year)
    first = next(row.id for row in table.rows if row.by == "all")
    if without := amounts.get((first, NO_COLUMN), 0):
        awards = connection.execute(
            _WITHOUT_COLUMN, [table_id, year, NO_COLUMN, first, unit_code, scope]
        ).fetchall()
        told = "; ".join(f"{name} {format_number(n)}" for name, n in awards)
        yield say["no_column"].format(n=format_number(without), awards=told)
    if year < table.issued_on.year:
        yield say["earlier"].format(issued=format_date(table.issued_on), year=year)
    yield say["check"]
    ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
    yield say["night"].format(night=format_date(as_of))


_OF_UNIT = """
    unit_code IN (
        SELECT unit_code FROM marts.dim_unit_rollups
        WHERE ancestor_code = ? AND (? = 'rollup' OR unit_code = ancestor_code)
    )
"""
_UNDATED = f"""
    SELECT count(DISTINCT award_id) FROM marts.trc_statistics
    WHERE table_id = ? AND statistical_year = ? AND row_id = ? AND {_OF_UNIT}
"""
_UNCOUNTED = f"""
    SELECT
        count(*) FILTER (award_code IS NULL AND NOT is_revoked),
        count(*) FILTER (
            award_code IS NOT NULL AND list_contains(?, level) AND recipient_kind IS NULL AND NOT is_revoked
        ),
        count(*) FILTER (list_contains(?, level) AND is_revoked)
    FROM marts.fct_awards
    CROSS JOIN marts.dim_statistics_year
    WHERE
        coalesce(
            year(decision_date) + (from_month > 1 AND month(decision_date) >= from_month)::INTEGER, award_year
        ) = ? AND {_OF_UNIT}
"""
_WITHOUT_COLUMN = f"""
    SELECT awards.official_name, count(*)
    FROM marts.trc_statistics AS behind
    INNER JOIN marts.dim_awards AS awards ON behind.award_code = awards.award_code
    WHERE table_id = ? AND statistical_year = ? AND column_id = ? AND row_id = ? AND {_OF_UNIT}
    GROUP BY ALL ORDER BY ALL
"""


def behind(
    connection: duckdb.DuckDBPyConnection,
    table_id: str,
    year: int,
    unit_code: str,
    scope: str,
    cell: tuple[str, str],
) -> list[tuple[Any, ...]]:
    """The awards behind one number: unit, name, award, day, file, sheet, row, cell.

    Args:
        connection: the published snapshot.
        table_id: ``0602`` or ``0603``.
        year: the statistical year.
        unit_code: the unit of the table.
        scope: ``own`` or ``rollup``.
        cell: row and column of the table.
    """
    return connection.execute(
        f"""
        SELECT units.name, behind.label, awards.official_name, behind.decision_date,
            behind.source_file, behind.source_sheet, behind.source_row, behind.source_cell
        FROM marts.trc_statistics AS behind
        INNER JOIN marts.dim_awards AS awards ON behind.award_code = awards.award_code
        INNER JOIN marts.dim_units AS units ON behind.unit_code = units.unit_code
        WHERE table_id = ? AND statistical_year = ? AND row_id = ? AND column_id = ?
            AND behind.{_OF_UNIT.strip()}
        ORDER BY behind.source_file, behind.source_sheet, behind.source_row, behind.source_cell
        """,
        [table_id, year, *cell, unit_code, scope],
    ).fetchall()
