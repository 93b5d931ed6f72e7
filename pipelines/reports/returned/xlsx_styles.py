"""Styles of a workbook: a marked twin of any cell style, and the way back from it."""

from __future__ import annotations

import copy
from functools import lru_cache

from lxml import etree

from pipelines.reports.returned.marks import BORDER, FILL, LINE
from pipelines.reports.returned.ooxml import tag


class Styles:
    """``xl/styles.xml``, to which styles are only ever added."""

    def __init__(self, root: etree._Element) -> None:
        """Wrap the part's root."""
        self.root = root
        self._fills = self._list("fills")
        self._borders = self._list("borders")
        self._fonts = self._list("fonts")
        self._formats = self._list("cellXfs")
        self._made: dict[tuple[int, str], int] = {}
        self._parts: dict[tuple[str, str], int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The index of a style like ``style`` with the severity's fill and border, in black letters."""
        if (style, severity) not in self._made:
            twin = self._twin(style)
            self._set(twin, "fill", self._part("fill", severity))
            self._set(twin, "border", self._part("border", severity))
            self._set(twin, "font", self._black_font(int(twin.get("fontId", "0"))))
            self._made[style, severity] = self._add(self._formats, twin)
        return self._made[style, severity]

    def filled(self, style: int, severity: str) -> int:
        """The index of a style like ``style`` with the severity's fill alone."""
        twin = self._twin(style)
        self._set(twin, "fill", self._part("fill", severity))
        return self._add(self._formats, twin)

    def unmarked(self, style: int, neighbour: int) -> int:
        """The index of a style like ``style`` without our fill, with a neighbour's border."""
        twin = self._twin(style)
        self._set(twin, "fill", 0)
        self._set(twin, "border", int(self._format(neighbour).get("borderId", "0")))
        return self._add(self._formats, twin)

    def is_marked(self, style: int) -> bool:
        """Whether a style carries one of our fills."""
        fill = int(self._format(style).get("fillId", "0"))
        if fill >= len(self._fills):
            return False
        colours = {str(e.get("rgb", ""))[-6:].upper() for e in self._fills[fill].iter() if e.get("rgb")}
        return bool(colours & set(FILL.values()))

    def text(self, *, bold: bool = False, size: int = 11, box: bool = False) -> int:
        """The index of a plain wrapped text style for our own sheet."""
        font = etree.Element(tag(self.root, "font"))
        if bold:
            etree.SubElement(font, tag(self.root, "b"))
        etree.SubElement(font, tag(self.root, "sz"), val=str(size))
        etree.SubElement(font, tag(self.root, "name"), val="Times New Roman")
        style = etree.Element(tag(self.root, "xf"), numFmtId="49", applyNumberFormat="1")
        self._set(style, "font", self._add(self._fonts, font))
        self._set(style, "fill", 0)
        self._set(style, "border", self._box() if box else 0)
        style.set("xfId", "0")
        style.set("applyAlignment", "1")
        etree.SubElement(style, tag(self.root, "alignment"), vertical="top", wrapText="1")
        return self._add(self._formats, style)

    def _list(self, name: str) -> etree._Element:
        found = self.root.find(tag(self.root, name))
        if found is None:
            found = etree.SubElement(self.root, tag(self.root, name))
            empty = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}[name]
            etree.SubElement(found, tag(self.root, empty))
        return found

    def _add(self, parent: etree._Element, element: etree._Element) -> int:
        parent.append(element)
        parent.set("count", str(len(parent)))
        return len(parent) - 1

    def _format(self, style: int) -> etree._Element:
        return self._formats[style if style < len(self._formats) else 0]

    def _twin(self, style: int) -> etree._Element:
        return copy.deepcopy(self._format(style))

    @staticmethod
    def _set(style: etree._Element, what: str, index: int) -> None:
        style.set(f"{what}Id", str(index))
        style.set(f"apply{what.capitalize()}", "1")

    def _black_font(self, font: int) -> int:
        key = ("font", str(font))
        if key not in self._parts:
            twin = copy.deepcopy(self._fonts[font if font < len(self._fonts) else 0])
            colour = twin.find(tag(self.root, "color"))
            if colour is not None:
                colour.attrib.clear()
                colour.set("rgb", "FF000000")
            self._parts[key] = self._add(self._fonts, twin)
        return self._parts[key]

    def _part(self, what: str, severity: str) -> int:
        if (what, severity) not in self._parts:
            element = self._fill(FILL[severity]) if what == "fill" else self._border(severity)
            parent = self._fills if what == "fill" else self._borders
            self._parts[what, severity] = self._add(parent, element)
        return self._parts[what, severity]

    def _fill(self, colour: str) -> etree._Element:
        fill = etree.Element(tag(self.root, "fill"))
        pattern = etree.SubElement(fill, tag(self.root, "patternFill"), patternType="solid")
        etree.SubElement(pattern, tag(self.root, "fgColor"), rgb=f"FF{colour}")
        etree.SubElement(pattern, tag(self.root, "bgColor"), indexed="64")
        return fill

    def _border(self, severity: str) -> etree._Element:
        kind = "mediumDashed" if BORDER[severity] == "dashed" else BORDER[severity]
        return self._lines(kind, f"FF{LINE[severity]}")

    def _box(self) -> int:
        return self._add(self._borders, self._lines("thin", "FF4A5764"))

    def _lines(self, kind: str, colour: str) -> etree._Element:
        return copy.deepcopy(_lines(tag(self.root, ""), kind, colour))


@lru_cache(maxsize=32)
def _lines(space: str, kind: str, colour: str) -> etree._Element:
    border = etree.Element(f"{space}border")
    for side in ("left", "right", "top", "bottom"):
        line = etree.SubElement(border, f"{space}{side}", style=kind)
        etree.SubElement(line, f"{space}color", rgb=colour)
    etree.SubElement(border, f"{space}diagonal")
    return border
