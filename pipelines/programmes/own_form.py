"""A form of a programme's own, from its title and the columns as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.common.yaml_files import read_plain
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.registry import load_catalogue
from pipelines.programmes.answers import Answers, OwnForm, Registration
from pipelines.reference.forms import form_files
from pipelines.text.keys import search_key

USUAL = "HCM-DSDK"
"""The registration whose columns are taken where none are given, and whose labels are known first."""
_NAME = "ten"
MUST = "*"
"""After a column: it must be filled in."""


class NoNameColumn(Exception):
    """None of the columns holds the names; the text is the form."""


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column: its code, what stands in it, how it may be labelled, whether it must be filled in."""

    id: str
    type: str
    labels: tuple[str, ...]
    must: bool


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form to write, and what its rows tell of a nominee."""

    id: str
    title: str
    columns: tuple[ColumnOf, ...]
    by_phase: bool

    def has(self, column: str) -> bool:
        """Whether it has a column of a code."""
        return any(one.id == column for one in self.columns)


def is_new(asked: OwnForm, reference: Path) -> bool:
    """Whether no form of the code is there yet."""
    return asked.form not in load_catalogue(reference).forms


def form_of(asked: OwnForm, answers: Answers, reference: Path) -> FormOf:
    """The form that answers ask for.

    Args:
        asked: its code, title and columns; without columns those of the usual registration.
        answers: of the programme.
        reference: the reference folder.

    Raises:
        NoNameColumn: none of the columns holds the names.
    """
    known = _known(reference)
    usual = [column.label for column in load_catalogue(reference).forms[USUAL].tables[0].columns]
    columns = tuple(_column(label, known) for label in asked.columns or usual)
    if all(one.id != _NAME for one in columns):
        raise NoNameColumn(asked.form)
    title = asked.form_title or asked.form
    return FormOf(asked.form, title, columns, isinstance(asked, Registration) and answers.by_phase)


def asked_columns(asked: OwnForm, form: FormOf | None, reference: Path) -> list[tuple[str, str]]:
    """Code and label of each column that must be filled in; of a form of the catalogue those it asks for."""
    if form:
        return [(one.id, one.labels[0]) for one in form.columns if one.must and one.id != _NAME]
    table = load_catalogue(reference).forms[asked.form].tables[0]
    return [(one.id, one.label) for one in table.columns if one.id in table.asks]


def has_fields(asked: OwnForm, form: FormOf | None, reference: Path) -> bool:
    """Whether the form has a column of fields (lĩnh vực)."""
    if form:
        return form.has("linh_vuc")
    return "linh_vuc" in load_catalogue(reference).forms[asked.form].tables[0].by_id


def _column(label: str, known: dict[str, ColumnOf]) -> ColumnOf:
    must, printed = label.rstrip().endswith(MUST), label.rstrip().removesuffix(MUST).strip()
    found = known.get(words_key(printed))
    if found is None:
        code = "_".join(search_key(printed).replace("/", " ").replace(",", " ").split())
        return ColumnOf(code, "long_text" if must else "text", (printed,), must)
    others = (one for one in found.labels if words_key(one) != words_key(printed))
    return ColumnOf(found.id, found.type, (printed, *others), must)


def _known(reference: Path) -> dict[str, ColumnOf]:
    """Every column of a list of nominees, by each of its labels."""
    found: dict[str, ColumnOf] = {}
    for path in sorted(form_files(reference), key=lambda path: path.parent.name != USUAL):
        for table in read_plain(path).get("tables", ()):
            for column in table["columns"] if table["target"] == "records" else ():
                labels = tuple(str(label) for label in column["labels"] if isinstance(label, str))
                one = ColumnOf(column["id"], column["type"], labels, False)
                for label in labels:
                    found.setdefault(words_key(label), one)
    return found
