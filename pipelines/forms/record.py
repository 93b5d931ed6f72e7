"""Reading a record (a report of a person or collective) or a document: head, fields, signatures."""

from __future__ import annotations

from pipelines.forms.body import is_blank
from pipelines.forms.head import HeadValue, place_date, read_head, read_signatures
from pipelines.forms.label_lines import Found, LabelField, LabelIndex, read_labels
from pipelines.forms.labels import has_phrase, starts_with, words_key
from pipelines.forms.lines import TextLine
from pipelines.forms.matches import Match
from pipelines.forms.part import Part, PartResult, cell_address
from pipelines.forms.record_facts import write_document_facts, write_found, write_item_tables
from pipelines.forms.records import Record, add_record
from pipelines.forms.typed import Value
from pipelines.inbox.document import Document, Grid
from pipelines.text.keys import match_key

SIGNATURE_LINES = 30
"""Lines at the end of a document among which its signature block is looked for."""
HEAD_LINES = 20
"""Lines from the top that may hold the letterhead of a document."""


def read_record(part: Part, match: Match, document: Document) -> PartResult:
    """Read a record or a document into ``records`` and ``fields``.

    Args:
        part: the part.
        match: what was recognised, with all lines of the file or sheet.
        document: the file, for its number of pages.
    """
    title = part.title
    tops = _table_tops(match)
    lines = [
        line
        for number, line in enumerate(match.lines)
        if number < title.end or not (_in_table(line, tops) or (line.grid and line.grid.name in part.foreign))
    ]
    top = lines[: max(title.first, 1) + 4 if title.end else HEAD_LINES]
    below = lines[title.end : title.end + 4]
    head = read_head(part, part.form.data.get("head", []), lines[: title.first], below)
    dated = place_date(top)
    end = _signature_start(part, lines)
    found: list[Found] = []
    strays: list[TextLine] = []
    if part.form.kind == "record":
        fields = [LabelField.from_data(item) for item in part.form.data.get("fields", [])]
        index = LabelIndex(fields, part.form.data.get("headings", []))
        found, strays = read_labels(lines[title.end : end], index)
    year = _year(part, match, dated[1].year if dated else None)
    name, kind = _who(part, found)
    record = add_record(
        part,
        "head",
        name=name,
        recipient_kind=kind,
        year=year,
        part_key=_key(part, name, year),
        sheet=part.sheet,
        row=lines[title.first].row if lines else None,
        cell=next((cell for item in found if item.text == name for cell in item.cells), None),
    )
    cells = _write(part, record, head, found, document)
    cells |= write_item_tables(part, record, match)
    if part.form.kind == "document":
        write_document_facts(part, record, lines, title.end)
    tail = lines[end:]
    if not part.form.data.get("signatures"):
        tail = lines[max(title.end, len(lines) - SIGNATURE_LINES) :]
    elif not tail:
        tail = [line for line in match.lines if _in_table(line, tops)]
    signed, cell = read_signatures(part, record, tail)
    if match.by_name:
        signed = None
    _account(part, match, cells, strays if found else [])
    if title.repaired:
        part.find("RD-SUA-OCR", record_id=record.id, params={"gia_tri": title.text})
    if part.form.kind == "record" and not found:
        part.find("RD-KHONG-NHAN", record_id=record.id, params={"bieu": part.form.official_label})
    return PartResult(1, signed, cell, dated[1] if dated else None, year)


def _table_tops(match: Match) -> dict[int, int]:
    """Grid (by identity) -> zero-based row from which on it holds tables of the record."""
    tops: dict[int, int] = {}
    for grid, binding in match.tables:
        tops[id(grid)] = min(binding.header.top, tops.get(id(grid), binding.header.top))
    return tops


def _in_table(line: TextLine, tops: dict[int, int]) -> bool:
    return line.grid is not None and id(line.grid) in tops and line.row > tops[id(line.grid)]


def _signature_start(part: Part, lines: list[TextLine]) -> int:
    """The line at which the signatures of a form begin."""
    labels = tuple(
        words_key(text) for item in part.form.data.get("signatures", []) for text in item["labels"]
    )
    for number in range(len(lines) - 1, part.title.end - 1, -1):
        for text in lines[number].text.split("\t"):
            if labels and starts_with(words_key(text), labels):
                first = number
                while (
                    first > part.title.end
                    and lines[first - 1].row == lines[number].row
                    and lines[number].grid
                ):
                    first -= 1
                earlier = [
                    n
                    for n in range(max(part.title.end, number - SIGNATURE_LINES), first)
                    if any(starts_with(words_key(piece), labels) for piece in lines[n].text.split("\t"))
                ]
                return earlier[0] if earlier else first
    return len(lines)


