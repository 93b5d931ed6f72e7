"""What rows of a list and lone texts amid them say: headings, withdrawals, examples of a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.forms.recognise.labels import has_any, starts_with, words_key
from pipelines.forms.tables.header_text import plain_key

_CLAUSE = re.compile(r"[,;.\n]\s")
LONGEST_NOTE = 80
"""A longer text beside a row tells its story, it does not take the row out of the list."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of ``words.yml`` that rows are told by."""

    kind_prefixes: tuple[str, ...]
    """Words before the kind in a heading: ``Khen thưởng cá nhân``."""
    heading_starts: tuple[str, ...]
    """With what a text begins that heads rows and names nobody."""
    withdrawn: tuple[str, ...]
    note_columns: tuple[str, ...]
    """With what the header of a column begins that holds remarks on its row."""
    withdrawn_in_notes: tuple[str, ...]
    """With what a remark begins that takes its row out of the list."""
    withdrawn_alone: tuple[str, ...]
    office_heads: tuple[str, ...]
    """With what a heading begins that names the office of the people below it."""
    changes: tuple[str, ...]
    """What a note says against the list it stands below: ``khỏi danh sách``."""
    additions: tuple[str, ...]
    """Before an entry that stands outside its list: ``Bổ sung``."""
    address: tuple[str, ...]
    """How people are addressed before their names."""
    address_starts: frozenset[str]
    """The first word of each, by which most names are told to have none."""
    middle_names: tuple[str, ...]
    """What follows a surname: before it a word of address is one."""
    surnames: tuple[str, ...]
    example_starts: tuple[str, ...]
    example_ends: tuple[str, ...]
    count_units: tuple[str, ...]
    """What counts may be followed by: ``120 người``."""
    unmarked_columns: tuple[str, ...]
    """``note_columns`` as typed without diacritics."""
    unmarked_withdrawn: tuple[str, ...]
    """What withdraws a row in a remark typed without diacritics; single words would be names: ``Huy``."""

    @classmethod
    def from_data(cls, data: Mapping[str, list[str]]) -> RowWords:
        """Read ``row_words`` of ``words.yml``."""
        keys = {name: tuple(words_key(str(text)) for text in texts) for name, texts in data.items()}
        withdrawn = (*keys["withdrawn"], *keys["withdrawn_in_notes"])
        return cls(
            **keys,
            address_starts=frozenset(key.partition(" ")[0] for key in keys["address"]),
            unmarked_columns=tuple(map(plain_key, keys["note_columns"])),
            unmarked_withdrawn=tuple(plain_key(key) for key in withdrawn if " " in key),
        )

    def without_prefixes(self, key: str) -> str:
        """A heading's words without those that may stand before its kind."""
        while prefix := next((word for word in self.kind_prefixes if key.startswith(f"{word} ")), None):
            key = key[len(prefix) + 1 :]
        return key

    def is_for_remarks(self, header: str) -> bool:
        """Whether a column holds remarks on its rows: ``Ghi chú``, ``Kết quả xét``."""
        key = words_key(header)
        return starts_with(key, self.note_columns) or _unmarked(key, self.unmarked_columns)

    def withdraws(self, text: str, *, remarks: bool) -> bool:
        """Whether a note beside a row takes it out of the list: ``Rút khỏi danh sách``.

        Args:
            text: the note.
            remarks: whether it is a remark on its row; elsewhere ``Không`` answers its column's own question.
        """
        if len(text) > LONGEST_NOTE:
            return False
        key = words_key(text)
        alone = remarks and (
            key in self.withdrawn_alone
            or starts_with(key, self.withdrawn_in_notes)
            or _unmarked(key, self.unmarked_withdrawn)
        )
        clauses = _CLAUSE.split(text)[1:] if remarks else []  # «đã nghỉ việc, không xét»
        later = any(starts_with(words_key(clause), self.withdrawn) for clause in clauses)
        return alone or later or starts_with(key, self.withdrawn)

    def says_change(self, text: str) -> bool:
        """Whether a note says that someone of the list is not of it: ``… rút khỏi danh sách``."""
        key = words_key(text)
        return has_any(key, self.changes)

    def without_address(self, name: str) -> tuple[str | None, str]:
        """A name apart from how its person is addressed: ``Ông TS. Lý Thử`` → ``Ông TS.``, ``Lý Thử``."""
        if not self.begins_with_address(name):
            return None, name
        words, at = name.split(), 0
        while length := self._addresses(words[at:]):
            at += length
        return (" ".join(words[:at]), " ".join(words[at:])) if at else (None, name)

    def begins_with_address(self, name: str) -> bool:
        """Whether the first word may say how somebody is addressed."""
        first = words_key(name.lstrip().partition(" ")[0]).partition(" ")[0]
        return first in self.address_starts

    def _addresses(self, words: list[str]) -> int:
        """How many of the first words say how somebody is addressed."""
        for length in (4, 3, 2, 1):
            rest = words[length:]
            if len(rest) > 1 and words_key(" ".join(words[:length])) in self.address:
                return 0 if rest[0].casefold() in self.middle_names else length
        return 0

    def has_surname(self, name: str) -> bool:
        """Whether a name begins with a known surname."""
        return bool(name) and words_key(name).partition(" ")[0] in self.surnames

    def name_first(self, key: str) -> str:
        """A person's name (match key) before what stands beside it.

        ``trưởng khoa, lý văn thử`` → ``lý văn thử, trưởng khoa``; ``thử, lý văn`` → ``lý văn thử``.
        """
        before, comma, after = (part.strip() for part in key.partition(","))
        if not comma or not self.has_surname(after) or (self.has_surname(before) and " " in before):
            return key
        return f"{after}, {before}" if " " in before else f"{after} {before}"

    def say_examples(self, names: list[str]) -> list[int]:
        """Which names (by position) call themselves examples: ``VD: Trần Thị B``."""
        starts = self.example_starts
        called = [number for number, key in enumerate(map(words_key, names)) if key.startswith(starts)]
        return [number for number in called if starts_with(words_key(names[number]), starts)]

    def ends_as_example(self, name: str) -> bool:
        """Whether a name ends in a single letter, as those that templates show: ``Nguyễn Văn A``."""
        words = words_key(name).split() if name[-1:].isupper() else []
        return len(words) > 1 and words[-1] in self.example_ends


def _unmarked(key: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text typed without diacritics begins with one of some phrases without theirs."""
    return key.isascii() and starts_with(key, phrases)
