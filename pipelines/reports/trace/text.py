"""A trace as sentences: the number, then a line for each thing behind it."""

from __future__ import annotations

from pipelines.reports.mau_02.numbers import percent, whole
from pipelines.reports.trace.trace import Number, Source, Trace
from pipelines.sentences import text


def told(found: Trace, row_id: str, column: str, scope: str) -> str:
    """The trace as people read it.

    Args:
        found: the trace.
        row_id: row of the form.
        column: column asked for.
        scope: ``own`` or ``rollup``.
    """
    values = {
        "unit": found.unit,
        "scope": text(f"trace.scope.{scope}"),
        "row": row_id,
        "label": found.label,
        "column": text(f"trace.column.{column}"),
    }
    if len(found.numbers) == 1:
        number = found.numbers[0]
        return "\n".join([text("trace.count", number=_said(number), **values), *_lines(number)])
    part, of = found.numbers
    return "\n".join(
        [
            text("trace.share", share=percent(found.percentage), part=_said(part), whole=_said(of), **values),
            text("trace.numerator", number=_said(part), column=_name(part)),
            *_lines(part),
            text("trace.denominator", number=_said(of), column=_name(of)),
            *_lines(of),
        ]
    )


def _said(number: Number) -> str:
    return text("trace.unknown") if number.value is None else whole(number.value)


def _name(number: Number) -> str:
    return text(f"trace.{'heads' if number.is_headcount else 'column'}.{number.column}")


def _lines(number: Number) -> list[str]:
    return [_line(place, source) for place, source in enumerate(number.sources, 1)]


def _line(place: int, source: Source) -> str:
    what = ", ".join(str(part) for part in (source.label, source.award, source.year) if part)
    where = [text("trace.file", file=source.source_file)]
    if source.source_sheet:
        where.append(text("trace.sheet", sheet=source.source_sheet))
    if source.source_cell and " " in source.source_cell:  # «dòng 9, cột 4» of a Word or PDF table
        where.append(source.source_cell)
    else:
        if source.source_row is not None:
            where.append(text("trace.row", row=source.source_row))
        if source.source_cell:
            where.append(text("trace.cell", cell=source.source_cell))
    amount = "" if source.amount == 1 else text("trace.amount", amount=whole(source.amount))
    return text("trace.line", place=place, unit=source.unit, what=what, amount=amount, where=", ".join(where))
