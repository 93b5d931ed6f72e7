"""The members of a .zip file that a unit sent; nothing is ever written to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pipelines.inbox import limits
from pipelines.inbox.document import Unreadable
from pipelines.inbox.package import DAMAGED, Package, part_name
from pipelines.inbox.read import is_zip
from pipelines.text.keys import nfc

_UTF_8 = 0x800
_OFFICE_PARTS = (
    "[content_types].xml", "mimetype", "meta-inf/manifest.xml", "xl/workbook.xml", "word/document.xml"
)  # fmt: skip


class Member(NamedTuple):
    """One file within a .zip."""

    name: str
    """Its path within the archive, with "/", NFC, without tricks."""
    data: bytes
    problem: Unreadable | None
    """Why this member alone could not be unpacked; ``data`` is then empty."""


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a plain .zip, not an Office file, which is a zip container too."""
    if not is_zip(data):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {part_name(name).casefold() for name in archive.namelist()}
    except DAMAGED:
        return True  # members() says why
    return not any(part in names for part in _OFFICE_PARTS)


def members(data: bytes) -> Iterator[Member]:
    """The files within a .zip, in the order of their names.

    Args:
        data: the bytes of the archive.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-BOM-NEN, or RD-RONG when it holds no file.
    """
    package = Package(data, archive=True)
    named = sorted(
        ((name, info) for info in package.infos if (name := _clean_name(info))), key=lambda item: item[0]
    )
    if not named:
        raise Unreadable("RD-RONG")
    seen: dict[str, int] = {}
    for name, info in named:
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        try:
            yield Member(unique, package.unpack(info), None)
        except Unreadable as problem:
            yield Member(unique, b"", problem)


def _clean_name(info: zipfile.ZipInfo) -> str:
    """The member's path; empty for what the operating system adds and for ignored names."""
    text = info.filename if info.flag_bits & _UTF_8 else _decode(info.filename)
    text = "".join(letter for letter in nfc(text).replace("\\", "/") if letter.isprintable())
    parts = [part.strip() for part in text.split("/")]
    parts = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    if not parts or any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts):
        return ""
    return "/".join(parts[-limits.NESTING :])


def _decode(name: str) -> str:
    """Zip programs of Windows store names in UTF-8 or in the Vietnamese code page without saying so."""
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp1258"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
