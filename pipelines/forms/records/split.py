"""Writing records and their fields: the rows of every form that is neither an award list nor a headcount."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.forms.part import Part
from pipelines.forms.values.typed import Value
from pipelines.text.keys import match_key


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was written; its fields go under its id."""

    id: str
    part: Part
    sheet: str | None
    row: int | None
    name: str | None

    def set(self, field: str, value: Value, cell: str | None = None, item: int = 0) -> None:
        """Write one value; what it breaks becomes a finding at its cell."""
        self.part.reading.add(
            "fields",
            record_id=self.id,
            submission_id=self.part.context.submission_id,
            field=field,
            item=item,
            text_raw=value.raw,
            value_text=value.text,
            value_number=value.number,
            value_date=value.day,
            value_code=value.code,
            cell=cell,
        )
        if value.problem:
            self.part.find(
                value.problem,
                record_id=self.id,
                recipient_name=self.name,
                field=field,
                source_row=self.row,
                source_cell=cell,
                params={"gia_tri": value.raw[:120], "cot": self.part.form.label_of(field)},
            )


def add_record(
    part: Part,
    kind: str,
    *,
    name: str | None = None,
    recipient_kind: str | None = None,
    year: int | None = None,
    part_key: str | None = None,
    sheet: str | None = None,
    row: int | None = None,
    cell: str | None = None,
) -> Record:
    """Write a record.

    Args:
        part: the part it belongs to.
        kind: ``head`` for the form as a whole, ``row`` for a row of a table.
        name: whom it is about.
        recipient_kind: ``tap_the | ca_nhan | gia_dinh``.
        year: the year it is about.
        part_key: the superseding key.
        sheet: sheet or table.
        row: one-based row.
        cell: address of the name, or of the title.
    """
    part.records += 1
    record_id = f"{part.context.submission_id}:{part.number}:{part.records}"
    part.reading.add(
        "records",
        record_id=record_id,
        submission_id=part.context.submission_id,
        part_no=part.number,
        form_id=part.form.id,
        part_key=part_key,
        record_no=part.records,
        record_kind=kind,
        recipient_kind=recipient_kind,
        recipient_name=name,
        name_key=match_key(name) if name else None,
        record_year=year,
        source_sheet=sheet,
        source_row=row,
        source_cell=cell,
    )
    return Record(record_id, part, sheet, row, name)
