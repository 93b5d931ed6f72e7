"""Recognising records and documents: by their title and labels, a scanned document by its file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from pipelines.forms.form import Form
from pipelines.forms.label_lines import LabelField, LabelIndex, read_labels
from pipelines.forms.lines import TextLine, lines_of
from pipelines.forms.matches import Match, Near
from pipelines.forms.registry import Catalogue
from pipelines.forms.title import Title, make_title
from pipelines.inbox.document import Grid
from pipelines.text.keys import search_key

TITLE_SEARCH = 40
"""Lines from the top among which the title of a document is looked for."""
TITLE_SHARE = 0.6
_GAP = re.compile(r"[^a-z0-9]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def _labels(form: Form, lines: list[TextLine]) -> tuple[int, int]:
    """How many fields of a record form are there, and how many it has."""
    fields = [LabelField.from_data(item) for item in form.data.get("fields", [])]
    found, _ = read_labels(lines, LabelIndex(fields, []))
    return len({item.field.id for item in found}), len([item for item in fields if item.labels])


def _best(lines: list[TextLine], forms: list[Form], catalogue: Catalogue, title: Title) -> Match | None:
    words = catalogue.words.reasons
    best: Match | None = None
    rank = (0, 0.0)
    for form in forms:
        rule = form.matching_title(title.key)
        if rule is None:
            continue
        reasons = [words["title"].format(words=rule.words)]
        score = 1.0
        if form.kind == "record":
            matched, known = _labels(form, lines[title.end :])
            score = TITLE_SHARE + (1 - TITLE_SHARE) * (matched / known if known else 1.0)
            reasons.append(words["labels"].format(matched=matched, known=known))
        if (rule.length, score) > rank:
            best, rank = Match(form, score, tuple(reasons), title, lines=lines), (rule.length, score)
    return best


def match_document(lines: list[TextLine], forms: list[Form], catalogue: Catalogue) -> Match | None:
    """The record or document a Word or PDF file is.

    Source: CONTRACT section 2, «Forms», Documents by their title line.
    """
    title = make_title([line.text for line in lines[:TITLE_SEARCH]], catalogue.words, earliest=True)
    if not title.text:
        return None
    return _best(lines, [form for form in forms if form.kind in ("record", "document")], catalogue, title)


def near_by_title(lines: list[TextLine], forms: list[Form], catalogue: Catalogue) -> Near | None:
    """The list or table a file without one is called, as a PDF file that lost its cells."""
    title = make_title([line.text for line in lines[:TITLE_SEARCH]], catalogue.words, earliest=True)
    called = [
        (rule.length, form)
        for form in forms
        if form.kind in ("table", "mau_02") and (rule := form.matching_title(title.key))
    ]
    if not called:
        return None
    _, form = max(called, key=lambda item: item[0])
    return Near(form, TITLE_SHARE, 0, (catalogue.words.reasons["lacks_table"],))


def match_sheet(grid: Grid, forms: list[Form], catalogue: Catalogue) -> Match | None:
    """The record a sheet is: label–value lines under the form's title."""
    lines = lines_of([grid], end_row=TITLE_SEARCH)
    title = make_title([line.text for line in lines], catalogue.words, earliest=True)
    records = [form for form in forms if form.kind == "record"]
    if not title.text or not any(form.matching_title(title.key) for form in records):
        return None
    return _best(lines_of([grid]), records, catalogue, title)


def match_file_name(
    file_name: str, forms: list[Form], catalogue: Catalogue, received_year: int | None
) -> Match | None:
    """The document a scan without text is, by its file's name.

    Source: CONTRACT section 2, «Forms»: ``to-trinh*``, ``bien-ban*``, …, ``bao-cao-nam-YYYY*``.
    """
    name = _GAP.sub("-", search_key(PurePosixPath(file_name).stem)).strip("-")
    found: tuple[int, Form, str] | None = None
    for form in forms:
        for start in form.data.get("file_names", []):
            if name.startswith(start) and (found is None or len(start) > found[0]):
                found = len(start), form, start
    if found is None:
        return None
    _, form, start = found
    years = _YEAR.findall(name)
    year = int(years[0]) if len(set(years)) == 1 else received_year
    reasons = (catalogue.words.reasons["file_name"].format(words=start),)
    return Match(form, 0.5, reasons, replace(Title(), year=None), year=year, by_name=True)
