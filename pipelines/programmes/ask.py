"""The questions of ``thidua programme new``, one by one; an empty answer leaves a thing out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from pipelines.programmes.answers import Answers
from pipelines.reference.explain import explain_all
from pipelines.sentences import text

Ask = Callable[[str], str]
"""Asks a question and gives the answer; empty: none."""


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

    data: dict[str, Any] = {
        "id": programme_id,
        "title": said("title"),
        "short_name": said("short_name"),
        "issuing_body": said("issuing_body"),
        "document_number": said("document_number") or None,
        "years": [_number(year) for year in said("years").split("-")],
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
    for key in ("plan_deadline", "report_deadline", "interim_deadline", "final_deadline"):
        data[key] = said(key) or None
    if day := said("registration"):
        data["registration"] = {"deadline": day, "collectives": _number(said("collectives") or "0")}
        data["registration"]["individuals"] = _number(said("individuals") or "0")
    if day := said("dossier"):
        most = said("most")
        rated = said("years_rated")
        data["dossier"] = {"deadline": day, "most": _number(most) if most else None}
        data["dossier"]["years_rated"] = _number(rated) if rated else None
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        found = explain_all(error.errors(include_url=False), Answers, data)
        raise WrongAnswers("\n".join(said for _, said in found)) from None


def _number(written: str) -> int | str:
    return int(written) if written.strip().isdigit() else written
