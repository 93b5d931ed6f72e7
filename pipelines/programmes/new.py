"""``thidua programme new``: a programme's folder written from answers, with clauses to fill in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.forms.registry import load_catalogue
from pipelines.programmes.addressed import TEMPLATES, letter_of
from pipelines.programmes.answers import Allowed, Answers, Dossier, Part, PhaseOf
from pipelines.programmes.codes import code_of, start_of
from pipelines.programmes.columns import CLASSED, called
from pipelines.programmes.own_form import (
    FormOf,
    asked_columns,
    asked_forms,
    forms_of,
    has_fields,
    only_kind,
    told_apart,
)
from pipelines.programmes.refused import Refused
from pipelines.programmes.said import period
from pipelines.programmes.taking_part import as_csv, units_of
from pipelines.reference.deadlines import ROMAN
from pipelines.reference.models.base import TO_FILL
from pipelines.sentences import named


class FolderThere(Refused):
    """The programme has a folder already; the text is its id."""

    key = "programme.there"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of the answers."""

    files: list[Path]
    """In the order in which one fills them in."""
    forms: list[FormOf]
    """Those of its own."""


def write_programme(answers: Answers, reference: Path) -> Written:
    """Write ``programmes/<id>`` of a reference folder: all of it, or nothing.

    Args:
        answers: what is known of the plan.
        reference: the reference folder.

    Raises:
        FolderThere: the programme has a folder already.
        NoList: a list of units is not there, or has no column of names.
        SameForm: registrations and proposals cannot be told apart.
        NoNameColumn: a form has no column of names.
        SameLabel: two columns of a form are printed in the same words.
        UnknownMeaning: a column is said to mean one that nobody knows.
        NoColumn: a form lacks a column that something counted needs.
    """
    folder = reference / "programmes" / answers.id
    if folder.exists():
        raise FolderThere(answers.id)
    answers = told_apart(answers, reference)
    forms = forms_of(answers, reference)
    contents = _contents(answers, forms, reference)
    try:
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Written([folder / name for name in contents], [form for form in forms.values() if form])


def _contents(answers: Answers, forms: Mapping[str, FormOf | None], reference: Path) -> dict[str, str]:
    """What stands in each file of the folder."""
    start = start_of(answers.id, answers.years[0])
    units = units_of(answers, start, reference)
    told = _told(answers, start, units, forms, reference)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False,  # noqa: S701 - YAML, no page
    )  # fmt: skip
    environment.filters["quoted"] = _quoted
    contents = {}
    for template in sorted(TEMPLATES.glob("[0-9]*.j2")):
        content = environment.get_template(template.name).render(told)
        # a file without an item is none: the programme has nothing of its kind
        if content.strip() and not content.rstrip().endswith(":"):
            contents[template.name.removesuffix(".j2").split("-", 1)[1]] = content
    for part, form in forms.items():
        if form:
            must = [column for column, _ in told["asked"][part]]
            own = told | {"form": form, "must": must}
            contents[f"forms/{form.id}/form.yml"] = environment.get_template("form.yml.j2").render(own)
    return contents | {"units.csv": as_csv(units)}


