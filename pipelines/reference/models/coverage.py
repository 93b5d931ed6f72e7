"""The cells of phase coverage as data (docs/contract.md#published)."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from pipelines.reference.models.base import (
    Citations,
    Code,
    Day,
    DayPattern,
    Flag,
    Model,
    Text,
    Whole,
    Year,
    YearList,
)

Test = Literal[
    "document",
    "registration_counts",
    "report_counts",
    "goal_and_solution",
    "bloc",
    "conference",
    "mau_04",
    "report_with_table",
    "cap_use",
    "phase_registration",
    "field_quota",
    "whole_period_quota",
]


class CellPeriod(Model):
    """The period of a cell that is not one of a series of years."""

    label: Text
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")


class Expects(Model):
    """Which units a cell expects."""

    unit_types: tuple[Code, ...] = ()
    units: tuple[Code, ...] = ()


class Requirement(Model):
    """A form or document that meets a requirement, with its year and what its title must name where asked."""

    form: Code
    year: Year | Literal["{year}"] | None = None
    title_names: tuple[Text, ...] = ()
    """The title names one of these: the programme's subject, its plan, or its phase (``2021 - 2025``)."""
    scans: Flag = False
    """A scan, known by its file's name and without a title, meets it too."""


class FieldCell(Model):
    """One field of a cell that repeats by field (TP.HCM's lĩnh vực)."""

    field: Code
    expects: Expects
    also_counts: Expects = Expects()
    joint_policy: Code | None = None
    minima: tuple[Code, ...]


class DueDate(Model):
    """Something due, or a pattern with {year} and {letter}: of whom, for when, until which day.

    `deadline` is the day the document names («trước ngày X»: X, `exclusive`). `deadline_text_vi` is how the
    document says it, with {ngay}, {thang}, {quy}, {nam} in place of the day, so that the day stands once.
    """

    cell: Text
    label_vi: Text
    period: CellPeriod | None = None
    phase: Code | None = None
    years: YearList | None = None
    also_years: tuple[Whole, ...] = ()
    """Years in which the deadline holds too, though the cell is not counted in them."""
    expects: Expects = Expects()
    forms: tuple[Code, ...] = ()
    travels: tuple[Code, ...] = ()
    """Forms and dossiers that go with the cell's own: they have the cell's deadline, not its status."""
    first_day: Day | None = None
    deadline: DayPattern | None = None
    deadline_from_unit: Literal["party_congress_date"] | None = None
    deadline_wording: Literal["exclusive", "inclusive"] | None = None
    deadline_text_vi: str | None = None
    due: Literal["end", "start"] = "end"
    expected_on: Literal["start", "due"] = "start"
    """Of whom it is expected: those of the first day of the period, or of the day it is due. Whoever was
    abolished by then has handed it to its successor either way."""
    cite: Citations

    @model_validator(mode="after")
    def _one_period(self) -> Self:
        if sum(part is not None for part in (self.period, self.phase, self.years)) != 1:
            raise ValueError(f"ô {self.cell} phải có đúng một trong period, phase, years")
        if (self.deadline or self.deadline_from_unit) and self.deadline_wording is None:
            raise ValueError(f"ô {self.cell} có hạn nhưng thiếu deadline_wording")
        return self


class Cell(DueDate):
    """A cell of coverage: something due that is counted, of which units and how."""

    stage: Text
    by_field: tuple[FieldCell, ...] = ()
    test: Test
    requires: tuple[tuple[Requirement, ...], ...] = ()
    filled_fields: tuple[str, ...] = ()
    minima: tuple[Code, ...] = ()
    caps: tuple[Code, ...] = ()
    optional: Flag = False


class CoverageFile(Model):
    """coverage.yaml."""

    version: Whole
    cells: tuple[Cell, ...]
    deadlines: tuple[DueDate, ...] = ()
    """What is due without being a cell: its day is known to rules and letters."""


class PolicyDef(Model):
    """A policy: what is ambiguous, the reading in force, and the values a setting may take."""

    id: Code
    ambiguity: str
    group: str
    default_value: Any
    default_text: Text
    is_setting: Flag
    allowed_values: tuple[Any, ...] = ()
    values_vi: dict[str, Text] = Field(default_factory=dict)
    """What each allowed value says that is not the default."""
    pattern_vi: Text | None = None
    """What a value of the shape says that is not the default; its parts in braces."""
    shape: (
        Literal[
            "year",
            "day_or_none",
            "positive_integer",
            "year_range",
            "years_by_subject",
            "years_within",
            "year_by_phase",
            "target_band",
        ]
        | None
    ) = None
    seed_refs: tuple[str, ...] = ()


class PoliciesFile(Model):
    """policies.yaml."""

    version: Whole
    note: str | None = None
    policies: tuple[PolicyDef, ...]
