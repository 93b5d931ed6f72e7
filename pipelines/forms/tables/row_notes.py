"""What rows say against themselves, and columns without a name: told, as the rows are read all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.forms.part import Part, short
from pipelines.forms.places import column_name
from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.forms.row_words import RowWords
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.row_kinds import is_ordinal
from pipelines.forms.values.values import is_unfilled, text_of
from pipelines.inbox.document import CellValue, Grid
from pipelines.text.row_runs import told_runs

_REMARK = re.compile(r"\(([^()]+)\)$")
NOTES = "ghi_chu"
"""The column of notes, where a form has one."""
MOST_SHOWN = 3
"""So many names of other kinds make one at their head an example."""
LEAST_LETTERS = 2
"""A name has so many."""


def tell_rows(part: Part, grid: Grid, binding: Binding, body: Body, before: Body | None) -> None:
    """Tell of rows that a note takes out of the list, of a template's examples, of columns without a header,
    of merges and headings that do not reach their rows.

    Args:
        part: the part.
        grid: the sheet or table.
        binding: the layout on its header.
        body: the data rows.
        before: those of the table that this one goes on from.
    """
    if not body.rows or binding.layout.every_row:
        return
    texts = binding.header.texts
    for column, header, remarks in _withdrawals(part, binding, body):
        rows = sorted(remarks)
        params = {
            "gia_tri": short(remarks[rows[0]]),
            "cot": header or column_name(grid, column),
            "so": str(len(rows)),
            "cac_dong": told_runs([body.rows[number] for number in rows]),
        }
        part.find("RD-RUT", grid, body.rows[rows[0]], None, field="ghi_chu", params=params)
    _tell_examples(part, grid, binding, body)
    _tell_letterless(part, grid, binding, body)
    _tell_left_blank(part, grid, binding, body, before)
    for row, column, text in body.headings if part.form.is_list else ():
        key = part.catalogue.words.list_key(text)
        if part.catalogue.words.refuses(key, part.form.own_words) or part.form.forbids_title(key):
            part.find("RD-GHI-CHU", grid, row, column, field=text, params={"gia_tri": short(text)})
    for column, cells in body.extras:
        if column >= len(texts) or not texts[column]:
            _tell_nameless_column(part, grid, body, column, cells)


def _in_brackets(text: CellValue) -> CellValue:
    """What stands in brackets behind a name: ``Lý Văn Thử (đã rút)``."""
    found = _REMARK.search(text) if isinstance(text, str) and text.endswith(")") else None
    return found[1] if found else None


def withdrawn(part: Part, binding: Binding, body: Body) -> list[str | None]:
    """Of each row the remark that takes it out of the list: ``Thu hồi theo QĐ số 5``."""
    said: list[str | None] = [None] * len(body.rows)
    for _, _, remarks in _withdrawals(part, binding, body):
        for number, remark in remarks.items():
            said[number] = said[number] or remark
    return said


def _withdrawals(part: Part, binding: Binding, body: Body) -> Iterator[tuple[int, str, dict[int, str]]]:
    """Columns whose remarks take rows out of the list: column, header, the remark of each such row."""
    if part.form.takes_back:
        return
    texts = binding.header.texts
    noted = [(column, texts[column] if column < len(texts) else "", cells) for column, cells in body.extras]
    if NOTES in body.columns:
        column = binding.columns[NOTES]
        noted.append((column, texts[column] if column < len(texts) else "", body.columns[NOTES]))
    words = part.catalogue.words.rows
    for column, header, cells in noted:
        yield from _of_column(words, column, header, cells, not header or words.is_for_remarks(header))
    name = binding.layout.name_column or ""
    if name in body.columns:
        named = body.columns[name]
        closed = any(isinstance(text, str) and text.endswith(")") for text in named)
        beside = [_in_brackets(text) for text in named] if closed else []
        yield from _of_column(words, binding.columns[name], binding.layout.by_id[name].label, beside, True)


def _of_column(
    words: RowWords, column: int, header: str, cells: Sequence[CellValue], remarks: bool
) -> Iterator[tuple[int, str, dict[int, str]]]:
    said = {text for text in set(cells) if isinstance(text, str) and words.withdraws(text, remarks=remarks)}
    if said:
        found = {number: text for number, text in enumerate(cells) if isinstance(text, str) and text in said}
        yield column, header, found


def _tell_examples(part: Part, grid: Grid, binding: Binding, body: Body) -> None:
    """Rows that call themselves examples, and ``Nguyễn Văn A`` at the head of a list of other names."""
    words = part.catalogue.words
    name = binding.layout.name_column or ""
    names = [text if isinstance(text, str) else "" for text in body.columns.get(name, [])]
    called = words.rows.say_examples(names)
    first = 0
    while first < len(names) and _is_shown(names[first], words):
        first += 1
    others = names[first:] if first else []
    if len(others) >= MOST_SHOWN and not any(_is_shown(text, words) for text in others):
        called = sorted({*called, *range(first)})
    for number in called:
        params = {"gia_tri": short(names[number])}
        part.find("RD-TEN-MAU", grid, body.rows[number], binding.columns[name], field=name, params=params)


def _tell_letterless(part: Part, grid: Grid, binding: Binding, body: Body) -> None:
    """Names of nothing but numbers, signs or a single letter: ``01``, ``(2)``, ``x``."""
    name = binding.layout.name_column or ""
    names = {value: text_of(value) for value in set(body.columns.get(name, ()))}
    wrong = {
        value: text for value, text in names.items() if text and sum(map(str.isalpha, text)) < LEAST_LETTERS
    }
    if not wrong:
        return
    numbers = [number for number, value in enumerate(body.columns[name]) if value in wrong]
    params = {
        "gia_tri": short(wrong[body.columns[name][numbers[0]]]),
        "so": str(len(numbers)),
        "cac_dong": told_runs([body.rows[number] for number in numbers]),
    }
    part.find("RD-TEN-SO", grid, body.rows[numbers[0]], binding.columns[name], field=name, params=params)


def _tell_left_blank(part: Part, grid: Grid, binding: Binding, body: Body, before: Body | None) -> None:
    """Blank cells where other rows have their value from a merge, heading or cell that does not reach these.

    A heading or a table's end cut the merge, or the heading's rows ended: whether its value is theirs nobody
    says. What every row needs is asked for anyway.
    """
    bottoms = {(top, left): bottom for top, left, bottom, _ in grid.merges}
    given = {name for each in (body, before) if each for name in each.headed} - {binding.layout.year_column}
    for name, column in binding.layout.by_id.items():
        at = binding.columns.get(name)
        cut = {
            row
            for top, left in grid.torn
            if left == at
            for row in range(top, bottoms.get((top, left), top) + 1)
        }
        marks = body.lone_marks.get(name, set())
        if not cut and not marks and (name not in given or column.required):
            continue
        headed, cells = body.headed.get(name, {}), body.columns.get(name)
        rows = [
            row
            for number, row in enumerate(body.rows)
            if number not in headed
            and (cells is None or is_blank(cells[number]))
            and (name in given or row in cut or number in marks)
        ]
        if rows:
            params = {"cot": column.label, "so": str(len(rows)), "cac_dong": told_runs(rows)}
            part.find("RD-CHUA-GHI", grid, rows[0], at, field=name, params=params)


def _is_shown(name: str, words: Words) -> bool:
    """Whether a name is one that templates show for a person: ``Nguyễn Văn A``."""
    return words.rows.ends_as_example(name) and is_person_name(name, words)


def _tell_nameless_column(part: Part, grid: Grid, body: Body, column: int, cells: list[CellValue]) -> None:
    """A column that holds something under no header; numbers of rows are nothing."""
    rows = [
        number
        for number, value in enumerate(cells)
        if not is_blank(value) and not (isinstance(value, str) and is_unfilled(value))
    ]
    if not rows or all(is_ordinal(cells[number]) for number in rows):
        return
    params = {"cot": column_name(grid, column), "so": str(len(rows)), "gia_tri": short(cells[rows[0]])}
    part.find("RD-COT-KHONG-TEN", grid, body.rows[rows[0]], None, params=params)
