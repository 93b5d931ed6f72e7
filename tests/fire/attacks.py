"""What an attacker would write into a name, and where it may not come alive."""

from __future__ import annotations

import email
import email.policy
import io
import re
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import duckdb
from lxml import etree

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    '=HYPERLINK("http://x.invalid")',
    "\t=1+1",
)
MARKUP = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "]]><a>&xxe;</a>",
    "{{7*7}}{% raw %}",
)  # fmt: skip
OTHERS = (
    "'; DROP TABLE marts.fct_awards; --",
    "\"; ATTACH '/tmp/x' AS y; --",
    "a\r\nBcc: ke-xau@x.invalid\r\n\r\nthan thu",
    "../../../../ngoai",
    "\u202egpj.exe\u2066",
    "!!python/object/apply:os.system ['true']",
    "%s%n{0.__class__}",
    "\x00\x1b[2J",
)  # fmt: skip
ALL = (*FORMULAS, *MARKUP, *OTHERS)
FIELDS = {
    "fct_findings": ("recipient_name", "subject_vi", "fact_vi", "fix_vi", "source_sheet"),
    "fct_awards": ("recipient_name", "position", "workplace"),
    "fct_nominations": ("recipient_name",),
    "dim_units": ("name",),
    "trc_mau_02": (),
}
"""Columns of the marts that hold what outsiders wrote, or could hold it."""


def attack(published: Path, target: Path) -> None:
    """Copy a published file with an attack in every name and sentence.

    Args:
        published: of a night.
        target: the copy.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(published, target)
    target.chmod(0o600)
    with duckdb.connect(str(target)) as connection:
        for table, columns in FIELDS.items():
            for number, column in enumerate(columns):
                connection.execute(
                    f"UPDATE marts.{table} SET {column} = list_extract($all, 1 + (rowid + $n) % len($all)) "
                    f"WHERE {column} IS NOT NULL",
                    {"all": list(ALL), "n": number},
                )


def alive(path: Path, data: bytes | None = None) -> list[str]:
    """What came alive in a file: formulas, fields, scripts, headers, parts that are no XML."""
    content = path.read_bytes() if data is None else data
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".docx"):
        return _in_package(content)
    if suffix == ".eml":
        return _in_mail(content)
    return []


def _in_package(content: bytes) -> list[str]:
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith(("xl/externalLinks", "xl/macrosheets")) or name.endswith(".bin"):
                found.append(name)
            if not name.endswith((".xml", ".rels")):
                continue
            part = etree.fromstring(package.read(name))  # what does not parse ends the test
            for element in part.iter():
                local = etree.QName(element).localname if isinstance(element.tag, str) else ""
                told = (
                    "".join(element.itertext()) if local in ("f", "instrText", "ddeLink", "oleLink") else ""
                )
                if told and any(one.strip("=+-@\t ") in told for one in ALL):
                    found.append(f"{name}: {local}: {told[:60]}")
                target = element.get("Target") or ""
                if element.get("TargetMode") == "External" and any(one in target for one in ALL):
                    found.append(f"{name}: {target}")
    return found


def _in_mail(content: bytes) -> list[str]:
    message: EmailMessage = email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[assignment]
    found = [name for name in message if name.lower() in ("bcc", "cc")]
    found += [f"{name}: {value}" for name, value in message.items() if re.search(r"[\r\n]", str(value))]
    found += [str(defect) for defect in message.defects]
    for part in message.iter_attachments():
        name = part.get_filename() or ""
        if "/" in name or "\\" in name or name.startswith("."):
            found.append(f"attachment {name!r}")
        found += alive(Path(name), part.get_payload(decode=True))
    return found
