"""A list that goes on as running text beside its tables: paragraphs that each look like a row."""

from __future__ import annotations

import re

from pipelines.forms.extract import award_mentions
from pipelines.forms.places import Place, paragraph_address
from pipelines.forms.reading import Reading
from pipelines.forms.recognise.continuation import last_number
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.recognise.matches import Recognition
from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.inbox.document import Document, Paragraph

_NUMBERED = re.compile(r"\s*(\d{1,4})\s*(?:[.)/:-]|\t)\s*(?=\S)")
_BULLET = re.compile(r"\s*[-–+*•]\s*")
_PIECES = re.compile(r"\t+|[,;:|]|\s[-–—]\s|\n")
_TITLES = re.compile(r"^(?:ông|bà|anh|chị|đồng chí|đ/c)\.?\s+", re.IGNORECASE)
SHOWN = 120
MOST_WORDS = 40
"""An entry of a list is no longer than this; prose is."""


def tell_entries(
    reading: Reading,
    recognition: Recognition,
    document: Document,
    words: Words,
    reference: ReferenceValues,
    taken: set[Place],
) -> set[Place]:
    """Tell of the paragraphs of a file with lists that look like rows of them.

    Args:
        reading: what was read; a finding is added.
        recognition: the forms found.
        document: the file.
        words: the catalogue's words.
        reference: names of awards.
        taken: the places that were read as values.

    Returns:
        The places of the paragraphs.
    """
    tables = [table for match in recognition.matches if not match.lines for table in match.tables]
    prose = any(match.lines for match in recognition.matches)
    if not tables or any(match.form.kind == "record" for match in recognition.matches):
        return set()
    ends = [last_number(grid, binding) for grid, binding in tables]
    after = {end + 1 for end in ends if end is not None}
    boxes = [each for grid in document.grids for each in grid.margin]
    found: list[Paragraph] = []
    noted = False
    for paragraph in (*document.paragraphs, *boxes):
        key = words_key(paragraph.text)
        noted = (noted or starts_with(key, words.note_starts)) and not starts_with(
            key, words.signature_starts
        )
        place: Place = (None, paragraph_address(paragraph))
        number = _NUMBERED.match(paragraph.text)
        goes_on = number is not None and int(number[1]) in after and int(number[1]) > 1
        entry = _is_entry(paragraph.text, words, reference)
        if place in taken or not ((goes_on and (entry or not prose)) or (entry and not noted and not prose)):
            continue
        found.append(paragraph)
        if goes_on and number:
            after.add(int(number[1]) + 1)
    if found:
        first = found[0]
        name = words.part_names["text"]
        params = {
            "noi": name,
            "so_dong": str(len(found)),
            "dong_dau": first.text.strip()[:SHOWN],
            "vi_sao": "",
        }
        reading.find("RD-CHUA-DOC", source_cell=paragraph_address(first), field=name, params=params)
    return {(None, paragraph_address(each)) for each in found}


def _is_entry(text: str, words: Words, reference: ReferenceValues) -> bool:
    """Whether a paragraph names a person, or numbers or lists someone, together with an award."""
    if len(text.split()) > MOST_WORDS:
        return False
    listed = _NUMBERED.match(text) or _BULLET.match(text)
    rest = text[listed.end() :] if listed else text
    pieces = [piece.strip() for piece in _PIECES.split(rest) if piece.strip()]
    if len(pieces) < 2:
        return False
    person = is_person_name(_TITLES.sub("", pieces[0]), words)
    if not (person or (listed and pieces[0][0].isupper())):
        return False
    awards = any(mention.award_code for piece in pieces[1:] for mention in award_mentions(piece, reference))
    return awards or (person and listed is not None and len(pieces) > 2)
