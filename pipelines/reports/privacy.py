"""What leaves the house names people only where the rule needs it: no birth dates, numbers or addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.sentences import listed, text

_QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]")
_LONG_NUMBER = re.compile(r"(?<![\w/.-])\+?\d(?:[ .-]?\d){8,13}(?![\w/])")
"""Identity, insurance and telephone numbers; decision numbers are shorter or carry a symbol."""


def without_personal_data(sentence: str, field: str | None) -> str:
    """The sentence with personal values left out.

    Args:
        sentence: what a finding says; it may quote what was written in the cell.
        field: the form's field it is about.

    Source:
        Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: purpose-bound use of basic personal data.
    """
    hidden = text("privacy.hidden")
    if field and _is_personal(field):
        sentence = _QUOTED.sub(hidden, sentence)
    return _LONG_NUMBER.sub(hidden, sentence)


@lru_cache(maxsize=1_024)
def _is_personal(field: str) -> bool:
    return any(word in field for word in listed("privacy.fields"))
