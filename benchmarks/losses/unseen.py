"""What a page does not show of its cells, and pictures that hold what cells should."""

from __future__ import annotations

import io
import re
import struct
import zlib
from random import Random

from docx.document import Document
from docx.shared import Cm, RGBColor
from docx.table import Table
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from benchmarks.losses.papers import last_row
from benchmarks.losses.words import changed as changed_paper
from benchmarks.losses.workbooks import LISTS, changed, parts, rows_of_list


def picture(width: int, height: int) -> bytes:
    """A grey .png of so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@on_bytes("told", ".xlsx", LISTS)
def white_letters(data: bytes, chance: Random) -> bytes:
    """A row is written in white."""

    def whiten(sheet: Worksheet) -> None:
        for cell in sheet[rows_of_list(sheet)[-1]]:
            cell.font = Font(color=chance.choice(["FFFFFFFF", "00FFFFFF"]))

    return changed(data, whiten)


@on_bytes("told", ".xlsx", LISTS)
def a_format_that_shows_nothing(data: bytes, chance: Random) -> bytes:
    """A row has the number format that shows nothing."""

    def conceal(sheet: Worksheet) -> None:
        for cell in sheet[rows_of_list(sheet)[-1]]:
            cell.number_format = ";;;"

    return changed(data, conceal)


@on_bytes("right", ".xlsx", LISTS)
def white_letters_on_a_dark_header(data: bytes, chance: Random) -> bytes:
    """The header is white on blue, and so are headings."""
    from openpyxl.styles import PatternFill

    def colour(sheet: Worksheet) -> None:
        first = rows_of_list(sheet)[0]
        for row in (first - 1, first):
            for cell in sheet[row]:
                cell.font = Font(color="FFFFFFFF", bold=True)
                cell.fill = PatternFill("solid", start_color="FF1F4E78")

    return changed(data, colour)


@on_bytes("told", ".docx", LISTS)
def white_letters_in_word(data: bytes, chance: Random) -> bytes:
    """A row is written in white."""

    def whiten(paper: Document, table: Table) -> None:
        for cell in table.rows[last_row(table)].cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.color.rgb = RGBColor(255, 255, 255)

    return changed_paper(data, whiten)


@on_bytes("told", ".ods", LISTS)
def rows_not_shown_in_calc(data: bytes, chance: Random) -> bytes:
    """The last rows have no height, are hidden, or are filtered out."""
    kind = chance.choice(["height", "collapse", "filter"])

    def hide(name: str, part: bytes) -> tuple[str, bytes]:
        if name != "content.xml":
            return name, part
        rows = [*re.finditer(rb"<table:table-row\b[^>]*>(?=(?:(?!</table:table-row>).)*office:value=)", part)]
        if len(rows) < 2:
            raise DoesNotApply
        last = rows[-1]
        opened = re.sub(rb' table:(?:style-name|visibility)="[^"]*"', b"", last[0][:-1])
        told = b' table:style-name="flat"' if kind == "height" else f' table:visibility="{kind}"'.encode()
        part = part[: last.start()] + opened + told + b">" + part[last.end() :]
        style = (
            b'<style:style style:name="flat" style:family="table-row"><style:table-row-properties '
            b'style:row-height="0cm" style:use-optimal-row-height="false"/></style:style>'
        )
        return name, part.replace(b"</office:automatic-styles>", style + b"</office:automatic-styles>", 1)

    return parts(data, hide)


@on_bytes("told", ".docx", LISTS)
def the_rest_as_a_picture(data: bytes, chance: Random) -> bytes:
    """The rest of the list stands below the table as a picture of a page."""

    def paste(paper: Document, table: Table) -> None:
        paper.add_picture(io.BytesIO(picture(60, 40)), Cm(15), Cm(9))

    return changed_paper(data, paste)


@on_bytes("told", ".xlsx", LISTS)
def the_rest_as_a_picture_in_a_sheet(data: bytes, chance: Random) -> bytes:
    """The rest of the list stands below the table as a picture of a page."""

    def paste(sheet: Worksheet) -> None:
        shown = Image(io.BytesIO(picture(60, 40)))
        shown.width, shown.height = 700, 400
        sheet.add_image(shown, f"B{sheet.max_row + 2}")

    return changed(data, paste)


@on_bytes("right", ".docx", LISTS)
def an_emblem(data: bytes, chance: Random) -> bytes:
    """An emblem stands at the top, a signature below."""

    def paste(paper: Document, table: Table) -> None:
        paper.paragraphs[0].add_run().add_picture(io.BytesIO(picture(20, 20)), Cm(2), Cm(2))
        paper.add_picture(io.BytesIO(picture(40, 20)), Cm(4), Cm(2))

    return changed_paper(data, paste)


@on_bytes("right", ".xlsx", LISTS)
def an_emblem_in_a_sheet(data: bytes, chance: Random) -> bytes:
    """An emblem stands at the top of the sheet."""

    def paste(sheet: Worksheet) -> None:
        shown = Image(io.BytesIO(picture(20, 20)))
        shown.width = shown.height = 70
        sheet.add_image(shown, "A1")

    return changed(data, paste)
