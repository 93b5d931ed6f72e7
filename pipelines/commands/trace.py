"""``thidua trace``: the award rows behind one number of mẫu 02, or what a status of coverage rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, Folder, say
from pipelines.commands.snapshot import Scope, known_in, published
from pipelines.sentences import text


def trace(
    unit: Annotated[str, typer.Option(metavar="CODE")],
    row: Annotated[str | None, typer.Option(metavar="ROW_ID")] = None,
    column: Annotated[str | None, typer.Option(metavar="COLUMN")] = None,
    cell: Annotated[str | None, typer.Option(metavar="CELL_ID")] = None,
    programme: Annotated[str | None, typer.Option(metavar="ID")] = None,
    table: Annotated[str | None, typer.Option(metavar="TABLE")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR")] = None,
    scope: Scope = Scope.own,
    home: Folder = None,
) -> None:
    """Say where a number of mẫu 02, of a yearly table (--table, --year) or a status (--cell) comes from."""
    if table is not None:
        _trace_statistics(unit, table, year, (row, column), scope, home)
        return
    if cell is not None:
        _trace_cell(unit, cell, programme, home)
        return
    if row is None or column is None:
        say(text("trace.what"))
        raise typer.Exit(UNUSABLE)
    from pipelines.reports.mau_02.content import CannotPrint, find_programme
    from pipelines.reports.trace.text import told
    from pipelines.reports.trace.trace import COLUMNS
    from pipelines.reports.trace.trace import trace as trace_number

    if column not in COLUMNS:
        say(text("trace.no_column", column=column, columns=", ".join(COLUMNS)))
        raise typer.Exit(UNUSABLE)
    with published(home) as connection:
        known_in(connection, unit, programme)
        try:
            programme_id = find_programme(connection, unit, programme)
        except CannotPrint as problem:
            say(text(problem.key, **problem.values))
            raise typer.Exit(UNUSABLE) from None
        found = trace_number(connection, programme_id, unit, scope.value, row, column)
        if found is None:
            rows = connection.execute(
                "SELECT row_id FROM marts.rpt_mau_02 GROUP BY row_id ORDER BY min(row_order)"
            ).fetchall()
            say(text("trace.no_row", row=row, rows=", ".join(item[0] for item in rows)))
            raise typer.Exit(UNUSABLE)
    say(told(found, row, column, scope.value))


def _trace_cell(unit: str, cell: str, programme: str | None, home: Path | None) -> None:
    from pipelines.reports.trace.trace_cell import cells_of, told
    from pipelines.reports.trace.trace_cell import trace_cell as trace_status

    with published(home) as connection:
        known_in(connection, unit, programme)
        found = trace_status(connection, cell, unit)
        cells = cells_of(connection, unit)
    if found is None:
        say(text("trace_cell.not_expected", cell=cell, unit=unit, cells=", ".join(cells)))
        raise typer.Exit(UNUSABLE)
    say(told(found))


def _trace_statistics(
    unit: str,
    table: str,
    year: int | None,
    cell: tuple[str | None, str | None],
    scope: Scope,
    home: Path | None,
) -> None:
    from pipelines.reports.statistics.trace import NotThere, told

    row, column = cell
    if year is None or row is None or column is None:
        say(text("statistics.trace.what"))
        raise typer.Exit(UNUSABLE)
    with published(home) as connection:
        known_in(connection, unit)
        try:
            said = told(connection, table, year, unit, scope.value, (row, column))
        except NotThere as problem:
            say(str(problem))
            raise typer.Exit(UNUSABLE) from None
    say(said)
