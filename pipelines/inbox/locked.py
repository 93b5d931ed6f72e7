"""OLE containers: what they hold, and Office files locked with the password that Excel itself knows.

Excel saves a workbook whose structure is protected, or that is marked as final in old ways, encrypted with a
password of its own and opens it without asking; whoever sends it knows of no password.

Source: [MS-OFFCRYPTO] 2.1.5 and [MS-XLS] 2.4.117, the default password.
"""

from __future__ import annotations

from io import BytesIO

import msoffcrypto
import olefile

from pipelines.inbox import limits
from pipelines.inbox.document import Unreadable

DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 -- printed in the specification of the format


_KNOWN = ("EncryptedPackage", "Workbook", "WORKBOOK", "Book", "BOOK", "WordDocument")


def streams(data: bytes) -> set[str]:
    """Names of the streams at the top of an OLE container; of a damaged one those whose names stand in it."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            return {entry[0] for entry in container.listdir()}
    except Exception:  # olefile trusts what it finds; a damaged container raises anything
        return {name for name in _KNOWN if name.encode("utf-16-le") in data}


def unlocked(data: bytes) -> bytes:
    """The bytes of a file that is locked with the default password.

    Raises:
        Unreadable: RD-MAT-KHAU when another password locks it.
    """
    out = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=DEFAULT_PASSWORD, **_verified(file))
        file.decrypt(out)
    except Exception as error:  # another password, another cipher, or a damaged container
        raise Unreadable("RD-MAT-KHAU") from error
    if out.tell() > limits.FILE_BYTES:
        raise Unreadable("RD-QUA-LON")
    return out.getvalue()


def _verified(file: object) -> dict[str, bool]:
    """Packages tell whether the password is the right one only when they are asked to."""
    return {"verify_password": True} if type(file).__name__ == "OOXMLFile" else {}
