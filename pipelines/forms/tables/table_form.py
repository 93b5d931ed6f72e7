"""Reading a table form as a whole: its head, its tables, its signatures."""

from __future__ import annotations

from pipelines.forms.part import Part, PartResult
from pipelines.forms.recognise.labels import has_phrase
from pipelines.forms.recognise.matches import Match
from pipelines.forms.records.split import Record, add_record
from pipelines.forms.tables.grids import read_tables
from pipelines.forms.tables.head import HeadValue, read_head, read_signatures
from pipelines.forms.tables.record_rows import part_key_of


def read_table_form(part: Part, match: Match) -> PartResult:
    """Read a table form into the raw tables.

    Args:
        part: the part.
        match: what was recognised, with the lines above and below its tables.
    """
    head: list[HeadValue] = []
    record: Record | None = None
    fields = part.form.data.get("head", [])
    if fields or part.form.data.get("signatures"):
        head = read_head(part, fields, match.above)
        part.key = _key(part, head)
        first = match.tables[0][0].name
        record = add_record(
            part, "head", year=part.title.year, part_key=part_key_of(part, part.title.year), sheet=first
        )
        for value in head:
            record.set(value.field, value.value, part.place(value.places))
            part.head_cells.update(value.places)
    rows, below = read_tables(part, match.tables, match.above)
    signed, cell = read_signatures(part, record, [*below, *match.below])
    if rows == 0 and not part.form.data.get("may_be_empty"):
        part.find("RD-KHONG-DONG", params={"bieu": part.form.official_label})
    _tell_sheet_names(part, match)
    if part.form.contents == "awards" and any(
        has_phrase(part.title.list_key, word) for word in part.catalogue.words.corrects
    ):
        part.find("RD-DINH-CHINH", match.tables[0][0])
    if part.title.repaired:
        part.find("RD-SUA-OCR", params={"gia_tri": part.title.text})
    day = next((value.value.day for value in head if value.value.day), None)
    return PartResult(rows, signed, cell, day, part.title.year)


def _tell_sheet_names(part: Part, match: Match) -> None:
    """A sheet whose name alone says that its list is none of awards: the name is told, not used."""
    if not part.form.is_list:
        return
    words = part.catalogue.words
    for grid, _ in match.tables:
        said = words.says_other(grid.name) if grid.has_addresses else None
        if said and not has_phrase(part.title.list_key, said):
            part.find("RD-TEN-TRANG", grid, params={"trang": grid.name, "chu": words.shown[said]})


def _key(part: Part, head: list[HeadValue]) -> str | None:
    """The superseding key of a form whose key is in its head: the phase."""
    if part.form.part_key != "phase":
        return None
    field = next(item["id"] for item in part.form.data["head"] if item.get("line") == "phase")
    return next((value.value.code for value in head if value.field == field), None)
