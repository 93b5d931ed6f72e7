"""Record forms and documents as Word files: letterhead, title, lines, signature block."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from pipelines.generate import layouts
from pipelines.generate.shape import Letter, Role, Row, Sheet, Text


class _Blanks(dict[str, str]):
    """Placeholders without a value stay empty."""

    def __missing__(self, key: str) -> str:
        return ""


def letter_of(
    record: str,
    values: Mapping[str, str | list[str]],
    *,
    unit: str,
    superior: str = "",
    place: str = "",
    day: date | None = None,
    number: str = "",
    signed_by: tuple[str | None, ...] = (),
    tables: list[Sheet | Text] | None = None,
    party: bool = False,
) -> Letter:
    """A letter of a record form or document.

    Args:
        record: key of ``records.yml``.
        values: text by field id; what is not given stays blank.
        unit: the issuing unit.
        superior: its superior, printed above it.
        place: where it is dated.
        day: its date; None leaves the dots to fill in.
        number: number and symbol.
        signed_by: one name per signature label; None = unsigned. Empty = all unsigned.
        tables: blocks between the lines and the signatures.
        party: a Party organisation's letterhead.
    """
    layout = layouts.read("records")[record]
    blanks = _Blanks({key: value for key, value in values.items() if isinstance(value, str)})
    blocks: list[Text | Sheet] = []
    if "corner" in layout:
        blocks.append(Text(layout["corner"], bold=True, align="right"))
    blocks.append(_letterhead(unit, superior, place, day, number, party))
    blocks += [Text(line.format_map(blanks), bold=True, align="center", size=14) for line in layout["title"]]
    for line in layout["lines"]:
        if isinstance(line, str):
            blocks.append(Text(line, bold=True))
        elif "line" in line:
            blocks.append(Text(line["line"].format_map(blanks), align="both"))
        else:
            blocks.append(Text(line["under"], italic=True, align="both"))
            written = values.get(line["id"], [])
            paragraphs = [written] if isinstance(written, str) else written
            blocks += [Text(paragraph, align="both") for paragraph in paragraphs]
    blocks += tables or []
    labels = layout.get("signatures", [["Nơi nhận:", ""], layouts.signature(record)])
    blocks.append(_signatures(labels, signed_by))
    return Letter(blocks, pages=layout.get("pages", 1))


def phrases(rng: Random, ids: list[str], unit: str, year: int, **more: str) -> dict[str, str | list[str]]:
    """Synthetic text for fields; a field without phrases of its own gets a general sentence."""
    bank = layouts.read("phrases")
    blanks = {
        "unit": unit,
        "year": year,
        "prev": year - 1,
        "n": rng.randrange(2, 9),
        "pct": rng.randrange(91, 119),
        **more,
    }
    return {field: str(rng.choice(bank.get(field, bank["general"]))).format(**blanks) for field in ids}


def field_ids(record: str) -> list[str]:
    """The ids of the long texts of a record form."""
    lines: list[Any] = layouts.read("records")[record]["lines"]
    return [line["id"] for line in lines if isinstance(line, dict) and "under" in line]


def _letterhead(unit: str, superior: str, place: str, day: date | None, number: str, party: bool) -> Sheet:
    words = layouts.read("layouts")["letterhead"]
    when = f"ngày {day:%d} tháng {day:%m} năm {day.year}" if day else "ngày ... tháng ... năm ..."
    right = [words["party"], ""] if party else [words["nation"], words["motto"]]
    left = [superior.upper(), unit.upper()] if superior else [unit.upper(), ""]
    rows = [
        Row([left[0] or None, right[0] or None], "head"),
        Row([left[1] or None, right[1] or None], "head"),
    ]
    rows.append(Row([number or None, f"{place or '.....'}, {when}"], "subtitle"))
    return Sheet("Tiêu đề", rows, widths=[4, 6])


def _signatures(labels: list[list[str]], signed_by: tuple[str | None, ...]) -> Sheet:
    names = [*signed_by, *[None] * (len(labels) - len(signed_by))]
    signed = layouts.read("layouts")["signed"]
    lines: list[list[str | None]] = [
        [label[0] or None for label in labels],
        [label[1] or None for label in labels],
        [signed if name else None for name in names],
        list(names),
    ]
    roles: tuple[Role, ...] = ("head", "subtitle", "subtitle", "head")
    rows = [Row(list(line), role) for line, role in zip(lines, roles, strict=True)]
    return Sheet("Chữ ký", rows, widths=[1.0] * len(labels))
