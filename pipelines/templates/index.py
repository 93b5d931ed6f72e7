"""The page that lies beside the templates: which file is what, for whom, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.forms.registry import Catalogue
from pipelines.reference.deadlines import Deadline, deadlines
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.text.dates_vi import format_date

NAME = "Đọc trước - Danh mục biểu mẫu.html"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Line:
    """One template for the units of one programme; of all programmes where ``programme`` is None."""

    file: str
    form: str
    code: str
    programme: str | None
    units: tuple[str, ...]
    due: tuple[str, ...]


def lines_of(
    templates: Iterable[tuple[Path, str]], catalogue: Catalogue, reference: Reference, settings: Settings
) -> list[Line]:
    """The lines of the index, in the order of the templates; a form of several programmes has one for each.

    Args:
        templates: each file with the form it is a blank of.
        catalogue: the known forms.
        reference: programmes, unit types and deadlines.
        settings: the policies in force, which say what «before a day» means.
    """
    policies = {name: settings.policy(reference, name) for name in reference.policies}
    known = deadlines(reference, policies)
    return [
        line
        for path, form in templates
        for line in _lines(path.name, form, catalogue.forms[form].official_label, known, reference)
    ]


def _lines(file: str, form: str, label: str, known: list[Deadline], reference: Reference) -> list[Line]:
    asked = [one for one in known if form in one.forms]
    if not asked:
        return [Line(file, label, form, None, (), ())]
    return [
        Line(
            file,
            label,
            form,
            reference.programme(programme).short_name,
            _units([one for one in asked if one.programme_id == programme], reference),
            _due([one for one in asked if one.programme_id == programme]),
        )
        for programme in dict.fromkeys(one.programme_id for one in asked)
    ]


def _units(asked: list[Deadline], reference: Reference) -> tuple[str, ...]:
    types = dict.fromkeys(unit_type for one in asked for unit_type in one.unit_types)
    return tuple(reference.unit_types[name].name for name in types)


def _due(asked: list[Deadline]) -> tuple[str, ...]:
    """The deadlines as the documents word them, with the last valid day where one wording means one day."""
    days: dict[str, set[str]] = {}
    for one in asked:
        if one.wording_vi:
            days.setdefault(one.wording_vi, set()).add(format_date(one.last_day) if one.last_day else "")
    return tuple(
        f"{wording} (chậm nhất hết ngày {next(iter(found))})"
        if len(found) == 1 and "" not in found
        else wording
        for wording, found in days.items()
    )


def write_index(folder: Path, lines: list[Line]) -> Path:
    """Write the index into the templates' folder."""
    pages = Environment(
        loader=FileSystemLoader(_DATA), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
    path = folder / NAME
    path.write_text(pages.get_template("index.html.j2").render(lines=lines), encoding="utf-8")
    return path
