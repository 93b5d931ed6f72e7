"""The rows under a header: which hold data, and what became of every other cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from pipelines.forms.part import Part
from pipelines.forms.tables.filled import filled_in, is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.headings import opens_section
from pipelines.forms.tables.merged import fill_merges, join
from pipelines.forms.tables.nameless import Nameless
from pipelines.forms.tables.names import plain_names
from pipelines.forms.tables.row_kinds import RowKinds, filled_columns, is_numbering
from pipelines.forms.tables.tells import Tells
from pipelines.inbox.document import CellValue, Grid

LEAST_AGAIN = 2
"""So many rows that stand there again were pasted twice."""


@dataclass(slots=True)
class Body:
    """The data rows of one table, column-wise, and what became of every other row."""

    rows: list[int] = field(default_factory=list)
    """Zero-based grid rows that hold data."""
    columns: dict[str, list[CellValue]] = field(default_factory=dict)
    """Field -> its cells, one for each data row; ordinal columns are not among them."""
    extras: list[tuple[int, list[CellValue]]] = field(default_factory=list)
    """Column number and cells of columns the form does not know."""
    kinds: list[str | None] | None = None
    """Recipient kind the section row above gives; ``None``: the table has no such rows."""
    last_kind: str | None = None
    """The recipient kind in force below the last row: a table that goes on begins with it."""
    ignored: Counter[str] = field(default_factory=Counter)
    """Reason -> number of non-empty cells passed over."""
    unclear: list[int] = field(default_factory=list)
    """Rows that are neither data nor anything known."""
    shifted: int = 0
    """Non-empty cells of rows whose values stand in wrong columns; told when the file was opened."""
    beside: list[int] = field(default_factory=list)
    """Rows whose values stand one column beside theirs."""
    broken: list[int] = field(default_factory=list)
    """Rows whose texts go on in the row below, and those rows."""
    again: list[int] = field(default_factory=list)
    """Rows that repeat all those above them, pasted once more."""
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    """Row, column and text of the headings amid the rows."""
    headed: dict[str, dict[int, tuple[str, int, int]]] = field(default_factory=dict)
    """Field -> data row (by position) -> the value its heading gives, and the row and column of that."""
    lone_marks: dict[str, set[int]] = field(default_factory=dict)
    """Field -> data rows (by position) whose mark repeats the value above where nothing stands above."""
    nameless: list[int] = field(default_factory=list)
    """Rows filled in beforehand that name no one."""
    signature_row: int | None = None
    moved: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Data rows (by position) whose value of a field stands in that field's second column."""
    addressed: dict[int, str] = field(default_factory=dict)
    """Data rows (by position) -> how the person is addressed, where it stood before the name."""
    held: int = 0
    """Non-empty cells of the data rows that hold values: neither numbers of rows nor refused columns."""


def _both(body: Body, binding: Binding, rows: list[list[CellValue]]) -> list[list[CellValue]]:
    """The rows with the value of a second column in the place of the first; with both, a row for each."""
    whole: list[list[CellValue]] = []
    numbers: list[int] = []
    kinds: list[str | None] = []
    for position, (number, row) in enumerate(zip(body.rows, rows, strict=True)):
        versions = [row]
        for name, second in binding.seconds:
            first = binding.columns[name]
            value = row[second] if second < len(row) else None
            if is_blank(value):
                continue
            moved = [*row, *[None] * (first + 1 - len(row))]
            moved[first] = value
            alone = first >= len(row) or is_blank(row[first])
            versions = [moved] if alone else [row, moved]
            body.moved.update({len(whole) + len(versions) - 1: (name, second)})
        whole += versions
        numbers += [number] * len(versions)
        if body.kinds is not None:
            kinds += [body.kinds[position]] * len(versions)
    body.rows = numbers
    body.kinds = kinds if body.kinds is not None else None
    return whole


