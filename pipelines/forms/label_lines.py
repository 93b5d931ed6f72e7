"""Label–value lines: finding the labels of a form in text, and the value that stands after each."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from pipelines.forms.labels import words_key
from pipelines.forms.lines import TextLine
from pipelines.text.keys import match_key, nfc

_TOKEN = re.compile(r"[^\W_]+|%")
_NUMBER = re.compile(r"\d{1,2}|[ivx]{1,5}|[a-hđ]")
_AFTER = re.compile(r"[\s:.;,\-–—*)]*")
LONG_LABEL = 4
"""Words from which on a label is one at the start of a line even without a colon."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place."""

    key: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text (NFC) with their places."""
    return [Token(match_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class LabelField:
    """A field that stands behind a label."""

    id: str
    type: str
    labels: tuple[tuple[str, ...], ...]
    printed: tuple[str, ...]
    """Words the blank form prints after the label; they are no value."""
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
            printed=tuple(words_key(str(data.get("printed", ""))).split()),
            long=data["type"] in ("long_text", "awards"),
            section=data.get("section"),
            bare=bool(data.get("bare", False)),
        )


@dataclass(slots=True)
class Found:
    """A field that was found: the text after its label, line by line, and the cells it came from."""

    field: LabelField
    row: int
    texts: list[str] = dataclasses.field(default_factory=list)
    cells: list[str] = dataclasses.field(default_factory=list)
    grid_name: str | None = None

    @property
    def text(self) -> str:
        """The whole value."""
        return "\n".join(text for text in self.texts if text)


class LabelIndex:
    """Finds the labels of a form in a line."""

    def __init__(self, fields: list[LabelField], headings: list[str]) -> None:
        """Prepare for the fields of a form; ``headings``: printed lines that end a value."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], LabelField]]] = {}
        for item in fields:
            for label in item.labels:
                if label:
                    self._by_first.setdefault(label[0], []).append((label, item))
        for labels in self._by_first.values():
            labels.sort(key=lambda pair: -len(pair[0]))
        self._headings = [tuple(words_key(text).split()) for text in headings]

    def is_heading(self, tokens: list[Token]) -> bool:
        """Whether a line is a printed heading of the form."""
        keys = [token.key for token in tokens]
        skip = 0
        while skip < len(keys) and skip < 4 and _NUMBER.fullmatch(keys[skip]):
            skip += 1
        return any(
            tuple(keys[at : at + len(heading)]) == heading
            for heading in self._headings
            for at in range(skip + 1)
            if heading
        )

    def find(self, text: str, tokens: list[Token]) -> list[tuple[Token, int, LabelField]]:
        """The labels of a line: first token, end of the label in the text, field."""
        found: list[tuple[Token, int, LabelField]] = []
        at = 0
        while at < len(tokens):
            hit = self._label_at(text, tokens, at)
            if hit:
                label, item = hit
                found.append((tokens[at], tokens[at + len(label) - 1].end, item))
                at += len(label)
            else:
                at += 1
        return found

    def _label_at(self, text: str, tokens: list[Token], at: int) -> tuple[tuple[str, ...], LabelField] | None:
        for label, item in self._by_first.get(tokens[at].key, []):
            end = at + len(label)
            if tuple(token.key for token in tokens[at:end]) != label:
                continue
            rest = text[tokens[end - 1].end :]
            following = rest.lstrip(" *")[:1]
            if following == ":":
                return label, item
            starts = all(_NUMBER.fullmatch(token.key) for token in tokens[:at]) or text[
                : tokens[at].start
            ].endswith("\t")
            if starts and (
                item.bare or len(label) >= LONG_LABEL or following in ("", "(", "\t", "…", ".", ";")
            ):
                return label, item
        return None


def _without_printed(text: str, printed: tuple[str, ...]) -> str:
    """The value without the words the blank form prints at its beginning."""
    if not printed:
        return text
    tokens = tokens_of(text)
    same = 0
    while same < min(len(tokens), len(printed)) and tokens[same].key == printed[same]:
        same += 1
    if not same or (same < 2 and same < len(tokens)):
        return text
    return text[tokens[same - 1].end :]


def value_of(text: str, item: LabelField) -> str:
    """The value in the text behind a label: leading marks and printed words gone, trailing ``;`` gone."""
    plain = text[_AFTER.match(text).end() :] if _AFTER.match(text) else text  # type: ignore[union-attr]
    bare = plain[1:] if plain.startswith("(") and item.printed else plain
    rest = _without_printed(bare, item.printed)
    if rest is not bare:
        plain = rest[_AFTER.match(rest).end() :] if _AFTER.match(rest) else rest  # type: ignore[union-attr]
    return plain.strip().rstrip(";").strip()


def read_labels(lines: list[TextLine], index: LabelIndex) -> tuple[list[Found], list[TextLine]]:
    """Read the label–value lines.

    Args:
        lines: the lines from below the title to the signatures.
        index: the labels of the form.

    Returns:
        What was found, in order, and the lines that belong to no field and are no printed heading.
    """
    found: list[Found] = []
    strays: list[TextLine] = []
    current: Found | None = None
    for line in lines:
        text = nfc(line.text)
        tokens = tokens_of(text)
        labels = index.find(text, tokens)
        if not labels:
            if index.is_heading(tokens):
                current = None
            elif current is not None and current.field.long:
                current.texts.append(text)
                current.cells.extend(line.cells(0, len(text)))
            elif tokens:
                strays.append(line)
            continue
        first = labels[0][0].start
        lead = text[:first].strip(" \t-–+*.()")
        if current is not None and current.field.long and len(tokens_of(lead)) > LONG_LABEL:
            current.texts.append(text[:first].strip())
            current.cells.extend(line.cells(0, first))
        for number, (_, end, item) in enumerate(labels):
            stop = labels[number + 1][0].start if number + 1 < len(labels) else len(text)
            value = value_of(text[end:stop], item)
            current = Found(item, line.row, grid_name=line.grid.name if line.grid else None)
            if value:
                at = text.find(value, end)
                current.texts.append(value)
                current.cells.extend(line.cells(at, at + len(value)))
            found.append(current)
    return found, strays
