"""Reading one submission: recognise its forms, read each into rows of the raw tables."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.forms.award_rows import read_award_rows
from pipelines.forms.body import Body, is_blank, read_body
from pipelines.forms.headcount_rows import read_headcount_rows
from pipelines.forms.header import Binding
from pipelines.forms.part import Part
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.recognise import Match, Recognition, recognise_tables
from pipelines.forms.reference_values import ReferenceValues
from pipelines.forms.registry import Catalogue
from pipelines.forms.signature import Signature, find_signatures, lines_of_grid
from pipelines.inbox.document import Document, Grid

RowReader = Callable[[Part, Grid, Binding, Body], int]
TARGETS: dict[str, RowReader] = {"award_rows": read_award_rows, "headcount_rows": read_headcount_rows}


def filled(grid: Grid, first: int = 0, last: int | None = None) -> int:
    """Number of non-empty cells in rows ``first`` to ``last``."""
    return sum(not is_blank(value) for row in grid.rows[first:last] for value in row)


def read_submission(
    document: Document, submission: SubmissionContext, catalogue: Catalogue, reference: ReferenceValues
) -> Reading:
    """Read one file, or one member of a zip, into rows of the raw tables.

    Args:
        document: the file as blocks of cells and text.
        submission: where it came in.
        catalogue: the known forms.
        reference: the look-up texts of ``data/reference``.

    Returns:
        The reading; ``recognised`` is false, with the nearest form, when no form was found.
    """
    reading = Reading(submission.submission_id)
    forms = catalogue.allowed(submission.programme_id)
    recognition = recognise_tables(document, forms, catalogue)
    for number, match in enumerate(recognition.matches, start=1):
        part = Part(
            reading,
            submission,
            catalogue,
            reference,
            match.form,
            number,
            match.title,
            match.tables[0][0].name,
        )
        reading.rows_read += _read_tables(part, match)
    _finish(reading, recognition)
    return reading


def _read_tables(part: Part, match: Match) -> int:
    rows = 0
    signatures: list[Signature] = []
    for position, (grid, binding) in enumerate(match.tables):
        same = [other for table, other in match.tables[position + 1 :] if table is grid]
        stop = same[0].header.top if same else len(grid.rows)
        if position == 0 or match.tables[position - 1][0] is not grid:
            part.ignore(grid, "tieu_de", filled(grid, 0, binding.header.top))
        if grid.hidden:
            part.find("RD-TRANG-AN", params={"trang": grid.name}, grid=grid)
        body = read_body(grid, binding, part.catalogue.words, stop)
        part.report_body(grid, binding, body)
        if body.signature_row is not None:
            words = part.catalogue.words
            lines = lines_of_grid(grid, body.signature_row)
            signatures.extend(find_signatures(lines, words.signature_starts, words))
        rows += TARGETS[binding.layout.target](part, grid, binding, body)
    if rows == 0:
        part.find("RD-KHONG-DONG", params={"bieu": part.form.official_label})
    title = match.title
    part.reading.add(
        "parts",
        submission_id=part.context.submission_id,
        part_no=part.number,
        form_id=part.form.id,
        source_sheet=part.sheet,
        title=title.text or None,
        title_year=title.year,
        title_decision_no=title.decision_no,
        title_decision_date=title.decision_date,
        score=round(match.score, 3),
        score_reasons="; ".join(match.reasons),
        rows_read=rows,
        is_signed=any(item.signed for item in signatures) if signatures else None,
        document_year=title.year,
    )
    return rows


def _finish(reading: Reading, recognition: Recognition) -> None:
    if recognition.matches:
        reading.form_id = recognition.matches[0].form.id
    for grid, reason in recognition.ignored:
        reading.ignore(None, grid.name, reason, filled(grid))
    for grid, near in recognition.broken:
        if recognition.matches:
            reading.find(
                "RD-BANG-THIEU",
                None,
                near.form.id,
                source_sheet=grid.name,
                params={"trang": grid.name, "bieu": near.form.official_label, "thieu": "; ".join(near.lacks)},
            )
            reading.ignore(None, grid.name, "trang_khong_nhan_dang", filled(grid))
    if not recognition.matches and recognition.nearest:
        reading.nearest_form = recognition.nearest.form.id
        reading.nearest_lacks = recognition.nearest.lacks
