"""Reading one submission: recognise its forms, read each into rows of the raw tables."""

from __future__ import annotations

from pipelines.forms.ledger.entries import tell_entries
from pipelines.forms.ledger.grouping import group_findings
from pipelines.forms.ledger.looks import pictures_in, tell_looks
from pipelines.forms.ledger.parts import Text, account_for_grids, account_for_text, write_grids
from pipelines.forms.ledger.proof import prove
from pipelines.forms.ledger.said_rows import tell_said
from pipelines.forms.part import Part, PartResult
from pipelines.forms.places import Place
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.recognise.matches import Match, Recognition
from pipelines.forms.recognise.recognise import recognise
from pipelines.forms.records.blank import is_blank, leave_blank
from pipelines.forms.records.record import read_record
from pipelines.forms.registry import Catalogue
from pipelines.forms.tables.award_rows import file_key
from pipelines.forms.tables.filled import tidy
from pipelines.forms.tables.table_form import read_table_form
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import Document, Grid

CAPTIONS = 10
"""So few cells and paragraphs are titles of what a file shows as pictures."""


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
    reference = reference.of(submission.unit_code)
    typing = Typing(reference, submission.programme_id, catalogue.words.yes_no)
    for grid in document.grids:
        tidy(grid, catalogue.words.ditto)
    recognition = recognise(
        document,
        submission.programme_id,
        catalogue,
        typing,
        submission.file_name,
        submission.received_on.year,
    )
    head_cells: set[Place] = set()
    printed: dict[Place, tuple[int, str]] = {}
    told: set[Place] = set()
    for number, match in enumerate(recognition.matches, start=1):
        part = Part(
            reading, submission, catalogue, reference, typing, match.form, number, match.title, match.sheet
        )
        part.head_cells, part.printed, part.told = head_cells, printed, told
        part.above = match.between
        others = {id(grid) for other in recognition.matches if other is not match for grid, _ in other.tables}
        others |= {id(fate.grid) for fate in recognition.fates}
        part.foreign = frozenset(grid.name for grid in document.grids if id(grid) in others)
        reading.rows_read += _read_part(part, match)
    if recognition.matches:
        reading.form_id = recognition.matches[0].form.id
        _tell(reading, document)
        told |= tell_entries(reading, recognition, document, catalogue.words, reference, head_cells)
        lists = {id(grid): grid for m in recognition.matches if not m.lines for grid, _ in m.tables}
        prove(reading, [grid for grid in document.grids if _holds(grid, lists, recognition)])
        account_for_grids(reading, recognition, head_cells, catalogue.words)
        write_grids(reading, recognition, document, catalogue.words)
        account_for_text(reading, recognition, document, Text(head_cells, told, printed), catalogue.words)
        tell_looks(reading, recognition, document)
        tell_said(reading, recognition, document, catalogue.words)
        group_findings(reading, catalogue.words.one_message)
        return reading
    if sum(sum(grid.filled) for grid in document.grids) + len(document.paragraphs) <= CAPTIONS:
        reading.only_pictures = pictures_in(document)
    if recognition.nearest:
        reading.nearest_form = recognition.nearest.form.id
        reading.nearest_lacks = recognition.nearest.lacks
    return reading


def _holds(grid: Grid, lists: dict[int, Grid], recognition: Recognition) -> bool:
    """Whether a sheet or table, or a stretch of it, holds a list."""
    return any(id(part) in lists for part in (grid, *recognition.windows.get(id(grid), ())))


def _tell(reading: Reading, document: Document) -> None:
    """What the reader of the file's format had to say, each once for the file."""
    for told in document.told:
        reading.find(
            told.rule_id,
            form_id=reading.form_id,
            source_sheet=told.sheet,
            source_row=told.row,
            source_cell=told.cell,
            params=told.params,
        )


def _read_part(part: Part, match: Match) -> int:
    whole = match.form.kind in ("record", "document")
    if is_blank(part, match):
        leave_blank(part, match)
        return 0
    if match.refused:
        result = PartResult(0)
    elif whole:
        result = read_record(part, match)
    else:
        result = read_table_form(part, match)
    title = match.title
    part.reading.add(
        "parts",
        submission_id=part.context.submission_id,
        part_no=part.number,
        form_id=part.form.id,
        # a list with no rows supersedes the earlier list of its name all the same
        part_key=file_key(part.context.file_name) if part.form.part_key == "file_name" else None,
        source_sheet=part.sheet,
        title=title.text or None,
        title_year=title.year,
        title_decision_no=title.decision_no,
        title_decision_date=title.decision_date,
        score=round(match.score, 3),
        score_reasons="; ".join(match.reasons),
        rows_read=result.rows,
        is_signed=result.signed,
        signature_cell=result.signature_cell,
        document_date=result.document_date,
        document_year=result.document_year or title.year,
    )
    return result.rows
