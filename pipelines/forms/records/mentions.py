"""The awards that a text names, in a record's field or in a column of a list."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.forms.extract import award_mentions
from pipelines.forms.part import Part
from pipelines.forms.records.split import Record
from pipelines.forms.values.typed import Value


def next_item(record: Record, field: str) -> int:
    """The number of the next item of a record's field."""
    columns = record.part.reading.tables["fields"]
    items = [
        item
        for record_id, name, item in zip(columns["record_id"], columns["field"], columns["item"], strict=True)
        if record_id == record.id and name == field
    ]
    return max(items, default=0) + 1


def write_awards(
    part: Part, record: Record, field: str, text: str, place_of: Callable[[str], str | None]
) -> None:
    """The awards a text names: ``.award_code``, ``.nam``, ``.so_qd``, ``.ngay_qd`` under one item number.

    Args:
        part: the part.
        record: whom the text is about.
        field: whose text it is: a labelled field, or a column of a list.
        text: as written.
        place_of: where some words of it stand.
    """
    first = next_item(record, f"{field}.award_code")
    for number, mention in enumerate(award_mentions(text, part.reference), start=first):
        place = place_of(mention.text)
        code = Value(mention.text, text=mention.text, code=mention.award_code)
        record.set(f"{field}.award_code", code, place, number)
        if mention.year:
            year = Value(str(mention.year), number=float(mention.year))
            record.set(f"{field}.nam", year, place, number)
        if mention.decision_no:
            decision = Value(mention.decision_no, text=mention.decision_no)
            record.set(f"{field}.so_qd", decision, place, number)
        if mention.decision_date:
            record.set(f"{field}.ngay_qd", Value(mention.text, day=mention.decision_date), place, number)
