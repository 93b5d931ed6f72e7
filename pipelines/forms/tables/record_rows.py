"""The rows of a table whose rows are records: registrations, summaries, introductions, criteria facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.forms.form import Column
from pipelines.forms.part import Part, short
from pipelines.forms.places import cell_address
from pipelines.forms.records.mentions import write_awards
from pipelines.forms.records.split import Record, add_record
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.registrations import ask_of_registrations
from pipelines.forms.values.classes import classed
from pipelines.forms.values.several import several_names
from pipelines.forms.values.typed import Value
from pipelines.inbox.document import CellValue, Grid
from pipelines.text.keys import clean


def part_key_of(part: Part, year: int | None) -> str | None:
    """The superseding key of a row, as the form's data says.

    Source: docs/contract.md#superseding.
    """
    rule = part.form.part_key
    if rule == "row_year":
        return str(year) if year else None
    if rule == "title_year":
        return str(part.title.year) if part.title.year else None
    if rule == "programme":
        return part.context.programme_id
    return part.key


def read_record_rows(part: Part, grid: Grid, binding: Binding, body: Body) -> int:
    """Read the rows into ``records`` and ``fields``.

    Returns:
        How many rows were read.
    """
    layout = binding.layout
    years: list[Value | None] = []
    for number, row in enumerate(body.rows):
        values: dict[str, tuple[Value, str]] = {}
        for column in layout.columns:
            cells = body.columns.get(column.id)
            if cells is None:
                continue
            value = part.typed(grid, column.type, cells[number], part.form.choices.get(column.id))
            if value is not None:
                values[column.id] = value, cell_address(grid, row, binding.columns[column.id])
        years.append(values[layout.year_column][0] if layout.year_column in values else None)
        record = _add(part, grid, binding, body, number, values)
        _tell_several(part, grid, binding, body, number, record)
        for field, (value, cell) in values.items():
            if field == layout.fact_value:
                continue
            column = layout.by_id[field]
            if column.type == "object_class":
                own = part.form.choices.get(field, {})
                value = classed(value, _last_kind(part), own, part.typing.reference)
            record.set(field, value, cell)
            if column.type == "awards":
                write_awards(part, record, field, value.raw, lambda _, cell=cell: cell)  # type: ignore[misc]
            for piece, text in _pieces(column, body.columns[field][number]):
                record.set(f"{field}.{piece}", Value(text, text=text), cell)
        if layout.fact_value:
            _set_fact(part, record, grid, binding, body, number, values)
        write_extras(part, record, grid, binding, body, number)
    if part.form.part_key == "row_year":
        ask_of_registrations(part, grid, binding, body, years)
    return len(body.rows)


def _last_kind(part: Part) -> str | None:
    """The kind of recipient of the record that was written last."""
    kind: str | None = part.reading.tables["records"]["recipient_kind"][-1]
    return kind


def _tell_several(part: Part, grid: Grid, binding: Binding, body: Body, number: int, record: Record) -> None:
    """A cell that holds several names."""
    name = binding.layout.name_column or ""
    text = body.columns[name][number] if name in body.columns else None
    if isinstance(text, str) and several_names(text, _last_kind(part), part.catalogue.words):
        params = {"gia_tri": short(text), "cot": binding.layout.by_id[name].label}
        part.find(
            "RD-NHIEU-TEN",
            grid,
            body.rows[number],
            binding.columns[name],
            field=name,
            record_id=record.id,
            recipient_name=record.name,
            params=params,
        )


def _pieces(column: Column, cell: CellValue) -> Iterator[tuple[str, str]]:
    """The pieces of a composite value, told apart by semicolons or lines; none is guessed."""
    if not column.pieces:
        return
    texts = [text for part in re.split(r"[;\n]", str(cell)) if (text := clean(part))]
    if len(texts) == len(column.pieces):
        yield from zip(column.pieces, texts, strict=True)


def write_extras(part: Part, record: Record, grid: Grid, binding: Binding, body: Body, number: int) -> None:
    """Columns the form does not know, kept as ``cot_them`` with their header."""
    headers = binding.header.texts
    for item, (column, cells) in enumerate(body.extras, start=1):
        value = part.typed(grid, "text", cells[number])
        if value is not None:
            title = headers[column] if column < len(headers) else ""
            kept = Value(
                value.raw, text=f"{title}: {value.raw}" if title else value.raw, problem=value.problem
            )
            record.set("cot_them", kept, cell_address(grid, body.rows[number], column), item)


def _add(
    part: Part, grid: Grid, binding: Binding, body: Body, number: int, values: dict[str, tuple[Value, str]]
) -> Record:
    layout, row = binding.layout, body.rows[number]
    name = values.get(layout.name_column or "")
    kind = values.get(layout.kind_column or "")
    year = values.get(layout.year_column or "")
    section = body.kinds[number] if body.kinds is not None else None
    record_year = int(year[0].number) if year and year[0].number else None
    if layout.year_column == "title":
        record_year = part.title.year
    return add_record(
        part,
        "row",
        name=name[0].raw if name else None,
        recipient_kind=kind[0].code if kind else (section or layout.recipient_kind),
        year=record_year,
        part_key=part_key_of(part, record_year),
        sheet=grid.name,
        row=row + 1,
        cell=name[1] if name else None,
    )


def _set_fact(
    part: Part,
    record: Record,
    grid: Grid,
    binding: Binding,
    body: Body,
    number: int,
    values: dict[str, tuple[Value, str]],
) -> None:
    """A fact for the criteria: its content says which one it is and of which type its value is."""
    layout = binding.layout
    content = values.get(layout.fact_column or "")
    column = binding.columns.get(layout.fact_value or "")
    if column is None:
        return
    fact = part.typing.fact(content[0].raw if content else None)
    given = body.columns[layout.fact_value or ""][number]
    kind, choices = (fact.type, fact.choices) if fact else ("text", {})
    value = part.typing.value(kind, given, choices)
    if value is not None:
        cell = cell_address(grid, body.rows[number], column)
        record.set(fact.field if fact else layout.fact_value or "", value, cell)
    elif fact and fact.type == "document" and layout.evidence_column in values:
        record.set(fact.field, *values[layout.evidence_column])
