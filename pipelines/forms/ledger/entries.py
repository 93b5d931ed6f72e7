"""A list that goes on as running text beside its tables: paragraphs that each look like a row."""

from __future__ import annotations

from pipelines.forms.places import Place, paragraph_address
from pipelines.forms.reading import Reading
from pipelines.forms.recognise.continuation import last_number
from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.forms.recognise.matches import Recognition
from pipelines.forms.registry import Words
from pipelines.forms.values.entries import NUMBERED, is_entry
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.inbox.document import Document, Paragraph

SHOWN = 120


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
    for paragraph in (*document.header, *document.paragraphs, *boxes):
        key = words_key(paragraph.text)
        opens = starts_with(key, words.note_starts)
        inside = noted and not opens
        noted = (noted or opens) and not starts_with(key, words.signature_starts)
        place: Place = (None, paragraph_address(paragraph))
        number = NUMBERED.match(paragraph.text)
        goes_on = number is not None and int(number[1]) in after and int(number[1]) > 1
        entry = is_entry(paragraph.text, words, reference)
        if place in taken or not ((goes_on and (entry or not prose)) or (entry and not inside and not prose)):
            continue
        found.append(paragraph)
        if goes_on and number:
            after.add(int(number[1]) + 1)
    found_notes = _notes(document, words) if not prose else []
    for text, place_of in found_notes:
        reading.find("RD-GHI-CHU", source_cell=place_of, field=text, params={"gia_tri": text[:SHOWN]})
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
    return {(None, paragraph_address(each)) for each in found} | {
        (None, place_of) for _, place_of in found_notes if place_of
    }


def _notes(document: Document, words: Words) -> list[tuple[str, str | None]]:
    """Notes around the tables that say that someone is not of the list, with their place if they have one."""
    boxes = [each for grid in document.grids for each in grid.margin]
    lines = [(each.text.strip(), paragraph_address(each)) for each in (*document.paragraphs, *boxes)]
    aside = [(text, None) for texts in document.aside.values() for text in texts]
    return [
        (text, place)
        for text, place in (*lines, *aside)
        if words.rows.says_change(text) and not starts_with(words_key(text), words.title_starts)
    ]
