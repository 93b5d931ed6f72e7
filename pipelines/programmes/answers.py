"""What one must know of a plan to enter it, asked one by one or taken from a YAML file.

Days and numbers are taken as documents say them: «trước ngày 31/3», «ít nhất 02» (``said.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, InstanceOf, model_validator

from pipelines.programmes.given import (
    AtLeast,
    AtMost,
    Once,
    Rounds,
    Signed,
    Text,
    Whole,
    Yearly,
    Years,
)
from pipelines.programmes.owed import DayAlone, Owed, OwedPlan, OwedReport, OwedReview
from pipelines.programmes.said import Bounds
from pipelines.reference.errors import Problems, ReferenceError
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.base import Code, Model, RecipientKind
from pipelines.reference.said import unknown

Part = Literal[
    "programme",
    "units",
    "phases",
    "fields",
    "plan",
    "registration",
    "numbers",
    "periodic",
    "report",
    "interim",
    "final",
    "dossier",
    "papers",
    "most",
    "unit_most",
    "leaders",
    "direct",
    "unit_leaders",
    "unit_direct",
    "years_rated",
    "title",
]
"""What of a plan has a clause; parts of a registration or a dossier that have none have that of the whole."""


class Clause(Model):
    """Where the document says something, and its words."""

    section: Text
    quote: Text


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


class PhaseOf(Model):
    """A phase of the plan; with a day where units register once in it."""

    name: Text
    years: Years
    registration: Once | None = None


class OfKinds(Model):
    """How many of each kind."""

    collectives: InstanceOf[Bounds] | None = None
    individuals: InstanceOf[Bounds] | None = None
    households: InstanceOf[Bounds] | None = None
    either: InstanceOf[Bounds] | None = None
    """Collectives and persons counted together: «01 tập thể hoặc 01 cá nhân»."""

    def numbers(self) -> Iterator[tuple[str, str, str, Bounds]]:
        """Suffix of the code, the document's kind, the kinds counted and the number of each given."""
        for suffix, kind, counted, number in (
            ("TT", "tap_the", "tap_the", self.collectives),
            ("CN", "ca_nhan", "ca_nhan", self.individuals),
            ("HO", "gia_dinh", "gia_dinh", self.households),
            ("CHUNG", "tap_the OR ca_nhan", "tap_the, ca_nhan", self.either),
        ):
            if number:
                yield suffix, kind, counted, number


class Reached(OfKinds):
    """How many each unit registers in a year or phase; of some types of units, or of all."""

    of: tuple[Code, ...] = ()
    collectives: AtLeast | None = None
    individuals: AtLeast | None = None
    households: AtLeast | None = None
    either: AtLeast | None = None


class Allowed(OfKinds):
    """How many may be proposed of each kind; a number alone is of persons."""

    collectives: AtMost | None = None
    individuals: AtMost | None = None
    households: AtMost | None = None
    either: AtMost | None = None


Most = Annotated[Allowed, BeforeValidator(lambda value: _of_persons(value))]


def _of_persons(value: Any) -> Any:
    return value if isinstance(value, dict | Allowed) else {"individuals": value}


class OwnForm(Model):
    """A form: of the catalogue by its code, or a new one by its title and its columns as printed."""

    form: Code
    form_title: Text | None = None
    columns: tuple[Text, ...] = ()


class Registration(OwnForm, Owed):
    """Registration of models every year, or in each phase that has a day for it."""

    form: Code = "HCM-DSDK"
    deadline: Rounds = ()
    numbers: tuple[Reached, ...] = ()


class PartOfYear(Model):
    """A report of less than a year: «quý I», «6 tháng đầu năm», and until when."""

    of: Text
    units: tuple[Code, ...] = ()
    """Of some types of units, or of all: ``of`` is the part of the year."""
    deadline: Yearly


class Title(Model):
    """An award that only this programme gives."""

    code: Code
    name: Text
    kinds: tuple[RecipientKind, ...] = ()
    """To whom it is given; none: to those whom the caps count."""


class Dossier(OwnForm, Owed):
    """Yearly proposals: of whom, by which form, with which papers, how many, and what is given once."""

    form: Code = "LS-DSDN"
    deadline: Annotated[Rounds, Field(min_length=1)]
    papers: tuple[Code, ...] = ("DOC-TOTRINH", "DOC-BIENBAN")
    most: Most | None = None
    """Over all units."""
    unit_most: Most | None = None
    """By each unit."""
    leaders: AtMost | None = None
    """The share of leaders among the persons of all units, in percent: «không quá 20%»."""
    direct: AtLeast | None = None
    """The share of those who work directly, in percent: «ít nhất 60%»."""
    unit_leaders: AtMost | None = None
    unit_direct: AtLeast | None = None
    """The same shares among the persons of each unit: «không quá 20% tổng số cá nhân của mỗi đơn vị»."""
    years_rated: Annotated[Whole, Field(ge=1)] | None = None
    """So many years just before the proposal with «hoàn thành tốt nhiệm vụ» or better."""
    title: Title | None = None


