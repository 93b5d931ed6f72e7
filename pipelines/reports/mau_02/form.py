"""The official form's parts: nested header, notes, the cells of a row; from data/reference/mau_02.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.common.paths import DEFAULT_REFERENCE, PROJECT
from pipelines.reference.errors import Problems
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.content import Content, Line, words
from pipelines.reports.mau_02.numbers import percent, whole

SUB_LINES = ("trong_do", "partition")


@dataclass(frozen=True, slots=True)
class Merged:
    """A header cell with the rows and columns it covers, zero-based, inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def load_form(reference: Path | None = None) -> Mau02:
    """The form as the reference data describe it.

    Raises:
        ReferenceError: when mau_02.yaml is not there or is not right.
    """
    folder = reference or (DEFAULT_REFERENCE if DEFAULT_REFERENCE.is_dir() else PROJECT / DEFAULT_REFERENCE)
    problems = Problems(folder)
    form, _ = model_from_yaml(folder / "mau_02.yaml", Mau02, problems)
    problems.stop_if_any()
    assert form is not None
    return form


def merged_header(paths: list[list[str]]) -> tuple[int, list[Merged]]:
    """A nested header: equal words side by side become one cell, short paths reach down.

    Args:
        paths: the words above each column, from the top.

    Returns:
        Its height in rows, and its cells.
    """
    height = max(len(path) for path in paths)
    cells: list[Merged] = []
    for column, path in enumerate(paths):
        for row, text in enumerate(path):
            if (
                column
                and paths[column - 1][: row + 1] == path[: row + 1]
                and len(paths[column - 1]) > row + 1
            ):
                continue
            right = column
            is_last = row == len(path) - 1
            while not is_last and right + 1 < len(paths) and paths[right + 1][: row + 1] == path[: row + 1]:
                right += 1
            cells.append(Merged(row, column, height - 1 if is_last else row, right, text))
    return height, cells


def official_header(form: Mau02) -> tuple[int, list[Merged]]:
    """The nested header of the nine official columns."""
    return merged_header([list(column.path) for column in form.columns])


def label_of(line: Line, before: Line | None) -> str:
    """The name of a row; the first sub-line of a line says «Trong đó»."""
    if line.row_type == "trong_do" and (before is None or before.row_type != "trong_do"):
        return str(words()["of_which"]) + line.label
    return line.label


def official_cells(line: Line) -> tuple[int | str, ...]:
    """The seven numbers of a row: counts as numbers, percentages as text."""
    return (
        line.collectives,
        line.individuals,
        line.households,
        line.grassroots_collectives,
        percent(line.grassroots_collectives_pct),
        line.direct_individuals,
        percent(line.direct_individuals_pct),
    )


def title_lines(content: Content) -> list[str]:
    """The form's title with the years of the programme."""
    return [line.format(first=content.first_year, last=content.last_year) for line in words()["title"]]


def subtitle(content: Content) -> str:
    """The line under the annex's title."""
    said = {"unit": content.unit, "first": content.first_year, "last": content.last_year}
    return str(words()["annex"]["subtitle"]).format_map(said)


def note_lines(form: Mau02, content: Content) -> list[str]:
    """The form's own notes, then how these numbers were counted."""
    own, _ = form_notes(form, content)
    first, *methods = own
    heading = [f"+ {words()['notes_method']}"] if methods else []
    return [
        f"{words()['notes_title']}+ {first}.",
        *heading,
        *(f"- {method}." for method in methods),
        *content.notes_in_force,
    ]


def form_notes(form: Mau02, content: Content) -> tuple[list[str], list[str]]:
    """The form's own notes that hold for the printed table, and those that hold for the annex."""
    printed = [note for note in form.notes if note.printed_when in (None, content.denominator)]
    return [note.text for note in printed], [note.text for note in form.notes if note not in printed]


def annex_notes(form: Mau02, content: Content) -> list[str]:
    """How the annex counts; a note of the form that does not hold for the printed table stands here."""
    _, elsewhere = form_notes(form, content)
    said = [words()["annex"]["form_note"].format(text=text) for text in elsewhere]
    return [*said, *content.annex_notes, content.night]


def annex_rows(content: Content) -> list[tuple[str, ...]]:
    """A row of the annex for each group, the total, and each row of the form that counts something."""
    return [
        (
            line.number or "",
            line.label,
            whole(line.leader_individuals),
            percent(line.leader_individuals_pct),
            whole(line.unknown_class_collectives),
            whole(line.unknown_class_individuals),
            percent(line.award_rate_collectives_pct),
            percent(line.award_rate_individuals_pct),
            words()["number_source"][line.number_source],
        )
        for line in content.lines
        if line.row_type in ("group", "total") or line.collectives or line.individuals or line.households
    ]


def outside_rows(content: Content) -> list[tuple[str, ...]]:
    """A row of the annex for each award without a line."""
    return [
        (
            str(number),
            words()["annex"]["unknown_award"] if award.award_code == "?" else award.award_name,
            whole(award.collectives),
            whole(award.individuals),
            whole(award.households),
            whole(award.grassroots_collectives),
            whole(award.direct_individuals),
            whole(award.leader_individuals),
        )
        for number, award in enumerate(content.outside, 1)
    ]
