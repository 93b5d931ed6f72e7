"""An Office file as its parts: only the parts we change are written anew, all others byte for byte."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

from lxml import etree

from pipelines.inbox.package import DAMAGED
from pipelines.reports.package import UNDATED, Packed, Part, packed, zipped
from pipelines.reports.returned.marks import CannotMark

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_PROPERTIES = "docProps/"
"""What a file says of itself, its author and such: nothing we or its reader need."""
MOST_BYTES = 400_000_000


_SMALL = 65_536
"""Bytes of parts that many files have alike, such as themes."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def parse(xml: bytes) -> etree._Element:
    """The root of a part; no entities, nothing from outside.

    Raises:
        CannotMark: when it is not well-formed.
    """
    try:
        return etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as error:
        raise CannotMark(str(error)) from error


def _refuse_broken(xml: bytes) -> None:
    """Raise ``CannotMark`` for what is not well-formed."""
    if len(xml) > _SMALL:
        parse(xml)
    else:
        _checked(xml)


@lru_cache(maxsize=256)
def _checked(xml: bytes) -> None:
    parse(xml)


def serialise(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tag(root: etree._Element, name: str) -> str:
    """A name in the main namespace of a part, transitional or strict."""
    return _named_like(str(root.tag), name)


@lru_cache(maxsize=256)
def _named_like(other: str, name: str) -> str:
    return f"{{{etree.QName(other).namespace}}}{name}"


class Parts:
    """The parts of one Office file."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        """Parts of our own making, in their order."""
        self._as_they_came = {name: part for name, part in parts.items() if isinstance(part, Packed)}
        self._bytes = {
            name: part.encode() if isinstance(part, str) else part
            for name, part in parts.items()
            if not isinstance(part, Packed)
        }
        self._entries = [(name, UNDATED) for name in parts]
        self._unchecked: set[str] = set()
        """What may be no XML, though it is called so."""
        self._lists: dict[str, etree._Element] = {}
        """Lists of types and of relations, as far as they were asked for."""
        self._changed: dict[str, None] = {}
        """Those to which something was added, or from which something was taken; in this order."""

    @classmethod
    def opened(cls, data: bytes) -> Parts:
        """The parts of a file.

        Raises:
            CannotMark: when it is damaged, encrypted, too large or digitally signed.
        """
        parts = cls({})
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                    raise CannotMark("too large")
                for info in archive.infolist():
                    if not info.is_dir():
                        parts._take(archive, data, info)
        except DAMAGED as error:
            raise CannotMark(str(error)) from error
        if any(name.startswith("_xmlsignatures/") for name in parts._bytes):
            raise CannotMark("signed")
        parts._unchecked = {name for name in parts._bytes if name.endswith((".xml", ".rels"))}
        return parts

    def _take(self, archive: zipfile.ZipFile, file: bytes, info: zipfile.ZipInfo) -> None:
        name = info.filename
        self._as_they_came.pop(name, None)
        self._entries.append((name, max(info.date_time, UNDATED)))
        try:
            part = Packed.lying(file, info)
            self._bytes[name] = part.unpacked()
            self._as_they_came[name] = part
        except (ValueError, struct.error, zlib.error):  # zipfile knows other ways to pack, and what is wrong
            self._bytes[name] = archive.read(info)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._bytes or name in self._as_they_came

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            CannotMark: when it is missing.
        """
        if name not in self:
            raise CannotMark(name)
        if name not in self._bytes:
            self._bytes[name] = self._as_they_came[name].unpacked()
        return self._bytes[name]

    def xml(self, name: str) -> etree._Element:
        """A part's root.

        Raises:
            CannotMark: when it is missing or not well-formed.
        """
        root = parse(self.read(name))
        self._unchecked.discard(name)
        return root

    def write(self, name: str, data: bytes) -> None:
        """Replace a part, or add it."""
        self._check(name)
        if name not in self:
            self._entries.append((name, UNDATED))
        self._as_they_came.pop(name, None)
        self._bytes[name] = data

    def save(self) -> bytes:
        """The whole file; entries in their order, with their times.

        Properties that are no XML are left out: the office program would not open the file for them.

        Raises:
            CannotMark: another part is no XML.
        """
        for name in list(self._unchecked):
            self._check(name)
        for name in self._changed:
            self.write(name, serialise(self._lists[name]))
        return zipped(
            (name, self._as_they_came.get(name) or packed(self._bytes[name]), when)
            for name, when in self._entries
        )

    def _check(self, name: str) -> None:
        if name not in self._unchecked:
            return
        self._unchecked.remove(name)
        try:
            _refuse_broken(self._bytes[name])
        except CannotMark:
            if not name.startswith(_PROPERTIES):
                raise
            self._remove(name)

    def _remove(self, name: str) -> None:
        """Take a part out, and what names it: its type and the file's own relation to it."""
        del self._bytes[name]
        self._as_they_came.pop(name, None)
        self._entries = [entry for entry in self._entries if entry[0] != name]
        for list_, attribute in ((_TYPES_PART, "PartName"), (_relations_name(""), "Target")):
            for element in list(root := self._to_change(list_)):
                if str(element.get(attribute)).lstrip("/") == name:
                    root.remove(element)

    def free(self, pattern: str) -> str:
        """The first name of a pattern with ``{n}`` that no part has."""
        number = 1
        while pattern.format(n=number) in self:
            number += 1
        return pattern.format(n=number)

    def _list(self, name: str) -> etree._Element:
        if name not in self._lists:
            self._lists[name] = self.xml(name)
        return self._lists[name]

    def _to_change(self, name: str) -> etree._Element:
        self._changed[name] = None
        return self._list(name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (type's last word, target part); outside targets are left out."""
        name = _relations_name(part)
        if name not in self._lists and name not in self:
            return {}
        found = {}
        for relation in self._list(name):
            if relation.get("TargetMode") != "External" and relation.get("Target"):
                target = _resolve(part, str(relation.get("Target")))
                found[str(relation.get("Id"))] = (str(relation.get("Type")).rsplit("/", 1)[-1], target)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from one part to another; its id."""
        name = _relations_name(part)
        if name not in self._lists and name not in self:
            self._lists[name] = etree.Element(f"{{{RELATIONS}}}Relationships")
        root = self._to_change(name)
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
        return f"rIdTdkt{number}"

    def declare(self, part: str | None, content_type: str, extension: str | None = None) -> None:
        """Say in [Content_Types].xml what a part, or an extension, is."""
        root = self._to_change(_TYPES_PART)
        if extension is not None:
            known = {str(d.get("Extension")).casefold() for d in root if d.get("Extension")}
            if extension not in known:
                default = etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type)
                root.insert(0, default)
        else:
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
