"""``thidua programme new``: a programme's folder written from answers, with clauses to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.common.yaml_files import read_plain
from pipelines.forms.registry import load_catalogue
from pipelines.programmes.answers import Answers, UnitGroup
from pipelines.programmes.codes import code_of, start_of
from pipelines.reference.models.base import TO_FILL

TEMPLATES = Path(__file__).parent / "folder"
HEAD = "TINH"
COLUMNS = (
    "unit_code", "name", "unit_type", "parent_code", "programme_id", "valid_from", "valid_to",
    "successor_code", "agency_code", "official_name",
)  # fmt: skip


class FolderThere(Exception):
    """The programme has a folder already."""


class NoList(Exception):
    """A list of units is not there, or has no names; the text is its file."""


def write_programme(answers: Answers, reference: Path) -> list[Path]:
    """Write ``programmes/<id>`` of a reference folder.

    Args:
        answers: what is known of the plan.
        reference: the reference folder.

    Returns:
        The files, in the order in which one fills them in.

    Raises:
        FolderThere: the programme has a folder already; nothing was written.
        NoList: a list of units is not there, or has no column of names; nothing was written.
    """
    folder = reference / "programmes" / answers.id
    if folder.exists():
        raise FolderThere(answers.id)
    start = start_of(answers.id, answers.years[0])
    units = [row for group in answers.units for row in _units(answers, group, start, reference)]
    told: dict[str, Any] = {
        "a": answers,
        "start": start,
        "seed": answers.id.lower(),
        "cite": f"{{seed: {answers.id.lower()}, section: {TO_FILL}, quote: {TO_FILL}}}",
        "taken": _taken(answers),
        "minima": _minima(answers, start),
        "types": [group.id for group in answers.units],
        "fields": [
            (f"{start}-{letter}", letter, one) for letter, one in zip(_LETTERS, answers.fields, strict=False)
        ],
        "code": lambda name: next(row["unit_code"] for row in units if row["name"] == name),
        "window": f"{start}_NAM_LIEN_TRUOC".replace("-", "_"),
    }
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False,  # noqa: S701 - YAML, no page
    )  # fmt: skip
    environment.filters["quoted"] = _quoted
    folder.mkdir(parents=True)
    written = []
    for template in sorted(TEMPLATES.glob("*.j2")):
        content = environment.get_template(template.name).render(told)
        # a file without an item is none: the programme has nothing of its kind
        if content.strip() and not content.rstrip().endswith(":"):
            path = folder / template.name.removesuffix(".j2").split("-", 1)[1]
            path.write_text(content, encoding="utf-8")
            written.append(path)
    path = folder / "units.csv"
    path.write_text(_as_csv([_head(answers, start), *units]), encoding="utf-8")
    return [*written, path]


_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _minima(answers: Answers, start: str) -> list[str]:
    """The ids of the numbers that a yearly registration must reach."""
    if answers.registration is None:
        return []
    asked = {"TT": answers.registration.collectives, "CN": answers.registration.individuals}
    return [f"Q-{start}-{kind}" for kind, number in asked.items() if number]


def _taken(answers: Answers) -> list[str]:
    """The forms of other programmes that the answers name."""
    named = [one.form for one in (answers.registration, answers.dossier) if one]
    forms = load_catalogue().forms
    return [name for name in named if name in forms and forms[name].programmes is not None]


def _quoted(value: object) -> str:
    """A text as YAML writes it between braces too, on one line."""
    said = " ".join(str(value).split()).replace("'", "''")
    return f"'{said}'"


def _head(answers: Answers, start: str) -> dict[str, str]:
    return {
        "unit_code": start, "name": answers.head, "unit_type": HEAD, "programme_id": answers.id,
        "official_name": _official(answers.head),
    }  # fmt: skip


def _official(name: str) -> str:
    """How the body of a territory is addressed: ``UBND xã Đồi Thông``; other bodies by their name alone."""
    words = read_plain(TEMPLATES / "territories.yml")
    found = next((word for word in words["territories"] if re.match(rf"{word} [^\W\d_]", name)), None)
    whole = found and name[len(found) + 1].isupper()
    return str(words["body"]).format(name=name[0].lower() + name[1:]) if whole else ""


def _units(answers: Answers, group: UnitGroup, start: str, reference: Path) -> Iterator[dict[str, str]]:
    names = [(name, "") for name in group.units]
    if group.from_list:
        path = reference / "organisation" / group.from_list
        if not path.is_file():
            raise NoList(group.from_list)
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        if not rows or "ten" not in rows[0]:
            raise NoList(group.from_list)
        names += [(" ".join(row["ten"].split()), row.get("valid_from", "")) for row in rows]
    for name, since in names:
        yield {
            "unit_code": code_of(start, name),
            "name": name,
            "unit_type": group.id,
            "parent_code": start,
            "programme_id": answers.id,
            "valid_from": since,
            "official_name": _official(name),
        }


def _as_csv(rows: list[dict[str, str]]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()
