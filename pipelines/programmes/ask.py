"""The questions of ``thidua programme new``, one by one; an empty answer leaves a thing out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from pipelines.programmes.answers import Answers, MonthDay, OneDay
from pipelines.reference.explain import explain_all
from pipelines.sentences import text

Ask = Callable[[str], str]
"""Asks a question and gives the answer; empty: none."""


_Count = Annotated[int, Field(ge=0)]
_Years = Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
_DEADLINES = {
    "plan_deadline": OneDay,
    "report_deadline": MonthDay,
    "interim_deadline": OneDay,
    "final_deadline": OneDay,
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

    def said(key: str) -> str:
        return ask(text(f"programme.ask.{key}")).strip()

    def listed(key: str) -> list[str]:
        return [part.strip() for part in said(key).split(";") if part.strip()]

    def checked(key: str, kind: Any) -> Any:
        """The answer as its type takes it, asked again until it does; None: left out."""
        question = text(f"programme.ask.{key}")
        while answer := ask(question).strip():
            try:
                return TypeAdapter(kind).validate_python(answer)
            except ValidationError:
                question = text("programme.ask.again", given=answer, question=text(f"programme.ask.{key}"))
        return None

    data: dict[str, Any] = {
        "id": programme_id,
        "title": said("title"),
        "short_name": said("short_name"),
        "issuing_body": said("issuing_body"),
        "document_number": said("document_number") or None,
        "years": [int(year) for year in (checked("years", _Years) or "").split("-") if year],
        "head": said("head"),
        "units": [],
    }
    start = programme_id.partition("-")[0]
    for number, name in enumerate(listed("unit_types"), 1):
        units = [one.strip() for one in ask(text("programme.ask.units", name=name)).split(";") if one.strip()]
        data["units"].append({"id": f"{start}-LOAI-{number}", "name": name, "units": units})
    data["fields"] = []
    for name in listed("fields"):
        lead = ask(text("programme.ask.lead", name=name)).strip()
        data["fields"].append({"name": name, "lead": lead or None})
    for key, kind in _DEADLINES.items():
        data[key] = checked(key, kind)
    if day := checked("registration", MonthDay):
        data["registration"] = {"deadline": day, "collectives": checked("collectives", _Count) or 0}
        data["registration"]["individuals"] = checked("individuals", _Count) or 0
    if day := checked("dossier", MonthDay):
        most, rated = checked("most", _Count), checked("years_rated", _Count)
        data["dossier"] = {"deadline": day, "most": most, "years_rated": rated}
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        found = explain_all(error.errors(include_url=False), Answers, data)
        raise WrongAnswers("\n".join(said for _, said in found)) from None
