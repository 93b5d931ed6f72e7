"""Every non-empty cell of a recognised grid ends as a value, a named ignore, or a finding: the proof."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from pipelines.forms.places import cell_address, paragraph_address, paragraphs_told
from pipelines.forms.reading import Reading
from pipelines.forms.tables.filled import is_blank
from pipelines.inbox.document import Document

COUNTED_ELSEWHERE = frozenset({"RD-TRUNG-TIEU-DE"})
"""Findings whose cell is also among the ignored ones (the header)."""
SIGNATURES = frozenset({"signed", "unsigned", "no_label"})
"""Values whose cell is also among the ignored ones (the signature block)."""


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """The cells of one sheet or table, or the paragraphs outside of them (``sheet`` is ``None``)."""

    sheet: str | None
    non_empty: int
    values: int
    findings: int
    ignored: int

    @property
    def balanced(self) -> bool:
        """Whether every cell is accounted for once."""
        return self.non_empty == self.values + self.findings + self.ignored


def _value_cells(reading: Reading) -> tuple[dict[str | None, set[str]], dict[str, int]]:
    """Sheet -> addresses of cells read as values; sheet -> number of values of extra columns."""
    cells: dict[str | None, set[str]] = defaultdict(set)
    extras: dict[str, int] = defaultdict(int)
    for table in ("award_rows", "headcount_rows"):
        for row in reading.rows(table):
            for place in json.loads(row["columns"]).values():
                number = row["source_row"]
                address = f"dòng {number}, {place}" if " " in place else f"{place}{number}"
                cells[row["source_sheet"]].add(address)
            if row.get("extra"):
                extras[row["source_sheet"]] += len(json.loads(row["extra"]))
    sheets = {row["record_id"]: row["source_sheet"] for row in reading.rows("records")}
    for row in reading.rows("fields"):
        if row["value_code"] in SIGNATURES:
            continue
        for told in (row["cell"] or "").split("; "):
            sheet, cell = _place(told, sheets[row["record_id"]])
            cells[sheet].update(paragraphs_told(cell))
    return cells, extras


def _place(told: str, sheet: str | None) -> tuple[str | None, str]:
    """The table and the cell of a place in words; a paragraph stands in no table."""
    if told.startswith(("đoạn ", "trang ", "đầu trang")):
        return None, told
    table, _, address = told.rpartition(", dòng ") if told.count(", ") > 1 else ("", "", "")
    return (table, f"dòng {address}") if table else (sheet, told)


def account(document: Document, reading: Reading) -> list[SheetAccount]:
    """Account for the cells of each sheet or table.

    Args:
        document: the file.
        reading: what was read from it.

    Returns:
        One account for each grid that holds anything, and one for the running text.
    """
    values, extras = _value_cells(reading)
    found: dict[str | None, set[str]] = defaultdict(set)
    for row in reading.rows("reading_findings"):
        if row["source_cell"] and row["rule_id"] not in COUNTED_ELSEWHERE:
            sheet, cell = _place(row["source_cell"], row["source_sheet"])
            found[sheet].add(cell)
    errors: dict[str | None, set[str]] = defaultdict(set)
    for sheet, cell in reading.no_values:
        errors[sheet].add(cell)
    ignored: dict[str | None, int] = defaultdict(int)
    for row in reading.rows("ignored_cells"):
        ignored[row["source_sheet"]] += row["cells"]
    paragraphs = [*document.header, *document.paragraphs]
    running = {paragraph_address(each) for each in paragraphs if each.text.strip()}
    read = values[None] & running
    lost = found[None] & running - read
    lines = len(running) + sum(map(len, document.aside.values()))
    accounts = [SheetAccount(None, lines, len(read), len(lost), ignored[None])]
    for grid in document.grids:
        filled = {
            cell_address(grid, r, c)
            for r, row in enumerate(grid.rows)
            for c, value in enumerate(row)
            if not is_blank(value)
        }
        read = (values[grid.name] & filled) - errors[grid.name]
        accounts.append(
            SheetAccount(
                grid.name,
                len(filled),
                len(read) + extras[grid.name],
                sum(
                    tally.reported
                    for part, tally in reading.tallies.items()
                    if part is not None and (part == grid.name or part.startswith(f"{grid.name}, "))
                ),
                ignored[grid.name],
            )
        )
    return [item for item in accounts if item.non_empty]
