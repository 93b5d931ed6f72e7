"""Names apart from what people write before them: numbers of rows, how a person is addressed."""

from __future__ import annotations

import re

from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.inbox.document import CellValue

_NUMBERED = re.compile(r"\s*\d{1,4}\s*[.)/-]\s*(?=\D)")
MOST = 0.8
"""Share of the names with a number before them from which on these number the rows."""


def plain_names(
    cells: list[CellValue], words: Words, *, numbered: bool
) -> tuple[list[CellValue], dict[int, str]]:
    """The names of a column alone.

    Args:
        cells: the column.
        words: how people are addressed, surnames.
        numbered: whether the rows have a column of numbers.

    Returns:
        The names, and how the persons of some rows (by position) are addressed.
    """
    names = list(cells)
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if (
        not numbered
        and texts
        and sum(_NUMBERED.match(text) is not None for text in texts) >= MOST * len(texts)
    ):
        names = [_NUMBERED.sub("", cell, count=1) if isinstance(cell, str) else cell for cell in cells]
    addressed: dict[int, str] = {}
    firsts = [name.lstrip().partition(" ")[0] if isinstance(name, str) else "" for name in names]
    forms = {first for first in set(firsts) if words.rows.begins_with_address(first)}
    for number, name in enumerate(names if forms else []):
        if isinstance(name, str) and firsts[number] in forms:
            title, rest = plain_name(name, words)
            if title:
                names[number], addressed[number] = rest, title
    return names, addressed


def plain_name(name: str, words: Words) -> tuple[str | None, str]:
    """How somebody is addressed, and the name alone; a name that is no person's stays as it is."""
    title, rest = words.rows.without_address(name)
    is_name = title and words.rows.has_surname(rest) and is_person_name(rest, words)
    return (title, rest) if is_name else (None, name)
