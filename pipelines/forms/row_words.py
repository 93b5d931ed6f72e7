"""What rows of a list and lone texts amid them say: headings, withdrawals, examples of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.forms.recognise.labels import starts_with, words_key

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
    withdrawn_alone: tuple[str, ...]
    example_starts: tuple[str, ...]
    example_ends: tuple[str, ...]
    count_units: tuple[str, ...]
    """What counts may be followed by: ``120 người``."""

    @classmethod
    def from_data(cls, data: Mapping[str, list[str]]) -> RowWords:
        """Read ``row_words`` of ``words.yml``."""
        return cls(**{name: tuple(words_key(str(text)) for text in texts) for name, texts in data.items()})

    def without_prefixes(self, key: str) -> str:
        """A heading's words without those that may stand before its kind."""
        while prefix := next((word for word in self.kind_prefixes if key.startswith(f"{word} ")), None):
            key = key[len(prefix) + 1 :]
        return key

    def withdraws(self, text: str) -> bool:
        """Whether a note beside a row takes it out of the list: ``Rút khỏi danh sách``."""
        if len(text) > LONGEST_NOTE:
            return False
        key = words_key(text)
        return key in self.withdrawn_alone or starts_with(key, self.withdrawn)

    def says_example(self, name: str) -> bool:
        """Whether a name calls itself an example: ``VD: Trần Thị B``."""
        return bool(name) and starts_with(words_key(name), self.example_starts)

    def ends_as_example(self, name: str) -> bool:
        """Whether a name ends in a single letter, as those that templates show: ``Nguyễn Văn A``."""
        words = words_key(name).split() if name[-1:].isupper() else []
        return len(words) > 1 and words[-1] in self.example_ends
