"""The questions of ``thidua programme new``, one by one; an empty answer leaves a thing out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from pipelines.programmes.answers import Answers
from pipelines.programmes.given import AtLeast, AtMost, Once, Until, Yearly
from pipelines.reference.explain import explain_all
from pipelines.sentences import text

Ask = Callable[[str], str]
"""Asks a question and gives the answer; empty: none."""

_Count = Annotated[int, Field(ge=1)]
_Years = Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
_PHASE = re.compile(r"(.+?)\s*[:(]?\s*(\d{4})\s*[-–]\s*(\d{4})\)?")
_REACHED = ("collectives", "individuals", "households", "either")
_LETTER = ("agency", "symbol", "place", "signer")
_CLAUSED = ("plan", "registration", "periodic", "report", "interim", "final", "dossier")
_OF_DOSSIER = {
    "most": AtMost,
    "unit_most": AtMost,
    "leaders": AtMost,
    "direct": AtLeast,
    "years_rated": _Count,
}


class WrongAnswers(Exception):
    """The answers do not make a programme; the text says why."""


def ask_answers(programme_id: str, ask: Ask) -> Answers:
    """Ask everything there is to know.

    Args:
        programme_id: of the new programme.
        ask: asks one question.

    Raises:
        WrongAnswers: with a sentence for each answer that cannot be used.
    """
    data = _Questions(programme_id, ask).data
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        found = explain_all(error.errors(include_url=False), Answers, data)
        raise WrongAnswers("\n".join(said for _, said in found)) from None


class _Questions:
    """Asks in the order of a plan; `data` is what an answers file would hold."""

    def __init__(self, programme_id: str, ask: Ask) -> None:
        self._ask = ask
        self._start = programme_id.partition("-")[0]
        self.data: dict[str, Any] = {"id": programme_id}
        for key in ("title", "short_name", "issuing_body"):
            self.data[key] = self._said(key)
        self.data["document_number"] = self._said("document_number") or None
        self.data["years"] = [int(year) for year in (self._one("years", _Years) or "").split("-") if year]
        self.data["head"] = self._said("head")
        self._units()
        self._phases()
        self._registration()
        self.data["plan"] = self._one("plan", Once)
        self.data["periodic"] = self._several("periodic", _part_of_year)
        for key, kind in {"report": Yearly, "interim": Until, "final": Until}.items():
            self.data[key] = self._one(key, kind)
        self._dossier()
        self.data["letter"] = {key: self._said(key) or None for key in _LETTER}
        self._clauses()

    def _said(self, key: str, **values: str) -> str:
        return self._ask(text(f"programme.ask.{key}", **values)).strip()

    def _one(self, key: str, kind: Any, **values: str) -> Any:
        """The answer as its type takes it, asked again until it does; None: left out."""
        return self._until(key, TypeAdapter(kind).validate_python, **values)

    def _several(self, key: str, read: Callable[[str], Any], **values: str) -> list[Any]:
        """Answers with a semicolon between, all asked again until each can be read."""
        return self._until(key, lambda said: [read(one) for one in _parts(said)], **values) or []

    def _until(self, key: str, read: Callable[[str], Any], **values: str) -> Any:
        question = text(f"programme.ask.{key}", **values)
        asked = question
        while answer := self._ask(asked).strip():
            try:
                return read(answer)
            except ValueError:  # a ValidationError is one
                asked = text("programme.ask.again", given=answer, question=question)
        return None

    def _units(self) -> None:
        self.data["units"] = [
            {
                "id": f"{self._start}-LOAI-{number}",
                "name": name,
                "units": _parts(self._said("units", name=name)),
            }
            for number, name in enumerate(_parts(self._said("unit_types")), 1)
        ]
        self.data["fields"] = [
            {"name": name, "lead": self._said("lead", name=name) or None}
            for name in _parts(self._said("fields"))
        ]

    def _phases(self) -> None:
        self.data["phases"] = self._several("phases", _phase)
        for phase in self.data["phases"]:
            phase["registration"] = self._one("phase_registration", Once, name=phase["name"])

    def _registration(self) -> None:
        by_phase = any(phase["registration"] for phase in self.data["phases"])
        deadline = [] if by_phase else self._several("registration", _yearly)
        if not by_phase and not deadline:
            return
        asked: dict[str, Any] = {"deadline": deadline}
        if form := self._said("form"):
            asked |= {
                "form": f"{self._start}-DK",
                "form_title": form,
                "columns": _parts(self._said("columns")),
            }
        types = {group["name"]: group["id"] for group in self.data["units"]}
        numbers: dict[str, dict[str, Any]] = {}
        for key in _REACHED:
            for name, number in self._until(key, lambda said: _by_type(said, types)) or ():
                numbers.setdefault(name, {"of": [types[name]] if name else []})[key] = number
        self.data["registration"] = asked | {"numbers": list(numbers.values())}

    def _dossier(self) -> None:
        if deadline := self._several("dossier", _yearly):
            asked = {key: self._one(key, kind) for key, kind in _OF_DOSSIER.items()}
            if name := self._said("award"):
                asked["title"] = {"code": f"{self._start}-DANH-HIEU", "name": name}
            self.data["dossier"] = {"deadline": deadline, **asked}

    def _clauses(self) -> None:
        """The document's own words of everything that was answered; without them ``ĐIỀN`` stands there."""
        parts = ["programme", "units", *(one for one in ("fields", "phases") if self.data[one])]
        parts += [part for part in _CLAUSED if self.data.get(part)]
        dossier = self.data.get("dossier") or {}
        parts += [part for part in (*_OF_DOSSIER, "title") if dossier.get(part)]
        self.data["clauses"] = {}
        for part in parts:
            if clause := self._until("clause", _clause, part=text(f"programme.part.{part}")):
                self.data["clauses"][part] = clause


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split(";") if part.strip()]


def _yearly(said: str) -> Any:
    return TypeAdapter(Yearly).validate_python(said)


def _phase(said: str) -> dict[str, Any]:
    found = _PHASE.fullmatch(said)
    if not found:
        raise ValueError(said)
    return {"name": found[1], "years": [int(found[2]), int(found[3])]}


def _part_of_year(said: str) -> dict[str, Any]:
    """«quý I: trước 25/3»."""
    of, _, deadline = said.partition(":")
    return {"of": of.strip(), "deadline": _yearly(deadline.strip())}


def _by_type(said: str, types: Iterable[str]) -> list[tuple[str, Any]]:
    """One number for all, or «Các sở: ít nhất 01; Các xã: ít nhất 02»: type (empty: all) and number."""
    found = []
    for one in _parts(said):
        name, _, number = one.rpartition(":")
        if name.strip() and name.strip() not in types:
            raise ValueError(name)
        found.append((name.strip(), TypeAdapter(AtLeast).validate_python(number.strip())))
    return found


def _clause(said: str) -> dict[str, str]:
    """«III.2: gửi trước ngày 31 tháng 3»."""
    section, _, quote = said.partition(":")
    if not quote.strip():
        raise ValueError(said)
    return {"section": section.strip(), "quote": quote.strip()}
