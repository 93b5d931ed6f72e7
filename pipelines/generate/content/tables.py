"""A table form from its labels: title, header, rows, signature block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.generate import layouts
from pipelines.generate.shape import Row, Sheet, Value


def sheet_of(
    form_id: str,
    rows: Iterable[Mapping[str, Value] | str],
    *,
    name: str = "Sheet1",
    title: list[str] | None = None,
    added: tuple[str, ...] = (),
    signed_by: str | None = "",
    **blanks: object,
) -> Sheet:
    """A sheet of a table form.

    Args:
        form_id: key of ``layouts.yml`` ``tables``.
        rows: values by column id; a string is a section row.
        name: name of the sheet.
        title: title lines instead of the layout's.
        added: ids of the layout's ``added`` columns to put after the second column.
        signed_by: the signatory; empty = no signature block, None = a block that nobody signed.
        **blanks: values for the placeholders of the title lines.
    """
    layout = layouts.table(form_id)
    columns = list(layout["columns"])
    columns[2:2] = [column for column in layout.get("added", []) if column[0] in added]
    width = len(columns)
    lines = [line.format(**blanks) for line in (layout["title"] if title is None else title)]
    sheet = Sheet(name, [Row([line], "title") for line in lines], widths=[column[2] for column in columns])
    if "unit_line" in layout:
        sheet.rows.append(Row([layout["unit_line"].format(**blanks)], "note"))
    sheet.merges = [(n, 0, n, width - 1) for n in range(len(sheet.rows))]
    if sheet.rows:
        sheet.rows.append(Row([], "plain"))
    sheet.rows.append(Row([column[1] for column in columns], "header"))
    for row in rows:
        if isinstance(row, str):
            sheet.rows.append(Row([row, *[None] * (width - 1)], "section"))
        else:
            sheet.rows.append(Row([row.get(column[0]) for column in columns]))
    if signed_by != "":
        sheet.rows += signature_rows(layouts.signature(form_id), width, signed_by)
    return sheet


def signature_rows(labels: list[str], width: int, signed_by: str | None) -> list[Row]:
    """A signature block at the right; without a signatory only label and hint are printed."""
    column = max(width - 3, 0)
    lines = ["", *labels]
    if signed_by is not None:
        lines += ["", layouts.read("layouts")["signed"], signed_by]
    return [Row([*[None] * column, line or None], "sign") for line in lines]