def _told(
    answers: Answers,
    start: str,
    units: list[dict[str, str]],
    forms: Mapping[str, FormOf | None],
    reference: Path,
) -> dict[str, Any]:
    """What the templates of a folder are filled in with."""
    seed = answers.id.lower()
    types = [group.id for group in answers.units]
    numbers = list(_numbers(answers, start, types))
    asked = asked_forms(answers)
    dossier = answers.dossier
    proposed = (only_kind(dossier) if dossier else None) or "ca_nhan"
    caps = {
        "unit_most": list(_caps(f"Q-{start}-TRAN-DV", dossier.unit_most if dossier else None)),
        "most": list(_caps(f"Q-{start}-TRAN", dossier.most if dossier else None)),
    }
    phases = [
        {
            "id": f"{start}-GD{number}",
            "name": one.name,
            "years": one.years,
            "registration": one.registration,
            "said": _said(number, one),
        }
        for number, one in enumerate(answers.phases, 1)
    ]
    periodic = [
        {"code": code_of("BC", one.of), "of": one.of, "names": period(one.of), "deadline": one.deadline}
        for one in answers.periodic
    ]
    registrations = (
        [f"{start}-DK{number}" for number, one in enumerate(answers.phases, 1) if one.registration]
        if answers.by_phase
        else [f"{start}-DK-{{year}}"]
    )

    def cite(*parts: Part) -> str:
        clause = answers.clause(*parts)
        section = _quoted(clause.section) if clause else TO_FILL
        quote = _quoted(clause.quote) if clause else TO_FILL
        return f"{{seed: {seed}, section: {section}, quote: {quote}}}"

    return {
        "a": answers,
        "start": start,
        "seed": seed,
        "cite": cite,
        "taken": _taken(answers, reference),
        "types": types,
        "years": list(range(answers.years[0], answers.years[1] + 1)),
        "basis": "per_phase" if answers.by_phase else "per_year",
        "numbers": numbers,
        "limits": _limits(numbers),
        "shares": list(_shares(answers.dossier)) if answers.dossier else [],
        "caps": caps,
        "limits_of": _limits,
        "called_shares": called()["shares"],
        "classes": called()["classes"],
        "classed": CLASSED,
        "names": called()["papers"],
        "phases": phases,
        "periodic": periodic,
        "registrations": registrations,
        "participants": [
            "DOC-KEHOACH",
            "DOC-BCNAM",
            *(["DOC-BCKY"] if periodic else []),
            *([answers.registration.form] if answers.registration else []),
        ],
        "fields": [
            (f"{start}-{letter}", letter, one) for letter, one in zip(_LETTERS, answers.fields, strict=False)
        ],
        "asked": {part: asked_columns(one, forms[part], reference) for part, one in asked.items()},
        "with_fields": "registration" in asked
        and has_fields(asked["registration"], forms["registration"], reference),
        "code": lambda name: next(row["unit_code"] for row in units if row["name"] == name),
        "letter": letter_of(answers),
        "proposed": proposed,
        "proposed_called": named("kind", proposed),
        "window": f"{start}_NAM_LIEN_TRUOC".replace("-", "_"),
    }


def _numbers(answers: Answers, start: str, types: list[str]) -> Iterator[dict[str, Any]]:
    """How many each type of units registers: one quota for each kind and each list of types."""
    for reached in answers.registration.numbers if answers.registration else ():
        owner = "-".join(one.removeprefix(f"{start}-") for one in reached.of)
        for suffix, kind, counted, number in reached.numbers():
            code = f"{owner}-{suffix}" if owner else suffix
            yield {
                "id": f"Q-{start}-{code}", "types": list(reached.of) or types, "kind": kind,
                "counted": counted, "number": number,
            }  # fmt: skip


def _caps(code: str, allowed: Allowed | None) -> Iterator[dict[str, Any]]:
    """How many may be proposed: one quota for each kind, that of persons under the code alone."""
    for suffix, kind, counted, number in allowed.numbers() if allowed else ():
        owner = code if suffix == "CN" else f"{code}-{suffix}"
        yield {"id": owner, "kind": kind, "counted": counted, "number": number}


def _limits(quotas: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The ids of the quotas with a least, and of those with a most."""
    return {
        "min": [one["id"] for one in quotas if one["number"].least is not None],
        "max": [one["id"] for one in quotas if one["number"].most is not None],
    }


def _shares(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """The shares asked for, of all units together or of each."""
    for part, code, share, number, by_unit in (
        ("leaders", "LANHDAO", "lanh_dao", dossier.leaders, False),
        ("direct", "TRUCTIEP", "truc_tiep", dossier.direct, False),
        ("unit_leaders", "LANHDAO-DV", "lanh_dao", dossier.unit_leaders, True),
        ("unit_direct", "TRUCTIEP-DV", "truc_tiep", dossier.unit_direct, True),
    ):
        if number:
            yield {"part": part, "code": code, "share": share, "number": number, "by_unit": by_unit}


def _said(number: int, phase: PhaseOf) -> list[str]:
    """How a form may name a phase."""
    years = f"{phase.years[0]} {phase.years[1]}"
    roman = ROMAN[number - 1] if number <= len(ROMAN) else str(number)
    return list(dict.fromkeys((
        str(number), roman, f"GĐ{number}", years, f"{number} {years}", f"{roman} {years}",
        f"{number} từ năm {phase.years[0]} đến năm {phase.years[1]}",
    )))  # fmt: skip


_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _taken(answers: Answers, reference: Path) -> list[str]:
    """The forms of other programmes that the answers name."""
    named = [one.form for one in (answers.registration, answers.dossier) if one]
    forms = load_catalogue(reference).forms
    return [name for name in named if name in forms and forms[name].programmes is not None]


def _quoted(value: object) -> str:
    """A text as YAML writes it between braces too, on one line."""
    said = " ".join(str(value).split()).replace("'", "''")
    return f"'{said}'"
