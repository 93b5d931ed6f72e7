"""A form of a programme's own, from its title and the columns as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.registry import load_catalogue
from pipelines.programmes.answers import Answers, Dossier, OfKinds, OwnForm, Registration
from pipelines.reference.forms import form_files
from pipelines.reference.said import unknown
from pipelines.text.keys import search_key

USUAL = "HCM-DSDK"
"""The registration whose columns are taken where none are given, and whose labels are known first."""
_NAME, _KIND = "ten", "loai"
_KINDS = ("tap_the", "ca_nhan", "gia_dinh")
CLASSED = "object_class"
"""The column that says who leads and who works directly; of a list of proposals alone."""
_BRACKETS = re.compile(r"\([^)]*\)")
_MEANT = re.compile(r"=(?![^(]*\))")
"""Between a column as it is printed and a known one: «Loại hình = Loại», not «(3 = 1 + 2)»."""
_MUST = re.compile(r"\(\*+\)|\*+")
"""At a column, on either side of what it means: it must be filled in."""


class NoNameColumn(Exception):
    """None of the columns holds the names; the text is the form."""


class UnknownMeaning(Exception):
    """A column is said to mean one that the software does not know; the text says which."""


class NoColumn(Exception):
    """What the answers count needs a column that the form does not have: the form, the column's code."""


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column: its code, what stands in it, how it may be labelled, whether it must be filled in."""

    id: str
    type: str
    labels: tuple[str, ...]
    must: bool
    is_known: bool = True
    """Whether the software knows what such a column says; else its text is kept."""


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form to write, and what its rows tell of a nominee."""

    id: str
    title: str
    columns: tuple[ColumnOf, ...]
    by_phase: bool
    kind: str | None
    """What every row names, where no column says it; None: a column does, or nobody knows."""

    def has(self, column: str) -> bool:
        """Whether it has a column of a code."""
        return any(one.id == column for one in self.columns)

    @property
    def has_kinds(self) -> bool:
        """Whether a column says who is a collective and who a person."""
        return self.has(_KIND)

    @property
    def kept_as_text(self) -> list[str]:
        """The columns that nobody knows."""
        return [one.labels[0] for one in self.columns if not one.is_known]


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
        UnknownMeaning: a column is said to mean one that nobody knows.
    """
    known = _known(reference)
    usual = [column.label for column in load_catalogue(reference).forms[USUAL].tables[0].columns]
    columns = [_column(label, known) for label in asked.columns or usual]
    if all(one.id != _NAME for one in columns):
        at = next((at for at, one in enumerate(columns) if _names(one.labels[0])), None)
        if at is None:
            raise NoNameColumn(asked.form)
        columns[at] = ColumnOf(_NAME, "text", columns[at].labels[:1], must=False)
    columns = _told_apart(columns)
    title = (asked.form_title or asked.form).rstrip(" .…")  # «NĂM …» as it is printed
    by_phase = isinstance(asked, Registration) and answers.by_phase
    kind = None if any(one.id == _KIND for one in columns) else _only_kind(asked)
    return FormOf(asked.form, title, tuple(columns), by_phase, kind)


def asked_columns(asked: OwnForm, form: FormOf | None, reference: Path) -> list[tuple[str, str]]:
    """Code and label of each column that must be filled in; of a form of the catalogue those it asks for."""
    if form:
        return [(one.id, one.labels[0]) for one in form.columns if one.must and one.id != _NAME]
    table = load_catalogue(reference).forms[asked.form].tables[0]
    return [(one.id, one.label) for one in table.columns if one.id in table.asks]


def has_fields(asked: OwnForm, form: FormOf | None, reference: Path) -> bool:
    """Whether the form has a column of fields (lĩnh vực)."""
    return _has(asked, form, "linh_vuc", reference)


def check_columns(asked: Dossier, form: FormOf | None, reference: Path) -> None:
    """Whether a list of proposals tells all that is counted in it.

    Raises:
        NoColumn: it does not.
    """
    shares = (asked.leaders, asked.direct, asked.unit_leaders, asked.unit_direct)
    if any(shares) and not _has(asked, form, CLASSED, reference):
        raise NoColumn(asked.form, CLASSED)
    if form and not form.kind and not form.has_kinds:
        raise NoColumn(asked.form, _KIND)


def _has(asked: OwnForm, form: FormOf | None, column: str, reference: Path) -> bool:
    if form:
        return form.has(column)
    return column in load_catalogue(reference).forms[asked.form].tables[0].by_id


def _only_kind(asked: OwnForm) -> str | None:
    """The kind of all who are asked for; proposals that count no other are of persons."""
    reached: Iterable[OfKinds | None] = ()
    if isinstance(asked, Registration):
        reached = asked.numbers
    elif isinstance(asked, Dossier):
        reached = (asked.most, asked.unit_most)
    counted = {kinds for one in reached if one for _, _, kinds, _ in one.numbers()}
    if not counted and not isinstance(asked, Registration):
        return "ca_nhan"
    return counted.pop() if len(counted) == 1 and counted <= set(_KINDS) else None


def _told_apart(columns: list[ColumnOf]) -> list[ColumnOf]:
    """Of columns that are known as one the first is it; none has the label of another."""
    printed = {words_key(one.labels[0]) for one in columns}
    seen: set[str] = set()
    found = []
    for one in columns:
        others = (label for label in one.labels[1:] if words_key(label) not in printed)
        apart = replace(one, labels=(one.labels[0], *others))
        found.append(_own(one.labels[0], one.must) if one.id in seen else apart)
        seen.add(one.id)
    return found


def _own(printed: str, must: bool) -> ColumnOf:
    """A column that nobody knows: its text is kept."""
    code = "_".join(search_key(printed).replace("/", " ").replace(",", " ").split())
    return ColumnOf(code, "long_text" if must else "text", (printed,), must, is_known=False)


def _column(label: str, known: dict[str, ColumnOf]) -> ColumnOf:
    told, stars = _MUST.subn(" ", label)
    must = stars > 0
    printed, *meaning = (" ".join(part.split()) for part in _MEANT.split(told, 1))
    found = next((known[key] for key in _keys((meaning or [printed])[0]) if key in known), None)
    if found is None and meaning:
        first = [one.labels[0] for one in known.values()]
        others = [label for one in known.values() for label in one.labels]
        raise UnknownMeaning(unknown("cột có nghĩa", meaning[0], dict.fromkeys((*first, *others))))
    if found is None:
        return _own(printed, must)
    also = (one for one in found.labels if words_key(one) != words_key(printed))
    return ColumnOf(found.id, found.type, (printed, *also), must)


def _keys(printed: str) -> Iterator[str]:
    """What a label may be known as: as it is printed, without what stands in brackets, by its words alone."""
    bare = _BRACKETS.sub(" ", printed)
    yield words_key(printed)
    yield words_key(bare)
    yield _by_words(printed)
    yield _by_words(bare)


def _by_words(label: str) -> str:
    """The words of a label in no order, without «hoặc», «hay»."""
    return " ".join(sorted({*words_key(label).split()} - {*_called()["joining"]}))


def _names(printed: str) -> bool:
    """Whether a column that nobody knows seems to hold names."""
    return f"{words_key(printed)} ".startswith(tuple(f"{word} " for word in _called()["names"]))


def _called() -> dict[str, Any]:
    return dict(read_plain(Path(__file__).parent / "folder" / "called.yml"))


def _known(reference: Path) -> dict[str, ColumnOf]:
    """Every column of a list of nominees, by each of its labels."""
    found: dict[str, ColumnOf] = {}
    for path in sorted(form_files(reference), key=lambda path: path.parent.name != USUAL):
        for table in read_plain(path).get("tables", ()):
            for column in table["columns"] if table["target"] == "records" else ():
                labels = tuple(str(label) for label in column["labels"] if isinstance(label, str))
                one = ColumnOf(column["id"], column["type"], labels, False)
                for label in labels:
                    for key in (words_key(label), _by_words(label)):
                        found.setdefault(key, one)
    return found
