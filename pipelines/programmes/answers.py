"""What one must know of a plan to enter it, asked one by one or taken from a YAML file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from pipelines.reference.errors import Problems, ReferenceError
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.base import Code, Day, Model, Text, Whole, Year


def _month_day(value: Any) -> str:
    """``12-15`` of what stands for the 15th of December: ``12-15``, ``15/12``."""
    text = str(value).strip()
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", text):
        text = f"{int(found[2]):02}-{int(found[1]):02}"
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise ValueError(f"«{value}» không phải một ngày của hằng năm; ghi như 12-15 hoặc 15/12") from None
    return text


def _day(value: Any) -> Any:
    """A day as people write it, ``31/3/2026``, as the data have it."""
    found = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", value) if isinstance(value, str) else None
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value


MonthDay = Annotated[str, BeforeValidator(_month_day)]
"""A day of every year: ``12-15``."""
OneDay = Annotated[Day, BeforeValidator(_day)]
"""A day that comes once."""


class UnitGroup(Model):
    """Units that the document names together: by name, or every row of a list of organisation/*.csv."""

    id: Code
    name: Text
    units: tuple[Text, ...] = ()
    from_list: Text | None = None
    """A file of organisation/ with a column ``ten``: ``units_lang_son_communes_2025.csv``."""


class FieldOf(Model):
    """A field (lĩnh vực), and the unit that leads it where one does."""

    name: Text
    lead: Text | None = None


class Registration(Model):
    """Yearly registration of models: by which form, until when, at least how many."""

    form: Code = "HCM-DSDK"
    deadline: MonthDay
    collectives: Annotated[Whole, Field(ge=0)] = 0
    individuals: Annotated[Whole, Field(ge=0)] = 0


class Title(Model):
    """An award that only this programme gives."""

    code: Code
    name: Text


class Dossier(Model):
    """Yearly proposals: by which form, with which papers, how many over all units, and what is given once."""

    form: Code = "LS-DSDN"
    deadline: MonthDay
    papers: tuple[Code, ...] = ("DOC-TOTRINH", "DOC-BIENBAN")
    most: Annotated[Whole, Field(ge=1)] | None = None
    years_rated: Annotated[Whole, Field(ge=1)] | None = None
    """So many years just before the proposal with «hoàn thành tốt nhiệm vụ» or better."""
    title: Title | None = None


class Answers(Model):
    """Everything asked; what a plan does not have stays out."""

    id: Code
    short_name: Text
    title: Text
    issuing_body: Text
    document_type: Text = "Kế hoạch"
    document_number: Text | None = None
    document_date: OneDay | None = None
    years: tuple[Year, Year]
    head: Text
    """The body the units send to: the province, the city."""
    units: Annotated[tuple[UnitGroup, ...], Field(min_length=1)]
    fields: tuple[FieldOf, ...] = ()
    plan_deadline: OneDay | None = None
    registration: Registration | None = None
    report_deadline: MonthDay | None = None
    interim_deadline: OneDay | None = None
    final_deadline: OneDay | None = None
    dossier: Dossier | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.years[0] > self.years[1]:
            raise ValueError("years: năm đầu sau năm cuối")
        named = {unit for group in self.units for unit in group.units}
        for field in self.fields:
            if field.lead and field.lead not in named:
                raise ValueError(f"fields: đơn vị chủ trì «{field.lead}» không có trong units")
        return self


def read_answers(path: Path) -> Answers:
    """The answers of a YAML file.

    Raises:
        ReferenceError: with every mistake, each with file and line.
    """
    problems = Problems(path.parent)
    answers, _ = model_from_yaml(path, Answers, problems)
    problems.stop_if_any()
    if answers is None:
        raise ReferenceError(problems.found)
    return answers
