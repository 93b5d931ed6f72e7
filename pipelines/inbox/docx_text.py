"""Text of a Word paragraph: runs in order, deletions left out, text boxes and pictures noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipelines.inbox.docx_fonts import DocxFonts, W
from pipelines.inbox.pictures import is_large_drawing
from pipelines.inbox.safe_xml import local
from pipelines.text.keys import nfc
from pipelines.text.legacy_fonts import to_unicode

_SKIPPED = {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr", "tbl"}
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{4}")
WHITE = "FFFFFF"
_PICTURES = {"blip", "imagedata", "OLEObject"}


@dataclass(slots=True)
class Text:
    """What stands in one paragraph."""

    stored: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    picture: bool = False
    struck: bool = False
    """Whether any of it is struck out."""
    concealed: bool = False
    """Whether any of it is formatted as hidden: no page shows it."""
    white: bool = False
    """Whether any of it is written in white."""
    large_pictures: int = 0
    deleted: list[str] = field(default_factory=list)
    """What tracked changes took out."""
    boxes: list[etree._Element] = field(default_factory=list)
    """Contents of text boxes anchored here, to be read as paragraphs of their own."""

    @property
    def text(self) -> str:
        """The text in Unicode, its letters composed."""
        return nfc("".join(self.shown))

    @property
    def original(self) -> str | None:
        """The text as stored, when it was converted."""
        stored = "".join(self.stored)
        return stored if nfc(stored) != self.text else None


def read_paragraph(paragraph: etree._Element, fonts: DocxFonts) -> Text:
    """Read one ``w:p``."""
    found = Text()
    _walk(paragraph, fonts, fonts.of_paragraph(paragraph), found)
    return found


def _walk(element: etree._Element, fonts: DocxFonts, font: str | None, found: Text) -> None:
    for child in element:
        name = local(child)
        if name == "t":
            _add(found, child.text or "", font)
        elif name == "r" and child.tag.startswith(W):
            if not found.struck and is_struck(child):
                found.struck = _has_text(child)
            if not found.concealed and _is_on(child, "vanish"):
                found.concealed = _has_text(child)
            if not found.white and _is_white(child):
                found.white = _has_text(child)
            _walk(child, fonts, fonts.of_run(child, font), found)
        elif name == "del":
            found.deleted.append(deleted_text(child))
        elif name in _MARKS:
            _add(found, _MARKS[name], font)
        elif name == "sym":
            _add(found, _symbol(child.get(f"{W}char", "")), None)
        elif name == "AlternateContent":
            _walk_one_choice(child, fonts, font, found)
        elif name == "txbxContent":
            found.boxes.append(child)
        elif name in _PICTURES:
            found.picture = True
        elif name == "drawing":
            found.large_pictures += is_large_drawing(child)
            _walk(child, fonts, font, found)
        elif name and name not in _SKIPPED:
            _walk(child, fonts, font, found)


def is_struck(run: etree._Element) -> bool:
    """Whether a run is struck out, once or twice."""
    return _is_on(run, "strike") or _is_on(run, "dstrike")


def _is_white(run: etree._Element) -> bool:
    colour = run.find(f"{W}rPr/{W}color")
    return colour is not None and colour.get(f"{W}val", "").upper() == WHITE


def _has_text(run: etree._Element) -> bool:
    return any((text.text or "").strip() for text in run.iter(f"{W}t"))


def _is_on(run: etree._Element, name: str) -> bool:
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false")


def deleted_text(element: etree._Element) -> str:
    """The text within a tracked deletion, or within a row or cell that one took out."""
    return "".join(text.text or "" for text in element.iter(f"{W}delText", f"{W}t")).strip()


def _walk_one_choice(element: etree._Element, fonts: DocxFonts, font: str | None, found: Text) -> None:
    """Word stores a drawing twice, for new and old programs: read the first."""
    for child in element:
        if local(child) in ("Choice", "Fallback"):
            _walk(child, fonts, font, found)
            return


def _symbol(code: str) -> str:
    """The character of a symbol font, by its hexadecimal code; half of a pair is none."""
    if not _HEXADECIMAL.fullmatch(code) or "D800" <= code.upper() <= "DFFF":
        return ""
    return chr(int(code, 16))


def _add(found: Text, text: str, font: str | None) -> None:
    found.stored.append(text)
    found.shown.append(to_unicode(text, font) if font else text)
