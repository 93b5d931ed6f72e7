"""The font of each run of a Word file, with what it inherits from styles and defaults."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.inbox.package import Package
from pipelines.inbox.safe_xml import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LEGACY = re.compile(rb'"(?:\.Vn|VNI-)', re.IGNORECASE)


def part(package: Package, name: str) -> bytes:
    """A part of a Word file; the namespace of ISO strict files reads as the usual one."""
    return package.read(name).replace(_STRICT, W[1:-1].encode())


class DocxFonts:
    """Fonts by style; knows nothing, and costs nothing, when the file names no old font."""

    def __init__(self, package: Package, document: bytes) -> None:
        """Collect the styles.

        Args:
            package: the file.
            document: its main part.
        """
        styles = part(package, "word/styles.xml") if "word/styles.xml" in package else b""
        self.any_legacy = bool(_LEGACY.search(document) or _LEGACY.search(styles))
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._default_styles: dict[str, str] = {}
        if self.any_legacy and styles:
            self._collect(parse(styles))

    def _collect(self, root: etree._Element) -> None:
        self._default = _own_font(root.find(f"{W}docDefaults/{W}rPrDefault"))
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}default") in ("1", "true"):
                self._default_styles[style.get(f"{W}type", "")] = name

    def of_style(self, name: str | None) -> str | None:
        """Font of a style or of the style it is based on."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            style = self._styles.get(name)
            if style is None:
                return None
            if font := _own_font(style):
                return font
            based = style.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        return None

    def of_paragraph(self, paragraph: etree._Element) -> str | None:
        """Font that runs of this paragraph have unless they say otherwise."""
        if not self.any_legacy:
            return None
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else self._default_styles.get("paragraph")
        return self.of_style(name) or self._table_font(paragraph) or self._default

    def _table_font(self, paragraph: etree._Element) -> str | None:
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        style = table.find(f"{W}tblPr/{W}tblStyle") if table is not None else None
        return self.of_style(style.get(f"{W}val")) if style is not None else None

    def of_run(self, run: etree._Element, paragraph_font: str | None) -> str | None:
        """Font of a run."""
        if not self.any_legacy:
            return None
        if font := _own_font(run):
            return font
        style = run.find(f"{W}rPr/{W}rStyle")
        return (self.of_style(style.get(f"{W}val")) if style is not None else None) or paragraph_font


def _own_font(element: etree._Element | None) -> str | None:
    fonts = element.find(f"{W}rPr/{W}rFonts") if element is not None else None
    return (fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")) if fonts is not None else None
