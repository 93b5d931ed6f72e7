"""Mark a workbook: the cells to mend get fill, border and comment; all else of the unit's work stays."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from pipelines.reports.returned.marks import ADDRESS, CannotMark, Mark
from pipelines.reports.returned.ooxml import OFFICE, Parts, serialise, tag
from pipelines.reports.returned.xlsx_cells import SheetCells
from pipelines.reports.returned.xlsx_comments import position, write_comments
from pipelines.reports.returned.xlsx_styles import Styles
from pipelines.reports.returned.xlsx_todo import todo_sheet
from pipelines.sentences import text

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STRICT = "purl.oclc.org"
_URGENCY = ("blocking", "warning", "information")


def mark_xlsx(parts: Parts, marks: list[Mark]) -> bytes:
    """The workbook with marks.

    Args:
        parts: of the unit's file (.xlsx or .xlsm).
        marks: what to write on it; those without a cell of the file go to the last sheet.

    Raises:
        CannotMark: the file is locked or damaged.
    """
    book = _Book(parts)
    by_sheet: dict[str, dict[tuple[int, int], list[Mark]]] = defaultdict(lambda: defaultdict(list))
    homeless = []
    for mark in marks:
        place = _place(mark, book)
        if place is None:
            homeless.append(mark)
        else:
            by_sheet[place[0]][place[1]].append(mark)
    ours = book.sheets.get(text("todo.sheet"))
    opens_at_ours = bool(homeless) or ours is not None
    for part in book.sheets.values():
        book.write_sheet(part, by_sheet.get(part, {}), may_be_first=part == ours or not opens_at_ours)
    if opens_at_ours:
        book.todo(homeless)
    return book.save()


def _place(mark: Mark, book: _Book) -> tuple[str, tuple[int, int]] | None:
    """The sheet's part and the cell of a mark; a workbook of one sheet needs no sheet's name."""
    sheets = {name: part for name, part in book.sheets.items() if name != text("todo.sheet")}
    part = sheets.get(mark.sheet or "") or (next(iter(sheets.values())) if len(sheets) == 1 else None)
    found = ADDRESS.fullmatch(mark.cell or "")
    return (part, position(f"{found[1]}{found[2]}")) if part and found else None


class _Book:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        relations = parts.relations("")
        self.main = next(
            (part for kind, part in relations.values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        self.root = parts.xml(self.main)
        if _STRICT in str(etree.QName(self.root).namespace):
            raise CannotMark("strict")
        lock = self.root.find(tag(self.root, "workbookProtection"))
        if lock is not None and lock.get("lockStructure") in ("1", "true"):
            raise CannotMark("locked")
        related = parts.relations(self.main)
        self.sheets: dict[str, str] = {
            str(sheet.get("name")): related[str(sheet.get(f"{{{OFFICE}}}id"))][1]
            for sheet in self.root.iter(tag(self.root, "sheet"))
            if related.get(str(sheet.get(f"{{{OFFICE}}}id")), ("",))[0] == "worksheet"
        }
        self.styles_part = next(
            (part for kind, part in related.values() if kind == "styles"), "xl/styles.xml"
        )
        self.styles = Styles(parts.xml(self.styles_part))

    def write_sheet(self, part: str, marks: dict[tuple[int, int], list[Mark]], *, may_be_first: bool) -> None:
        """Mark one sheet, and take away the marks of an earlier round.

        Args:
            part: the sheet's.
            marks: by cell.
            may_be_first: whether the workbook may open at it, as it did.
        """
        is_marked = bool(marks) or "comments" in {kind for kind, _ in self.parts.relations(part).values()}
        if may_be_first and not is_marked:
            return
        root = self.parts.xml(part)
        if is_marked:
            self._mark(part, root, marks)
        selected = [] if may_be_first else _selected(root)
        for view in selected:
            view.attrib.pop("tabSelected")
        if is_marked or selected:
            self.parts.write(part, serialise(root))

    def _mark(self, part: str, root: etree._Element, marks: dict[tuple[int, int], list[Mark]]) -> None:
        lock = root.find(tag(root, "sheetProtection"))
        if marks and lock is not None and lock.get("sheet") in ("1", "true"):
            raise CannotMark("locked")
        cells = SheetCells(root)
        placed: dict[tuple[int, int], list[Mark]] = defaultdict(list)
        for spot, found in marks.items():
            placed[cells.anchor(*spot)] += found
        comments = {
            spot: "\n".join(mark.comment for mark in _urgent_first(found)) for spot, found in placed.items()
        }
        for spot in write_comments(self.parts, part, root, text("author"), comments):
            self._unmark(cells, *spot)
        for spot, found in placed.items():
            severity = _urgent_first(found)[0].severity
            cells.set_style(*spot, self.styles.marked(cells.style(*spot), severity))

    def _unmark(self, cells: SheetCells, row: int, column: int) -> None:
        style = cells.style(row, column)
        if self.styles.is_marked(style):
            neighbours = [cells.style(row, column + 1), cells.style(row, max(column - 1, 0)), 0]
            plain = next(one for one in neighbours if not self.styles.is_marked(one))
            cells.set_style(row, column, self.styles.unmarked(style, plain))

    def todo(self, marks: list[Mark]) -> None:
        """Write the last sheet and open it first; an earlier one is written anew."""
        name = text("todo.sheet")
        sheet = todo_sheet(_urgent_first(marks), self.styles)
        if name in self.sheets:
            self.parts.write(self.sheets[name], sheet)
        else:
            part = self.parts.free("xl/worksheets/sheetTdkt{n}.xml")
            self.parts.write(part, sheet)
            self.parts.declare(part, _SHEET_TYPE)
            listing = self.root.find(tag(self.root, "sheets"))
            if listing is None:
                raise CannotMark("no sheets")
            number = max((int(one.get("sheetId", "0")) for one in listing), default=0) + 1
            entry = etree.SubElement(listing, tag(self.root, "sheet"), name=name, sheetId=str(number))
            entry.set(f"{{{OFFICE}}}id", self.parts.relate(self.main, "worksheet", part))
        self._open_first(name)

    def _open_first(self, name: str) -> None:
        names = [str(sheet.get("name")) for sheet in self.root.iter(tag(self.root, "sheet"))]
        views = list(self.root.iter(tag(self.root, "workbookView")))
        if not views:  # a file without any opens at its first sheet
            listing = self.root.find(tag(self.root, "sheets"))
            assert listing is not None
            holder = etree.Element(tag(self.root, "bookViews"))
            listing.addprevious(holder)
            views = [etree.SubElement(holder, tag(self.root, "workbookView"))]
        for view in views:
            view.set("activeTab", str(names.index(name)))
            view.attrib.pop("firstSheet", "")

    def save(self) -> bytes:
        self.parts.write(self.styles_part, serialise(self.styles.root))
        self.parts.write(self.main, serialise(self.root))
        return self.parts.save()


def _selected(root: etree._Element) -> list[etree._Element]:
    """The views of a sheet that say that the workbook opens at it."""
    views = root.iterfind(f"{tag(root, 'sheetViews')}/{tag(root, 'sheetView')}")
    return [view for view in views if view.get("tabSelected")]


def _urgent_first(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: _URGENCY.index(mark.severity))
