"""What an attacker would write into a name, and where it may not come alive."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import duckdb
from lxml import etree, html

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
    "fct_findings": ("recipient_name", "message_vi", "subject_vi", "fact_vi", "fix_vi", "source_sheet"),
    "fct_awards": ("recipient_name", "position", "workplace", "decision_no", "source_sheet"),
    "fct_nominations": ("recipient_name", "source_sheet"),
    "fct_file_parts": ("part", "evidence"),
    "fct_submissions": ("reason",),
    "dim_units": ("name", "official_name"),
    "rpt_awards_outside_mau_02": ("award_name",),
    "trc_phase_coverage": ("recipient_name", "reason_vi", "source_sheet"),
    "dim_recipients": ("recipient_name", "position", "workplace"),
    "dim_recipient_keys": ("recipient_name", "position", "workplace"),
    "fct_recipient_events": ("text_raw", "decision_no", "source_sheet"),
    "rpt_recipient_decisions": ("decided_by", "why"),
    "rpt_recipient_joins": ("decided_by", "why"),
    "trc_statistics": ("label", "source_sheet"),
    "trc_mau_02": ("label", "source_sheet"),
    "trc_mau_02_cells": ("source_sheet",),
    "trc_headcounts": ("source_sheet",),
}
"""Columns of the marts that hold what outsiders wrote, or could hold it."""
FILES = ("fct_findings", "fct_awards", "fct_nominations", "fct_file_parts", "fct_submissions", "fct_verdicts",
         "trc_phase_coverage", "trc_mau_02", "trc_mau_02_cells", "trc_headcounts", "trc_statistics",
         "fct_recipient_events")  # fmt: skip
"""Tables that name files: every third file has an attack in its name, the same everywhere."""
WITHIN = {"fct_findings": ("values_vi", '": "'), "trc_findings": ("params", '":"'),
          "fct_verdicts": ("values_used", '"value":"')}  # fmt: skip
"""Columns of JSON: what stands before a text in them."""
HARMLESS = (".png", ".css")
"""Made of our own words and numbers, or of pixels."""


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
        stored = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for table, columns in FIELDS.items():
            for number, column in enumerate(columns if table in stored else ()):  # views follow
                connection.execute(
                    f"UPDATE marts.{table} SET {column} = list_extract($all, 1 + (rowid + $n) % len($all)) "
                    f"WHERE {column} IS NOT NULL",
                    {"all": list(ALL), "n": number},
                )
        for table, (column, before) in WITHIN.items():
            connection.execute(
                f"UPDATE marts.{table} SET {column} = replace({column}, $before, $before || trim("
                "to_json(list_extract($all, 1 + rowid % len($all)))::VARCHAR, '\"'))",
                {"all": list(ALL), "before": before},
            )
        for table in stored.intersection(FILES):
            connection.execute(
                f"UPDATE marts.{table} SET source_file = source_file || list_extract($all, "
                "1 + (hash(source_file) % len($all))::INTEGER) WHERE hash(source_file || 'x') % 3 = 0",
                {"all": list(ALL)},
            )


def alive(path: Path, data: bytes | None = None) -> list[str]:
    """What came alive in a file: formulas, fields, scripts, headers, parts that are no XML."""
    content = path.read_bytes() if data is None else data
    suffix = path.suffix.lower()
    if suffix in HARMLESS or "assets" in path.parts:
        return []
    return _SEARCHES[suffix](content)  # a kind of file nobody thought of ends the test


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


def _in_page(content: bytes) -> list[str]:
    found = []
    for element in html.fromstring(content.decode("utf-8")).iter():
        if not isinstance(element.tag, str):
            continue
        found += [f"{element.tag} {name}" for name in element.attrib if name.startswith("on")]
        for name in ("href", "src", "action"):
            target = (element.get(name) or "").strip().lower()
            if target.startswith(("javascript:", "data:text", "vbscript:", "http://x.invalid")):
                found.append(f"{element.tag} {name}={target[:60]}")
        if element.tag == "script" and any(one in (element.text or "")[:60] for one in MARKUP):
            found.append("script")
    return found


def _in_data(content: bytes) -> list[str]:
    """A list of the pages is one call with one text, or one object."""
    told = re.fullmatch(r"THIDUA\.\w+\((.*)\);?\s*", content.decode("utf-8"), re.DOTALL)
    try:
        json.loads(f"[{told[1] if told else None}]")
    except ValueError:
        return ["no call with data"]
    return []


def _in_text(content: bytes) -> list[str]:
    return [f"control character {one!r}" for one in sorted(set(CONTROLS.findall(content.decode("utf-8"))))]


def _in_table(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [f"cell {cell!r}" for row in rows for cell in row if FORMULA.match(cell)]


def _in_print(content: bytes) -> list[str]:
    return [word for word in ("/JavaScript", "/Launch", "/EmbeddedFile", "/AA") if word.encode() in content]


def _in_json(content: bytes) -> list[str]:
    json.loads(content)
    return []


CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What commands a terminal or turns the direction of reading."""
FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.,]*$)")
"""How a cell begins that a spreadsheet takes for a formula; a negative number is none."""
_SEARCHES: dict[str, Callable[[bytes], list[str]]] = {
    ".xlsx": _in_package,
    ".docx": _in_package,
    ".eml": _in_mail,
    ".html": _in_page,
    ".js": _in_data,
    ".json": _in_json,
    ".txt": _in_text,
    ".csv": _in_table,
    ".pdf": _in_print,
}
