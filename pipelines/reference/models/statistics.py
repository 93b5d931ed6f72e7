"""The ministry's yearly tables: `statistics.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipelines.reference.models.base import AwardLevel, Code, Day, Flag, Model, RecipientKind, Text, Whole


class StatisticsRow(Model):
    """A row: what of the awards it counts; a heading counts nothing, ``not_told`` is not in the data."""

    id: Text
    label: Text
    unit: Text | None = None
    heading: Flag = False
    not_told: Flag = False
    by: Literal["all", "kind", "class", "manner", "programme"] | None = None
    values: tuple[Text, ...] = ()
    awards: tuple[Code, ...] = ()
    """Awards that by themselves say the manner."""


class StatisticsColumn(Model):
    """A column of the form; without ``kinds`` it is not parted by recipient kind."""

    id: Text
    number: Text
    label: Text
    awards: tuple[Code, ...] = ()
    kinds: tuple[RecipientKind, ...] = ()
    each_vi: Text | None = None
    """One column per award, on paper those with a number; the word stands where none has."""
    rest: Flag = False
    """The awards of the level that no other column names."""


class OutsideRow(Model):
    """A row outside the form: what the data do not say of ``by``."""

    id: Text
    by: Literal["class", "manner", "programme", "undated"]
    label: Text


class StatisticsTable(Model):
    """One table with the days its layout is in force."""

    id: Text
    number: Text
    title: Text
    document_vi: Text
    due_vi: Text
    issued_on: Day
    valid_to: Day
    levels: tuple[AwardLevel, ...] = Field(min_length=1)
    rows: tuple[StatisticsRow, ...] = Field(min_length=1)
    columns: tuple[StatisticsColumn, ...] = Field(min_length=1)


class StatisticsFile(Model):
    """statistics.yaml."""

    version: Whole
    year_from_month: Annotated[Whole, Field(ge=1, le=12)]
    """The month of the year before in which a statistical year begins."""
    outside_rows: tuple[OutsideRow, ...]
    tables: tuple[StatisticsTable, ...]
