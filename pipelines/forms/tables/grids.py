"""Reading the tables of a part: the body under each header, and what became of all other cells."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.forms.part import Part, short
from pipelines.forms.places import column_name, within
from pipelines.forms.recognise.fates import is_listed
from pipelines.forms.recognise.lines import TextLine, lines_of
from pipelines.forms.tables.award_rows import read_award_rows
from pipelines.forms.tables.body import Body, read_body
from pipelines.forms.tables.filled import filled, is_blank
from pipelines.forms.tables.headcount_rows import read_headcount_rows
from pipelines.forms.tables.headed import take_headings
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.headings import is_heading, opens_section
from pipelines.forms.tables.mau_02 import read_mau_02_rows
from pipelines.forms.tables.record_rows import read_record_rows
from pipelines.forms.tables.row_kinds import filled_columns
from pipelines.forms.tables.row_notes import tell_rows
from pipelines.forms.values.values import text_of
from pipelines.inbox.document import Grid
from pipelines.text.row_runs import runs, told_rows, told_runs

FEW = 3
"""So many stretches of rows that nobody understands are told one by one."""
SEPARATOR, MOST_SHOWN = " | ", 120
UNREAD = "RD-CHUA-DOC"
RowReader = Callable[[Part, Grid, Binding, Body], int]
TARGETS: dict[str, RowReader] = {
    "award_rows": read_award_rows,
    "headcount_rows": read_headcount_rows,
    "records": read_record_rows,
    "mau_02": read_mau_02_rows,
}


def kind_above(part: Part, grid: Grid, above: list[TextLine]) -> str | None:
    """The recipient kind that a heading just above the header gives: ``I. Tập thể``."""
    line = above[-1] if above else None
    if line is None or line.grid not in (None, grid) or not is_heading(line.text, part.catalogue.words):
        return None
    return opens_section(line.text, part.catalogue.words)[1]


def read_tables(
    part: Part, tables: list[tuple[Grid, Binding]], above: list[TextLine]
) -> tuple[int, list[TextLine]]:
    """Read the tables of a part.

    Args:
        part: the part.
        tables: each layout laid upon its header, in the order of the file.
        above: the lines above the first of them.

    Returns:
        How many rows were read, and the lines below the rows, where signatures stand.
    """
    rows = 0
    below: list[TextLine] = []
    last: Body | None = None
    last_kind: str | None = None
    for position, (grid, binding) in enumerate(tables):
        later = [other.header.top for table, other in tables[position + 1 :] if table is grid]
        earlier = [other for table, other in tables[:position] if table is grid]
        if not earlier:
            tell_above(part, grid, binding)
        if grid.hidden:
            part.find("RD-TRANG-AN", grid, params={"trang": grid.name})
        lines = part.above.get(grid.label, above if position == 0 else [])
        kind = kind_above(part, grid, lines) or (last_kind if binding.goes_on else None)
        before = last if binding.goes_on else None
        body = read_body(part, grid, binding, later[0] if later else None, kind, before)
        take_headings(part, grid, binding, body)
        last, last_kind = body, body.last_kind
        report_body(part, grid, binding, body)
        tell_rows(part, grid, binding, body, before)
        if body.signature_row is not None:
            below.extend(lines_of([grid], body.signature_row, start=len(below)))
        found = TARGETS[binding.layout.target](part, grid, binding, body)
        tally = part.reading.tallies[grid.label]
        tally.rows += found
        tally.tables += found > 0
        rows += found
    return rows, below


def tell_above(part: Part, grid: Grid, binding: Binding) -> None:
    """What stands above the header: title and head; rows of a list there, and changes to one, are told."""
    top, words = binding.header.top, part.catalogue.words.rows
    changes = {
        row
        for row in range(0 if part.form.takes_back else top)
        if any(isinstance(value, str) and words.says_change(value) for value in grid.rows[row])
    }
    rows = [row for row in range(top) if row in changes or is_listed(grid, row)]
    held = sum(grid.filled[row] for row in rows)
    head = within(grid, part.head_cells)
    if rows:
        first = SEPARATOR.join(text for value in grid.rows[rows[0]] if (text := text_of(value)))
        why = part.catalogue.words.evidence["above"]
        params = {"noi": grid.label, "so_dong": str(len(rows)), "dong_dau": first[:MOST_SHOWN], "vi_sao": why}
        part.find(UNREAD, grid, rows[0], params=params, field=grid.label)
        part.report(grid, held)
    part.ignore(grid, "tieu_de", filled(grid, 0, top) - head - held)
    part.take(grid, head)


def report_body(part: Part, grid: Grid, binding: Binding, body: Body) -> None:
    """Findings and ignores that every table shares: refused columns, unclear rows, passed-over rows."""
    header = binding.header
    for name, column in binding.duplicates:
        if not any(
            column < len(grid.rows[row]) and not is_blank(grid.rows[row][column]) for row in body.rows
        ):
            continue  # a merged header over columns of which one is used
        params = {
            "tieu_de": header.texts[column],
            "cot": column_name(grid, column),
            "cot_truoc": column_name(grid, binding.columns[name]),
        }
        part.find("RD-TRUNG-TIEU-DE", grid, header.body - 1, column, field=name, params=params)
    for column, label in binding.near:
        if any(column < len(grid.rows[row]) and not is_blank(grid.rows[row][column]) for row in body.rows):
            params = {"cot": column_name(grid, column), "tieu_de": header.texts[column], "nhan": label}
            part.find("RD-COT-GAN", grid, max(header.body - 1, 0), column, field=label, params=params)
    for reason, cells in sorted(body.ignored.items()):
        part.ignore(grid, reason, cells)
    told = runs(body.unclear)
    for first, last in told if len(told) <= FEW else told[:1]:
        column = filled_columns(grid.rows[first])[0]
        rows = told_rows(first, last) if len(told) <= FEW else told_runs(body.unclear)
        params = {"gia_tri": short(grid.rows[first][column]), "dong": rows}
        part.find("RD-DONG-LA", grid, first, column, params=params)
    part.report(
        grid,
        sum(grid.filled[row] for row in (*body.unclear, *body.beside, *body.broken, *body.again))
        + body.shifted,
    )
    for rule_id, rows_of in (
        ("RD-DONG-LECH", body.beside),
        ("RD-DONG-TACH", body.broken),
        ("RD-DONG-LAP", body.again),
    ):
        if rows_of:
            params = {"so": str(len(rows_of)), "dong": told_runs(rows_of)}
            part.find(rule_id, grid, rows_of[0], params=params)
    if body.nameless:
        params = {"so_dong": str(len(body.nameless)), "dong": told_runs(body.nameless)}
        part.find("RD-DONG-DIEN-SAN", grid, body.nameless[0], params=params)
        part.report(grid, sum(grid.filled[row] for row in body.nameless))
    part.ignore(grid, "tieu_de_cot", filled(grid, header.top, header.body))
    part.take(grid, body.held)
