"""Files made on the fly for the tests of the readers."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from pipelines.inbox.document import Document, Unreadable
from pipelines.inbox.read import read_document

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">'


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """The bytes a library's save method writes."""
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def xlsx(*rows: list[object]) -> bytes:
    """A plain workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book.save)


def zipped(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes | str]:
    """The parts of a zip container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, part: bytes | str) -> bytes:
    """The same container with one part replaced or added."""
    return zipped({**unzipped(data), name: part})


def with_sheet(sheet: bytes | str) -> bytes:
    """A workbook whose only sheet has this XML."""
    return with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", sheet)


def reason(name: str, data: bytes) -> str:
    """The rule by which a file is refused."""
    with pytest.raises(Unreadable) as caught:
        read_document(name, data)
    return caught.value.rule_id


def only_grid(document: Document) -> list[list[object]]:
    """Rows of the document's only grid, blanks as ""."""
    (grid,) = document.grids
    return [["" if value is None else value for value in row] for row in grid.rows]
