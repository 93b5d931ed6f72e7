"""Recognising the table forms of a file from their content, with a score and the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.forms.form import Form
from pipelines.forms.header import Binding, Header, best_binding, headers_of
from pipelines.forms.labels import words_key
from pipelines.forms.registry import Catalogue
from pipelines.forms.title import Title, lines_above, make_title
from pipelines.inbox.document import Document, Grid, Paragraph

HEADER_SEARCH = 60
"""Rows of a sheet among which its first header is looked for."""
TITLE_SHARE = 0.4
NEAR_LABELS = 3
"""Labels of one form that make a sheet look like a broken one of its kind."""


@dataclass(slots=True)
class Match:
    """A form recognised in a file."""

    form: Form
    score: float
    reasons: tuple[str, ...]
    title: Title
    tables: list[tuple[Grid, Binding]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    """Grids of a record form: they hold label–value lines, not a table of the form."""


@dataclass(frozen=True, slots=True)
class Near:
    """The form that comes nearest, and what it lacks."""

    form: Form
    score: float
    labels: int
    lacks: tuple[str, ...]


@dataclass(slots=True)
class Recognition:
    """What was recognised in a file, and what became of its other sheets."""

    matches: list[Match] = field(default_factory=list)
    ignored: list[tuple[Grid, str]] = field(default_factory=list)
    """Sheets passed over, with the reason's name."""
    broken: list[tuple[Grid, Near]] = field(default_factory=list)
    """Sheets that look like a form but lack what it needs."""
    nearest: Near | None = None


def titles_of(document: Document, catalogue: Catalogue) -> dict[int, list[str]]:
    """For each grid (by identity) the texts of the paragraphs before it."""
    lines: list[str] = []
    above: dict[int, list[str]] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.extend(block.text.splitlines())
        else:
            above[id(block)] = list(lines)
            lines.extend(str(value) for row in block.rows[:3] for value in row if isinstance(value, str))
    return above


def score_table(
    form: Form, binding: Binding, title: Title, catalogue: Catalogue
) -> tuple[float, tuple[str, ...]]:
    """Score of a table form, 0-1, and the reasons in words."""
    words = catalogue.words.reasons
    reasons = [words["header"].format(matched=len(binding.columns), known=len(binding.layout.columns))]
    if not form.titles:
        return binding.share, tuple(reasons)
    rule = form.matching_title(title.key)
    if rule:
        reasons.append(words["title"].format(words=rule.words))
    else:
        reasons.append(words["no_title"])
    titled = 1.0 if rule else 0.5
    return binding.share * (1 - TITLE_SHARE) + TITLE_SHARE * titled, tuple(reasons)


def _lacks(form: Form, binding: Binding | None, title: Title) -> tuple[str, ...]:
    lacks = [column.label for column in binding.lacks] if binding else []
    if form.needs_title and not form.matching_title(title.key):
        lacks.insert(0, "; ".join(dict.fromkeys(rule.words for rule in form.titles)))
    return tuple(lacks)


def match_grid(
    grid: Grid, forms: list[Form], catalogue: Catalogue, above: list[str]
) -> tuple[Match | None, Near | None]:
    """The best form of a grid, or else the nearest one.

    Args:
        grid: a sheet or a table.
        forms: the forms the programme allows.
        catalogue: for its words and labels.
        above: texts before the grid in a Word or PDF file.
    """
    headers = list(headers_of(grid, catalogue.vocabulary, HEADER_SEARCH))
    best: Match | None = None
    near: Near | None = None
    titles: dict[int, Title] = {}
    for form in forms:
        if not form.tables:
            continue
        bindings = _bindings(form, headers)
        if any(not binding.lacks for binding in bindings) and len(form.tables) > len(bindings):
            headers = list(headers_of(grid, catalogue.vocabulary))
            bindings = _bindings(form, headers)
        first = min((binding.header.top for binding in bindings), default=0)
        if first not in titles:
            titles[first] = make_title([*above, *lines_above(grid, first)], catalogue.words)
        title = titles[first]
        whole = [binding for binding in bindings if not binding.lacks]
        lacks_title = form.needs_title and not form.matching_title(title.key)
        if whole and not lacks_title and not form.forbids_title(title.key):
            score, reasons = score_table(form, max(whole, key=lambda item: item.share), title, catalogue)
            if best is None or score > best.score:
                best = Match(form, score, reasons, title, [(grid, binding) for binding in whole])
        elif bindings:
            near = _nearer(near, form, max(bindings, key=lambda item: item.share), title)
    return best, near


def _bindings(form: Form, headers: list[Header]) -> list[Binding]:
    """One binding for each table of the form, in the order of the sheet; no two on one header."""
    found: list[Binding] = []
    for layout in form.tables:
        free = [
            header
            for header in headers
            if all(header.top >= b.header.body or header.body <= b.header.top for b in found)
        ]
        binding = best_binding(layout, free)
        if binding:
            found.append(binding)
    return sorted(found, key=lambda binding: binding.header.top)


def _nearer(near: Near | None, form: Form, binding: Binding, title: Title) -> Near:
    titled = 1.0 if form.matching_title(title.key) else 0.0
    score = binding.share * (1 - TITLE_SHARE) + TITLE_SHARE * titled
    found = Near(form, score, len(binding.columns), _lacks(form, binding, title))
    return found if near is None or found.score > near.score else near


def _passed_by_name(grid: Grid, catalogue: Catalogue) -> bool | None:
    """``True``: ignored in any case; ``False``: when another sheet holds the form; ``None``: not by name."""
    key = words_key(grid.name)
    found = [sheet.always for sheet in catalogue.words.ignored_sheets if sheet.matches(key)]
    return any(found) if found else None


def recognise_tables(document: Document, forms: list[Form], catalogue: Catalogue) -> Recognition:
    """Find the table forms of a file: on each sheet, or in the tables amid the prose.

    Returns:
        The matches in the order of the file, one for each form and grid (both tables of a form that has two
        are one match), the sheets passed over with their reason, and the nearest form where none matched.
    """
    result = Recognition()
    above = titles_of(document, catalogue)
    later: list[tuple[Grid, Match | None, Near | None]] = []
    for grid in document.grids:
        by_name = _passed_by_name(grid, catalogue) if document.kind in ("workbook", "csv") else None
        if by_name:
            result.ignored.append((grid, "trang_huong_dan"))
            continue
        match, near = match_grid(grid, forms, catalogue, above[id(grid)])
        if by_name is False or match is None:
            later.append((grid, match, near))
        else:
            _take(result, match)
    found = bool(result.matches)
    for grid, match, near in later:
        by_name = _passed_by_name(grid, catalogue) if document.kind in ("workbook", "csv") else None
        if by_name is False and found:
            result.ignored.append((grid, "trang_huong_dan"))
        elif match is not None:
            _take(result, match)
        elif near and near.labels >= NEAR_LABELS:
            result.broken.append((grid, near))
        else:
            result.ignored.append((grid, "trang_tham_chieu"))
        if near and (result.nearest is None or near.score > result.nearest.score):
            result.nearest = near
    return result


def _take(result: Recognition, match: Match) -> None:
    """Add a match; the second table of a form with two tables joins the first one's match."""
    if len(match.form.tables) > 1:
        for known in result.matches:
            laid = {binding.layout.id for _, binding in known.tables}
            new = {binding.layout.id for _, binding in match.tables}
            if known.form is match.form and not laid & new:
                known.tables.extend(match.tables)
                return
    result.matches.append(match)
