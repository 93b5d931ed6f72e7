"""What stands between a table and one without a header after it: whether both can be one list."""

from __future__ import annotations

import re

from pipelines.forms.recognise.by_tables import key_for
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.recognise.matches import Match
from pipelines.forms.recognise.title import find_decision, make_title
from pipelines.forms.registry import Words

_YEAR = re.compile(r"(?:năm(?: học)?\s*:?\s*)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.IGNORECASE)
SHOWN = 120
"""So much of it is told."""
TIMES = ("year", "decision_date", "decision_no")
"""Columns by which rows say themselves of which year and decision they are."""


def says_otherwise(texts: list[str], before: Match, words: Words) -> str | None:
    """The title, decision or year between two tables that makes the second another list than the first.

    Args:
        texts: the lines between them.
        before: what the first table was recognised as.
        words: what titles and decisions are told by.
    """
    if _is_titled_otherwise(texts, before, words):
        return " ".join(texts)[:SHOWN]
    return next((text[:SHOWN] for text in texts if _is_of_another_time(text, before, words)), None)


def _is_titled_otherwise(texts: list[str], before: Match, words: Words) -> bool:
    if not any(starts_with(words_key(words.with_marks(text)), words.title_starts) for text in texts):
        return False
    title = make_title(texts, words)
    key = key_for(before.form, title)
    refused = before.form.is_list and words.refuses(title.list_key, before.form.own_words)
    return before.form.forbids_title(key) or bool(refused) or before.form.matching_title(key) is None


def _is_of_another_time(text: str, before: Match, words: Words) -> bool:
    """Rows that name neither year nor decision take both from what stands above them."""
    if not before.form.is_list or any(name in before.tables[-1][1].columns for name in TIMES):
        return False
    decision = find_decision(text, words)
    other = decision not in ((None, None), (before.title.decision_no, before.title.decision_date))
    return other or _YEAR.fullmatch(text.strip(" ().:")) is not None
