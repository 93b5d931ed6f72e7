"""The head of a form: label–value lines above its table, place and date, letterhead, phase, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.forms.part import Part
from pipelines.forms.places import Place
from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.period import period_of
from pipelines.forms.records.label_lines import LabelField, LabelIndex, read_labels, tokens_of
from pipelines.forms.records.signature import Signature, find_signatures, pieces_of
from pipelines.forms.records.split import Record
from pipelines.forms.values.typed import Value
from pipelines.text.dates_vi import find_dates
from pipelines.text.keys import clean

_GAPS = re.compile(r"\t+|\s{3,}")
_NUMBERED = re.compile(r"^\s*số\s*[:.]?\s*([^\s/]*\s*(?:/\s*\S+)?)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«](.+?)[”\"»]")
MOST_WORDS_OF_DATE = 14


@dataclass(frozen=True, slots=True)
class HeadValue:
    """A value of the head and where it stands."""

    field: str
    value: Value
    places: tuple[Place, ...] = ()


def place_date(lines: list[TextLine]) -> tuple[TextLine, date] | None:
    """The line ``Lạng Sơn, ngày 05 tháng 6 năm 2020``: a short line that ends with a date."""
    for line in lines:
        text = clean(line.text)
        days = [reading.day for reading in find_dates(text) if reading.day]
        if days and len(text.split()) <= MOST_WORDS_OF_DATE and not text.startswith("("):
            return line, days[0]
    return None


def _dated_part(line: TextLine) -> str:
    """The part of a line that has its date, without the document's number beside it."""
    parts = [clean(part) for part in _GAPS.split(line.text)]
    return clean(_NUMBERED.sub("", next((part for part in parts if find_dates(part)), clean(line.text))))


def _before(text: str, phrases: tuple[str, ...]) -> str:
    """What stands on a line before the first of some phrases: the left column of a letterhead."""
    tokens = tokens_of(text)
    keys = [token.key for token in tokens]
    for words in (phrase.split() for phrase in phrases):
        for at in range(len(keys) - len(words) + 1):
            if keys[at : at + len(words)] == words:
                return text[: tokens[at].start].strip()
    return text


def letterhead(part: Part, lines: list[TextLine]) -> list[tuple[str, TextLine]]:
    """The lines of the letterhead: the sender's superior and the sender, as printed at the top left."""
    words = part.catalogue.words
    found = []
    for line in lines:
        text = _before(clean(_GAPS.split(line.text)[0]), words.furniture)
        key = words_key(text)
        printed = key in part.catalogue.words.letterhead_hints or starts_with(key, words.title_starts)
        if not key or printed:
            continue
        dated = find_dates(text) or all(has_phrase(key, word) for word in words.date_line)
        if dated or _NUMBERED.match(text) or starts_with(key, words.letterhead_skips):
            continue
        found.append((text, line))
    return found


def phase(part: Part, field: str, lines: list[TextLine]) -> Value | None:
    """The phase a title names; two different ones are none.

    Source: POL-CB-2023-OVERLAP: the phase is what the form says, never inferred from a date.
    """
    choices = part.form.choices.get(field, {})
    longest = max((len(key.split()) for key in choices), default=0)
    label = words_key(part.form.label_of(field)).split()
    found: dict[str, str] = {}
    for line in lines:
        keys = [token.key for token in tokens_of(line.text)]
        for at in range(len(keys)):
            if keys[at : at + len(label)] != label:
                continue
            rest = keys[at + len(label) :]
            for length in range(min(longest, len(rest)), 0, -1):
                code = choices.get(" ".join(rest[:length]))
                if code:
                    found.setdefault(code, clean(line.text))
                    break
    if len(found) != 1:
        return None
    code, text = found.popitem()
    return Value(text, text=text, code=code)


