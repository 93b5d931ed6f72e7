"""The filled table mẫu 02: a record for each line of the form, told by its label within its parent."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.forms.part import Part, short
from pipelines.forms.places import cell_address
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.records.split import add_record
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.record_rows import part_key_of, write_extras
from pipelines.forms.values.look_up import Mau02Line
from pipelines.forms.values.values import TEXT
from pipelines.inbox.document import NOT_CALCULATED, Grid
from pipelines.text.row_runs import told_cells

LABEL = "danh_hieu"
LINES = ("line", "sibling_line")
"""Kinds of rows that count an award as a whole."""
SUMS = ("group", "total")


class RowFinder:
    """Finds the line of the form a label means, going down the table.

    ``Khen chuyên đề`` stands under four lines, so a label is first looked for below the current line, then
    after it, then anywhere it stands once. A label that is none of the form's may be
    another name of the award a line counts.
    """

    def __init__(self, part: Part) -> None:
        """Take the lines of the form from the reference data, their other spellings from ``form.yml``."""
        self._rows = part.reference.mau_02_lines
        other = part.form.data.get("row_labels", {})
        self._keys: dict[str, list[Mau02Line]] = {}
        self._drop = tuple(words_key(text) for text in part.form.data.get("row_prefixes", []))
        for row in self._rows:
            for text in dict.fromkeys((*row.labels, *other.get(row.row_id, []))):
                rows = self._keys.setdefault(self._plain(words_key(text)), [])
                if row not in rows:
                    rows.append(row)
        self._names, self._awards = part.reference.award_names, part.reference.awards
        self._lines = {code: row for row in self._rows if row.row_type in LINES for code in row.award_codes}
        self._parents = {row.row_id: row.parent for row in self._rows}
        self._here: Mau02Line | None = None

    def _plain(self, key: str) -> str:
        for prefix in self._drop:
            if key.startswith(prefix + " "):
                return key[len(prefix) + 1 :]
        return key

    def _above(self) -> Iterator[str]:
        """The current line and the lines it stands under."""
        row_id = self._here.row_id if self._here else None
        while row_id:
            yield row_id
            row_id = self._parents.get(row_id)

    def find(self, label: str) -> Mau02Line | None:
        """The line of a label, or ``None``; the found line becomes the current one."""
        rows = self._keys.get(self._plain(words_key(label)), [])
        found = None
        for parent in self._above():
            found = next((row for row in rows if row.parent == parent), None)
            if found:
                break
        if found is None:
            order = self._here.order if self._here else 0
            after = [
                row for row in rows if row.order > order and row.row_type not in ("trong_do", "partition")
            ]
            found = after[0] if after else (rows[0] if len(rows) == 1 else None)
        if not rows:
            found = self._lines.get(self._awards.get(self._names.key(label)[0], ""))
        if found:
            self._here = found
        return found


def read_mau_02_rows(part: Part, grid: Grid, binding: Binding, body: Body) -> int:
    """Read the rows into ``records`` and ``fields``: one record for each line, its numbers as fields.

    Returns:
        How many lines of the form were read.

    Source: forms.yaml LS-M02, data/reference/mau_02.yaml.
    """
    finder: RowFinder = part.lines_seen.setdefault("finder", RowFinder(part))
    seen: set[str] = part.lines_seen.setdefault("seen", set())
    before = len(seen)
    for number, row in enumerate(body.rows):
        label = TEXT[body.columns[LABEL][number]] if LABEL in body.columns else None
        number_cell = TEXT[body.columns["tt"][number]] if "tt" in body.columns else None
        found = finder.find(label or number_cell or "")
        if found is None or found.row_id in seen:
            rule = "RD-M02-TRUNG" if found else "RD-M02-DONG"
            places = [(binding.columns[field], field, cells) for field, cells in body.columns.items()]
            places += [(column_no, "cot_them", cells) for column_no, cells in body.extras]
            held = [(at, field, text) for at, field, cells in places if (text := TEXT[cells[number]])]
            _tell_row(part, grid, row, rule, label or "", held)
            continue
        seen.add(found.row_id)
        cell = cell_address(grid, row, binding.columns[LABEL])
        key = part_key_of(part, None)
        record = add_record(
            part, "row", name=found.row_id, part_key=key, sheet=grid.name, row=row + 1, cell=cell
        )
        for column in binding.layout.columns:
            cells_of = body.columns.get(column.id)
            made = column.type == "percent" or found.row_type in SUMS
            if made and cells_of is not None and cells_of[number] == NOT_CALCULATED:
                part.give_back(grid, "cong_thuc_chua_tinh")  # follows from the lines
                continue
            value = part.typed(grid, column.type, cells_of[number]) if cells_of is not None else None
            if value is None:
                continue
            record.set(column.id, value, cell_address(grid, row, binding.columns[column.id]))
        write_extras(part, record, grid, binding, body, number)
    return len(seen) - before


def _tell_row(
    part: Part, grid: Grid, row: int, rule_id: str, label: str, held: list[tuple[int, str, str]]
) -> None:
    """One finding on a row that is none of the form's, or one of them again, with each of its cells."""
    if not held:
        return
    values = [text for *_, text in held if text != label]
    params = {"gia_tri": short("; ".join(values)), "dong": label}
    cells = told_cells(cell_address(grid, row, column) for column, *_ in held)
    part.find(rule_id, grid, row, source_cell=cells, field=held[0][1], params=params)
    part.report(grid, len(held))
    part.take(grid, -len(held))
