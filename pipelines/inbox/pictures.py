"""Pictures so large that a list may stand in them; emblems, stamps and signatures are smaller."""

from __future__ import annotations

import re

from lxml import etree

WIDE, HIGH = 2_880_000, 1_800_000
"""8 by 5 centimetres in English metric units."""
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_UNITS = {"cm": 360_000.0, "mm": 36_000.0, "in": 914_400.0, "pt": 12_700.0}


def is_large(width: str | None, height: str | None) -> bool:
    """Whether a picture of these measures is large.

    Args:
        width: in English metric units, or with its unit: ``15cm``.
        height: likewise.
    """
    return _length(width) >= WIDE and _length(height) >= HIGH


def _length(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    if found:
        return float(found[1]) * _UNITS[found[2]]
    return float(text) if text and text.isdecimal() and len(text) < 12 else 0.0


def is_large_drawing(drawing: etree._Element) -> bool:
    """Whether a drawing of an Office file, or the anchor of one, is a large picture."""
    if drawing.find(".//{*}blip") is None:
        return False
    return any(is_large(size.get("cx"), size.get("cy")) for size in drawing.iter("{*}extent", "{*}ext"))
