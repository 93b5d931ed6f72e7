"""The tables of the annex «ngoài mẫu», the same for workbook and Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.reports.mau_02.content import Content, words
from pipelines.reports.mau_02.form import Merged, annex_rows, merged_header, outside_rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the annex; without rows its title alone says so."""

    title: str
    title_without_rows: str
    height: int
    header: list[Merged]
    rows_of: Callable[[Content], list[tuple[str, ...]]]
    text_columns: tuple[int, ...]
    """One-based columns that hold words."""
    widths: tuple[float, ...]
    """Of the columns, in millimetres."""


def annex_tables() -> list[Table]:
    """Leaders, unclassed recipients and award rates by row; awards without a line."""
    annex = words()["annex"]
    return [
        Table(
            annex["rows_title"],
            annex["rows_title"],
            *merged_header(annex["rows_header"]),
            annex_rows,
            (2, 9),
            (12, 72, 18, 22, 20, 20, 22, 22, 44),
        ),
        Table(
            annex["outside_title"],
            annex["outside_empty"],
            *merged_header(annex["outside_header"]),
            outside_rows,
            (2,),
            (12, 92, 24, 24, 24, 24, 24, 28),
        ),
    ]
