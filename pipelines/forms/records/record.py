"""Reading a record (a report of a person or collective) or a document: head, fields, signatures."""

from __future__ import annotations

from pipelines.forms.part import Part, PartResult
from pipelines.forms.places import Place
from pipelines.forms.recognise.labels import has_phrase, words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.matches import Match
from pipelines.forms.records.facts import write_document_facts, write_found, write_item_tables
from pipelines.forms.records.label_lines import Found, LabelIndex, index_of, read_labels
from pipelines.forms.records.signature import is_label
from pipelines.forms.records.split import Record, add_record
from pipelines.forms.records.taken_back import write_taken_back
from pipelines.forms.tables.award_rows import file_key
from pipelines.forms.tables.head import HeadValue, place_date, read_head, read_signatures
from pipelines.forms.tables.names import plain_name
from pipelines.forms.values.typed import Value
from pipelines.text.keys import match_key

SIGNATURE_LINES = 30
"""Lines at the end of a document among which its signature block is looked for."""
HEAD_LINES = 20
"""Lines from the top that may hold the letterhead of a document."""


def read_record(part: Part, match: Match) -> PartResult:
    """Read a record or a document into ``records`` and ``fields``.

    Args:
        part: the part.
        match: what was recognised, with all lines of the file, of its sheet or of its stretch of the file.
    """
    title = part.title
    index = index_of(part.form)
    ends = table_ends(part, match, index)
    lines = own_lines(part, match, ends)
    top = lines[: max(title.first, 1) + 4 if title.end else HEAD_LINES]
    titled, below = lines[title.first : title.end], lines[title.end : title.end + 4]
    head = read_head(part, part.form.data.get("head", []), lines[: title.first], below, titled)
    dated = place_date(top)
    end = signature_start(part, lines)
    found: list[Found] = []
    strays: list[TextLine] = []
    if part.form.kind == "record":
        found, strays = read_labels(lines[title.end : end], index)
    year = _year(part, match, dated[1].year if dated else None)
    name, kind, places = _who(part, found)
    record = add_record(
        part,
        "head",
        name=name,
        recipient_kind=kind,
        year=year,
        part_key=_key(part, name, year),
        sheet=part.sheet,
        row=lines[title.first].row if lines else None,
        cell=part.place(places[:1]),
    )
    taken = _write(part, record, head, found, match.pages)
    taken |= write_item_tables(part, record, match, ends)
    if part.form.kind == "document":
        taken |= write_document_facts(part, record, lines[title.end :])
    if "takes_back" in part.form.data:
        taken |= write_taken_back(part, record, lines[title.first :])
    tail = lines[end:]
    if not part.form.data.get("signatures"):
        tail = lines[max(title.end, len(lines) - SIGNATURE_LINES) :]
    signed, cell = read_signatures(part, record, tail)
    if match.by_name:
        signed = None
    _account(part, match, ends, taken, strays if found else [])
    if title.repaired:
        part.find("RD-SUA-OCR", record_id=record.id, params={"gia_tri": title.text})
    if part.form.kind == "record" and not found:
        part.find("RD-KHONG-NHAN", record_id=record.id, params={"bieu": part.form.official_label})
    return PartResult(1, signed, cell, dated[1] if dated else None, year)


def own_lines(part: Part, match: Match, ends: dict[tuple[int, int], int]) -> list[TextLine]:
    """The lines of a record or document outside its tables and those of other forms, title included."""
    return [
        line
        for number, line in enumerate(match.lines)
        if number < part.title.end
        or not (_in_table(line, ends) or (line.grid and line.grid.name in part.foreign))
    ]


def table_ends(part: Part, match: Match, index: LabelIndex) -> dict[tuple[int, int], int]:
    """Where each table of a record ends: at the next table, label, heading or signature of its sheet.

    Returns:
        Grid (by identity) and zero-based row of the header -> the row before which the table ends.
    """
    labels = _signature_labels(part)
    ends: dict[tuple[int, int], int] = {}
    for grid, binding in match.tables:
        tops = [other.header.top for table, other in match.tables if table is grid]
        stops = [top for top in tops if top > binding.header.top]
        stops += [
            line.row - 1
            for line in match.lines
            if line.grid is grid
            and line.row > binding.header.body
            and (index.opens(line.text) or _is_label(line, labels))
        ]
        ends[id(grid), binding.header.top] = min(stops, default=len(grid.rows))
    return ends


def _in_table(line: TextLine, ends: dict[tuple[int, int], int]) -> bool:
    return line.grid is not None and any(
        grid == id(line.grid) and top < line.row <= end for (grid, top), end in ends.items()
    )


def _signature_labels(part: Part) -> tuple[str, ...]:
    signatures = part.form.data.get("signatures", [])
    return tuple(words_key(text) for item in signatures for text in item["labels"])


def _is_label(line: TextLine, labels: tuple[str, ...]) -> bool:
    return any(is_label(text, labels) for text in line.text.split("\t"))


