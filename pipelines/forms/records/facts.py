"""Writing the fields of a record: typed values, awards, ratings and figures named in its text, its tables."""

from __future__ import annotations

from pipelines.forms.extract import figures, rating_mentions
from pipelines.forms.part import Part
from pipelines.forms.places import Place, cell_address
from pipelines.forms.recognise.labels import has_phrase, words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.matches import Match
from pipelines.forms.records.label_lines import Found
from pipelines.forms.records.mentions import next_item, write_awards
from pipelines.forms.records.split import Record
from pipelines.forms.tables.body import read_body
from pipelines.forms.tables.grids import report_body
from pipelines.forms.values.typed import Value, document_number, first_date, text_after_date
from pipelines.text.keys import clean


def write_found(part: Part, record: Record, item: Found, number: int) -> bool:
    """Write one labelled field and what its text names.

    Args:
        part: the part.
        record: its record.
        item: the field with its text.
        number: 0 for the first time the label stands there, then 1, 2, …

    Returns:
        Whether there was a value.
    """
    field, text = item.field, item.text
    kind = "text" if field.type in ("long_text", "awards") else field.type
    value = part.typing.value(kind, text, part.form.choices.get(field.id))
    if value is None:
        return False
    record.set(field.id, value, part.place(item.places), number)
    entry = {entry["id"]: entry for entry in part.form.data.get("fields", [])}[field.id]
    facts = entry.get("facts", [])
    if "rest" in entry and value.day and (rest := text_after_date(text)):
        record.set(entry["rest"], Value(rest, text=rest), part.place(item.places))
    if field.type == "awards":
        write_awards(part, record, field.id, text, lambda said: part.place(item.places_of(said)))
    if "figures" in facts:
        for at, figure in enumerate(figures(text, part.catalogue.words), start=1):
            shown = Value(figure.text, text=figure.text, number=figure.number)
            record.set(f"{field.id}.metric", shown, part.place(item.places_of(figure.text)), at)
    if "decision" in facts and (decision := document_number(text)):
        shown = Value(decision, text=decision, day=first_date(text))
        record.set(f"{field.id}.so_quyet_dinh_cong_nhan", shown, part.place(item.places_of(decision)))
    if field.long:
        _write_ratings(part, record, item)
    if "documents" in facts:
        named = [line for line in text.splitlines() if document_number(line)]
        for at, line in enumerate(named, start=1):
            shown = Value(line, text=document_number(line), day=first_date(line))
            record.set(f"{field.id}.van_ban", shown, part.place(item.places_of(line)), at)
    return True


def _write_ratings(part: Part, record: Record, item: Found) -> None:
    """The ratings a text names: ``xep_loai.nam`` and ``xep_loai.ket_qua`` under one item number."""
    first = next_item(record, "xep_loai.nam")
    for number, mention in enumerate(rating_mentions(item.text, part.reference), start=first):
        place = part.place(item.places_of(mention.text))
        record.set("xep_loai.nam", Value(str(mention.year), number=float(mention.year)), place, number)
        rating = Value(mention.text, text=mention.text, code=mention.code)
        record.set("xep_loai.ket_qua", rating, place, number)


def write_item_tables(
    part: Part, record: Record, match: Match, ends: dict[tuple[int, int], int]
) -> set[Place]:
    """The rows of a record's own tables as items of a field; returns the cells they came from.

    Args:
        part: the part.
        record: its record.
        match: what was recognised, with the tables.
        ends: grid (by identity) and row of the header -> the row before which the table ends.
    """
    cells: set[Place] = set()
    for grid, binding in match.tables:
        layout = binding.layout
        body = read_body(part, grid, binding, ends[id(grid), binding.header.top])
        report_body(part, grid, binding, body)
        first = next((column.id for column in layout.columns if column.id in binding.columns), "")
        item = next_item(record, f"{layout.items_of}.{first}")
        for number, row in enumerate(body.rows):
            for column in layout.columns:
                given = body.columns.get(column.id)
                value = part.typed(grid, column.type, given[number]) if given is not None else None
                if value is None:
                    continue
                place = grid.name, cell_address(grid, row, binding.columns[column.id])
                record.set(f"{layout.items_of}.{column.id}", value, part.place([place]), item)
                if column.day and value.day and column.day not in binding.columns:
                    day = Value(value.raw, day=value.day)
                    record.set(f"{layout.items_of}.{column.day}", day, part.place([place]), item)
                cells.add(place)
            for column_number, extra in body.extras:
                value = part.typed(grid, "text", extra[number])
                if value is not None:
                    place = grid.name, cell_address(grid, row, column_number)
                    record.set(f"{layout.items_of}.cot_them", value, part.place([place]), item)
                    cells.add(place)
            item += 1
    return cells


def write_document_facts(part: Part, record: Record, lines: list[TextLine]) -> set[Place]:
    """What a document says in its text: the contents a plan must have, the day of a meeting.

    Args:
        part: the part.
        record: its record.
        lines: the lines below the title.

    Returns:
        Where it says so.
    """
    taken: set[Place] = set()
    body = [(line, clean(line.text), words_key(line.text)) for line in lines if line.text]
    for form in part.catalogue.forms.values():
        contents = form.data.get("contents_of")
        if contents != part.form.id or not (
            form.programmes is None or part.context.programme_id in form.programmes
        ):
            continue
        for entry in form.data["contents"]:
            phrases = [words_key(text) for text in entry["any"]]
            said = next((item for item in body if any(has_phrase(item[2], each) for each in phrases)), None)
            text, places = (said[1][:500], said[0].cells()) if said else ("", [])
            shown = Value(text, text=text or None, code="true" if said else "false")
            record.set(entry["id"], shown, part.place(places))
            taken.update(places)
    meeting = part.form.data.get("meeting")
    if meeting:
        phrases = [words_key(text) for text in meeting["near"]]
        for line, text, key in body:
            day = first_date(text)
            if day and any(has_phrase(key, each) for each in phrases):
                record.set(
                    meeting["field"], Value(text[:500], text=text[:500], day=day), part.place(line.cells())
                )
                taken.update(line.cells())
                break
    return taken
