"""Blank .docx record forms and documents, with the added annex where a programme's criteria need it."""

from __future__ import annotations

from typing import Any

from pipelines.generate.content.letters import field_ids, letter_of
from pipelines.generate.content.tables import sheet_of
from pipelines.generate.shape import Letter, Sheet, Text
from pipelines.templates.options import Options, plan
from pipelines.templates.workbooks import DOTS


def letter(entry: dict[str, Any], options: Options, unit: str = DOTS) -> Letter:
    """The letter of an entry of ``templates.yml`` ``letters``, with the unit's name where it is known."""
    rows = plan()["blank_rows"]["record"]
    tables: list[Sheet | Text] = [sheet_of(form, [{}] * rows) for form in entry.get("tables", [])]
    values: dict[str, str | list[str]] = {field: [""] for field in field_ids(entry["record"])}
    blanks = plan()["blanks"] | entry.get("blanks", {})
    result = letter_of(entry["record"], values | blanks, unit=unit, superior=DOTS, tables=tables)
    line = plan()["id_line"].format(form=entry["form"], version=plan()["version"])
    result.blocks.insert(0, Text(line, italic=True, align="right", size=11))
    if entry.get("annex"):
        result.blocks += annex(options.annex_labels(entry["programme"]))
    result.properties = {"thidua_form": entry["form"], "thidua_version": plan()["version"]}
    return result


def annex(labels: tuple[str, ...]) -> list[Sheet | Text]:
    """Heading, note with the labels allowed, and the blank table of PL-TC."""
    sheet = sheet_of("PL-TC", [{}] * plan()["blank_rows"]["record"])
    heading = str(sheet.rows[0].values[0])
    table = Sheet("Phụ lục", sheet.rows[sheet.header_end() - 1 :], widths=sheet.widths)
    note = plan()["annex_note"].format(labels="; ".join(labels))
    return [Text(heading, bold=True), Text(note, italic=True, align="both", size=11), table]
