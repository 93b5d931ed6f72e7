"""The zip container of .xlsx, .docx and .ods, and of .zip files: unpacked only within the limits."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from pipelines.inbox import limits
from pipelines.inbox.document import Unreadable

ENCRYPTED = 0x1
KEPT_BYTES = 20_000
# zipfile trusts the lengths it finds: a damaged directory raises more than BadZipFile.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)


Found = TypeVar("Found")


class Package:
    """The parts of a zip container, whose directory was checked before anything was unpacked."""

    def __init__(self, data: bytes, archive: bool = False) -> None:
        """Open the container.

        Args:
            data: the file.
            archive: a .zip that a unit made, where names may repeat, rather than an Office file.

        Raises:
            Unreadable: RD-HONG, RD-MAT-KHAU or RD-BOM-NEN.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except DAMAGED as error:
            raise Unreadable("RD-HONG") from error
        self.infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self._by_name = {part_name(info.filename): info for info in self.infos}
        self._by_key = {name.casefold(): name for name in self._by_name}
        self._known: dict[str, Any] = {}
        self._check(len(data), archive)

    def once(self, name: str, make: Callable[[], Found]) -> Found:
        """What is found out about the package under a name: worked out the first time it is asked for."""
        if name not in self._known:
            self._known[name] = make()
        found: Found = self._known[name]
        return found

    def _check(self, size: int, archive: bool) -> None:
        infos = self.infos
        most_parts = limits.ZIP_MEMBERS if archive else limits.PACKAGE_PARTS
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(infos) > most_parts or unpacked > limits.UNPACKED_BYTES or packed > size:
            raise Unreadable("RD-BOM-NEN")
        if not archive:
            _refuse_ambiguity([part_name(info.filename) for info in infos])
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise Unreadable("RD-MAT-KHAU")
        for info in infos:
            _refuse_bomb(info)
        if not archive and size * limits.DEFLATE_LIMIT > limits.UNPACKED_BYTES:
            for info in infos:  # it could declare small sizes and unpack to gigabytes in calamine
                self.unpack(info)

    @property
    def names(self) -> list[str]:
        """Names of all parts, with "/"; some programs of Windows store a backslash."""
        return list(self._by_name)

    @property
    def is_plain(self) -> bool:
        """Whether every part is stored under the very name it goes by."""
        return all(name == info.filename for name, info in self._by_name.items())

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name; small and capital letters make no difference in packages."""
        return name.casefold() in self._by_key

    def actual(self, name: str) -> str | None:
        """The name a part is stored under; ``None``: there is none."""
        return self._by_key.get(name.casefold())

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            Unreadable: RD-HONG when it is missing or damaged, RD-BOM-NEN when it lies about its size.
        """
        known = self.actual(name)
        if known is None:
            raise Unreadable("RD-HONG")
        info = self._by_name[known]
        if info.file_size > KEPT_BYTES:
            return self.unpack(info)
        return self.once(f"bytes of {known}", lambda: self.unpack(info))  # such parts are asked for again

    def unpack(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of one entry, never more than it declares.

        Raises:
            Unreadable: RD-HONG or RD-BOM-NEN.
        """
        declared = info.file_size
        info.file_size += 1  # zipfile stops at this size: one more byte shows whether there is more
        try:
            with self._zip.open(info) as part:
                data = part.read()
        except DAMAGED as error:
            raise Unreadable("RD-HONG") from error
        finally:
            info.file_size = declared
        if len(data) != declared:
            raise Unreadable("RD-BOM-NEN" if len(data) > declared else "RD-HONG")
        return data


def part_name(stored: str) -> str:
    """A part's name as the format writes it: parted by "/"."""
    return stored.replace("\\", "/")


def _refuse_ambiguity(names: list[str]) -> None:
    """Office programs write each part once; else two readers may read two things."""
    if len({name.casefold() for name in names}) != len(names):
        raise Unreadable("RD-HONG")
    if any("//" in name or "./" in name for name in names):
        raise Unreadable("RD-HONG")


def _refuse_bomb(info: zipfile.ZipInfo) -> None:
    large = info.file_size > limits.RATIO_FREE_BYTES
    too_dense = info.file_size > info.compress_size * limits.UNPACK_RATIO
    if info.file_size > limits.PART_BYTES or (large and too_dense):
        raise Unreadable("RD-BOM-NEN")
