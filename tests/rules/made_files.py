"""The files of the examples of reading rules, made as data/reference/examples/reading.yml says."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.shared import Cm
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.utils.cell import coordinate_from_string

from benchmarks.losses.unseen import picture
from tests.rules.world import PROJECT

Rows = list[list[Any]]
FIRST = 3
"""Place of the first row below the header in a list."""
LOOSE = PROJECT / "tests" / "forms" / "LS-M01" / "docx_prose_under_headings" / "input.docx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rows_of(file: dict[str, Any], lists: dict[str, Any]) -> Rows:
    """The rows of a side's list, with its own cells."""
    rows: Rows = deepcopy(lists[file["of"]]["rows"])
    for place, value in file.get("cells", {}).items():
        letter, number = coordinate_from_string(place)
        rows[number - 1]["ABCDEFGHIJK".index(letter)] = value
    rows += file.get("rows", [])
    return ROWS[file["done"]](rows) if file.get("done") in ROWS else rows


def made(file: dict[str, Any], lists: dict[str, Any]) -> bytes:
    """The bytes of a file of a side."""
    done, kind = file.get("done"), file.get("as", "xlsx")
    if done in OF_NOTHING:
        return OF_NOTHING[done]()
    if "text" in file:
        text = "\n".join(file["text"])
        data = text.encode() if kind == "csv" else _word([], file["text"], done)
    elif kind == "docx":
        data = _word(rows_of(file, lists), file.get("lines", []), done)
    elif kind == "csv":
        data = _csv(rows_of(file, lists))
    else:
        data = _workbook(rows_of(file, lists), done)
    return BYTES[done](data) if done in BYTES else data


def put(file: dict[str, Any], path: Path, data: bytes) -> None:
    """Lay a file into the raw folder; some are links."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.get("done") == "lost_link":
        path.symlink_to(path.parent / "lost.xlsx")
    elif file.get("done") == "link_out":
        outside = path.parents[4] / "outside.xlsx"
        outside.write_bytes(data)
        path.symlink_to(outside)
    else:
        path.write_bytes(data)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def _csv(rows: Rows) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(["" if value is None else value for value in row] for row in rows)
    return stream.getvalue().encode()


def _workbook(rows: Rows, done: str | None) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "DS"
    for row in rows:
        sheet.append(row)
    if done in SHEETS:
        SHEETS[done](book, sheet)
    return _saved(book.save)


def _word(rows: Rows, lines: list[str], done: str | None) -> bytes:
    paper = docx.Document()
    table = None
    if rows:
        paper.add_paragraph(rows[0][0])
        table = paper.add_table(0, len(rows[2]))
        for row in rows[2:]:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = "" if value is None else str(value)
    for line in lines:
        paper.add_paragraph(line)
    if done == "picture":
        paper.add_picture(io.BytesIO(picture(60, 40)), Cm(15), Cm(9))
    if done == "tracked" and table is not None:
        etree.SubElement(table.rows[2]._tr.get_or_add_trPr(), f"{{{WORD}}}del")
    return _saved(paper.save)


def _look(**font: Any) -> Callable[[Any, Any], None]:
    def change(_: Any, sheet: Any) -> None:
        for cell in sheet[5]:
            cell.font = Font(**font)

    return change


def _hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[5].hidden = True


def _hide_column(_: Any, sheet: Any) -> None:
    sheet.column_dimensions["D"].hidden = True


def _hide_sheet(book: Any, sheet: Any) -> None:
    book.create_sheet("Trang 2")
    sheet.sheet_state = "hidden"


def _rename(_: Any, sheet: Any) -> None:
    sheet.title = "Dự kiến"


def _comment(_: Any, sheet: Any) -> None:
    sheet["B4"].comment = Comment("Sửa thành 2020", "x")


def _picture(pixels: int, place: str) -> Callable[[Any, Any], None]:
    def change(_: Any, sheet: Any) -> None:
        shown = Image(io.BytesIO(picture(60, 40)))
        shown.width, shown.height = pixels, pixels * 4 // 7
        sheet.add_image(shown, place)

    return change


SHEETS: dict[str, Callable[[Any, Any], None]] = {
    "white": _look(color="FFFFFFFF"),
    "struck": _look(strike=True),
    "hidden_row": _hide_row,
    "hidden_column": _hide_column,
    "hidden_sheet": _hide_sheet,
    "sheet_planned": _rename,
    "comment": _comment,
    "emblem": _picture(70, "A1"),
    "large_picture": _picture(700, "B12"),
}


def _moved(rows: Rows) -> Rows:
    return [[*row[:2], None, *row[2:]] if place == FIRST + 1 else row for place, row in enumerate(rows)]


def _broken(rows: Rows) -> Rows:
    """The words of each row's name, kind and award stand in two rows."""
    lines: Rows = []
    for row in rows[FIRST:]:
        lower = [None] * len(row)
        upper = list(row)
        for place in (1, 4, 5):
            *first, lower[place] = row[place].split()
            upper[place] = " ".join(first)
        lines += [upper, lower]
    return [*rows[:FIRST], *lines]


