"""Recognising records and documents: by their title and labels, a scanned document by its file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from pipelines.forms.form import Form
from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.lines import TextLine, lines_of
from pipelines.forms.recognise.matches import NEAR_LABELS, Match, Near
from pipelines.forms.recognise.period import Period, period_of
from pipelines.forms.recognise.title import Title, make_title
from pipelines.forms.records.label_lines import index_of, read_labels
from pipelines.forms.registry import Catalogue, Words
from pipelines.inbox.document import Grid
from pipelines.text.keys import search_key

TITLE_SEARCH = 40
"""Lines from the top among which the title of a document is looked for."""
TITLE_SHARE = 0.6
LETTERHEAD_LINES = 15
"""Lines above a title within which its letterhead stands."""
NUMBER_LINE = "số "
_GAP = re.compile(r"[^a-z0-9]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def _labels(form: Form, lines: list[TextLine]) -> tuple[int, int]:
    """How many fields of a record form are there, and how many it has."""
    found, _ = read_labels(lines, index_of(form))
    known = [item for item in form.data.get("fields", []) if item.get("labels")]
    return len({item.field.id for item in found}), len(known)


def _title(lines: list[TextLine], words: Words) -> Title:
    """The title at the head of a file; a table below it is none of it."""
    texts = [line.text for line in lines[:TITLE_SEARCH]]
    title = make_title(texts, words, earliest=True)
    grid = lines[title.first].grid if title.text else None
    for number in range(title.first, title.end):
        if lines[number].grid is not grid:
            return make_title(texts[:number], words, earliest=True)
    return title


def _above_labels(title: Title, form: Form, lines: list[TextLine], catalogue: Catalogue) -> Title:
    """The title without the lines that are labels or headings of the form already."""
    index = index_of(form)
    for number in range(title.first + 1, title.end):
        if index.opens(lines[number].text):
            return make_title([line.text for line in lines[:number]], catalogue.words, earliest=True)
    return title


def _best(lines: list[TextLine], forms: list[Form], catalogue: Catalogue, title: Title) -> Match | None:
    words = catalogue.words.reasons
    best: Match | None = None
    rank = (0, 0.0)
    period = period_of(catalogue.words.periods, title.text)
    if not period.kinds and title.year:  # «(Năm 2022)» on a line of its own
        period = Period(frozenset({"year"}), title.year)
    for form in forms:
        rule = form.matching_title(title.key, period)
        if rule is None:
            continue
        reasons = [words["title"].format(words=rule.words)]
        score, own = 1.0, replace(title, year=period.year or title.year) if period.is_year else title
        if form.kind == "record":
            own = _above_labels(title, form, lines, catalogue)
            matched, known = _labels(form, lines[own.end :])
            score = TITLE_SHARE + (1 - TITLE_SHARE) * (matched / known if known else 1.0)
            reasons.append(words["labels"].format(matched=matched, known=known))
        if (rule.length, score) > rank:
            best, rank = Match(form, score, tuple(reasons), own, lines=lines), (rule.length, score)
    return best


def match_documents(lines: list[TextLine], forms: list[Form], catalogue: Catalogue) -> list[Match]:
    """The record or document a Word or PDF file is, or the records one after the other in it.

    Source: docs/contract.md#forms, Documents by their title line; docs/contract.md#parts.
    """
    title = _title(lines, catalogue.words)
    wanted = [form for form in forms if form.kind in ("record", "document")]
    whole = _best(lines, wanted, catalogue, title) if title.text else None
    if whole is None:
        return _decisions(lines, wanted, catalogue)
    records = [form for form in forms if form.kind == "record"]
    starts = [0, *_later_records(lines, whole.title.end, records, catalogue)]
    if len(starts) == 1:
        return [whole]
    ends = [*starts[1:], len(lines)]
    stretches = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
    found = (_best(each, wanted, catalogue, _title(each, catalogue.words)) for each in stretches)
    return [match for match in found if match]


def _decisions(lines: list[TextLine], forms: list[Form], catalogue: Catalogue) -> list[Match]:
    """The document a file is by a word that begins no other title: a decision, with or without its list; a
    letter, whose subject under its number stands for a title.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (công văn).
    """
    known = catalogue.words.title_starts
    own = (start for form in forms for rule in form.titles for start in rule.starts)
    starts = tuple(start for start in own if not starts_with(start, known))
    title = _title(lines, replace(catalogue.words, title_starts=starts))
    if starts_with(title.key, catalogue.words.subject_starts) and not _is_number(lines, title.first - 1):
        return []
    called = [form for form in forms if any(rule.starts for rule in form.titles)]
    whole = _best(lines, called, catalogue, title) if title.text else None
    return [whole] if whole else []


def _is_number(lines: list[TextLine], at: int) -> bool:
    return at >= 0 and words_key(lines[at].text).startswith(NUMBER_LINE)


def _later_records(lines: list[TextLine], first: int, records: list[Form], catalogue: Catalogue) -> list[int]:
    """The lines at which further records begin: under a title of their own, with labels of their form."""
    starts: list[int] = []
    for number in range(first, len(lines)):
        text = lines[number].text
        if not text[:1].isupper() or not " ".join(text.split()[:2]).isupper():
            continue
        if not starts_with(words_key(text), catalogue.words.title_starts):
            continue
        title = _title(lines[number : number + TITLE_SEARCH], catalogue.words)
        match = _best(lines[number : number + TITLE_SEARCH], records, catalogue, title)
        if (
            match
            and title.first == 0
            and _labels(match.form, match.lines[match.title.end :])[0] >= NEAR_LABELS
        ):
            starts.append(_letterhead_start(lines, number, max([first, *starts]), catalogue))
    return starts


def _letterhead_start(lines: list[TextLine], title: int, first: int, catalogue: Catalogue) -> int:
    """The line at which the letterhead above a title begins: below the signatures of the record before."""
    words = catalogue.words
    start = title
    for number in range(title - 1, first - 1, -1):
        line = lines[number]
        key = words_key(line.text)
        head = line.grid is not None and any(
            has_phrase(words_key(other.text), phrase)
            for other in lines[max(first, title - LETTERHEAD_LINES) : title]
            if other.grid is line.grid
            for phrase in words.furniture
        )
        printed = line.text.isupper() or starts_with(key, words.letterhead_skips)
        dated = all(has_phrase(key, word) for word in words.date_line) or key.startswith(NUMBER_LINE)
        if not head and (starts_with(key, words.signature_starts) or not (printed or dated)):
            break
        start = number
    return start


def near_record(lines: list[TextLine], forms: list[Form], catalogue: Catalogue) -> Near | None:
    """The record form whose labels stand in a file without its title."""
    words = catalogue.words.reasons
    best: Near | None = None
    for form in forms:
        if form.kind != "record":
            continue
        matched, known = _labels(form, lines)
        score = matched / known if known else 0.0
        if matched >= NEAR_LABELS and (best is None or score > best.score):
            lacks = words["lacks_title"].format(words=form.titles[0].words)
            best = Near(form, score, matched, (lacks,))
    return best


def near_by_title(
    lines: list[TextLine], forms: list[Form], catalogue: Catalogue, *, pdf: bool
) -> Near | None:
    """The list or table a file without one is called; a PDF file lost its cells."""
    title = make_title([line.text for line in lines[:TITLE_SEARCH]], catalogue.words, earliest=True)
    called = [
        (rule.length, form)
        for form in forms
        if form.kind in ("table", "mau_02") and (rule := form.matching_title(title.key))
    ]
    if not called:
        return None
    _, form = max(called, key=lambda item: item[0])
    return Near(form, TITLE_SHARE, 0, (catalogue.words.reasons["lacks_table_pdf" if pdf else "lacks_table"],))


def match_sheet(grid: Grid, forms: list[Form], catalogue: Catalogue) -> Match | None:
    """The record a sheet is: label–value lines under the form's title."""
    title = _title(lines_of([grid], end_row=TITLE_SEARCH), catalogue.words)
    records = [form for form in forms if form.kind == "record"]
    if not title.text or not any(form.matching_title(title.key) for form in records):
        return None
    return _best(lines_of([grid]), records, catalogue, title)


def match_file_name(
    file_name: str, forms: list[Form], catalogue: Catalogue, received_year: int | None
) -> Match | None:
    """The document a scan without text is, by its file's name.

    Source: docs/contract.md#forms: ``to-trinh*``, ``bien-ban*``, …, ``bao-cao-nam-YYYY*``.
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