def _again(rows: list[list[CellValue]], data: list[int], ordinal: int | None) -> list[int]:
    """The last data rows where they repeat the first ones but for their numbers, all but one at most.

    Numbers may differ where all of several rows stand there again; a few alike may be namesakes.
    """
    after = 0 if ordinal is None else ordinal + 1
    if not any(rows[number][after:] == rows[data[0]][after:] for number in data[1:]):
        return []
    told = {number: (rows[number][: after - 1] if after else [], rows[number][after:]) for number in data}
    place = next((n for n, number in enumerate(data[1:], 1) if told[number] == told[data[0]]), len(data))
    pairs = list(zip(data, data[place:], strict=False))
    whole = LEAST_AGAIN <= place <= len(pairs)
    same = [
        other for one, other in pairs if (told[one] == told[other] if whole else rows[one] == rows[other])
    ]
    return same if len(same) >= max(LEAST_AGAIN, len(pairs) - 1) else []


def _repeat_above(
    cells: list[CellValue], ditto: frozenset[str], last: list[CellValue] | None
) -> list[CellValue]:
    """A column with each ditto mark replaced by the value above it; ``last``: the column it goes on from.

    A mark that has nothing above it stands for nothing.
    """
    whole = list(last[-1:]) if last else []
    start = len(whole)
    for value in cells:
        marked = isinstance(value, str) and value in ditto
        above = whole[-1] if whole else None
        whole.append(above if marked else value)
    return whole[start:]


def _once(body: Body, cells: Sequence[CellValue]) -> Sequence[CellValue]:
    """A column with the cell of each row once: a row with two awards stands in it twice."""
    return list(dict(zip(body.rows, cells, strict=True)).values()) if body.moved else cells


def _collect(
    body: Body, grid: Grid, binding: Binding, columns: list[tuple[CellValue, ...]], before: Body | None
) -> None:
    """Name the columns of the data rows; ``before``: the body of the table that this one goes on from."""
    ordinals = binding.layout.ordinals
    blank: list[CellValue] = [None] * len(body.rows)
    passed: Counter[str] = Counter()
    twice = {
        name
        for name, column in binding.duplicates
        if column < len(columns) and not all(map(is_blank, columns[column]))
    }
    for name, column in binding.columns.items():
        cells = list(columns[column]) if column < len(columns) else blank
        if name in ordinals:
            passed["so_thu_tu"] += filled_in(_once(body, cells))
        elif name in twice:  # which of the two is meant nobody says
            passed["cot_trung_tieu_de"] += filled_in(_once(body, cells))
        else:
            named = name == binding.layout.name_column
            last = before.columns.get(name) if before else None
            body.columns[name] = _repeat_above(cells, grid.ditto, last) if grid.ditto and not named else cells
            given = enumerate(zip(cells, body.columns[name], strict=True)) if grid.ditto else ()
            if lone := {number for number, (mark, value) in given if mark and value is None}:
                body.lone_marks[name] = lone
    refused = {column for _, column in binding.duplicates}
    known = set(binding.columns.values()) | refused | {column for _, column in binding.seconds}
    for column, cells_of in enumerate(columns):
        if column in refused:
            passed["cot_trung_tieu_de"] += filled_in(_once(body, cells_of))
        elif column not in known and filled_in(cells_of):
            body.extras.append((column, list(cells_of)))
    body.held -= passed.total()
    body.ignored += passed


