"""Fonts and texts of an OpenDocument file: which style draws with TCVN3 or VNI letters."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.inbox.safe_xml import local
from pipelines.text.legacy_fonts import is_legacy, to_unicode

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MOST_SPACES = 1000
_FLAT = re.compile(r"0(?:\.0\d*)?(?:cm|mm|in|pt)|0")


def _struck(properties: etree._Element) -> bool:
    return (properties.get(f"{_STYLE}text-line-through-style") or "none") != "none"


class OdfFonts:
    """The styles of a file, by name."""

    def __init__(self, content: etree._Element, styles: etree._Element | None) -> None:
        """Collect the styles.

        Args:
            content: root of content.xml.
            styles: root of styles.xml.
        """
        roots = [root for root in (styles, content) if root is not None]
        self._families = {
            face.get(f"{_STYLE}name", ""): face.get(f"{_SVG}font-family", "").strip("'\"")
            for root in roots
            for face in root.iter(f"{_STYLE}font-face")
        }
        self._styles = {
            style.get(f"{_STYLE}name", ""): style for root in roots for style in root.iter(f"{_STYLE}style")
        }
        self._fonts: dict[str, str | None] = {}
        self._masters = [master for root in roots for master in root.iter(f"{_STYLE}master-page")]
        self._any_struck = any(
            _struck(properties) for root in roots for properties in root.iter(f"{_STYLE}text-properties")
        )
        self._any_legacy = any(is_legacy(name) for pair in self._families.items() for name in pair) or any(
            is_legacy(properties.get(f"{_FO}font-family"))
            for root in roots
            for properties in root.iter(f"{_STYLE}text-properties")
        )

    def is_hidden(self, table_style: str | None) -> bool:
        """Whether a sheet of this style is hidden."""
        style = self._styles.get(table_style or "")
        properties = style.find(f"{_STYLE}table-properties") if style is not None else None
        return properties is not None and properties.get(f"{_TABLE}display") == "false"

    def is_struck(self, style_name: str | None) -> bool:
        """Whether the text of a style is struck out."""
        if not self._any_struck:
            return False
        style = self._styles.get(style_name or "")
        properties = style.find(f"{_STYLE}text-properties") if style is not None else None
        return properties is not None and _struck(properties)

    def holds_struck(self, cell: etree._Element) -> bool:
        """Whether some of a cell's letters are struck out."""
        return self._any_struck and any(
            self.is_struck(span.get(f"{_TEXT}style-name")) and "".join(map(str, span.itertext())).strip()
            for span in cell.iter(f"{_TEXT}span", f"{_TEXT}p")
        )

    def is_unseen(self, style_name: str | None) -> bool:
        """Whether the letters of a style are white on no colour."""
        style = self._styles.get(style_name or "")
        letters = style.find(f"{_STYLE}text-properties") if style is not None else None
        if style is None or letters is None or letters.get(f"{_FO}color") != "#ffffff":
            return False
        cell = style.find(f"{_STYLE}table-cell-properties")
        colour = cell.get(f"{_FO}background-color") if cell is not None else None
        return colour in (None, "transparent", "#ffffff")

    def is_flat(self, row_style: str | None) -> bool:
        """Whether the rows of a style have no height."""
        style = self._styles.get(row_style or "")
        properties = style.find(f"{_STYLE}table-row-properties") if style is not None else None
        height = properties.get(f"{_STYLE}row-height", "") if properties is not None else ""
        return _FLAT.fullmatch(height) is not None

    def print_header(self, table_style: str | None) -> list[str]:
        """The lines printed at the top of each page of a sheet; fields such as its name are none of them."""
        style = self._styles.get(table_style or "")
        page = style.get(f"{_STYLE}master-page-name") if style is not None else None
        lines: dict[str, None] = {}
        for master in self._masters:
            if page and master.get(f"{_STYLE}name") != page:
                continue
            for header in master.iterfind(f"{_STYLE}header"):
                for paragraph in header.iter(f"{_TEXT}p"):
                    spans = [paragraph, *paragraph.iter(f"{_TEXT}span")]
                    text = "".join(
                        (span.text or "") + "".join(child.tail or "" for child in span) for span in spans
                    )
                    if text.strip():
                        lines[text.strip()] = None
        return list(lines)

    def font(self, style_name: str | None) -> str | None:
        """Name of the font of a style, or of the style it comes from."""
        seen: set[str] = set()
        name = style_name or ""
        while name and name not in seen:
            seen.add(name)
            style = self._styles.get(name)
            if style is None:
                return None
            properties = style.find(f"{_STYLE}text-properties")
            if properties is not None:
                face = properties.get(f"{_STYLE}font-name")
                family = properties.get(f"{_FO}font-family")
                if face or family:
                    return self._families.get(face or "") or face or (family or "").strip("'\"")
            name = style.get(f"{_STYLE}parent-style-name", "")
        return None

    def text_of(self, cell: etree._Element) -> tuple[str, str]:
        """Text of a cell as stored, and as shown once old fonts are read; a line per paragraph."""
        font = self.font(cell.get(f"{_TABLE}style-name")) if self._any_legacy else None
        stored, shown = [], []
        for paragraph in cell:
            if local(paragraph) in ("p", "h"):
                runs = self._runs(paragraph, self._own_font(paragraph, font))
                stored.append("".join(text for text, _ in runs))
                shown.append("".join(to_unicode(text, name) for text, name in runs))
        return "\n".join(stored), "\n".join(shown)

    def _own_font(self, element: etree._Element, font: str | None) -> str | None:
        if not self._any_legacy:
            return None
        return self.font(element.get(f"{_TEXT}style-name")) or font

    def _runs(self, element: etree._Element, font: str | None) -> list[tuple[str, str | None]]:
        runs = [(element.text or "", font)]
        for child in element:
            name = local(child)
            if name == "s":
                count = child.get(f"{_TEXT}c", "1")
                runs.append((" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), font))
            elif name == "tab":
                runs.append(("\t", font))
            elif name == "line-break":
                runs.append(("\n", font))
            elif name in ("span", "a"):
                runs += self._runs(child, self._own_font(child, font))
            runs.append((child.tail or "", font))
        return runs
