"""Recognising the forms of a file from its content, with a score and the reasons."""

from __future__ import annotations

from dataclasses import replace

from pipelines.forms.form import Form
from pipelines.forms.recognise.between import says_otherwise
from pipelines.forms.recognise.by_lines import (
    match_documents,
    match_file_name,
    match_sheet,
    near_by_title,
    near_record,
)
from pipelines.forms.recognise.by_tables import key_for, match_grid
from pipelines.forms.recognise.continuation import fit_of
from pipelines.forms.recognise.copies import repeats, twin_of
from pipelines.forms.recognise.fates import fate_of, printed_by_us
from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.lines import TextLine, lines_of, unwrap
from pipelines.forms.recognise.matches import Fate, Match, Near, Recognition
from pipelines.forms.recognise.refusals import refuse
from pipelines.forms.recognise.title import lines_above, make_title
from pipelines.forms.recognise.windows import cut
from pipelines.forms.registry import Catalogue
from pipelines.forms.values.typed import Typing
from pipelines.inbox.document import Document, Grid

MOST_ABOVE = 400
"""Lines before a table that may hold its title: those of all tables of one form lie within."""
TABLE_KINDS = ("table", "mau_02")
TITLE_ROWS = 6
"""Rows at the top of a sheet that goes on within which it may repeat its title."""
LETTERHEAD_ROWS = 3
"""Rows of a table before that may be a letterhead."""


def recognise(
    document: Document,
    programme_id: str,
    catalogue: Catalogue,
    typing: Typing,
    file_name: str = "",
    received_year: int | None = None,
) -> Recognition:
    """Find the forms of a file.

    Args:
        document: the file.
        programme_id: decides which forms there are.
        catalogue: the known forms.
        typing: types values; they tell whether a table without a header goes on with the one before it.
        file_name: tells the kind of a scanned document.
        received_year: the year of a scanned document whose name has none.

    Returns:
        The matches in the order of the file, the sheets passed over with their reason, and the nearest form
        where none matched. A workbook has a form on each sheet; a Word or PDF file is one record or document
        and may hold tables of other forms amid its prose.
    """
    forms = catalogue.allowed(programme_id)
    if document.kind == "scan":
        found = match_file_name(file_name, forms, catalogue, received_year)
        return Recognition([found] if found else [])
    if document.kind in ("workbook", "csv"):
        result = _workbook(document, forms, catalogue, typing)
    else:
        result = _prose(document, forms, catalogue, typing)
    for match in result.matches:
        refuse(result, match, catalogue)
    return result


def _passed_by_name(grid: Grid, catalogue: Catalogue) -> bool | None:
    """``True``: ignored in any case; ``False``: when another sheet holds the form; ``None``: not by name."""
    key = words_key(grid.name)
    found = [sheet.always for sheet in catalogue.words.ignored_sheets if sheet.matches(key)]
    return any(found) if found else None


def _workbook(document: Document, forms: list[Form], catalogue: Catalogue, typing: Typing) -> Recognition:
    result = Recognition()
    waiting: list[tuple[Grid, Match]] = []
    seen: list[Grid] = []
    named_so = catalogue.words.evidence["named"]
    for grid in document.grids:
        by_name = _passed_by_name(grid, catalogue) if document.kind == "workbook" else None
        if by_name:
            result.fates.append(Fate(grid, "reference", named_so.format(name=grid.name)))
            continue
        if twin := twin_of(grid, seen):
            told = catalogue.words.evidence["twin"].format(sheet=twin.name)
            result.fates.append(Fate(grid, "not_read", why=told))
            continue
        seen.append(grid)
        beside = [each.text for each in grid.margin]
        match, near = match_grid(grid, forms, catalogue, [], beside=beside)
        if match is None:
            match = _record_sheet(grid, forms, catalogue)
        else:
            match.above = lines_of([*grid.margin, grid], end_row=match.tables[0][1].header.top)
        if match is not None and by_name is False:
            waiting.append((grid, match))
        elif match is not None:
            _take_sheet(result, match, grid, forms, catalogue)
        elif not _goes_on(result, grid, [], typing, catalogue):
            near = near or near_record(lines_of([grid], end_row=MOST_ABOVE), forms, catalogue)
            _leave(result, grid, near, catalogue)
    found = bool(result.matches)
    for grid, match in waiting:
        if found:
            result.fates.append(Fate(grid, "reference", named_so.format(name=grid.name)))
        else:
            _take_sheet(result, match, grid, forms, catalogue)
    return result


