"""Which field (lĩnh vực) a cell names: by the field's code, its official name or a reviewed short one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.forms.recognise.labels import starts_with, words_key
from pipelines.text.keys import code_key

_HEAD = re.compile(r"^([^():;]*?)(?:[):;(]|\.(?=\s|$)|\s[-–—]\s)")
"""What stands before the first bracket, colon or dash: ``e) Y tế``, ``Y tế: dịch``, ``đ - Giáo dục``."""
_SIGNS = ".):,;"
_NUMBER = re.compile(r"^(\d+(?:\.\d+)+)\.?\s")
"""A code of numbers needs no sign behind it: ``3.1.2 Xây dựng nông thôn mới``."""


def field_key(text: str, leading: Iterable[str], skipped: Iterable[str]) -> str:
    """The words by which a field is known: without what every name begins with, and without joining words.

    Args:
        text: a field's name, as written.
        leading: words keys that may stand before the name (``điển hình tiên tiến``, ``lĩnh vực``).
        skipped: words that may be left out (``và``).
    """
    key = words_key(text)
    leading = tuple(leading)
    while start := max((words for words in leading if starts_with(key, [words])), key=len, default=""):
        key = key[len(start) :].strip()
    left_out = set(skipped)
    return " ".join(word for word in key.split() if word not in left_out)


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The fields of one programme, to be found by what a cell says."""

    codes: dict[str, str]
    """Code key -> field id; a code is compared letter by letter: ``Y`` is not ``i``, ``đ`` not ``d``."""
    names: dict[str, str]
    """Field key -> field id."""
    leading: tuple[str, ...]
    skipped: tuple[str, ...]

    def find(self, text: str) -> str | None:
        """The field a cell names, or ``None``; a code counts alone or apart, never as a word of a name."""
        whole = self._known(text)
        if whole:
            return whole
        found = _NUMBER.match(text) or _HEAD.match(text)
        if not found:
            return None
        rest = self._known(text[found.end() :])
        if not field_key(found[1], self.leading, self.skipped):
            return rest
        head = self._known(found[1])
        return head if rest in (None, head) else None

    def _known(self, text: str) -> str | None:
        key = field_key(text, self.leading, self.skipped)
        code = code_key(text).rstrip(_SIGNS)
        last = code.rsplit(" ", 1)[-1] if " " not in key else ""
        return self.codes.get(code) or self.names.get(key) or self.codes.get(last)
