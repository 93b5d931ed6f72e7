"""Recognising a table form by its header row, with its title as evidence."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.forms.form import Form
from pipelines.forms.recognise.matches import Match, Near
from pipelines.forms.recognise.title import Title, lines_above, make_title
from pipelines.forms.registry import Catalogue
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding, Header, best_binding, headers_of
from pipelines.forms.tables.headings import names_kind, without_mark
from pipelines.inbox.document import CellValue, Grid

HEADER_SEARCH = 60
"""Rows of a sheet among which its first header is looked for."""
TITLE_SHARE = 0.4
WHOLE = 1.0
"""Score of a form with every column under its own title."""
NUMBER_AND_TEXT = 2
"""Filled cells of a heading."""
LEAST_LABELS = 2
"""Labels a table must show before its form is thought of at all."""


def key_for(form: Form, title: Title) -> str:
    """The words of a title that decide on a form: of lists of awards those that govern the list."""
    return title.list_key if form.is_list else title.key


def _score(form: Form, binding: Binding, title: Title, catalogue: Catalogue) -> tuple[float, tuple[str, ...]]:
    """Score of a table form, 0-1, and the reasons in words."""
    words = catalogue.words.reasons
    reasons = [words["header"].format(matched=len(binding.columns), known=len(binding.layout.columns))]
    if not form.titles:
        return binding.share, tuple(reasons)
    rule = form.matching_title(key_for(form, title))
    reasons.append(words["title"].format(words=rule.words) if rule else words["no_title"])
    return binding.share * (1 - TITLE_SHARE) + TITLE_SHARE * (1.0 if rule else 0.5), tuple(reasons)


def _lacks(form: Form, binding: Binding, title: Title, catalogue: Catalogue) -> tuple[str, ...]:
    lacks = [column.label for column in binding.lacks]
    if form.needs_title and not form.matching_title(key_for(form, title)):
        words = "; ".join(dict.fromkeys(rule.words for rule in form.titles))
        lacks.insert(0, catalogue.words.reasons["lacks_title"].format(words=words))
    return tuple(lacks)


def _is_whole(binding: Binding, grid: Grid, catalogue: Catalogue) -> bool:
    """Whether every needed column is there; the kind of recipients may stand in headings above their rows."""
    lacks = binding.lacks
    if any(column.type != "recipient_kind" or column.id not in binding.layout.heads for column in lacks):
        return False
    below = grid.rows[binding.header.body :]
    return not lacks or any(_is_kind_heading(row, catalogue) for row in below)


def _is_kind_heading(row: list[CellValue], catalogue: Catalogue) -> bool:
    """Whether a row holds a recipient kind and, at most, its number: ``I. Tập thể``, ``II | Cá nhân``."""
    texts = [value for value in row if not is_blank(value)]
    if not 0 < len(texts) <= NUMBER_AND_TEXT or not isinstance(texts[-1], str):
        return False
    return names_kind(without_mark(texts[-1]), catalogue.words)


def _keys_of(headers: list[Header]) -> set[str]:
    """Every key a column of some headers may be known by."""
    return set().union(*(header.all_keys for header in headers))


def _bindings(form: Form, headers: list[Header], present: set[str]) -> list[Binding]:
    """One binding for each table of the form, in the order of the sheet; no two on one header.

    Args:
        form: the form.
        headers: the headers the sheet may have.
        present: every key a column of them may be known by.
    """
    found: list[Binding] = []
    layouts = [
        layout
        for layout in form.tables
        if len(layout.by_key.keys() & present) >= LEAST_LABELS
        or len(layout.by_plain.keys() & present) >= LEAST_LABELS
    ]
    while layouts:
        free = [
            header
            for header in headers
            if all(header.top >= other.header.body or header.body <= other.header.top for other in found)
        ]
        bound = [binding for layout in layouts if (binding := best_binding(layout, free))]
        if not bound:
            break
        best = max(bound, key=lambda binding: (not binding.lacks, binding.share))
        found.append(best)
        layouts.remove(best.layout)
    return sorted(found, key=lambda binding: binding.header.top)


def match_grid(
    grid: Grid,
    forms: list[Form],
    catalogue: Catalogue,
    above: list[str],
    whole: Match | None = None,
    beside: Sequence[str] = (),
) -> tuple[Match | None, Near | None]:
    """The best form of a grid, or else the nearest one.

    Args:
        grid: a sheet or a table.
        forms: the forms the programme allows.
        catalogue: for its words and labels.
        above: texts before the grid in a Word or PDF file.
        whole: the record the file is; its own tables need no title.
        beside: texts in text boxes and page headers.
    """
    headers = list(headers_of(grid, catalogue.vocabulary, HEADER_SEARCH, catalogue.endings))
    present = _keys_of(headers)
    best: Match | None = None
    near: Near | None = None
    titles: dict[int, Title] = {}
    for form in forms:
        own = whole is not None and form is whole.form
        if not form.tables or (form.kind == "record" and not own) or not headers:
            continue
        bindings = _bindings(form, headers, present)
        whole_ones = sum(_is_whole(binding, grid, catalogue) for binding in bindings)
        if 0 < whole_ones < len(form.tables):
            headers = list(headers_of(grid, catalogue.vocabulary, endings=catalogue.endings))
            present = _keys_of(headers)
            bindings = _bindings(form, headers, present)
        if not bindings:
            continue
        first = bindings[0].header.top
        if first not in titles:
            titles[first] = make_title([*above, *lines_above(grid, first)], catalogue.words, beside=beside)
        title = titles[first]
        full = [binding for binding in bindings if _is_whole(binding, grid, catalogue)]
        titled = own or not (form.needs_title and not form.matching_title(key_for(form, title)))
        if full and titled and (own or not form.forbids_title(key_for(form, title))):
            score, reasons = _score(form, max(full, key=lambda item: item.share), title, catalogue)
            if best is None or score > best.score:
                best = Match(form, score, reasons, title, [(grid, binding) for binding in full])
            if best.score >= WHOLE:
                break  # no form can be a better one
        elif form.kind != "record":
            near = _nearer(near, form, max(bindings, key=lambda item: item.share), title, catalogue)
    return best, near


def _nearer(near: Near | None, form: Form, binding: Binding, title: Title, catalogue: Catalogue) -> Near:
    titled = 1.0 if form.matching_title(key_for(form, title)) else 0.0
    score = binding.share * (1 - TITLE_SHARE) + TITLE_SHARE * titled
    found = Near(form, score, len(binding.columns), _lacks(form, binding, title, catalogue))
    return found if near is None or found.score > near.score else near
