"""Reading one submission: recognise its forms, read each into rows of the raw tables."""

from __future__ import annotations

from collections import Counter

from pipelines.forms.part import Part
from pipelines.forms.places import Place, paragraph_address
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.recognise.matches import Match, Recognition
from pipelines.forms.recognise.recognise import recognise
from pipelines.forms.records.record import read_record
from pipelines.forms.registry import Catalogue
from pipelines.forms.tables.award_rows import file_key
from pipelines.forms.tables.grids import filled
from pipelines.forms.tables.table_form import read_table_form
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import Document


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
    recognition = recognise(
        document, submission.programme_id, catalogue, submission.file_name, submission.received_on.year
    )
    typing = Typing(reference, submission.programme_id, catalogue.words.yes_no)
    head_cells: set[Place] = set()
    printed: dict[Place, tuple[int, str]] = {}
    for number, match in enumerate(recognition.matches, start=1):
        part = Part(
            reading, submission, catalogue, reference, typing, match.form, number, match.title, match.sheet
        )
        part.head_cells, part.printed = head_cells, printed
        others = {id(grid) for other in recognition.matches if other is not match for grid, _ in other.tables}
        others |= {id(grid) for grid, _ in recognition.broken}
        part.foreign = frozenset(grid.name for grid in document.grids if id(grid) in others)
        reading.rows_read += _read_part(part, match)
    _finish(reading, recognition, head_cells)
    if reading.recognised:
        for told in document.told:
            reading.find(
                told.rule_id,
                form_id=reading.form_id,
                source_sheet=told.sheet,
                source_row=told.row,
                source_cell=told.cell,
                params=told.params,
            )
        _account_for_text(reading, recognition, document, head_cells, printed)
    return reading


def _read_part(part: Part, match: Match) -> int:
    whole = match.form.kind in ("record", "document")
    result = read_record(part, match) if whole else read_table_form(part, match)
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


def _account_for_text(
    reading: Reading,
    recognition: Recognition,
    document: Document,
    head_cells: set[Place],
    printed: dict[Place, tuple[int, str]],
) -> None:
    """The running text that holds no value: of records and documents, and around the tables of lists."""
    reasons = Counter(why for place, why in printed.items() if place not in head_cells)
    for (part_no, reason), lines in sorted(reasons.items()):
        reading.ignore(part_no, None, reason, lines)
    owned = {place for match in recognition.matches for line in match.lines for place in line.cells()}
    around: set[Place] = {
        (None, paragraph_address(each)) for each in document.paragraphs if each.text.strip()
    }
    reading.ignore(None, None, "chu_ngoai_bang", len(around - owned - head_cells))
    header: set[Place] = {(None, paragraph_address(each)) for each in document.header}
    reading.ignore(None, None, "dau_trang", len(header - owned))
    for reason, lines in sorted(document.aside.items()):
        reading.ignore(None, None, reason, lines)


def _finish(reading: Reading, recognition: Recognition, head_cells: set[Place]) -> None:
    """What became of sheets that no form was found on, and the nearest form of an unrecognised file."""
    if recognition.matches:
        reading.form_id = recognition.matches[0].form.id
        for grid, reason in recognition.ignored:
            head = sum(sheet == grid.name for sheet, _ in head_cells)
            reading.ignore(None, grid.name, reason, filled(grid) - head)
        for grid, near in recognition.broken:
            params = {"trang": grid.name, "bieu": near.form.official_label, "thieu": "; ".join(near.lacks)}
            reading.find("RD-BANG-THIEU", None, near.form.id, source_sheet=grid.name, params=params)
            reading.ignore(None, grid.name, "trang_khong_nhan_dang", filled(grid))
        return
    nearest = recognition.nearest
    if nearest:
        reading.nearest_form, reading.nearest_lacks = nearest.form.id, nearest.lacks
