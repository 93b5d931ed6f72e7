"""Answers of which no folder can be written: nothing was, and the sentence says what to change."""

from __future__ import annotations

from pipelines.sentences import text


class Refused(Exception):
    """Made with what the sentence names: a form, a file, a column."""

    key: str
    """Of the sentence."""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return text(self.key, said=str(self))