def _take_sheet(
    result: Recognition, match: Match, grid: Grid, forms: list[Form], catalogue: Catalogue
) -> None:
    """Add the match of a sheet or table, and those of further tables below or beside its first one."""
    if match.form.kind not in TABLE_KINDS or not match.tables:
        _take(result, match)
        return
    if _joins(result, match, match.above, catalogue):
        return
    bindings = [binding for table, binding in match.tables if table is grid]
    parts = cut(grid, bindings, catalogue.vocabulary)
    if len(parts) == 1:
        _take(result, match)
        return
    result.windows[id(grid)] = parts
    first, *others = parts
    match.tables = [(first, replace(binding, duplicates=(), seconds=())) for binding in bindings]
    top = bindings[0].header.top
    if first.part.startswith(f"{grid.label}, cột"):
        again, _ = match_grid(first, [match.form], catalogue, [], beside=[match.title.text])
        match.tables = again.tables if again else match.tables
    match.above = [replace(line, grid=first if line.grid is grid else line.grid) for line in match.above]
    _take(result, match)
    above = [match.title.text, *lines_above(grid, top)]
    for part in others:
        if repeats(part, first):
            told = catalogue.words.evidence["twin"].format(sheet=first.label)
            result.fates.append(Fate(part, "not_read", why=told))
            continue
        own, near = match_grid(part, forms, catalogue, above)
        if own is None:
            _leave(result, part, near, catalogue)
            continue
        own.above = lines_of([part], end_row=own.tables[0][1].header.top)
        _take(result, own)


def _goes_on(
    result: Recognition, grid: Grid, between: list[TextLine], typing: Typing, catalogue: Catalogue
) -> bool:
    """Whether a grid without a header goes on with the table before it; it then joins the match of that,
    or is told where something between them says that it is another list.

    A title of the same form may stand above its rows. Where the fit is doubtful the grid is left to be told.
    """
    before = next((match for match in reversed(result.matches) if match.form.kind in TABLE_KINDS), None)
    if before is None or not before.tables or grid.source_of:
        return False  # what drop-down lists take their values from is no list
    form, (table, binding) = before.form, before.tables[-1]
    start = _rows_after_title(grid, before, catalogue)
    if start is None:
        return False
    fit = fit_of(grid, table, binding, form, typing, catalogue.words, start)
    if fit.answer != "yes" or fit.binding is None:
        return False
    if other := says_otherwise([line.text for line in between], before, catalogue.words):
        why = catalogue.words.evidence["otherwise"].format(words=other)
        result.fates.append(Fate(grid, "not_read", why=why))
        return True
    before.tables.append((grid, fit.binding))
    before.went_on[grid.label] = fit.why
    before.between[grid.label] = [*between, *lines_of([grid], end_row=start, start=len(between))]
    return True


def _rows_after_title(grid: Grid, before: Match, catalogue: Catalogue) -> int | None:
    """The row at which the rows of a grid begin; ``None`` where its own title is not that of the form."""
    words = catalogue.words
    start = 0
    for number, row in enumerate(grid.rows[:TITLE_ROWS]):
        texts = [value for value in row if isinstance(value, str) and value]
        if len(texts) != grid.filled[number] or len(texts) != 1:
            continue
        key = words_key(texts[0])
        if starts_with(key, words.title_starts) or texts[0].strip().startswith("("):
            start = number + 1
    if start:
        title = make_title(lines_above(grid, start), words)
        key = key_for(before.form, title)
        same = before.form.matching_title(key) or not title.text
        refused = before.form.is_list and words.refuses(title.list_key, before.form.own_words)
        if not same or before.form.forbids_title(key) or refused:
            return None
    return start


def _joins(result: Recognition, match: Match, between: list[TextLine], catalogue: Catalogue) -> bool:
    """Whether a mẫu 02 whose header is repeated on a new page joins the table before it."""
    before = result.matches[-1] if result.matches else None
    if match.form.kind != "mau_02" or before is None or before.form is not match.form:
        return False
    starts = catalogue.words.title_starts
    if any(starts_with(words_key(line.text), starts) for line in between):
        return False
    before.tables.extend(match.tables)
    return True


def _record_sheet(grid: Grid, forms: list[Form], catalogue: Catalogue) -> Match | None:
    """The record a sheet is, with the tables of its own that stand below its lines."""
    match = match_sheet(grid, forms, catalogue)
    if match and match.form.tables:
        own, _ = match_grid(grid, [match.form], catalogue, [], match)
        match.tables = own.tables if own else []
    return match


