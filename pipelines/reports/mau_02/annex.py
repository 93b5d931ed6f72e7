"""The tables of the annex «ngoài mẫu», the same for workbook and Word file."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reports.mau_02.content import Content, words
from pipelines.reports.mau_02.form import Merged, annex_rows, merged_header, outside_rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the annex; without rows its title alone says so."""

    title: str
    height: int
    header: list[Merged]
    rows: list[tuple[str, ...]]
    text_columns: tuple[int, ...]
    """One-based columns that hold words."""
    widths: tuple[float, ...]
    """Of the columns, in millimetres."""


def annex_tables(content: Content) -> list[Table]:
    """Leaders, unclassed recipients and award rates by row; awards without a line."""
    annex = words()["annex"]
    height, header = merged_header(annex["rows_header"])
    tables = [
        Table(
            annex["rows_title"],
            height,
            header,
            annex_rows(content),
            (2, 9),
            (12, 72, 18, 22, 20, 20, 22, 22, 44),
        )
    ]
    height, header = merged_header(annex["outside_header"])
    rows = outside_rows(content)
    title = annex["outside_title"] if rows else annex["outside_empty"]
    tables.append(Table(title, height, header, rows, (2,), (12, 92, 24, 24, 24, 24, 24, 28)))
    return tables
