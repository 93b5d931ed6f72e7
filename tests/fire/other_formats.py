"""Files of formats the sample has none of: a binary workbook, rich text, what LibreOffice makes."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from pathlib import Path

from pipelines.common.processes import temporary_folder
from pipelines.inbox import office

RTF = (
    rb"{\rtf1\ansi\uc1 BI\u202?N B\u7842?N H\u7884?P\par "
    rb"\trowd\cellx2000\cellx4000 STT\intbl\cell T\u234?n\intbl\cell\row"
    rb"\trowd\cellx2000\cellx4000 1\intbl\cell An\intbl\cell\row \par}"
)


def others(paper: Path) -> dict[str, bytes]:
    """A file of each other format, by its suffix.

    Args:
        paper: a .docx; without LibreOffice there is no .doc, .odt and .pdf of it.
    """
    made = {".rtf": RTF, ".xlsb": xlsb()}
    program = office.program()
    for suffix in ("doc", "odt", "pdf") if program else ():
        with temporary_folder() as folder:
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder)]
            subprocess.run([*map(str, command), str(paper)], check=True, capture_output=True, timeout=120)
            made[f".{suffix}"] = (folder / f"{paper.stem}.{suffix}").read_bytes()
    return made


def _zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _record(kind: int, content: bytes = b"") -> bytes:
    low = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return low + bytes([len(content)]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    """A binary workbook: A1 «Năm», B1:B2 merged with 2019, B3 an error value."""
    cell = struct.Struct("<II").pack
    sheet = b"".join(
        [
            _record(129), _record(148, struct.pack("<4I", 0, 2, 0, 1)), _record(145),
            _record(0, struct.pack("<I", 0) + bytes(13)),
            _record(6, cell(0, 0) + _wide("Năm")), _record(5, cell(1, 0) + struct.pack("<d", 2019.0)),
            _record(0, struct.pack("<I", 2) + bytes(13)), _record(3, cell(1, 0) + b"\x2a"),
            _record(146), _record(177, struct.pack("<I", 1)),
            _record(176, struct.pack("<4I", 0, 1, 1, 1)), _record(178), _record(130),
        ]
    )  # fmt: skip
    book = b"".join(
        [_record(131), _record(143),
         _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Danh sách")),
         _record(144), _record(132)]
    )  # fmt: skip
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    )
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": rels.format(f"{office}/officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels.format(f"{office}/worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
