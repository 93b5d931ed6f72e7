"""A Word file laid out once with Jinja tags in it, filled in many times.

A paragraph or a table row that holds nothing but a tag gives way to the tag itself, so that what stands
between two of them is repeated or left out whole (the convention of docxtpl, which takes the file
apart and packs all of it anew for each print).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.table import Table
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipelines.reports.package import PROPERTIES, Package, xml_text

_BODY = "word/document.xml"
_NOT_NEEDED = (
    "thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings", "fontTable", "theme",
)  # fmt: skip
"""Parts of the library's example document that this file does not use."""
_TAG_ROW, _TAG_PARAGRAPH = (
    re.compile(
        rf"<w:{name}\b[^>]*(?<!/)>(?:(?!<w:{name}\b|</w:{name}>).)*?(\{{%[^%]*%\}}).*?</w:{name}>", re.DOTALL
    )
    for name in ("tr", "p")
)


def _value(value: str) -> str:
    """A value as it stands in the part; what is XML already stays."""
    return value if isinstance(value, Markup) else xml_text(value)


_ENVIRONMENT = SandboxedEnvironment(autoescape=False, finalize=_value, undefined=StrictUndefined)
"""``finalize`` escapes every value for XML; what an office writes into its letterhead cannot run code."""


@contextmanager
def repeated(place: DocumentType | Table, loop: str) -> Iterator[None]:
    """What is added to the document, or the rows added to the table, once for each; ``loop``: ``x in xs``."""
    with block(place, f"for {loop}"):
        yield


@contextmanager
def block(place: DocumentType | Table, tag: str) -> Iterator[None]:
    """What is added to the document or the table stands between a tag and its end."""
    _tag(place, tag)
    yield
    _tag(place, f"end{tag.split()[0]}")


def _tag(place: DocumentType | Table, tag: str) -> None:
    if isinstance(place, Table):
        place.add_row().cells[0].paragraphs[0].add_run(f"{{% {tag} %}}")
    else:
        place.add_paragraph(f"{{% {tag} %}}")


class DocxTemplate:
    """A laid out document, ready to be filled in; its properties may hold tags too."""

    def __init__(self, document: DocumentType) -> None:
        """Take the document over; nothing may be added to it afterwards."""
        data = BytesIO()
        document.save(data)
        self._package = Package(data.getvalue())
        self._parts = {
            name: _ENVIRONMENT.from_string(_TAG_PARAGRAPH.sub(r"\1", _TAG_ROW.sub(r"\1", xml)))
            for name in (_BODY, PROPERTIES)
            for xml in (self._package.read(name),)
        }

    def filled(self, **values: Any) -> bytes:
        """The file with the values in the places of the tags; the same values give the same bytes."""
        return self._package.filled({name: part.render(values) for name, part in self._parts.items()})


def drop_unused(document: DocumentType) -> None:
    """Take out parts and styles nothing refers to: they would weigh more than a table."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[1] in _NOT_NEEDED:
                del relations[key]
    styles = document.styles.element
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    for fonts in styles.iter(qn("w:rFonts")):
        for name in [one for one in fonts.attrib if one.lower().endswith("theme")]:
            del fonts.attrib[name]
    used = {element.get(qn("w:val")) for element in document.element.body.iter() if "Style" in element.tag}
    used |= {"Header"}
    kept = [style for style in styles.style_lst if style.get(qn("w:default")) or style.styleId in used]
    named = {
        element.get(qn("w:val"))
        for style in kept
        for element in style.iterchildren(qn("w:basedOn"), qn("w:link"), qn("w:next"))
    }
    for style in list(styles.style_lst):
        if style not in kept and style.styleId not in named:
            styles.remove(style)
