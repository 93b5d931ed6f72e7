"""Sheets that hold values alone: what they are searched for beside values, one pass proves absent.

Most sheets are such: cells with addresses near the corner, texts and numbers in them, rows that are shown.
One look at each of their bytes says so; any other sheet is searched, for one thing after the other.
"""

from __future__ import annotations

import re

_START, _NAME = b"<sheetData>", b"sheetData"
_ROW = rb'<row(?: (?!hidden=|ht="0)[A-Za-z0-9:]++="[^"<>]*+")*+'
_TEXT = rb' t="inlineStr"><is><t(?: xml:space="preserve")?+>[^<]*+</t></is></c>'
_VALUE = rb'(?: t="(?:s|n|str|b|d)")?+>(?:<v>[^<]*+</v>)?+</c>'

# Far out, beyond ZZ9999 and beyond Z99999, is no address of a plain sheet. Possessive, as every cell is held
# against it.
NEAR = (rb"[A-Z]{1,2}+[0-9]{1,4}+", rb"[A-Z][0-9]{1,5}+")
_PLAIN = tuple(
    re.compile(
        rb"%b(?:%b(?:/>|>" % (_START, _ROW)
        + rb'(?:<c r="%b"(?: s="[0-9]{1,5}+")?+(?:/>|%b|%b))*+</row>))*+</sheetData>' % (near, _VALUE, _TEXT)
    )
    for near in NEAR
)


def is_plain(xml: bytes) -> bool:
    """Whether a sheet has no formula, no error value, no run with a font, no hidden row and no cell far out.

    Args:
        xml: the sheet's part.

    Returns:
        False also where that is not sure.
    """
    start = xml.find(_START)
    if start < 0 or xml.find(_NAME) != start + 1:
        return False  # it may stand in a comment, before the true cells
    found = next((match for plain in _PLAIN if (match := plain.match(xml, start))), None)
    return found is not None and xml.find(_NAME, found.end()) < 0
