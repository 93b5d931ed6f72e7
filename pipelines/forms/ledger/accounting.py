"""Every non-empty cell of a recognised grid ends as a value, a named ignore, or a finding: the proof."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipelines.forms.ledger.proof import SIGNATURES, is_of, proven
from pipelines.forms.places import paragraph_address, paragraphs_told
from pipelines.forms.reading import Reading
from pipelines.forms.tables.filled import is_blank
from pipelines.inbox.document import Document

COUNTED_ELSEWHERE = frozenset({"RD-TRUNG-TIEU-DE"})
"""Findings whose cell is also among the ignored ones (the header)."""


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


def _paragraphs(reading: Reading) -> set[str]:
    """The paragraphs read as values."""
    return {
        paragraph
        for cells, code in zip(
            *(reading.tables["fields"][name] for name in ("cell", "value_code")), strict=True
        )
        if code not in SIGNATURES
        for told in (cells or "").split("; ")
        if _place(told, "")[0] is None
        for paragraph in paragraphs_told(told)
    }


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
    values = proven(reading, document.grids)
    found: dict[str | None, set[str]] = defaultdict(set)
    for row in reading.rows("reading_findings"):
        if row["source_cell"] and row["rule_id"] not in COUNTED_ELSEWHERE:
            sheet, cell = _place(row["source_cell"], row["source_sheet"])
            found[sheet].add(cell)
    ignored: dict[str | None, int] = defaultdict(int)
    for row in reading.rows("ignored_cells"):
        ignored[row["source_sheet"]] += row["cells"]
    paragraphs = [*document.header, *document.paragraphs]
    running = {paragraph_address(each) for each in paragraphs if each.text.strip()}
    read = _paragraphs(reading) & running
    lost = found[None] & running - read
    lines = len(running) + sum(map(len, document.aside.values()))
    accounts = [SheetAccount(None, lines, len(read), len(lost), ignored[None])]
    for grid in document.grids:
        filled = sum(not is_blank(value) for row in grid.rows for value in row)
        tallies = [tally for part, tally in reading.tallies.items() if part and is_of(part, grid.name)]
        # a cell that was passed over may hold the text of one that was read: it proves nothing more
        proved = min(values[grid.name], sum(tally.read for tally in tallies))
        reported = sum(tally.reported for tally in tallies)
        accounts.append(SheetAccount(grid.name, filled, proved, reported, ignored[grid.name]))
    return [item for item in accounts if item.non_empty]
