"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from textwrap import shorten
from typing import Any

from pipelines.forms.form import Form
from pipelines.forms.registry import load_catalogue
from pipelines.generate.writers import write_book, write_letter
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.settings import load_settings
from pipelines.templates import letters, workbooks
from pipelines.templates.index import lines_of, write_index
from pipelines.templates.options import Options, plan
from pipelines.templates.own import ANNEX, annex_book, own_annexes, own_books, own_tables

__all__ = ["Kit", "file_name", "write_templates"]
_NO_NAME = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file may hold."""
_LONGEST = 100
"""Letters of a form's title in the name of its file: some systems take 255 bytes, a letter up to three."""
_KINDS = {"workbooks": ".xlsx", "letters": ".docx"}


def write_templates(folder: Path, reference: Path, settings: Path) -> list[Path]:
    """Write the templates and the page that says what each is.

    Args:
        folder: where to; made if it is not there, files of the same names are replaced.
        reference: the reference data, for award names, the labels of the annex, units and deadlines.
        settings: the settings, for the policy on deadlines and the address of the pages.

    Returns:
        The index, then the files in the order of ``templates.yml``.
    """
    known = load_reference(reference)
    settled = load_settings(settings, known)
    kit = Kit(known, reference, settled.arrival.address)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, str]] = []
    for form, name in kit.names():
        path = folder / name
        path.write_bytes(kit.file(name))
        written.append((path, form))
    return [
        write_index(folder, lines_of(written, kit.catalogue, known, settled)),
        *(path for path, _ in written),
    ]


class Kit:
    """The blank files of one reference folder; those of the forms that programmes bring along come last."""

    def __init__(self, reference: Reference, folder: Path, address: str | None) -> None:
        """Nothing is made yet.

        Args:
            reference: the reference data.
            folder: where they were read, for the forms of programmes.
            address: of the pages where units check and send files, if there are any.
        """
        self.catalogue = load_catalogue(folder)
        self._reference, self._options = reference, Options(reference, address or "")

    def names(self, programme: str | None = None) -> list[tuple[str, str]]:
        """Form and file name of every blank file, or of those that one programme asks for."""
        return [
            (form, name)
            for form, of, name in self._all
            if programme is None
            or (
                of in (None, programme)
                and programme in (self.catalogue.forms[form].programmes or (programme,))
            )
        ]

    def file(self, name: str, unit: str = workbooks.DOTS) -> bytes:
        """A blank file.

        Args:
            name: of ``names``.
            unit: written where the unit's name goes.

        Raises:
            KeyError: there is no such file.
        """
        for entry in plan()["workbooks"]:
            if file_name(entry, ".xlsx") == name:
                return write_book(workbooks.book(entry, self._options, unit), ".xlsx")
        for entry in plan()["letters"]:
            if file_name(entry, ".docx") == name:
                return write_letter(letters.letter(entry, self._options, unit))
        for own in own_tables(self.catalogue, self._reference):
            for phase, book in own_books(own, self._reference, self._options, unit):
                if _own_name(own, phase) == name:
                    return write_book(book, ".xlsx")
        for programme in own_annexes(self._reference):
            if self._annex_name(programme) == name:
                return write_book(annex_book(programme, self._options), ".xlsx")
        raise KeyError(name)

    @cached_property
    def _all(self) -> list[tuple[str, str | None, str]]:
        """Form, the programme it is for alone, and file name; of forms that are there. Asked at each page."""
        common = [
            (entry["form"], entry.get("programme"), file_name(entry, extension))
            for kind, extension in _KINDS.items()
            for entry in plan()[kind]
            if entry["form"] in self.catalogue.forms
        ]
        own = [
            (form.id, None, _own_name(form, phase))
            for form in own_tables(self.catalogue, self._reference)
            for phase, _ in own_books(form, self._reference, self._options)
        ]
        annexes = [(ANNEX, one, self._annex_name(one)) for one in own_annexes(self._reference)]
        return common + own + annexes

    def _annex_name(self, programme: str) -> str:
        known = self._reference.programme(programme)
        label = self.catalogue.forms[ANNEX].official_label
        return file_name({"name": f"{known.short_name} - {label}", "form": ANNEX}, ".xlsx")


def file_name(entry: dict[str, Any], extension: str) -> str:
    """The name of an entry's file, e.g. ``Danh sách khen thưởng (KT-DS).xlsx``."""
    name = _NO_NAME.sub("-", entry["name"])
    return str(plan()["file_name"]).format(name=name, form=entry["form"]) + extension


def _own_name(form: Form, phase: str) -> str:
    name = " - ".join(filter(None, (shorten(form.official_label, _LONGEST, placeholder=" …"), phase)))
    return file_name({"name": name, "form": form.id}, ".xlsx")
