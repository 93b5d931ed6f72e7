"""Lists that are recognised and not read: by their title nothing was awarded, or columns contradict."""

from __future__ import annotations

import re

from pipelines.forms.recognise.matches import Fate, Match, Recognition
from pipelines.forms.registry import Catalogue
from pipelines.forms.tables.header import Binding
from pipelines.inbox.document import Grid

_YEAR_COLUMN = re.compile(r"(?:năm\s*)?(?:19|20)\d\d", re.IGNORECASE)


def refuse(result: Recognition, match: Match, catalogue: Catalogue) -> None:
    """A list whose title says that nothing was awarded, or with two columns of one label, is not read.

    Source: docs/contract.md#forms, Titles.
    """
    words = catalogue.words
    word = words.refuses(match.title.list_key, match.form.own_words) if match.form.is_list else None
    tables = list({id(table[0]): table for table in match.tables}.values())
    twice = next((column for grid, binding in tables if (column := _twice(grid, binding))), None)
    if word:
        match.refused = words.evidence["no_awards"].format(word=words.shown[word])
    elif match.form.is_list and (meant := words.nearly(match.title.list_key)):
        match.refused = words.evidence["misspelt"].format(word=words.shown[meant])
    elif twice and match.form.kind == "table":
        match.refused = words.evidence["twice"].format(label=twice)
    elif years := next((found for _, binding in tables if (found := _columns_of_years(binding))), None):
        match.refused = words.evidence["years"].format(years="», «".join(years))
    for grid, binding in tables if match.refused else []:
        result.fates.append(Fate(grid, "not_read", why=match.refused or "", start=binding.header.body))


def _columns_of_years(binding: Binding) -> list[str]:
    """The headers of columns that each stand for a year, in a table whose rows name theirs in no column."""
    years = [column.id for column in binding.layout.columns if column.type == "year"]
    if not years or binding.columns.keys() & {*years}:
        return []
    texts = [binding.header.texts[number] for number in binding.extras]
    found = [text for text in texts if _YEAR_COLUMN.fullmatch(text.strip())]
    return found if len(found) > 1 else []


def _twice(grid: Grid, binding: Binding) -> str | None:
    """The label of a needed column of which a second one holds values too."""
    layout = binding.layout
    for name, column in binding.duplicates:
        field = layout.by_id[name]
        body = grid.rows[binding.header.body :]
        held = any(column < len(row) and row[column] not in ("", None) for row in body)
        if held and (field.required or field.type == "year"):
            return field.label
    return None