def signature_start(part: Part, lines: list[TextLine]) -> int:
    """The line at which the signatures of a form begin; whom the paper is sent to stands beside them."""
    first, labels = part.title.end, _signature_labels(part)
    last = max((n for n in range(first, len(lines)) if _is_label(lines[n], labels)), default=None)
    if last is None:
        return len(lines)
    others = part.catalogue.words.signature_starts
    return min(
        n
        for n in range(max(first, last - SIGNATURE_LINES), last + 1)
        if _is_label(lines[n], labels) or words_key(lines[n].text.partition(":")[0]) in others
    )


def _year(part: Part, match: Match, dated: int | None) -> int | None:
    """The single year of the title; of a document else the year it was received.

    Source: docs/contract.md#forms, Documents.
    """
    if part.title.year or match.year:
        return part.title.year or match.year
    if part.form.kind == "document":
        return part.context.received_on.year
    return None if part.form.data.get("year") == "title" else dated


def _who(part: Part, found: list[Found]) -> tuple[str | None, str | None, list[Place]]:
    """Name, recipient kind and where the name stands.

    As ``names``, ``kind_field`` and ``kind_by_section`` of the form say.
    """
    data = part.form.data
    kind = data.get("recipient_kind")
    name: str | None = None
    places: list[Place] = []
    given = {item.field.id: item for item in reversed(found) if item.text}
    for rule in data.get("names", []):
        if rule["field"] in given and name is None:
            item = given[rule["field"]]
            name, places, kind = item.text.split("\n")[0].rstrip(" .,;"), item.places, rule.get("kind", kind)
            family = rule.get("family_word")
            if family and has_phrase(words_key(name), words_key(family)):
                kind = rule["family_kind"]
    if name and kind != "tap_the":
        _, name = plain_name(name, part.catalogue.words)
    sections = {item.field.section for item in found if item.text}
    for section, code in data.get("kind_by_section", {}).items():
        if section in sections and kind is None:
            kind = code
    said = given.get(data.get("kind_field", ""))
    value = part.typing.value("recipient_kind", said.text) if said else None
    return name, (value.code if value and value.code else kind), places


def _key(part: Part, name: str | None, year: int | None) -> str:
    """The superseding key of a record or document.

    Source: docs/contract.md#superseding.
    """
    rule = part.form.part_key
    if rule == "programme":
        return part.context.programme_id
    if rule == "file_name":
        return file_key(part.context.file_name)
    if rule == "kind_year":
        return f"{part.form.id}|{year}"
    period = part.typing.value("year_or_period", part.title.text) if part.title.text else None
    when = year or (period.text if period and not period.problem else "")
    return f"{match_key(name) if name else ''}|{when}"


def _write(
    part: Part, record: Record, head: list[HeadValue], found: list[Found], pages: int | None
) -> set[Place]:
    """Write the fields; returns where they stand."""
    taken: set[Place] = set()
    for value in head:
        record.set(value.field, value.value, part.place(value.places))
        taken.update(value.places)
        part.head_cells.update(value.places)
    seen: dict[str, int] = {}
    for item in found:
        if not item.text:
            continue
        number = seen.get(item.field.id, 0)
        seen[item.field.id] = number + 1
        if write_found(part, record, item, number):
            taken.update(item.places)
    if pages and part.form.data.get("pages"):
        record.set(part.form.data["pages"], Value(str(pages), number=float(pages)))
    return taken


def _account(
    part: Part,
    match: Match,
    ends: dict[tuple[int, int], int],
    taken: set[Place],
    strays: list[TextLine],
) -> None:
    """What became of each line and cell without a value: one finding for lines that follow one another."""
    places = {
        place: line
        for line in match.lines
        if line.text and not _in_table(line, ends) and not (line.grid and line.grid.name in part.foreign)
        for place in line.cells()
    }
    told: set[Place] = set()
    named: set[Place] = set()
    before = None
    for line in strays:
        here = [place for place in line.cells() if place not in taken | told | named]
        told.update(here)
        if here and before != line.order - 1:
            sheet, cell = here[0]
            shown = next((p for p in line.pieces if p.cell == cell), None)
            params = {"gia_tri": (line.text[shown.start : shown.end] if shown else line.text)[:120]}
            part.find(
                "RD-CHU-LA",
                params=params,
                source_sheet=sheet or part.sheet,
                source_row=line.row,
                source_cell=cell,
            )
            told.discard(here[0])
            named.add(here[0])
        before = line.order
    reason = "noi_dung_van_ban" if part.form.kind == "document" else "chu_in_san"
    for sheet in dict.fromkeys(sheet for sheet, _ in places):
        mine = {place for place in places if place[0] == sheet}
        part.reading.ignore(part.number, sheet, "tiep_chu_la", len(mine & told))
        rest = mine - told - named - taken
        if sheet is None:
            part.printed.update(dict.fromkeys(rest, (part.number, reason)))
            part.head_cells.update(mine & taken)
            part.told.update(mine & named)
        else:
            part.reading.ignore(part.number, sheet, reason, len(rest))
            tally = part.reading.tallies[sheet]
            tally.read += len(mine & taken)
            tally.reported += len(mine & named)
