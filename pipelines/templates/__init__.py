"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.forms.registry import load_catalogue
from pipelines.generate.writers import write_book, write_letter
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.templates import letters, workbooks
from pipelines.templates.index import lines_of, write_index
from pipelines.templates.options import Options, plan
from pipelines.templates.own import own_book, own_tables

__all__ = ["write_templates"]


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
    for entry in plan()["workbooks"]:
        path = folder / file_name(entry, ".xlsx")
        path.write_bytes(write_book(workbooks.book(entry, options), ".xlsx"))
        written.append((path, entry["form"]))
    for entry in plan()["letters"]:
        path = folder / file_name(entry, ".docx")
        path.write_bytes(write_letter(letters.letter(entry, options)))
        written.append((path, entry["form"]))
    catalogue = load_catalogue(reference)
    for form in own_tables(catalogue, known):
        path = folder / file_name({"name": form.official_label.partition(",")[0], "form": form.id}, ".xlsx")
        path.write_bytes(write_book(own_book(form, known, options), ".xlsx"))
        written.append((path, form.id))
    lines = lines_of(written, catalogue, known, load_settings(settings, known))
    return [write_index(folder, lines), *(path for path, _ in written)]


def file_name(entry: dict[str, Any], extension: str) -> str:
    """The name of an entry's file, e.g. ``Danh sách khen thưởng (KT-DS).xlsx``."""
    return str(plan()["file_name"]).format(name=entry["name"], form=entry["form"]) + extension
