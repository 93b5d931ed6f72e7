"""Right files of every table form, and what was read from a file, to be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from pipelines.common.paths import PROJECT
from pipelines.forms.reading import Reading
from pipelines.generate.shape import Book, Sheet
from pipelines.reference.load import load_reference
from pipelines.templates.workbooks import EXAMPLES
from pipelines.text.keys import match_key

PROGRAMMES = {
    "KT-DS": "LS-1620", "LS-DSDN": "LS-1620", "QS": "LS-1620", "LS-M02": "LS-1620", "LS-M03": "LS-1620",
    "BHXH-M03": "BHXH-2125", "BHXH-DSDK": "BHXH-2125", "HCM-DSDK": "HCM-2125", "CB-BDK": "CB-2125",
}  # fmt: skip
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".docx")
UNFIT = {(".csv", "LS-M02"), (".csv", "CB-BDK"), (".docx", "CB-BDK")}
"""A CSV file has no merged cells, which these headers need."""
VARIANTS = 6

AWARD_VALUES = ("recipient_name", "workplace", "position", "recipient_kind", "award_key", "award_rank",
                "object_class", "decision_no", "decision_date", "award_year")  # fmt: skip
HEADCOUNT_VALUES = ("year", "collectives", "individuals", "direct_individuals", "leader_individuals",
                    "households")  # fmt: skip
FIELD_VALUES = ("field", "value_text", "value_number", "value_date", "value_code")

Rows = Counter[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Base:
    """A right file."""

    form: str
    variant: int

    @property
    def programme_id(self) -> str:
        """The programme it is sent for."""
        return PROGRAMMES[self.form]

    def book(self) -> Book:
        """Its sheet, anew each time."""
        return Book([_sheet(self.form, self.variant).copy()])


@cache
def _sheet(form: str, variant: int) -> Sheet:
    sheet = EXAMPLES[form](Random(f"{form}:{variant}"))
    sheet.name = "Danh sách"
    return sheet


def bases() -> list[Base]:
    """All right files."""
    return [Base(form, variant) for form in PROGRAMMES for variant in range(VARIANTS)]


def rows_of(readings: list[Reading]) -> Rows:
    """What was read: every row with its values, wherever it stands."""
    found: Rows = Counter()
    for reading in readings:
        for row in reading.rows("award_rows"):
            values = {**row, "award_key": _award(row["award_key"])}
            found[("award", row["form_id"], *(_text(values[name]) for name in AWARD_VALUES))] += 1
        for row in reading.rows("headcount_rows"):
            found[("headcount", *(row[name] for name in HEADCOUNT_VALUES))] += 1
        fields: dict[str, list[tuple[Any, ...]]] = {}
        for row in reading.rows("fields"):
            if row["field"] != "cot_them":
                # a number is compared as one, however it was typed
                plain = row if row["value_number"] is None else {**row, "value_text": None}
                values = tuple(_text(plain[name]) for name in FIELD_VALUES)
                fields.setdefault(row["record_id"], []).append(values)
        for row in reading.rows("records"):
            values = sorted(fields.get(row["record_id"], []), key=repr)
            found[("record", row["form_id"], row["record_kind"], *values)] += 1
    return found


@cache
def _codes() -> dict[str, str]:
    reference = load_reference(PROJECT / "data" / "reference")
    return {alias.alias_key: alias.award_code for alias in reference.award_aliases}


def _award(key: str | None) -> str | None:
    """The award a text names, however it is written; a text that names none as it is."""
    return _codes().get(key, key) if key else None


def _text(value: Any) -> Any:
    """Texts without regard to blanks, marks around them and where tones are placed; the rest as it is."""
    return match_key(value).strip(' .,;:"') if isinstance(value, str) else value
