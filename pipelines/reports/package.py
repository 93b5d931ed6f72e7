"""A zip package (.docx, .xlsx) whose constant parts are packed once; only what differs is packed again.

Python's ``zipfile`` packs every part anew for every file; a thousand printed tables share all parts but one.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape

_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
_VERSION, _UTF8, _DEFLATED = 20, 0x800, zipfile.ZIP_DEFLATED
_BEHIND_HEAD = struct.calcsize(_LOCAL)
_ENCRYPTED_OR_PATCHED = 0x61
Moment = tuple[int, int, int, int, int, int]
UNDATED: Moment = (1980, 1, 1, 0, 0, 0)
"""Where a zip's time begins: equal content makes equal bytes, whenever it is written."""
_LEVEL = 6
_SMALL = 16_384
"""Bytes of parts that many files have alike: lists of parts and of relations, styles."""
PROPERTIES, _TYPES = "docProps/core.xml", "[Content_Types].xml"
_SAVED, _MADE = re.compile(r"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+Z?(?=<)"), "2021-01-01T00:00:00Z"
NOT_PLAIN = re.compile(r"[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]")
NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no place for, and the carriage return; tabs and line ends stay."""
_NO_XML = re.compile(r"[\x00-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(value: str) -> str:
    """A text as it stands between tags; characters XML has no place for become blanks."""
    if not NOT_PLAIN.search(value):
        return value
    return escape(_NO_XML.sub(" ", value))


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of a part as they lie in the package."""

    data: bytes
    size: int
    crc: int

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Packed:
        """Pack what the pieces are together."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        out, size, crc = [], 0, 0
        for piece in pieces:
            out.append(packer.compress(piece))
            size, crc = size + len(piece), zlib.crc32(piece, crc)
        return cls(b"".join([*out, packer.flush()]), size, crc)

    @classmethod
    def lying(cls, file: bytes, info: zipfile.ZipInfo) -> Packed:
        """An entry as it lies in a zip package, not yet looked into.

        Args:
            file: the package.
            info: what its directory says of the entry.

        Raises:
            ValueError: it is packed otherwise, or its own head says another name.
            struct.error: it has no head.
        """
        head = struct.unpack_from(_LOCAL, file, info.header_offset)
        begin = info.header_offset + _BEHIND_HEAD
        end = begin + head[-2]
        name = file[begin:end].decode("utf-8" if head[2] & _UTF8 else "cp437")
        if info.compress_type != _DEFLATED or info.flag_bits & _ENCRYPTED_OR_PATCHED:
            raise ValueError("packed otherwise")
        if head[0] != b"PK\3\4" or name != info.orig_filename:
            raise ValueError("another name")
        end += head[-1]
        return cls(file[end : end + info.compress_size], info.file_size, info.CRC)

    def unpacked(self) -> bytes:
        """The bytes themselves.

        Raises:
            ValueError: they are not what was packed.
            zlib.error: nothing was packed.
        """
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        data = unpacker.decompress(self.data, self.size + 1)  # one byte more tells a size that is not true
        if not unpacker.eof or unpacker.unused_data or len(data) != self.size or zlib.crc32(data) != self.crc:
            raise ValueError("not what was packed")
        return data

    def head(self, name: bytes, when: Moment) -> tuple[int, ...]:
        """What local and central headers share, from the compression method to the length of the name."""
        year, month, day, hour, minute, second = when
        clock, calendar = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
        return (_DEFLATED, clock, calendar, self.crc, len(self.data), self.size, len(name))


Part = str | bytes | Packed
"""What a part holds, or that as it was packed before."""


def packed(part: Part) -> Packed:
    """A part as it lies in the package; small ones, of which many are alike, are packed once."""
    if isinstance(part, Packed):
        return part
    data = part.encode() if isinstance(part, str) else part
    return Packed.of([data]) if len(data) > _SMALL else _packed_once(data)


@lru_cache(maxsize=256)
def _packed_once(data: bytes) -> Packed:
    return Packed.of([data])


def zipped(parts: Iterable[tuple[str, Packed, Moment]]) -> bytes:
    """A zip package.

    Args:
        parts: in their order, each with its path and time.
    """
    out, central, place, count = [], [], 0, 0
    for called, part, when in parts:
        name = called.encode()
        common = part.head(name, when)
        head = struct.pack(_LOCAL, b"PK\3\4", _VERSION, _UTF8, *common, 0)
        out += [head, name, part.data]
        made = (_VERSION, _VERSION, _UTF8, *common, 0, 0, 0, 0, 0, place)
        central += [struct.pack(_CENTRAL, b"PK\1\2", *made), name]
        place, count = place + len(head) + len(name) + len(part.data), count + 1
    end = struct.pack(_END, b"PK\5\6", 0, 0, count, count, sum(map(len, central)), place, 0)
    return b"".join([*out, *central, end])


class Package:
    """The parts of a prepared package, in their order."""

    def __init__(self, data: bytes) -> None:
        """Take a package apart.

        Args:
            data: its bytes, made by our own libraries; when it was saved is forgotten.
        """
        with zipfile.ZipFile(BytesIO(data)) as source:
            self._parts = {name: Packed.of([source.read(name)]) for name in source.namelist()}
        self.lay(PROPERTIES, _SAVED.sub(_MADE, self.read(PROPERTIES)))

    def leave_out(self, name: str) -> None:
        """Leave a part out, with what says of it that it is there.

        Args:
            name: its path in the package; nothing in the other parts may need it.

        Raises:
            KeyError: the package has no such part.
        """
        del self._parts[name]
        told = re.compile(
            rf'<(?:Override|Relationship) [^>]*"[^"]*{re.escape(name.partition("/")[2])}"[^>]*/>'
        )
        for other in [one for one in self._parts if one == _TYPES or one.endswith(".rels")]:
            self.lay(other, told.sub("", self.read(other)))

    def lay(self, name: str, xml: str) -> None:
        """Prepare a part anew."""
        self._parts[name] = packed(xml)

    def read(self, name: str) -> str:
        """The XML of a part as it was prepared."""
        return self._parts[name].unpacked().decode()

    def parts(self, changed: Mapping[str, Part]) -> dict[str, Part]:
        """The parts in their order, some of them replaced.

        Args:
            changed: by name of the part.

        Raises:
            KeyError: the package has no such part.
        """
        unknown = changed.keys() - self._parts.keys()
        if unknown:
            raise KeyError(f"no such parts: {sorted(unknown)}")
        return {**self._parts, **changed}

    def filled(self, changed: Mapping[str, Part]) -> bytes:
        """The package with some parts replaced; the same parts give the same bytes.

        Args:
            changed: by name of the part.

        Raises:
            KeyError: the package has no such part.
        """
        return zipped((name, packed(part), UNDATED) for name, part in self.parts(changed).items())