def read_head(
    part: Part,
    fields: list[dict[str, Any]],
    above: list[TextLine],
    below: list[TextLine] | None = None,
    titled: list[TextLine] | None = None,
) -> list[HeadValue]:
    """Read the fields of the head.

    Args:
        part: the part.
        fields: ``head`` of the form's data: fields behind a label, or of a special line (``line``).
        above: the lines above the table, or above the title of a document.
        below: the lines below the title of a document.
        titled: the lines of the title of a document.
    """
    measures = part.catalogue.words.measure_starts
    lines = [line for line in (*above, *(below or ())) if not starts_with(words_key(line.text), measures)]
    values: list[HeadValue] = []
    labelled = [LabelField.from_data(item) for item in fields if "line" not in item]
    found, _ = read_labels(lines, LabelIndex(labelled, []))
    for one in found:
        value = part.typing.value(one.field.type, one.text, part.form.choices.get(one.field.id))
        if value is not None:
            values.append(HeadValue(one.field.id, value, tuple(one.places)))
    top = letterhead(part, above)
    title = tuple(place for line in (titled or []) for place in line.cells())
    for item in fields:
        special = item.get("line")
        if special == "place_date" and (dated := place_date(lines)):
            line, day = dated
            text = _dated_part(line)
            values.append(HeadValue(item["id"], Value(text, text=text, day=day), _place(line)))
        elif special == "phase" and (value := phase(part, item["id"], lines)):
            values.append(HeadValue(item["id"], value))
        elif special == "title_year" and part.title.text:
            value = part.typing.value("year_or_period", part.title.text)
            if value is not None and not value.problem:
                values.append(HeadValue(item["id"], value, title))
        elif special == "period" and part.title.text:
            period = period_of(part.catalogue.words.periods, part.title.text)
            code = "mot_phan_nam" if period.is_part else "ca_nam" if period.is_year else None
            values.append(
                HeadValue(item["id"], Value(part.title.text, text=part.title.text, code=code), title)
            )
        elif special == "subject" and (quoted := _QUOTED.search(part.title.text)):
            subject = part.typing.value("text", quoted[1])
            if subject is not None:
                values.append(HeadValue(item["id"], subject, title))
        elif special == "number":
            values.extend(_number(part, item["id"], lines))
        elif special in ("superior", "sender"):
            at = 0 if special == "superior" else 1
            if len(top) == 1 and special == "sender":
                at = 0
            if at < len(top) and not (len(top) == 1 and special == "superior"):
                text, line = top[at]
                values.append(HeadValue(item["id"], Value(text, text=text), _place(line, 1)))
    return values


def _number(part: Part, field: str, lines: list[TextLine]) -> list[HeadValue]:
    for line in lines:
        found = _NUMBERED.match(_GAPS.split(line.text)[0])
        if found and any(letter.isdigit() for letter in found[1].split("/")[0]):
            text = re.sub(r"\s*/\s*", "/", clean(found[1]))
            return [HeadValue(field, Value(text, text=text), _place(line, 1))]
    return []


def _place(line: TextLine, most: int | None = None) -> tuple[Place, ...]:
    return tuple(line.cells())[:most]


def read_signatures(
    part: Part, record: Record | None, lines: list[TextLine]
) -> tuple[bool | None, str | None]:
    """Whether the part is signed, by each label of its form; without one, by any signature block.

    Each label becomes a field of the head record, ``value_code`` ``signed``, ``unsigned`` or ``no_label``.

    Returns:
        Signed or not (``None``: the form has no label and no block was found), and the label's cell.
    """
    words = part.catalogue.words
    pieces = pieces_of(lines)
    wanted = part.form.data.get("signatures")
    if not wanted:
        found = find_signatures(pieces, words.signature_labels, words)
        if not found:
            return None, None
        return any(item.signed for item in found), part.place(found[0].places)
    labels = tuple(words_key(text) for item in wanted for text in item["labels"])
    found = find_signatures(pieces, labels, words)
    signed, cell = True, None
    for item in wanted:
        keys = tuple(words_key(text) for text in item["labels"])
        mine: list[Signature] = [one for one in found if starts_with(one.key, keys)]
        code = "no_label" if not mine else ("signed" if any(one.signed for one in mine) else "unsigned")
        place = part.place(mine[0].places) if mine else None
        if item.get("required"):
            signed = signed and code == "signed"
            cell = cell or place
        if record:
            by = next((one.by for one in mine if one.by), None)
            raw = mine[0].label if mine else str(item["labels"][0])
            record.set(item["id"], Value(raw, text=by, code=code), place)
    return signed, cell
