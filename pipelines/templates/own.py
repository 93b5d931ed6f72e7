"""A blank, fillable file of a form that a programme brings along, made of its ``form.yml`` alone."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pipelines.forms.form import Form
from pipelines.forms.registry import Catalogue
from pipelines.generate.shape import Book, Choice
from pipelines.programmes import filled
from pipelines.reference.models.programmes import FormPhase
from pipelines.reference.reference import Reference
from pipelines.templates.options import Options, plan
from pipelines.templates.workbooks import DOTS, annex, guide

ANNEX = "PL-TC"
_UNIT = "Đơn vị ví dụ"


def own_tables(catalogue: Catalogue, reference: Reference) -> list[Form]:
    """The table forms that programmes bring along."""
    planned = {entry["form"] for entry in (*plan()["workbooks"], *plan()["letters"])}
    return [
        form
        for form in catalogue.forms.values()
        if form.kind == "table"
        and form.id not in planned
        and form.programmes is not None
        and form.programmes <= reference.programmes.keys()
    ]


def own_books(
    form: Form, reference: Reference, options: Options, unit: str = DOTS
) -> Iterator[tuple[str, Book]]:
    """The form to fill in; one that is given out by phase once for each phase, with its name and years.

    Args:
        form: a table form of one programme.
        reference: its programme's fields, years and phases.
        options: the drop-down lists.
        unit: written where the unit's name goes.

    Yields:
        What tells the file from its like (empty where there is one), and the book.
    """
    [programme] = form.data["programmes"]  # whose it is; others may take it too
    phases = reference.programme(programme).form_phases if form.part_key == "phase" else ()
    for phase in phases:
        yield phase.label, _book(form, reference, options, phase, unit)
    if not phases:
        yield "", _book(form, reference, options, None, unit)


def own_annexes(reference: Reference) -> list[str]:
    """The programmes whose criteria ask for contents of the annex that no blank file holds as a sheet."""
    held = {
        entry["programme"]
        for kind in ("workbooks", "letters")
        for entry in plan()[kind]
        if entry.get("annex")
    }
    asked = {programme for label in reference.annex for programme in label.programmes}
    return [programme for programme in reference.programmes if programme in asked - held]


def annex_book(programme: str, options: Options) -> Book:
    """The annex of a programme alone, with its contents as a drop-down list."""
    sheets = [annex(options.annex_labels(programme)), guide(options.guide(ANNEX))]
    return Book(sheets, {"thidua_form": ANNEX, "thidua_version": plan()["version"]})


def _book(form: Form, reference: Reference, options: Options, phase: FormPhase | None, unit: str) -> Book:
    """With drop-down lists, and a filled example."""
    [programme] = form.data["programmes"]  # whose it is; others may take it too
    first, last = reference.programme(programme).award_year_window
    fields = [one.official_name for one in reference.fields.values() if one.programme == programme]
    rows = [dict[str, str]() for _ in range(plan()["blank_rows"]["form"])]
    time = phase or first
    blank = filled.sheet(form, rows, unit, time)
    blank.name = "Biểu"
    for number, column in enumerate(form.tables[0].columns):
        offered = {
            "recipient_kind": options.of("two_kinds", programme),
            "year": tuple(str(year) for year in range(first, last + 1)),
            "field": tuple(fields),
        }.get(column.type)
        if offered:
            blank.choices.append(Choice(number, blank.header_end(), len(blank.rows) - 1, offered))
    example = filled.sheet(form, _example(form, fields, first), _UNIT, time)
    example.name = plan()["sheets"]["example"]
    return Book(
        [blank, example, guide(options.guide(form.id))],
        {"thidua_form": form.id, "thidua_version": plan()["version"]},
    )


def _example(form: Form, fields: list[str], year: int) -> list[dict[str, filled.Value]]:
    rng = Random(form.id)  # noqa: S311 - synthetic data, no secret
    table = form.tables[0]
    rows = []
    for kind in ("tap_the", "ca_nhan"):
        name = filled.person(rng, _UNIT, kind)
        field = fields[0] if fields else None
        row = {c.id: filled.value(c, kind, year, field, "", name) for c in table.columns}
        rows.append(row | ({table.name_column: name} if table.name_column else {}))
    return rows
