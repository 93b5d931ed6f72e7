"""From one number of a yearly table to the awards behind it, as sentences."""

from __future__ import annotations

import duckdb

from pipelines.reports.lookup.recipient import Place
from pipelines.reports.lookup.text import where
from pipelines.reports.statistics.content import behind
from pipelines.sentences import text
from pipelines.text.dates_vi import format_date
from pipelines.text.numbers_vi import format_number


class NotThere(Exception):
    """No such table, row or column; the message says which there are."""


def told(
    connection: duckdb.DuckDBPyConnection,
    table_id: str,
    year: int,
    unit_code: str,
    scope: str,
    cell: tuple[str, str],
) -> str:
    """The number and every award it counts.

    Args:
        connection: the published snapshot.
        table_id: ``0602`` or ``0603``.
        year: the statistical year.
        unit_code: the unit of the table.
        scope: ``own`` or ``rollup``.
        cell: row and column of the table, as ``rpt_statistics`` names them.

    Raises:
        NotThere: the table has no such row or column.
    """
    row, column = cell
    for name, given, mart in (
        ("row", row, "dim_statistics_rows"),
        ("column", column, "dim_statistics_columns"),
    ):
        known = [
            str(one)
            for (one,) in connection.execute(
                f"SELECT DISTINCT {name}_id FROM marts.{mart} WHERE table_id = ? ORDER BY ALL",
                [table_id],
            ).fetchall()
        ]
        if given not in known:
            values = {"table": table_id, name: given, f"{name}s": ", ".join(known)}
            raise NotThere(text(f"statistics.trace.no_{name}", **values))
    ((unit,),) = connection.execute(
        "SELECT name FROM marts.dim_units WHERE unit_code = ?", [unit_code]
    ).fetchall()
    awards = behind(connection, table_id, year, unit_code, scope, cell)
    lines = [
        text(
            "statistics.trace.head",
            unit=unit,
            scope=text(f"trace.scope.{scope}"),
            table=table_id,
            year=year,
            row=row,
            column=column,
            number=format_number(len(awards)),
        )
    ]
    for place, (sender, name, award, day, *source) in enumerate(awards, 1):
        said = text("statistics.trace.day", day=format_date(day)) if day else ""
        lines.append(
            text(
                "statistics.trace.line",
                place=place,
                unit=sender,
                name=name or "",
                award=award,
                day=said,
                where=where(Place(*source)),
            )
        )
    return "\n".join(lines)