def read_body(
    part: Part,
    grid: Grid,
    binding: Binding,
    stop: int | None = None,
    kind: str | None = None,
    before: Body | None = None,
) -> Body:
    """Read the rows under a header.

    Args:
        part: the part it belongs to.
        grid: the sheet or table.
        binding: the layout laid upon its header.
        stop: zero-based row where another table begins.
        kind: the recipient kind that a heading above the table gives.
        before: the body of the table that this one goes on from.

    Returns:
        The data rows column-wise; every other non-empty cell is counted as ignored, or its row is listed as
        unclear or nameless.
    """
    body, start, words = Body(), binding.header.body, part.catalogue.words
    rows = fill_merges(grid, binding, start, len(grid.rows) if stop is None else stop)
    joined = binding.joined
    if joined:
        rows = join(rows, joined)
    tells = Tells(binding, part.form, part.typing, words)
    kinds_of_rows = RowKinds(grid, binding, words, tells)
    nameless = Nameless(binding)
    data: list[int] = []
    kinds: dict[int, str | None] = {}
    saw_section = kind is not None
    tail: str | None = None  # «signature» or «note»: the table is over
    signed: set[int] = set()  # columns of who signs
    under_header = True
    all_columns = list(zip_longest(*rows))

    def columns_of(some: list[list[CellValue]]) -> list[tuple[CellValue, ...]]:
        return all_columns if some is rows else list(zip_longest(*some))

    full = kinds_of_rows.plainly_full(all_columns, len(rows))
    for number, row in enumerate(rows):
        if full[number] and not under_header and start + number not in grid.shifted:
            tail = None
            data.append(number)
            kinds[number] = kind
            continue
        if start + number in grid.shifted:
            body.shifted += grid.filled[start + number]
            continue
        written = grid.rows[start + number]
        if under_header and is_numbering(written):
            body.ignored["dong_danh_so"] += grid.filled[start + number]
            continue
        over = tail and not kinds_of_rows.is_sure(row)
        if kinds_of_rows.is_full(row) and not over:
            tail, under_header = None, False
            data.append(number)
            kinds[number] = kind
            continue
        filled = filled_columns(written)
        if not filled:
            continue
        what = kinds_of_rows.what(start + number, row, filled_columns(row))
        under_header = what == "lap_tieu_de"
        signed.update(filled if what == "signature" else ())
        if over and (
            kinds_of_rows.is_awarded(row, filled)
            or (tail == "signature" and kinds_of_rows.is_apart(filled, signed))
        ):
            what = "unclear"
        elif tail and what != "signature":
            last = rows[data[-1]] if data else None
            what = tail if over and not kinds_of_rows.goes_on(row, filled, last) else what
        if what == "unclear" and not tail:
            below = islice(rows, number + 1, None)
            heads = kinds_of_rows.heads(row, filled, rows[data[-1]] if data else None, below)
            what = "section" if heads else what
        if what == "data":
            tail = None
            kinds[number] = kind
            if nameless.keep(number, row):
                continue
            data.append(number)
        elif what == "section":
            heading = " ".join(str(row[column]) for column in filled)
            body.headings.append((start + number, filled[-1], heading))
            opens, named = opens_section(heading, words)
            if opens:
                kind, saw_section = named, True
            body.ignored["dong_muc"] += len(filled)
        elif what == "signature":
            tail = "signature"
            if body.signature_row is None:
                body.signature_row = start + number
            body.ignored["chu_ky"] += len(filled)
        elif what == "note":
            tail = "note"
            body.ignored["ghi_chu"] += len(filled)
        elif what == "unclear":
            body.unclear.append(start + number)
        else:
            body.ignored[what] += len(filled)
    prefilled, spoken = nameless.prefilled(), nameless.spoken()
    body.nameless = [start + number for number in prefilled]
    body.unclear = sorted([*body.unclear, *(start + number for number in spoken)])
    data = sorted([*data, *nameless.others([*prefilled, *spoken])])
    chosen = rows if len(data) == len(rows) else [rows[number] for number in data]
    body.beside = [start + data[position] for position in tells.shifted(chosen, columns_of(chosen))]
    unclear = [row - start for row in body.unclear]
    body.broken = [start + number for number in kinds_of_rows.broken(rows, sorted([*data, *unclear]), full)]
    body.unclear = [row for row in body.unclear if row not in body.broken]
    whole = [number for number in data if start + number not in body.broken]
    body.again = [start + number for number in _again(rows, whole, binding.ordinal)]
    unread = {*body.beside, *body.broken, *body.again}
    data = [number for number in data if start + number not in unread]
    body.rows = [start + number for number in data]
    body.held = sum(grid.filled[row] for row in body.rows)
    if joined:
        parts = sum(len(joined.intersection(filled_columns(grid.rows[row]))) for row in body.rows)
        body.ignored["noi_vao_cot_truoc"] += parts
        body.held -= parts
    body.kinds = [kinds[number] for number in data] if saw_section else None
    body.last_kind = kind
    chosen = rows if len(data) == len(rows) else [rows[number] for number in data]
    if binding.seconds:
        chosen = _both(body, binding, chosen)
    _collect(body, grid, binding, columns_of(chosen), before)
    name = binding.layout.name_column or ""
    if name in body.columns:
        column = binding.ordinal
        numbered = column is not None and any(
            column < len(row) and not is_blank(row[column]) for row in chosen
        )
        body.columns[name], body.addressed = plain_names(body.columns[name], words, numbered=numbered)
    return body
