""".docx files, straight from the XML: paragraphs and tables in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.inbox import limits
from pipelines.inbox.document import Block, CellValue, Document, Grid, Merge, Paragraph, Unreadable
from pipelines.inbox.docx_fonts import DocxFonts, W, part
from pipelines.inbox.docx_text import WHITE, Text, deleted_text, read_paragraph
from pipelines.inbox.embedded import embedded_in, tell_embedded
from pipelines.inbox.grids import check_size, trim
from pipelines.inbox.package import Package
from pipelines.inbox.safe_xml import local, parse

_MAIN = "word/document.xml"
_ASIDE = {"cuoi_trang": "word/footer", "chu_thich": "word/footnotes", "chu_thich_cuoi": "word/endnotes"}
_DELETED = {"del", "moveFrom"}
_ORDINAL = re.compile(r"[(\[]?\s*\d{1,4}\s*[)\].:/-]*")


def read_docx(package: Package) -> Document:
    """Read a Word file; tracked changes as if accepted.

    Args:
        package: the file, opened.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-BOM-NEN, RD-XML-THUC-THE, RD-QUA-LON.
    """
    xml = part(package, _MAIN)
    body = parse(xml).find(f"{W}body")
    if body is None:
        raise Unreadable("RD-HONG")
    fonts = DocxFonts(package, xml)
    reader = _Reader(fonts)
    reader.read(body, 0)
    header = _lines_of_parts(package, fonts, "word/header")
    return Document(
        "word",
        reader.blocks,
        page_count=_page_count(package),
        boxes=reader.boxes,
        deleted=[text for text in reader.deleted if text],
        struck=reader.struck,
        concealed=reader.concealed,
        large_pictures=reader.large_pictures,
        told=tell_embedded(embedded_in(package, _MAIN)),
        header=[Paragraph(text, number, within="đầu trang") for number, text in enumerate(header, start=1)],
        aside={
            name: lines
            for name, beginning in _ASIDE.items()
            if (lines := _lines_of_parts(package, fonts, beginning))
        },
    )


def _lines_of_parts(package: Package, fonts: DocxFonts, beginning: str) -> list[str]:
    """The lines of the parts whose name begins so, each once: pages of several kinds repeat them."""
    lines: dict[str, None] = {}
    for name in sorted(
        name for name in package.names if name.startswith(beginning) and name.endswith(".xml")
    ):
        reader = _Reader(fonts)
        reader.read(parse(part(package, name)), 0)
        for block in reader.blocks:
            texts = [block.text] if isinstance(block, Paragraph) else _texts_of(block)
            lines.update(dict.fromkeys(line.strip() for text in texts for line in text.splitlines()))
    return [line for line in lines if line]


def _texts_of(table: Grid) -> list[str]:
    """The texts of a table: a row that begins with a number is one, as an entry of a list."""
    texts: list[str] = []
    for row in table.rows:
        cells = [str(cell).strip() for cell in row if cell]
        texts += ["\t".join(cells)] if len(cells) > 2 and _ORDINAL.fullmatch(cells[0]) else cells
    return texts


def _page_count(package: Package) -> int | None:
    """Number of pages Word noted when it last saved the file; a note of no words is of another file."""
    if "docProps/app.xml" not in package:
        return None
    notes = parse(package.read("docProps/app.xml"))
    pages, words = notes.findtext("{*}Pages", "").strip(), notes.findtext("{*}Words", "").strip()
    return int(pages) if pages.isdecimal() and 0 < len(pages) < 6 and words != "0" else None


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of one name, also inside content controls and tracked insertions; not deleted ones."""
    for child in element:
        found = local(child)
        if found == name:
            yield child
        elif found in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(child, name)


