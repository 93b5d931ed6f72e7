"""Label–value lines: finding the labels of a form in text, and the value that stands after each."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from pipelines.forms.form import Form
from pipelines.forms.places import Place
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.text.keys import match_key, nfc

_TOKEN = re.compile(r"[^\W_]+|%")
_NUMBER = re.compile(r"\d{1,2}|[ivx]{1,5}|[a-hđ]")
_AFTER = re.compile(r"[”»’\"]?[\s:.;,\-–—*)]*")
_HINT = re.compile(r"[”»’\"]?[\s*]*\([^()]*\)[ *]*(?=:|\t|$)")
"""Words in brackets between a label and its colon, or all that stands after it: ``(nếu có)``."""
_BEFORE_LABEL = " ;,."
LONG_LABEL = 4
"""Words from which on a label is one at the start of a line even without a colon."""
LONG_HEADING = 5
"""Words from which on a heading is one whatever stands behind it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place."""

    key: str
    start: int
    end: int


_ENCLOSED = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}")
_CROSSES = re.compile(r"(?<!\w)[xX]{2,}(?!\w)")


def is_placeholder(text: str) -> bool:
    """Whether a text only holds a place: dots, strokes, «[Tên đơn vị]», «XX/XX/XXXX»."""
    return not any(letter.isalnum() for letter in _CROSSES.sub("", _ENCLOSED.sub("", text)))


def tokens_of(text: str) -> list[Token]:
    """The words of a text (NFC) with their places."""
    return [Token(match_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class LabelField:
    """A field that stands behind a label."""

    id: str
    type: str
    labels: tuple[tuple[str, ...], ...]
    printed: tuple[tuple[str, ...], ...]
    """Words the blank form prints after one of the labels; they are no value."""
    long: bool
    section: str | None
    bare: bool
    """The label needs no colon."""

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LabelField:
        """Read a field of ``form.yml``."""
        return cls(
            id=data["id"],
            type=data["type"],
            labels=tuple(tuple(words_key(str(text)).split()) for text in data.get("labels", [])),
            printed=tuple(tuple(words_key(text).split()) for text in _listed(data.get("printed", []))),
            long=data["type"] in ("long_text", "awards"),
            section=data.get("section"),
            bare=bool(data.get("bare", False)),
        )


def _listed(texts: str | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else texts


@dataclass(slots=True)
class Found:
    """A field that was found: the text after its label, line by line, and where it stands."""

    field: LabelField
    texts: list[str] = dataclasses.field(default_factory=list)
    spots: list[list[Place]] = dataclasses.field(default_factory=list)
    """Where each of the texts stands."""
    column: int = 0
    """The column of its label in a table."""

    def add(self, text: str, spot: list[Place]) -> None:
        """Add a line to the value."""
        self.texts.append(text)
        self.spots.append(spot)

    @property
    def text(self) -> str:
        """The whole value."""
        return "\n".join(text for text in self.texts if text and not is_placeholder(text))

    @property
    def places(self) -> list[Place]:
        """Where the whole value stands."""
        return [place for spot in self.spots for place in spot]

    def places_of(self, words: str) -> list[Place]:
        """Where words of the value stand: the line that has them, else the whole value."""
        return next(
            (spot for text, spot in zip(self.texts, self.spots, strict=True) if words in text), self.places
        )


class LabelIndex:
    """Finds the labels of a form in a line."""

    def __init__(self, fields: list[LabelField], headings: list[str], notes: list[str] | None = None) -> None:
        """Prepare for the fields of a form.

        Args:
            fields: its fields.
            headings: beginnings of printed lines that end a value.
            notes: beginnings of printed lines that a value goes on after.
        """
        self._by_first: dict[str, list[tuple[tuple[str, ...], LabelField]]] = {}
        for item in fields:
            for label in item.labels:
                if label:
                    self._by_first.setdefault(label[0], []).append((label, item))
        for labels in self._by_first.values():
            labels.sort(key=lambda pair: -len(pair[0]))
        self._headings = [tuple(words_key(text).split()) for text in headings]
        self._notes = [tuple(words_key(text).split()) for text in notes or []]

    def is_note(self, tokens: list[Token]) -> bool:
        """Whether a line is a printed instruction of the form."""
        keys = tuple(token.key for token in tokens)
        return any(keys[: len(note)] == note for note in self._notes)

    def heading_end(self, text: str, tokens: list[Token]) -> int | None:
        """Where the printed heading at the start of a line ends in its text; ``None``: it is no heading.

        A heading of few words is one only when it is the whole line: such words begin sentences too.
        """
        keys = [token.key for token in tokens]
        skip = 0
        while skip < len(keys) and skip < 4 and _NUMBER.fullmatch(keys[skip]):
            skip += 1
        for heading in self._headings:
            for at in range(skip + 1):
                end = at + len(heading)
                if tuple(keys[at:end]) != heading:
                    continue
                whole = end == len(keys) or text[tokens[end - 1].end :].lstrip()[:1] in (":", "(")
                if len(heading) >= LONG_HEADING or whole or text.isupper():
                    return tokens[end - 1].end
        return None

    def opens(self, text: str) -> bool:
        """Whether a line begins with a label or a heading: there a table above it is over."""
        tokens = tokens_of(nfc(text))
        labels = self.find(nfc(text), tokens)
        lead = [token for token in tokens if labels and token.end <= labels[0][0].start]
        numbered = all(_NUMBER.fullmatch(token.key) for token in lead)
        return (bool(labels) and numbered) or self.heading_end(nfc(text), tokens) is not None

    def find(self, text: str, tokens: list[Token]) -> list[tuple[Token, int, LabelField]]:
        """The labels of a line: first token, end of the label in the text, field."""
        found: list[tuple[Token, int, LabelField]] = []
        at = 0
        while at < len(tokens):
            hit = self._label_at(text, tokens, at, found[-1][2] if found else None)
            if hit:
                end, item = hit
                found.append((tokens[at], end, item))
                at = next(
                    (number for number in range(at, len(tokens)) if tokens[number].start >= end), len(tokens)
                )
            else:
                at += 1
        return found

    def _label_at(
        self, text: str, tokens: list[Token], at: int, before: LabelField | None
    ) -> tuple[int, LabelField] | None:
        """The label at a word, and where it ends in the text; ``before``: the one before it on the line."""
        for label, item in self._by_first.get(tokens[at].key, []):
            last = at + len(label)
            if tuple(token.key for token in tokens[at:last]) != label:
                continue
            end = tokens[last - 1].end
            hint = _HINT.match(text, end)
            following = text[hint.end() if hint else end :].lstrip(' *”»’"')[:1]
            start = tokens[at].start
            starts = all(_NUMBER.fullmatch(token.key) for token in tokens[:at]) or text[:start].endswith("\t")
            # amid a sentence «… về khen thưởng: …» the words of a label are none
            told = starts or text[start].isupper() or (before is not None and not before.long)
            if following == ":" and told:
                return (hint.end() if hint else end), item
            if starts and (
                item.bare or len(label) >= LONG_LABEL or following in ("", "(", "\t", "…", ".", ";")
            ):
                return (hint.end() if hint and not item.printed else end), item
        return None


def index_of(form: Form) -> LabelIndex:
    """The labels of a record form."""
    fields = [LabelField.from_data(item) for item in form.data.get("fields", [])]
    return LabelIndex(fields, form.data.get("headings", []), form.data.get("notes", []))


def _without_printed(text: str, printed: tuple[tuple[str, ...], ...]) -> str:
    """The value without the words the blank form prints at its beginning."""
    tokens = tokens_of(text)
    longest = 0
    for words in printed:
        same = 0
        while same < min(len(tokens), len(words)) and tokens[same].key == words[same]:
            same += 1
        longest = max(longest, same)
    if not longest or (longest < 2 and longest < len(tokens)):
        return text
    return text[tokens[longest - 1].end :]


def value_of(text: str, item: LabelField) -> str:
    """The value in the text behind a label: leading marks and printed words gone, trailing ``;`` gone."""
    plain = text[_AFTER.match(text).end() :] if _AFTER.match(text) else text  # type: ignore[union-attr]
    bare = plain[1:] if plain.startswith("(") and item.printed else plain
    rest = _without_printed(bare, item.printed)
    if rest is not bare:
        plain = rest[_AFTER.match(rest).end() :] if _AFTER.match(rest) else rest  # type: ignore[union-attr]
    return plain.strip().rstrip(";").strip()


def _fill(waiting: list[Found], line: TextLine) -> bool:
    """Give a line to the labels above it that have no value yet: cell under cell, or all to the last one."""
    if not waiting:
        return False
    below = {item.column: item for item in waiting}
    if len(line.pieces) > 1 and all(piece.column in below for piece in line.pieces):
        for piece in line.pieces:
            below[piece.column].add(line.text[piece.start : piece.end], line.cells(piece.start, piece.end))
        return True
    waiting[-1].add(line.text, line.cells())
    return True


def read_labels(lines: list[TextLine], index: LabelIndex) -> tuple[list[Found], list[TextLine]]:
    """Read the label–value lines.

    Args:
        lines: the lines from below the title to the signatures.
        index: the labels of the form.

    Returns:
        What was found, in order, and the lines that belong to no field and are no printed line.
    """
    found: list[Found] = []
    strays: list[TextLine] = []
    current: Found | None = None
    waiting: list[Found] = []  # labels of the line before that have no value yet
    for line in lines:
        text = nfc(line.text)
        tokens = tokens_of(text)
        labels = index.find(text, tokens)
        if not labels:
            if not tokens or index.is_note(tokens):
                continue
            heading = index.heading_end(text, tokens)
            if heading is not None:
                current, waiting = None, []
                if tokens_of(text[heading:].partition(":")[2]):
                    strays.append(line)
            elif current is not None and current.field.long:
                current.add(text, line.cells())
            elif not _fill(waiting, line):
                strays.append(line)
            waiting = []
            continue
        first = labels[0][0].start
        lead = text[:first].strip(" \t-–+*.()")
        if current is not None and current.field.long and len(tokens_of(lead)) > LONG_LABEL:
            current.add(text[:first].strip(), line.cells(0, first))
        waiting = []
        for number, (token, end, item) in enumerate(labels):
            last = number + 1 == len(labels)
            stop = len(text) if last else labels[number + 1][0].start
            value = value_of(text[end:stop], item)
            if not last or (len(labels) > 1 and not item.long):
                value = value.rstrip(_BEFORE_LABEL)
            current = Found(item, column=line.column(token.start))
            if value:
                at = text.find(value, end)
                current.add(value, line.cells(at, at + len(value)))
            elif not item.long:
                waiting.append(current)
            found.append(current)
    return found, strays
