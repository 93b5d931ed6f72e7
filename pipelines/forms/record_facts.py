"""Writing the fields of a record: typed values, awards, ratings and figures named in its text, its tables."""

from __future__ import annotations

from pipelines.forms.body import read_body
from pipelines.forms.extract import award_mentions, figures, rating_mentions
from pipelines.forms.label_lines import Found
from pipelines.forms.labels import has_phrase, words_key
from pipelines.forms.lines import TextLine
from pipelines.forms.matches import Match
from pipelines.forms.part import Part, cell_address
from pipelines.forms.records import Record
from pipelines.forms.tables import report_body
from pipelines.forms.typed import Value, document_number, first_date
from pipelines.text.dates_vi import find_dates
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
    cell = part.place(item.grid_name, item.cells)
    kind = "text" if field.type in ("long_text", "awards") else field.type
    value = part.typing.value(kind, text, part.form.choices.get(field.id))
    if value is None:
        return False
    record.set(field.id, value, cell, number)
    facts = {entry["id"]: entry for entry in part.form.data.get("fields", [])}[field.id].get("facts", [])
    if field.type == "awards" or "awards" in facts:
        write_awards(part, record, field.id, text)
    if "figures" in facts:
        for at, figure in enumerate(figures(text, part.catalogue.words), start=1):
            record.set(
                f"{field.id}.metric", Value(figure.text, text=figure.text, number=figure.number), item=at
            )
    if "decision" in facts and (decision := document_number(text)):
        shown = Value(decision, text=decision, day=first_date(text))
        record.set(f"{field.id}.so_quyet_dinh_cong_nhan", shown)
    if "ratings" in facts or field.type in ("long_text", "awards"):
        write_ratings(part, record, text)
    if "documents" in facts:
        named = [line for line in text.splitlines() if document_number(line)]
        for at, line in enumerate(named, start=1):
            record.set(
                f"{field.id}.van_ban", Value(line, text=document_number(line), day=first_date(line)), item=at
            )
    return True


def _next_item(record: Record, field: str) -> int:
    columns = record.part.reading.tables["fields"]
    items = [
        item
        for record_id, name, item in zip(columns["record_id"], columns["field"], columns["item"], strict=True)
        if record_id == record.id and name == field
    ]
    return max(items, default=0) + 1


def write_awards(part: Part, record: Record, field: str, text: str) -> None:
    """The awards a text names: ``.award_code``, ``.nam``, ``.so_qd``, ``.ngay_qd`` under one item number."""
    item = _next_item(record, f"{field}.award_code")
    for mention in award_mentions(text, part.reference):
        record.set(
            f"{field}.award_code", Value(mention.text, text=mention.text, code=mention.award_code), item=item
        )
        if mention.year:
            record.set(f"{field}.nam", Value(str(mention.year), number=float(mention.year)), item=item)
        if mention.decision_no:
            record.set(f"{field}.so_qd", Value(mention.decision_no, text=mention.decision_no), item=item)
        if mention.decision_date:
            record.set(f"{field}.ngay_qd", Value(mention.text, day=mention.decision_date), item=item)
        item += 1


def write_ratings(part: Part, record: Record, text: str) -> None:
    """The ratings a text names: ``xep_loai.nam`` and ``xep_loai.ket_qua`` under one item number."""
    item = _next_item(record, "xep_loai.nam")
    for mention in rating_mentions(text, part.reference):
        record.set("xep_loai.nam", Value(str(mention.year), number=float(mention.year)), item=item)
        record.set("xep_loai.ket_qua", Value(mention.text, text=mention.text, code=mention.code), item=item)
        item += 1


def write_item_tables(part: Part, record: Record, match: Match) -> set[tuple[str, str]]:
    """The rows of a record's own tables as items of a field; returns the cells they came from."""
    cells: set[tuple[str, str]] = set()
    for grid, binding in match.tables:
        layout = binding.layout
        later = [other.header.top for table, other in match.tables if table is grid and other is not binding]
        below = [top for top in later if top > binding.header.top]
        body = read_body(grid, binding, part.catalogue.words, min(below, default=None))
        report_body(part, grid, binding, body)
        first = next((column.id for column in layout.columns if column.id in binding.columns), "")
        item = _next_item(record, f"{layout.items_of}.{first}")
        for number, row in enumerate(body.rows):
            for column in layout.columns:
                given = body.columns.get(column.id)
                value = part.typed(grid, column.type, given[number]) if given is not None else None
                if value is None:
                    continue
                cell = cell_address(grid, row, binding.columns[column.id])
                record.set(f"{layout.items_of}.{column.id}", value, part.place(grid.name, [cell]), item)
                cells.add((grid.name, cell))
            for column_number, extra in body.extras:
                value = part.typed(grid, "text", extra[number])
                if value is not None:
                    cell = cell_address(grid, row, column_number)
                    record.set(f"{layout.items_of}.cot_them", value, part.place(grid.name, [cell]), item)
                    cells.add((grid.name, cell))
            item += 1
    return cells


def write_document_facts(part: Part, record: Record, lines: list[TextLine], start: int) -> None:
    """What a document says in its text: the contents a plan must have, the day of a meeting."""
    body = [(clean(line.text), words_key(line.text)) for line in lines[start:] if line.text]
    for form in part.catalogue.forms.values():
        contents = form.data.get("contents_of")
        if contents != part.form.id or not (
            form.programmes is None or part.context.programme_id in form.programmes
        ):
            continue
        for entry in form.data["contents"]:
            phrases = [words_key(text) for text in entry["any"]]
            text = next(
                (text for text, key in body if any(has_phrase(key, phrase) for phrase in phrases)), None
            )
            shown = Value(
                (text or "")[:500], text=(text or "")[:500] or None, code="true" if text else "false"
            )
            record.set(entry["id"], shown)
    meeting = part.form.data.get("meeting")
    if meeting:
        phrases = [words_key(text) for text in meeting["near"]]
        dated = [(text, key) for text, key in body if any(reading.day for reading in find_dates(text))]
        near = [text for text, key in dated if any(has_phrase(key, phrase) for phrase in phrases)]
        text = next(iter(near), None)
        if text:
            record.set(meeting["field"], Value(text[:500], text=text[:500], day=first_date(text)))