def _year(part: Part, match: Match, dated: int | None) -> int | None:
    """The single year of the title; of a document else the year it was received.

    Source: CONTRACT section 2, «Forms», Documents.
    """
    if part.title.year or match.year:
        return part.title.year or match.year
    if part.form.kind == "document":
        return part.context.received_on.year
    return None if part.form.data.get("year") == "title" else dated


def _who(part: Part, found: list[Found]) -> tuple[str | None, str | None]:
    """Name and recipient kind, as ``names``, ``kind_field`` and ``kind_by_section`` of the form say."""
    data = part.form.data
    name, kind = None, data.get("recipient_kind")
    given = {item.field.id: item.text for item in reversed(found) if item.text}
    for rule in data.get("names", []):
        if rule["field"] in given and name is None:
            name, kind = given[rule["field"]].split("\n")[0], rule.get("kind", kind)
            family = rule.get("family_word")
            if family and has_phrase(words_key(name), words_key(family)):
                kind = rule["family_kind"]
    sections = {item.field.section for item in found if item.text}
    for section, code in data.get("kind_by_section", {}).items():
        if section in sections and kind is None:
            kind = code
    said = given.get(data.get("kind_field", ""))
    value = part.typing.value("recipient_kind", said) if said else None
    return name, (value.code if value and value.code else kind)


def _key(part: Part, name: str | None, year: int | None) -> str:
    """The superseding key of a record or document.

    Source: CONTRACT section 2, «Superseding».
    """
    rule = part.form.part_key
    if rule == "programme":
        return part.context.programme_id
    if rule == "kind_year":
        return f"{part.form.id}|{year}"
    period = part.typing.value("year_or_period", part.title.text) if part.title.text else None
    when = year or (period.text if period and not period.problem else "")
    return f"{match_key(name) if name else ''}|{when}"


def _write(
    part: Part, record: Record, head: list[HeadValue], found: list[Found], document: Document
) -> set[tuple[str, str]]:
    """Write the fields; returns the cells they came from."""
    cells: set[tuple[str, str]] = set()
    sheet = part.sheet or ""
    for value in head:
        record.set(value.field, value.value, part.place(value.sheet, value.cells))
        cells |= {(value.sheet or sheet, cell) for cell in value.cells}
        part.head_cells |= {(value.sheet or sheet, cell) for cell in value.cells}
    seen: dict[str, int] = {}
    for item in found:
        if not item.text:
            continue
        number = seen.get(item.field.id, 0)
        seen[item.field.id] = number + 1
        if write_found(part, record, item, number):
            cells |= {(item.grid_name or sheet, cell) for cell in item.cells}
    if document.page_count and part.form.data.get("pages"):
        pages = document.page_count
        record.set(part.form.data["pages"], Value(str(pages), number=float(pages)))
    return cells


def _account(part: Part, match: Match, cells: set[tuple[str, str]], strays: list[TextLine]) -> None:
    """Findings for lines of tables that no field took; every other cell is printed text of the form."""
    grids: dict[int, Grid] = {id(line.grid): line.grid for line in match.lines if line.grid}
    tops = _table_tops(match)
    stray: set[tuple[str, str]] = set()
    for line in strays:
        if line.grid is None:
            continue
        for piece in line.pieces:
            if (line.grid.name, piece.cell) not in cells and (line.grid.name, piece.cell) not in stray:
                stray.add((line.grid.name, piece.cell))
                params = {"gia_tri": line.text[piece.start : piece.end][:120]}
                part.find(
                    "RD-DONG-LA",
                    params=params,
                    source_sheet=line.grid.name,
                    source_row=line.row,
                    source_cell=piece.cell,
                )
    for key, grid in grids.items():
        if grid.name in part.foreign:
            continue
        filled = {
            cell_address(grid, r, c)
            for r, row in enumerate(grid.rows[: tops.get(key)])
            for c, value in enumerate(row)
            if not is_blank(value)
        }
        taken = {cell for sheet, cell in cells | stray if sheet == grid.name}
        part.ignore(grid, "chu_in_san", len(filled - taken))
