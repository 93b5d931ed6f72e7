"""XML that outsiders wrote: no entities, no outside files, no unbounded nodes."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.inbox import limits
from pipelines.inbox.document import Unreadable

_PLAIN_START = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>)?\s*<[A-Za-z]")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def refuse_entities(xml: bytes) -> None:
    """Refuse XML with a document type: Office formats have none, attacks do.

    Raises:
        Unreadable: RD-XML-THUC-THE.
    """
    if _PLAIN_START.match(xml):
        return  # the root begins at once: a document type could only stand before it
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in xml[:8]:
        xml = xml.decode("utf-16", "ignore").encode("utf-8", "ignore")
    if b"<!" in xml and _DOCTYPE.search(xml):
        raise Unreadable("RD-XML-THUC-THE")


def parse(xml: bytes) -> etree._Element:
    """The root of a part.

    Raises:
        Unreadable: RD-XML-THUC-THE, RD-QUA-LON, or RD-HONG when it is not well-formed.
    """
    refuse_entities(xml)
    if len(xml) > limits.XML_NODES and xml.count(b"<") + xml.count(b"=") > limits.XML_NODES:
        raise Unreadable("RD-QUA-LON")
    try:
        return etree.fromstring(xml, etree.XMLParser(**_SAFE))  # type: ignore[arg-type]
    except etree.XMLSyntaxError as error:
        raise Unreadable("RD-HONG") from error


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
