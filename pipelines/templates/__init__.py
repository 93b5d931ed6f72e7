"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipelines.forms.registry import load_catalogue
from pipelines.generate.writers import write_book, write_letter
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.templates import letters, workbooks
from pipelines.templates.index import lines_of, write_index
from pipelines.templates.options import Options, plan
from pipelines.templates.own import own_books, own_tables

__all__ = ["names", "template", "write_templates"]
_NO_NAME = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file may hold."""
_KINDS = {"workbooks": ".xlsx", "letters": ".docx"}


def write_templates(folder: Path, reference: Path, settings: Path) -> list[Path]:
    """Write the templates and the page that says what each is.

    Args:
        folder: where to; made if it is not there, files of the same names are replaced.
        reference: the reference data, for award names, the labels of the annex, units and deadlines.
        settings: the settings, for the policy on deadlines.

    Returns:
        The index, then the files in the order of ``templates.yml``.
    """
    known = load_reference(reference)
    options = Options(known)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, str]] = []
    for form, name in names(reference):
        path = folder / name
        path.write_bytes(template(name, options))
        written.append((path, form))
    catalogue = load_catalogue(reference)
    for own in own_tables(catalogue, known):
        for phase, book in own_books(own, known, options):
            name = " - ".join(filter(None, (own.official_label.partition(",")[0], phase)))
            path = folder / file_name({"name": name, "form": own.id}, ".xlsx")
            path.write_bytes(write_book(book, ".xlsx"))
            written.append((path, own.id))
    lines = lines_of(written, catalogue, known, load_settings(settings, known))
    return [write_index(folder, lines), *(path for path, _ in written)]


def names(reference: Path, programme: str | None = None) -> list[tuple[str, str]]:
    """Form and file name of every template whose form is there, or of those that one programme asks for."""
    forms = load_catalogue(reference).forms
    return [
        (entry["form"], file_name(entry, extension))
        for kind, extension in _KINDS.items()
        for entry in plan()[kind]
        if entry["form"] in forms
        and (
            programme is None
            or (
                entry.get("programme") in (None, programme)
                and programme in (forms[entry["form"]].programmes or (programme,))
            )
        )
    ]


def template(name: str, options: Options, unit: str = workbooks.DOTS) -> bytes:
    """A blank file.

    Args:
        name: of ``names``.
        options: what its lists offer.
        unit: written where the unit's name goes.

    Raises:
        KeyError: there is no such template.
    """
    for entry in plan()["workbooks"]:
        if file_name(entry, ".xlsx") == name:
            return write_book(workbooks.book(entry, options, unit), ".xlsx")
    for entry in plan()["letters"]:
        if file_name(entry, ".docx") == name:
            return write_letter(letters.letter(entry, options, unit))
    raise KeyError(name)


def file_name(entry: dict[str, Any], extension: str) -> str:
    """The name of an entry's file, e.g. ``Danh sách khen thưởng (KT-DS).xlsx``."""
    name = _NO_NAME.sub("-", entry["name"])
    return str(plan()["file_name"]).format(name=name, form=entry["form"]) + extension