def _leave(result: Recognition, grid: Grid, near: Near | None, catalogue: Catalogue) -> None:
    """A grid without a form: what it is by evidence; without any it was not read."""
    if own := printed_by_us(grid, catalogue.words):
        result.fates.append(own)
        return
    if near and near.is_broken_form:
        result.fates.append(Fate(grid, "not_read", near=near))
    else:
        result.fates.append(fate_of(grid, catalogue.words, first=not result.matches))
    if near:
        _nearer(result, near)


def _nearer(result: Recognition, near: Near) -> None:
    if result.nearest is None or near.score > result.nearest.score:
        result.nearest = near


def _text(document: Document, catalogue: Catalogue) -> list[TextLine]:
    """The lines of a Word or PDF file, below the header of its pages where the letterhead stands there."""
    lines = lines_of(document.blocks)
    if document.kind == "pdf":
        return unwrap(lines)
    header = lines_of(document.header)
    if _has_furniture(header, catalogue) and not _has_furniture(lines, catalogue):
        return lines_of([*document.header, *document.blocks])
    return lines


def _has_furniture(lines: list[TextLine], catalogue: Catalogue) -> bool:
    phrases = catalogue.words.furniture
    return any(has_phrase(words_key(line.text), phrase) for line in lines for phrase in phrases)


def _prose(document: Document, forms: list[Form], catalogue: Catalogue, typing: Typing) -> Recognition:
    result = Recognition()
    lines = _text(document, catalogue)
    wholes = match_documents(lines, forms, catalogue)
    result.matches = list(wholes)
    owners = {id(line.grid): match for match in wholes for line in match.lines if line.grid}
    if len(wholes) == 1:
        wholes[0].pages = document.page_count
    above: list[TextLine] = []
    beside = [each.text for each in (*document.header, *document.boxes)]
    between: list[TextLine] = []
    last_table = -1
    seen: list[Grid] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid) and id(block) not in owners and (twin := twin_of(block, seen)):
            why = catalogue.words.evidence["twin"].format(sheet=twin.name)
            result.fates.append(Fate(block, "not_read", why=why))
        elif isinstance(block, Grid):
            seen.append(block)
            whole = owners.get(id(block))
            own = [whole.form] if whole and whole.form.tables else []
            match, near = match_grid(
                block, [*own, *forms], catalogue, [line.text for line in above], whole, beside
            )
            if match and whole and match.form is whole.form:
                whole.tables.extend(match.tables)
            elif match:
                end = match.tables[0][1].header.top
                match.above = [*above, *lines_of([block], end_row=end, start=len(above))]
                if last_table < 0 or not _joins(result, match, between, catalogue):
                    _take_sheet(result, match, block, forms, catalogue)
                last_table, between = number, []
            elif last_table >= 0 and _goes_on(result, block, between, typing, catalogue):
                last_table, between = number, []
            elif whole is None:
                _leave(result, block, near, catalogue)
            elif whole.form.kind == "document" and near and near.is_broken_form:
                result.fates.append(Fate(block, "not_read", near=near))
            elif whole.form.kind == "document" and last_table >= 0:
                fate = printed_by_us(block, catalogue.words) or fate_of(block, catalogue.words, first=False)
                result.fates.extend([fate] if fate.kind == "not_read" else [])
        else:
            between.extend(lines_of([block], start=len(between)))
        above = [*above, *lines_of([block], end_row=LETTERHEAD_ROWS, start=len(above))][-MOST_ABOVE:]
    if not wholes and result.matches and last_table >= 0:
        # the text below the last table belongs to its form
        result.matches[-1].below = lines_of(document.blocks[last_table + 1 :])
    if not result.matches and (near := near_record(lines, forms, catalogue)):
        _nearer(result, near)
    result.nearest = result.nearest or near_by_title(lines, forms, catalogue, pdf=document.kind == "pdf")
    return result


def _take(result: Recognition, match: Match) -> None:
    """Add a match; the second table of a form with two tables joins the first one's match."""
    if len(match.form.tables) > 1 and match.form.kind == "table":
        for known in result.matches:
            laid = {binding.layout.id for _, binding in known.tables}
            new = {binding.layout.id for _, binding in match.tables}
            if known.form is match.form and not laid & new:
                known.tables.extend(match.tables)
                return
    result.matches.append(match)
