"""Text that outsiders wrote, on a terminal or in a plain list: nothing in it may command or mislead."""

from __future__ import annotations

# Pictures of the control characters; what turns the direction of reading has none.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_SHOWN |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_SHOWN |= dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
_SHOWN |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_ONE_LINE = _SHOWN | {ord("\n"): 0x240A, ord("\t"): 0x2409, 0x2028: 0xFFFD, 0x2029: 0xFFFD}


def printable(told: str) -> str:
    """The text with its control characters as pictures; line breaks and tabs stay."""
    return told.translate(_SHOWN)


def one_line(name: str) -> str:
    """A name as one line, whatever it holds."""
    return name.translate(_ONE_LINE)
