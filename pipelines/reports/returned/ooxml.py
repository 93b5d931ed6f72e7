"""An Office file as its parts: only the parts we change are written anew, all others byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from pipelines.inbox.package import DAMAGED
from pipelines.reports.returned.marks import CannotMark

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_PROPERTIES = "docProps/"
"""What a file says of itself, its author and such: nothing we or its reader need."""
MOST_BYTES = 400_000_000


def parse(xml: bytes) -> etree._Element:
    """The root of a part; no entities, nothing from outside.

    Raises:
        CannotMark: when it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise CannotMark(str(error)) from error


def serialise(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tag(root: etree._Element, name: str) -> str:
    """A name in the main namespace of a part, transitional or strict."""
    return f"{{{etree.QName(root).namespace}}}{name}"


class Parts:
    """The parts of one Office file."""

    def __init__(self, data: bytes) -> None:
        """Open the file; properties that are no XML go: the office program would not open it for them.

        Raises:
            CannotMark: when it is damaged, encrypted, too large or digitally signed.
        """
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                    raise CannotMark("too large")
                self._infos = archive.infolist()
                self._bytes = {info.filename: archive.read(info) for info in self._infos if not info.is_dir()}
        except DAMAGED as error:
            raise CannotMark(str(error)) from error
        if any(name.startswith("_xmlsignatures/") for name in self._bytes):
            raise CannotMark("signed")
        self._added: list[str] = []
        for name in [name for name in self._bytes if name.endswith((".xml", ".rels"))]:
            try:
                parse(self._bytes[name])
            except CannotMark:
                if not name.startswith(_PROPERTIES):
                    raise
                self._remove(name)

    def _remove(self, name: str) -> None:
        """Take a part out, and what names it: its type and the file's own relation to it."""
        del self._bytes[name]
        self._infos = [info for info in self._infos if info.filename != name]
        for list_, attribute, value in (
            (_TYPES_PART, "PartName", f"/{name}"),
            (_relations_name(""), "Target", name),
        ):
            root = self.xml(list_)
            for element in list(root):
                if str(element.get(attribute)).lstrip("/") == value.lstrip("/"):
                    root.remove(element)
            self.write(list_, serialise(root))

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._bytes

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            CannotMark: when it is missing.
        """
        if name not in self._bytes:
            raise CannotMark(name)
        return self._bytes[name]

    def xml(self, name: str) -> etree._Element:
        """A part's root."""
        return parse(self.read(name))

    def write(self, name: str, data: bytes) -> None:
        """Replace a part, or add it."""
        if name not in self._bytes:
            self._added.append(name)
        self._bytes[name] = data

    def save(self, how: int = zipfile.ZIP_DEFLATED) -> bytes:
        """The whole file; entries in their order, with their times.

        Args:
            how: ``zipfile.ZIP_STORED`` where it is read again at once and need not be small.
        """
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for info in self._infos:
                if not info.is_dir():
                    archive.writestr(_entry(info.filename, info.date_time), self._bytes[info.filename], how)
            for name in self._added:
                archive.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), self._bytes[name], how)
        return out.getvalue()

    def free(self, pattern: str) -> str:
        """The first name of a pattern with ``{n}`` that no part has."""
        number = 1
        while pattern.format(n=number) in self._bytes:
            number += 1
        return pattern.format(n=number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (type's last word, target part); outside targets are left out."""
        name = _relations_name(part)
        if name not in self._bytes:
            return {}
        found = {}
        for relation in self.xml(name):
            if relation.get("TargetMode") != "External" and relation.get("Target"):
                target = _resolve(part, str(relation.get("Target")))
                found[str(relation.get("Id"))] = (str(relation.get("Type")).rsplit("/", 1)[-1], target)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from one part to another; its id."""
        name = _relations_name(part)
        root = self.xml(name) if name in self._bytes else etree.Element(f"{{{RELATIONS}}}Relationships")
        taken = {relation.get("Id") for relation in root}
        number = 1
        while f"rIdTdkt{number}" in taken:
            number += 1
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(
            root,
            f"{{{RELATIONS}}}Relationship",
            Id=f"rIdTdkt{number}",
            Type=f"{OFFICE}/{kind}",
            Target=relative,
        )
        self.write(name, serialise(root))
        return f"rIdTdkt{number}"

    def declare(self, part: str | None, content_type: str, extension: str | None = None) -> None:
        """Say in [Content_Types].xml what a part, or an extension, is."""
        root = self.xml(_TYPES_PART)
        if extension is not None:
            known = {str(d.get("Extension")).casefold() for d in root if d.get("Extension")}
            if extension not in known:
                default = etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type)
                root.insert(0, default)
        else:
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.write(_TYPES_PART, serialise(root))


def _entry(name: str, when: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, max(when, (1980, 1, 1, 0, 0, 0)))


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
