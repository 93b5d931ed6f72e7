"""A line of running text, or a lone text amid rows, that looks like a row of a list."""

from __future__ import annotations

import re

from pipelines.forms.extract import award_mentions
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.forms.values.look_up import ReferenceValues

NUMBERED = re.compile(r"\s*\(?(\d{1,4})\)?\s*(?:[.)/:-]|\t)\s*(?=\S)")
_BULLET = re.compile(r"\s*[-–+*•]\s*")
_PIECES = re.compile(r"\t+|[,;:|]|\s[-–—]\s|\n")
MOST_WORDS = 40
"""An entry of a list is no longer than this; prose is."""


def is_entry(text: str, words: Words, reference: ReferenceValues) -> bool:
    """Whether a text names a person or a collective, or numbers or lists someone, together with an award."""
    if len(text.split()) > MOST_WORDS or starts_with(words_key(text), words.title_starts):
        return False
    listed = NUMBERED.match(text) or _BULLET.match(text)
    rest = text[listed.end() :] if listed else text
    pieces = [piece.strip() for piece in _PIECES.split(rest) if piece.strip()]
    added = False
    while pieces and (found := _without_addition(pieces[0], words)) != pieces[0]:
        added = True
        pieces = [found, *pieces[1:]] if found else pieces[1:]
    if len(pieces) < 2:
        return False
    name = words.rows.without_address(pieces[0])[1]
    person = is_person_name(name, words)
    collective = starts_with(words_key(name), words.collective_heads)
    if not (person or collective or ((listed or added) and name[0].isupper())):
        return False
    awards = any(mention.award_code for piece in pieces[1:] for mention in award_mentions(piece, reference))
    return awards or (person and listed is not None and len(pieces) > 2)


def _without_addition(piece: str, words: Words) -> str:
    """A piece without ``Bổ sung`` or ``Ghi chú`` before it."""
    parts = piece.split()
    for length in (2, 1):
        if words_key(" ".join(parts[:length])) in (*words.rows.additions, *words.note_starts):
            return " ".join(parts[length:])
    return piece
