"""Why a cell of coverage has the status it has for a unit: what was counted, what was not, and the clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.sentences import text

KINDS = ("collectives", "individuals", "households", "any")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell requires of one recipient kind, and what was counted."""

    kind: str
    required: int
    counted: int


@dataclass(frozen=True, slots=True)
class Considered:
    """A nominee or document considered for the cell, or a document that has not come."""

    is_counted: bool
    reason: str
    label: str
    form: str
    unit: str | None
    received_on: date | None
    rules: str | None
    source_file: str | None
    source_sheet: str | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class CellTrace:
    """A cell and unit with everything its status rests on."""

    cell_id: str
    label: str
    unit: str
    status: str
    timing: str | None
    deadline: date | None
    deadline_text: str | None
    first_received_on: date | None
    clause: str
    quote: str | None
    is_cap: bool
    amounts: tuple[Amount, ...]
    considered: tuple[Considered, ...]


def trace_cell(connection: duckdb.DuckDBPyConnection, cell_id: str, unit_code: str) -> CellTrace | None:
    """Trace one status of ``rpt_phase_coverage``.

    Args:
        connection: the published snapshot.
        cell_id: a cell of coverage, such as ``BHXH-PH-2023``.
        unit_code: a unit that the cell expects.

    Returns:
        The trace, or ``None`` when the cell does not expect the unit (or does not exist).
    """
    numbers = ", ".join(f"c.{kind}_required, c.{kind}_counted" for kind in KINDS)
    found = connection.execute(
        "SELECT d.label_vi, u.name, c.status, c.timing, c.deadline, d.deadline_text_vi, "
        f"c.first_received_on, d.document, d.section, d.quote, d.is_optional, {numbers} "
        "FROM marts.rpt_phase_coverage AS c JOIN marts.dim_coverage_cells AS d USING (cell_id) "
        "JOIN marts.dim_units AS u ON c.unit_code = u.unit_code WHERE c.cell_id = ? AND c.unit_code = ?",
        [cell_id, unit_code],
    ).fetchone()
    if found is None:
        return None
    label, unit, status, timing, deadline, wording, first, document, section, quote, optional, *values = found
    pairs = zip(KINDS, values[::2], values[1::2], strict=True)
    return CellTrace(
        cell_id=cell_id,
        label=label,
        unit=unit,
        status=status,
        timing=timing,
        deadline=deadline,
        deadline_text=wording,
        first_received_on=first,
        clause=f"{document}, {section}",
        quote=quote,
        is_cap=optional,
        amounts=tuple(Amount(kind, required, counted or 0) for kind, required, counted in pairs if required),
        considered=_considered(connection, cell_id, unit_code),
    )


def _considered(
    connection: duckdb.DuckDBPyConnection, cell_id: str, unit_code: str
) -> tuple[Considered, ...]:
    rows = connection.execute(
        "SELECT t.is_counted, t.reason_vi, coalesce(t.recipient_name, t.form_id), t.form_id, "
        "CASE WHEN t.counted_unit_code <> t.unit_code THEN u.name END, t.received_on, t.blocking_rules, "
        "t.source_file, t.source_sheet, t.source_row "
        "FROM marts.trc_phase_coverage AS t "
        "LEFT JOIN marts.dim_units AS u ON t.counted_unit_code = u.unit_code "
        "WHERE t.cell_id = ? AND t.unit_code = ? "
        "ORDER BY t.is_counted DESC, t.reason, t.received_on, t.source_file, t.source_row, t.form_id",
        [cell_id, unit_code],
    ).fetchall()
    return tuple(Considered(*row) for row in rows)


def cells_of(connection: duckdb.DuckDBPyConnection, unit_code: str) -> list[str]:
    """The cells that expect a unit, in the order of the programme."""
    rows = connection.execute(
        "SELECT cell_id FROM marts.rpt_phase_coverage JOIN marts.dim_coverage_cells USING (cell_id) "
        "WHERE unit_code = ? ORDER BY cell_order",
        [unit_code],
    ).fetchall()
    return [row[0] for row in rows]


def told(found: CellTrace) -> str:
    """The trace as people read it, line by line."""
    lines = [
        text(
            "trace_cell.head",
            cell=found.cell_id,
            label=found.label,
            unit=found.unit,
            status=text(f"trace_cell.status.{found.status}"),
            timing=f", {text(f'coverage.timing.{found.timing}')}" if found.timing else "",
        ),
        text("trace_cell.clause", clause=found.clause, quote=found.quote or ""),
    ]
    if found.deadline or found.deadline_text:
        day = f"{found.deadline:%d/%m/%Y}" if found.deadline else text("trace_cell.no_day")
        lines.append(text("trace_cell.deadline", day=day, wording=found.deadline_text or ""))
    if found.first_received_on:
        lines.append(text("trace_cell.first", day=f"{found.first_received_on:%d/%m/%Y}"))
    key = "trace_cell.cap" if found.is_cap else "trace_cell.amount"
    for amount in found.amounts:
        kind = text(f"trace_cell.kind.{amount.kind}")
        lines.append(text(key, kind=kind, counted=amount.counted, required=amount.required))
    if not found.considered:
        lines.append(text("trace_cell.nothing"))
    lines += [_line(place, one) for place, one in enumerate(found.considered, 1)]
    return "\n".join(lines)


def _line(place: int, one: Considered) -> str:
    what = one.label if one.label == one.form else f"{one.label} ({one.form})"
    parts = [what, one.reason + (f" [{one.rules}]" if one.rules else "")]
    if one.unit:
        parts.append(text("trace_cell.of_unit", unit=one.unit))
    if one.received_on:
        parts.append(text("trace_cell.received", day=f"{one.received_on:%d/%m/%Y}"))
    if one.source_file:
        parts.append(text("trace_cell.file", file=one.source_file))
    if one.source_sheet:
        parts.append(text("trace_cell.sheet", sheet=one.source_sheet))
    if one.source_row is not None:
        parts.append(text("trace_cell.row", row=one.source_row))
    return f"{place}. " + "; ".join(parts)
