"""A form of a programme's own, from its title and the columns as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from pipelines.forms.recognise.labels import has_phrase, words_key
from pipelines.forms.registry import load_catalogue
from pipelines.programmes.answers import Answers, Dossier, OfKinds, OwnForm, Registration
from pipelines.programmes.columns import CLASSED, KIND, NAME, USUAL, ColumnOf, columns_of
from pipelines.programmes.refused import Refused
from pipelines.reference.models.base import RecipientKind as Kind


class NoNameColumn(Refused):
    """None of the columns holds the names; the text is the form."""

    key = "programme.no_names"


class NoColumn(Refused):
    """What the answers count needs a column that the form does not have; the text is the form."""

    def __init__(self, form: str, column: str) -> None:
        """Of the form it lacks the column of a code."""
        super().__init__(form)
        self.column = column
        self.key = f"programme.no_column.{column}"


class SameForm(Refused):
    """Nothing tells a list of proposals from a registration; the text is the form."""

    key = "programme.same_form"


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form to write, and what its rows tell of a nominee."""

    id: str
    title: str
    columns: tuple[ColumnOf, ...]
    by_phase: bool
    kind: Kind | None
    """What every row names, where no column says it; None: a column does, or nobody knows."""
    other_title: str | None = None
    """The title of another list that holds this one's words: such a list is not this form."""

    def has(self, column: str) -> bool:
        """Whether it has a column of a code."""
        return any(one.id == column for one in self.columns)

    @property
    def has_kinds(self) -> bool:
        """Whether a column says who is a collective and who a person."""
        return self.has(KIND)

    @property
    def kept_as_text(self) -> list[str]:
        """The columns that nobody knows."""
        return [one.labels[0] for one in self.columns if not one.is_known]


def is_new(asked: OwnForm, reference: Path) -> bool:
    """Whether no form of the code is there yet."""
    return asked.form not in load_catalogue(reference).forms


def told_apart(answers: Answers, reference: Path) -> Answers:
    """The answers with a form for proposals alone, where the document has one for registrations and them.

    Raises:
        SameForm: their titles do not tell them apart.
    """
    registers, proposes = answers.registration, answers.dossier
    if not registers or not proposes:
        return answers
    own = is_new(registers, reference) and is_new(proposes, reference)
    titles = {words_key(one.form_title or one.form) for one in (registers, proposes)}
    if registers.form != proposes.form:
        if own and len(titles) == 1:
            raise SameForm(proposes.form)
        return answers
    if not own or not proposes.form_title or len(titles) == 1:
        raise SameForm(proposes.form)
    columns = proposes.columns or registers.columns
    apart = proposes.model_copy(update={"form": f"{proposes.form}-DN", "columns": columns})
    return answers.model_copy(update={"dossier": apart})


def forms_of(answers: Answers, reference: Path) -> dict[str, FormOf | None]:
    """The new form of the registration and of the proposals; None: one that is there already.

    Raises:
        NoNameColumn: none of the columns holds the names.
        UnknownMeaning: a column is said to mean one that nobody knows.
        SameLabel: two columns are printed in the same words.
        NoColumn: the list of proposals does not tell all that is counted in it.
    """
    forms = {
        part: form_of(one, answers, reference) if is_new(one, reference) else None
        for part, one in asked_forms(answers).items()
    }
    if answers.dossier:
        check_columns(answers.dossier, forms["dossier"], reference)
    new = [form for form in forms.values() if form]
    for part, form in forms.items():
        for other in new:
            if form and other is not form and has_phrase(words_key(other.title), words_key(form.title)):
                forms[part] = replace(form, other_title=other.title)
    return forms


def asked_forms(answers: Answers) -> dict[str, OwnForm]:
    """The form of the registration and of the proposals, where there are such."""
    parts = {"registration": answers.registration, "dossier": answers.dossier}
    return {name: part for name, part in parts.items() if part}


def form_of(asked: OwnForm, answers: Answers, reference: Path) -> FormOf:
    """The form that answers ask for.

    Args:
        asked: its code, title and columns; without columns those of the usual registration.
        answers: of the programme.
        reference: the reference folder.

    Raises:
        NoNameColumn: none of the columns holds the names.
        UnknownMeaning: a column is said to mean one that nobody knows.
        SameLabel: two columns are printed in the same words.
    """
    usual = [column.label for column in load_catalogue(reference).forms[USUAL].tables[0].columns]
    columns = columns_of(list(asked.columns) or usual, reference)
    if all(one.id != NAME for one in columns):
        raise NoNameColumn(asked.form)
    title = (asked.form_title or asked.form).rstrip(" .…")  # «NĂM …» as it is printed
    by_phase = isinstance(asked, Registration) and answers.by_phase
    kind = None if any(one.id == KIND for one in columns) else only_kind(asked)
    return FormOf(asked.form, title, tuple(columns), by_phase, kind)


def asked_columns(asked: OwnForm, form: FormOf | None, reference: Path) -> list[tuple[str, str]]:
    """Code and label of each column that must be filled in; of a form of the catalogue those it asks for."""
    if form:
        return [(one.id, one.labels[0]) for one in form.columns if one.must and one.id != NAME]
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
        raise NoColumn(asked.form, KIND)


def _has(asked: OwnForm, form: FormOf | None, column: str, reference: Path) -> bool:
    if form:
        return form.has(column)
    return column in load_catalogue(reference).forms[asked.form].tables[0].by_id


def only_kind(asked: OwnForm) -> Kind | None:
    """The kind of all who are asked for; proposals that count no other are of persons."""
    reached: Iterable[OfKinds | None] = ()
    if isinstance(asked, Registration):
        reached = asked.numbers
    elif isinstance(asked, Dossier):
        reached = (asked.most, asked.unit_most)
    counted = {kinds for one in reached if one for _, _, kinds, _ in one.numbers()}
    if not counted and not isinstance(asked, Registration):
        return "ca_nhan"
    return next((kind for kind in get_args(Kind) if counted == {kind}), None)