class _Reader:
    def __init__(self, fonts: DocxFonts) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Paragraph] = []
        self.deleted: list[str] = []
        self.struck: list[str] = []
        self.concealed: list[str] = []
        self.large_pictures = 0
        self._fonts = fonts
        self._paragraphs = 0
        self._tables = 0
        self._boxes = 0
        self._size = 0

    def read(self, parent: etree._Element, depth: int) -> None:
        """Read paragraphs and tables of a body, a text box or a content control."""
        if depth > limits.NESTING:
            raise Unreadable("RD-QUA-LON")
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child, depth)
            elif name == "tbl":
                self._table(child, depth)
            elif name == "AlternateContent":
                self.read(child[0], depth + 1) if len(child) else None
            elif name and name not in _DELETED and not name.endswith("Pr"):
                self.read(child, depth + 1)

    def _count(self, size: int = 1) -> None:
        self._size += size
        if self._size > limits.BLOCKS:
            raise Unreadable("RD-QUA-LON")

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        self._count()
        if not self._boxes:
            self._paragraphs += 1
        found = read_paragraph(element, self._fonts)
        if found.text.strip() or found.picture:
            paragraph = Paragraph(found.text, self._paragraphs, found.picture, found.original)
            self.blocks.append(paragraph)
            if self._boxes:
                self.boxes.append(paragraph)
        self._look(found, None, on_white=element.find(f"{W}pPr/{W}shd") is None)
        self._boxes += 1  # what stands in a text box is told by the paragraph it is anchored at
        for box in found.boxes:
            self.read(box, depth + 1)
        self._boxes -= 1

    def _table(self, element: etree._Element, depth: int) -> None:
        self._tables += 1
        table = _Table(self._fonts, Grid(f"Bảng {self._tables}", [], has_addresses=False))
        self.blocks.append(table.grid)
        for row in _children(element, "tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                self._row(row, table, depth)
            else:
                self.deleted.append(deleted_text(row))
        table.finish()

    def _look(self, found: Text, table: _Table | None, *, on_white: bool) -> None:
        """Note what is struck out, not shown, or was taken out by tracked changes."""
        self.deleted += [text for text in found.deleted if text]
        self.large_pictures += found.large_pictures
        if found.concealed or (found.white and on_white):
            self.concealed.append(found.text.strip())
        if found.struck and table is None:
            self.struck.append(found.text.strip())
        elif found.struck and table is not None:
            table.grid.struck.append((len(table.grid.rows) - 1, len(table.grid.rows[-1])))

    def _row(self, element: etree._Element, table: _Table, depth: int) -> None:
        before = _number(element, "trPr/gridBefore", 0)
        self._count(1 + before)
        table.start_row(before)
        for cell in _children(element, "tc"):
            width = _number(cell, "tcPr/gridSpan", 1)
            self._count(width)
            texts, originals, inner, picture = [], [], [], False
            on_white = len(table.grid.rows) > 1 and _is_on_white(cell)
            queue = [cell]
            while queue:
                for child in queue.pop(0):
                    name = local(child)
                    if name == "p":
                        found = read_paragraph(child, self._fonts)
                        self._look(found, table, on_white=on_white)
                        texts.append(found.text)
                        originals.append(found.original or found.text)
                        picture = picture or found.picture
                        queue.extend(found.boxes)
                    elif name == "tbl":
                        inner.append(child)
                    elif name not in _DELETED and not name.endswith("Pr") and name:
                        queue.append(child)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            table.add(
                "\n".join(texts).strip("\n"),
                "\n".join(originals).strip("\n"),
                width,
                None if merge is None else merge.get(f"{W}val", "continue") == "continue",
                picture,
            )
            if inner and depth >= limits.NESTING:
                raise Unreadable("RD-QUA-LON")
            for nested in inner:
                self._table(nested, depth + 1)


def _is_on_white(cell: etree._Element) -> bool:
    """Whether a cell has no colour of its own; the first row of a table has the table's."""
    shading = cell.find(f"{W}tcPr/{W}shd")
    return shading is None or shading.get(f"{W}fill", "auto").upper() in ("AUTO", WHITE)


def _number(element: etree._Element, path: str, default: int) -> int:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    text = found.get(f"{W}val", "") if found is not None else ""
    return int(text) if text.isdecimal() and len(text) < 5 else default


class _Table:
    """A table as it grows: horizontal and vertical merges become ranges."""

    def __init__(self, fonts: DocxFonts, grid: Grid) -> None:
        self.grid = grid
        self._fonts = fonts
        self._open: dict[int, list[int]] = {}  # column -> [top, left, bottom, right] of a cell above
        self._merged: set[int] = set()  # columns whose cell above belongs to a merge downwards

    def start_row(self, blanks: int) -> None:
        self.grid.rows.append([""] * blanks)

    def add(self, text: str, original: str, width: int, continues: bool | None, picture: bool) -> None:
        """Add a cell to the last row; ``continues``: the merge above it; None: it is in none downwards."""
        cells: list[CellValue] = self.grid.rows[-1]
        row, column = len(self.grid.rows) - 1, len(cells)
        check_size(row + 1, column + width)
        above = self._open.get(column)
        if continues and above and column in self._merged:
            above[2] = row
        else:
            self._close(column)
            self._open[column] = [row, column, row, column + max(width, 1) - 1]
            if continues:
                self.grid.torn.add((row, column))
        (self._merged.discard if continues is None else self._merged.add)(column)
        cells.append(text)
        cells.extend([""] * (width - 1))
        if original != text:
            self.grid.originals[row, column] = original
        if picture:
            self.grid.pictures.append(row)

    def _close(self, column: int) -> None:
        found = self._open.pop(column, None)
        if found and (found[0] < found[2] or found[1] < found[3]):
            merge: Merge = (found[0], found[1], found[2], found[3])
            self.grid.merges.append(merge)

    def finish(self) -> None:
        for column in list(self._open):
            self._close(column)
        self.grid.merges.sort()
        trim(self.grid.rows)