ROWS: dict[str, Callable[[Rows], Rows]] = {
    "moved_right": _moved,
    "broken_in_two": _broken,
    "pasted_twice": lambda rows: [*rows, *rows[FIRST - 1 :]],
    "no_rows": lambda rows: rows[:FIRST],
    "no_third_row": lambda rows: [row for place, row in enumerate(rows) if place != FIRST + 2],
}


def _zip(parts: dict[str, bytes]) -> bytes:
    def save(stream: io.BytesIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return _saved(save)


def _with(data: bytes, changed: Callable[[str, bytes], bytes], more: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _zip({name: changed(name, archive.read(name)) for name in archive.namelist()} | more)


def _entity(data: bytes) -> bytes:
    def changed(name: str, part: bytes) -> bytes:
        told = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY c SYSTEM "file:///x">]><worksheet'
        return told + part.split(b"<worksheet", 1)[1] if name == "xl/worksheets/sheet1.xml" else part

    return _with(data, changed, {})


def _embedded(data: bytes) -> bytes:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
    relation = b'<Relationship Id="rIdX" Type="' + kind + b'" Target="embeddings/a.bin"/></Relationships>'

    def changed(name: str, part: bytes) -> bytes:
        is_named = name == "word/_rels/document.xml.rels"
        return part.replace(b"</Relationships>", relation) if is_named else part

    return _with(data, changed, {"word/embeddings/a.bin": b"x"})


def _stray_quotes(data: bytes) -> bytes:
    lines = data.decode().splitlines()
    lines[3] = lines[3].replace("Lý", '"Lý')
    lines[4] = lines[4].replace("Giấy khen", 'Giấy khen"')
    return "\n".join(lines).encode()


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "zipped": lambda data: _zip({"danh-sach.xlsx": data}),
    "zipped_twice": lambda data: _zip({"trong.zip": _zip({"danh-sach.xlsx": data})}),
    "cut": lambda data: data[: len(data) // 2],
    "locked": lambda _: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "entity": _entity,
    "embedded": _embedded,
    "comma_within": lambda data: data.replace(
        "Phòng Tổ chức".encode(), "Phòng Tổ chức, Hành chính".encode(), 1
    ),
    "stray_quotes": _stray_quotes,
}
OF_NOTHING: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: _zip({"a.csv": bytes(79_000_000)}),
    "program": lambda: b"MZ\x90\x00",
    "slides": lambda: _zip({"[Content_Types].xml": b"<x/>"}),
    "web_page": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "any_bytes": lambda: bytes(range(256)) * 20,
    "wide": lambda: b"," * 5_000,
    "nothing": lambda: b"",
    "loose_sentence": LOOSE.read_bytes,
}