class Letterhead(Model):
    """Who writes to the units; what is not given is to fill in."""

    superior: Text | None = None
    agency: Text | None = None
    symbol: Text | None = None
    place: Text | None = None
    signer: Text | None = None


_OWED = ("plan", "registration", "report", "interim", "final", "dossier")
"""What some types of units may owe alone; of parts of a year each has its own."""


class Answers(Model):
    """Everything asked; what a plan does not have stays out."""

    id: Code
    short_name: Text
    title: Text
    issuing_body: Text
    document_type: Text = "Kế hoạch"
    document_number: Text | None = None
    document_date: Signed | None = None
    years: Years
    head: Text
    """The body the units send to: the province, the city, the ministry."""
    units: Annotated[tuple[UnitGroup, ...], Field(min_length=1)]
    fields: tuple[FieldOf, ...] = ()
    phases: tuple[PhaseOf, ...] = ()
    plan: Annotated[OwedPlan | None, DayAlone] = None
    registration: Registration | None = None
    periodic: tuple[PartOfYear, ...] = ()
    report: Annotated[OwedReport | None, DayAlone] = None
    interim: Annotated[OwedReview | None, DayAlone] = None
    final: Annotated[OwedReview | None, DayAlone] = None
    dossier: Dossier | None = None
    letter: Letterhead = Letterhead()
    clauses: dict[Part, Clause] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.years[0] > self.years[1]:
            raise ValueError("years: năm đầu sau năm cuối")
        named = {unit for group in self.units for unit in group.units}
        for field in self.fields:
            if field.lead and field.lead not in named:
                said = unknown("đơn vị trong units", field.lead, sorted(named))
                raise ValueError(f"fields: cơ quan chủ trì: {said}")
        self._check_types()
        self._check_registration()
        for phase in self.phases:
            if phase.years[0] > phase.years[1]:
                raise ValueError(f"phases: «{phase.name}»: năm đầu sau năm cuối")
        return self

    def _check_registration(self) -> None:
        by_phase = any(phase.registration for phase in self.phases)
        if self.registration is None:
            if by_phase:
                raise ValueError("phases có registration (hạn đăng ký) nhưng thiếu khối registration")
            return
        if by_phase == bool(self.registration.deadline):
            raise ValueError(
                "registration: cần hạn hằng năm (deadline), "
                "hoặc hạn của từng giai đoạn (phases: registration), không cả hai"
            )
        registers = self.types_of(self.registration)
        for number in self.registration.numbers:
            for one in number.of:
                if one not in registers:
                    raise ValueError(f"numbers: {unknown('nhóm phải đăng ký', one, registers)}")

    def _check_types(self) -> None:
        types = [group.id for group in self.units]
        owed = {part: getattr(self, part) for part in _OWED}
        named = [(part, one.of) for part, one in owed.items() if one]
        named += [("periodic", one.units) for one in self.periodic]
        named += [("numbers", one.of) for one in (self.registration.numbers if self.registration else ())]
        for part, groups in named:
            for one in groups:
                if one not in types:
                    raise ValueError(f"{part}: {unknown('loại đơn vị trong units', one, types)}")

    def types_of(self, owed: Owed | PartOfYear | None) -> list[str]:
        """The types of units that owe something: those it names, or all."""
        named = owed.units if isinstance(owed, PartOfYear) else owed.of if owed else ()
        return [group.id for group in self.units if not named or group.id in named]

    @property
    def unnumbered(self) -> list[UnitGroup]:
        """The types of units that register while the numbers are of others alone."""
        numbers = self.registration.numbers if self.registration else ()
        told = {one for number in numbers for one in number.of}
        if not told or any(not number.of for number in numbers):
            return []
        owing = self.types_of(self.registration)
        return [group for group in self.units if group.id in owing and group.id not in told]

    @property
    def by_phase(self) -> bool:
        """Whether units register once a phase, not every year."""
        return any(phase.registration for phase in self.phases)

    def clause(self, *parts: Part) -> Clause | None:
        """The clause of the first of these that has one."""
        return next((self.clauses[part] for part in parts if part in self.clauses), None)


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
