"""What programs and people do to CSV files."""

from __future__ import annotations

import re
from random import Random

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from pipelines.generate.writers.csv import _for_cp1258 as for_cp1258


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _line(lines: list[str], chance: Random) -> int:
    rows = [number for number, line in enumerate(lines) if re.match(r"\d+,", line)]
    if len(rows) < 3:
        raise DoesNotApply
    return chance.choice(rows[-2:])


@on_bytes("right", ".csv")
def another_encoding(data: bytes, chance: Random) -> bytes:
    """The file is in UTF-16, UTF-8 without mark, or Windows-1258."""
    text = _text(data)
    encoding = chance.choice(["utf-16", "utf-8", "cp1258", "utf-16-le"])
    return (for_cp1258(text) if encoding == "cp1258" else text).encode(encoding)


@on_bytes("right", ".csv")
def line_ends(data: bytes, chance: Random) -> bytes:
    """Lines end as on other systems."""
    return _text(data).replace("\r\n", chance.choice(["\n", "\r"])).encode()


@on_bytes("right", ".csv")
def hint_of_the_delimiter(data: bytes, chance: Random) -> bytes:
    """The first line tells Excel the delimiter."""
    return ("sep=,\r\n" + _text(data)).encode("utf-8-sig")


@on_bytes("either", ".csv")
def a_stray_mark(data: bytes, chance: Random) -> bytes:
    """A quotation mark stands where a field begins."""
    lines = _text(data).rstrip("\r\n").split("\r\n")
    number = _line(lines, chance)
    fields = lines[number].split(",")
    place = chance.randrange(len(fields))
    fields[place] = '"' + fields[place]
    lines[number] = ",".join(fields)
    return "\r\n".join(lines).encode("utf-8-sig")


@on_bytes("either", ".csv")
def two_stray_marks(data: bytes, chance: Random) -> bytes:
    """A mark opens in one row and closes in another."""
    lines = _text(data).rstrip("\r\n").split("\r\n")
    if len(lines) < 6 or '"' in lines[-1] + lines[-2]:
        raise DoesNotApply
    for number, before in ((-2, True), (-1, False)):
        fields = lines[number].split(",")
        fields[-2] = '"' + fields[-2] if before else fields[-2] + '"'
        lines[number] = ",".join(fields)
    return "\r\n".join(lines).encode("utf-8-sig")


@on_bytes("right", ".csv")
def empty_ends(data: bytes, chance: Random) -> bytes:
    """Rows end in delimiters of empty columns."""
    return "\r\n".join(line + ",,," for line in _text(data).rstrip("\r\n").split("\r\n")).encode("utf-8-sig")


@on_bytes("told", ".csv")
def letters_thrown_away(data: bytes, chance: Random) -> bytes:
    """The file was saved in a code page without Vietnamese letters."""
    return _text(data).encode("cp1252", "replace")


@on_bytes("told", ".csv")
def cut_off(data: bytes, chance: Random) -> bytes:
    """A value holds the delimiter without quotation marks."""
    lines = _text(data).rstrip("\r\n").split("\r\n")
    number = _line(lines, chance)
    fields = lines[number].split(",")
    fields[2] = fields[2] + ", Phòng Ví dụ"
    lines[number] = ",".join(fields)
    return "\r\n".join(lines).encode("utf-8-sig")
