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
from io import BytesIO
from xml.sax.saxutils import escape

_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_DAY = (1 << 5) | 1
"""1 January 1980: equal content makes equal bytes, whenever it is written."""
_LEVEL = 6
_PROPERTIES, _TYPES = "docProps/core.xml", "[Content_Types].xml"
_SAVED, _MADE = re.compile(r"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+Z?(?=<)"), "2021-01-01T00:00:00Z"
_NOT_PLAIN = re.compile(r"[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]")
NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no place for, and the carriage return; tabs and line ends stay."""
_NO_XML = re.compile(r"[\x00-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(value: str) -> str:
    """A text as it stands between tags; characters XML has no place for become blanks."""
    if not _NOT_PLAIN.search(value):
        return value
    return escape(_NO_XML.sub(" ", value))


@dataclass(frozen=True, slots=True)
class Packed:
    """The XML of a part as it lies in the package."""

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

    def head(self, name: bytes) -> tuple[int, ...]:
        """What local and central headers share, from the compression method to the length of the name."""
        return (_DEFLATED, 0, _DAY, self.crc, len(self.data), self.size, len(name))


def _packed(xml: str | Packed) -> Packed:
    return xml if isinstance(xml, Packed) else Packed.of([xml.encode()])


class Package:
    """The parts of a prepared package, in their order."""

    def __init__(self, data: bytes) -> None:
        """Take a package apart.

        Args:
            data: its bytes, made by our own libraries; when it was saved is forgotten.
        """
        with zipfile.ZipFile(BytesIO(data)) as source:
            self._parts = {name: Packed.of([source.read(name)]) for name in source.namelist()}
        self.lay(_PROPERTIES, _SAVED.sub(_MADE, self.read(_PROPERTIES)))

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
        self._parts[name] = _packed(xml)

    def read(self, name: str) -> str:
        """The XML of a part as it was prepared."""
        return zlib.decompress(self._parts[name].data, -zlib.MAX_WBITS).decode()

    def filled(self, changed: Mapping[str, str | Packed]) -> bytes:
        """The package with some parts replaced; the same parts give the same bytes.

        Args:
            changed: by name of the part; its XML, or that as it was packed before.

        Raises:
            KeyError: the package has no such part.
        """
        unknown = changed.keys() - self._parts.keys()
        if unknown:
            raise KeyError(f"no such parts: {sorted(unknown)}")
        out, central, place = [], [], 0
        for called, prepared in self._parts.items():
            part = _packed(changed[called]) if called in changed else prepared
            name = called.encode()
            common = part.head(name)
            head = struct.pack(_LOCAL, b"PK\3\4", _VERSION, _UTF8, *common, 0)
            out += [head, name, part.data]
            made = (_VERSION, _VERSION, _UTF8, *common, 0, 0, 0, 0, 0, place)
            central += [struct.pack(_CENTRAL, b"PK\1\2", *made), name]
            place += len(head) + len(name) + len(part.data)
        size, count = sum(map(len, central)), len(self._parts)
        end = struct.pack(_END, b"PK\5\6", 0, 0, count, count, size, place, 0)
        return b"".join([*out, *central, end])
