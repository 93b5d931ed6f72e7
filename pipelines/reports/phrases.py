"""Small pieces of Vietnamese: counts, days, places in a file, first letters."""

from __future__ import annotations

import re
from datetime import date

from pipelines.reports.published import Finding
from pipelines.reports.texts import listed, named, text


def count(number: int) -> str:
    """``02``, ``15``, ``1.204``: counts under ten carry a zero in letters (Nghị định 30/2020/NĐ-CP)."""
    return f"{number:02d}" if number < 10 else f"{number:,}".replace(",", ".")


def day(value: date) -> str:
    """``04/6/2020``: days under 10 and months 1 and 2 carry a zero, as in official letters."""
    return (
        f"{value.day:02d}/{value.month:02d}/{value.year}"
        if value.month <= 2
        else (f"{value.day:02d}/{value.month}/{value.year}")
    )


def full_day(value: date) -> str:
    """``04/06/2020`` for screens, mails and tables."""
    return value.strftime("%d/%m/%Y")


def form_name(form_id: str | None) -> str | None:
    """What a letter calls a form, e.g. ``mẫu 03``."""
    return named("form_names", form_id) if form_id else None


def file_name(finding: Finding) -> str | None:
    """The file's own name, without its folders; of a zip, the member's."""
    if not finding.source_file:
        return None
    return finding.source_file.rsplit("!", 1)[-1].rsplit("/", 1)[-1]


def where(finding: Finding, *, by_form: bool) -> str:
    """``mẫu 03, ô D9`` for letters, ``mau-03.xlsx, ô D9`` for mails; empty when there is no place."""
    name = file_name(finding)
    document = (form_name(finding.form_id) if by_form and name else None) or name
    parts = [document, cell_words(finding)]
    return ", ".join(part for part in parts if part)


def cell_words(finding: Finding) -> str:
    """``ô D9``, or the table's row and column in a Word file; empty without a cell."""
    cell = finding.source_cell
    if not cell:
        return ""
    return text("place.cell", cell=cell) if re.fullmatch(r"\$?[A-Z]{1,3}\$?\d+", cell) else cell


def lowered(sentence: str) -> str:
    """The sentence to go on after a colon: its first word small, when it is an everyday word."""
    first = sentence.split(" ", 1)[0].rstrip(",:;")
    return sentence[:1].lower() + sentence[1:] if first in listed("everyday_words") else sentence


def raised(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def joined(parts: list[str]) -> str:
    """``a, b và c``."""
    return parts[0] if len(parts) == 1 else text("and", left=", ".join(parts[:-1]), right=parts[-1])
