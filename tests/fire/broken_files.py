"""Files broken in every way a disk, a mail program or a joker breaks them: seeded, made of the sample."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.common.paths import PROJECT
from tests.fire.other_formats import others

SAMPLE = PROJECT / "data" / "raw"
DAY = "2020-05-19"
UNITS = tuple(
    Path("LS-1620", unit)
    for unit in ("LS-SO-TAI-CHINH", "LS-SO-Y-TE", "LS-HUYEN-VAN-LANG", "LS-HUYEN-BAC-SON", "LS-SO-NOI-VU")
)
"""Where they are put: units that are known, on a day of their own; all other units have whole files."""
OFFICE = (".doc", ".rtf", ".odt")
OFFICE_SHARE = 0.005
"""LibreOffice takes seconds for each: so many of the files, no more."""
BOMB_BYTES = 300_000_000
SPARSE_BYTES = 1 << 30
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("j"))
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
BIDI = "\u202exslx.\u202c\u200f\u2066"
Break = Callable[[random.Random, bytes], bytes]


def originals() -> list[tuple[str, bytes]]:
    """Whole files with their suffixes: those of the sample, and of each format it has none of."""
    paths = sorted(
        path
        for path in SAMPLE.rglob("*")
        if path.is_file() and path.stat().st_size > 1 and path.name[0] != "~"
    )
    made = others(next(path for path in paths if path.suffix == ".docx"))
    return [*((path.suffix, path.read_bytes()) for path in paths), *made.items()]


def scrambled(rng: random.Random, data: bytes) -> bytes:
    """Some bytes are others."""
    broken = bytearray(data)
    for _ in range(rng.choice((1, 5, 50))):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken)


def truncated(rng: random.Random, data: bytes) -> bytes:
    """The upload broke off."""
    return data[: rng.randrange(1, len(data))]


def swapped(rng: random.Random, data: bytes) -> bytes:
    """A block stands somewhere else."""
    size = max(1, len(data) // 8)
    start, end = rng.randrange(len(data)), rng.randrange(len(data))
    return data[:end] + data[start : start + size] + data[end:]


def _repacked(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = change(info.filename, old.read(info))
            if part is not None:
                new.writestr(info.filename, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def without_a_part(rng: random.Random, data: bytes) -> bytes:
    """A part of the package is missing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        gone = rng.choice(package.namelist())
    return _repacked(data, lambda name, part: None if name == gone else part)


def damaged_part(rng: random.Random, data: bytes) -> bytes:
    """A part of the package holds rubbish."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        hit = rng.choice(package.namelist())
    breaks = (scrambled, truncated, lambda _, part: b"", lambda _, part: part * 3)
    return _repacked(
        data, lambda name, part: rng.choice(breaks)(rng, part) if name == hit and len(part) > 1 else part
    )


def with_entities(rng: random.Random, data: bytes) -> bytes:
    """Parts that declare entities: a billion laughs, a file of this machine."""
    told, name = rng.choice(((ENTITIES, b"&i;"), (OUTSIDE, b"&i;")))

    def change(part_name: str, part: bytes) -> bytes:
        end = part.find(b"?>") + 2
        return (
            part[:end] + told + part[end:].replace(b"</", name + b"</", 1) if part[:5] == b"<?xml" else part
        )

    return _repacked(data, change)


def nested(rng: random.Random, data: bytes) -> bytes:
    """Elements within elements without end."""
    depth = rng.choice((100, 5_000, 200_000))

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith((".xml",)) or b"</" not in part:
            return part
        at = part.index(b"</")
        return part[:at] + b"<a>" * depth + b"</a>" * depth + part[at:]

    return _repacked(data, change)


def huge_indices(rng: random.Random, data: bytes) -> bytes:
    """Cells, rows, repeats far beyond any sheet."""
    number = rng.choice((b"1048577", b"99999999999", b"-1", b"0", b"x"))

    def change(name: str, part: bytes) -> bytes:
        part = part.replace(b'r="A', b'r="ZZZZ' + number, 1).replace(b'<row r="', b'<row r="' + number, 1)
        part = part.replace(b'table:number-rows-repeated="', b'table:number-rows-repeated="' + number)
        return part.replace(b't="s"><v>', b't="s"><v>' + number, 3)

    return _repacked(data, change)


def bomb(data: bytes) -> bytes:
    """A part that unpacks to more than the machine should hold."""
    return _repacked(data, lambda name, part: part, {"word/media/x.bin": b"\0" * BOMB_BYTES})


def zip_in_zips(rng: random.Random, data: bytes) -> bytes:
    """Archives within archives."""
    for level in range(rng.choice((2, 5, 30))):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"{level}/goi {level}.zip" if level else "x.xlsx", data)
        data = out.getvalue()
    return data


PLAIN: tuple[Break, ...] = (scrambled, truncated, swapped)
OF_PACKAGES: tuple[Break, ...] = (
    without_a_part, damaged_part, with_entities, nested, huge_indices, zip_in_zips,
)  # fmt: skip


def names(rng: random.Random, number: int, suffix: str) -> str:
    """Names that file systems allow and people do not read."""
    plain = f"{number:05d}{suffix}"
    long = f"{number:05d}" + "ệ" * ((255 - len(plain.encode())) // 3) + suffix
    return rng.choice(
        (plain, plain, plain, long, f"{number:05d}{BIDI}{suffix}", f"{number:05d}\n\t'\";--{suffix}")
    )


def write(raw: Path, count: int, seed: int, first: int = 0) -> int:
    """Write broken files into a raw folder, each with bytes of its own.

    Args:
        raw: the raw folder.
        count: how many, besides the few that are no files of bytes (pipes, links, a sparse gigabyte).
        seed: the same seed, the same files.
        first: number of the first; the few are written with the very first.

    Returns:
        How many entries there are: each must have a row.
    """
    rng, sources = random.Random(seed), originals()
    folders = [raw / unit / DAY for unit in UNITS]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    slow = [source for source in sources if source[0] in OFFICE]
    quick = [source for source in sources if source[0] not in OFFICE]
    for number in range(count):
        suffix, whole = rng.choice(slow if rng.random() < OFFICE_SHARE else quick)
        is_package = zipfile.is_zipfile(io.BytesIO(whole))
        breaks = OF_PACKAGES if is_package and rng.random() < 0.7 else PLAIN
        folder = folders[number % len(folders)]
        (folder / names(rng, first + number, suffix)).write_bytes(rng.choice(breaks)(rng, whole))
    return count + (sum(1 for _ in _no_ordinary_files(folders[0], quick)) if first == 0 else 0)


def _no_ordinary_files(folder: Path, sources: list[tuple[str, bytes]]) -> Iterator[Path]:
    workbook = next(whole for suffix, whole in sources if suffix == ".xlsx")
    bombs = folder / "bom.xlsx"
    bombs.write_bytes(bomb(workbook))
    yield bombs
    sparse = folder / "rong 1 GB.xlsx"
    with sparse.open("wb") as stream:
        stream.truncate(SPARSE_BYTES)
    yield sparse
    pipe = folder / "ong.csv"
    os.mkfifo(pipe)
    yield pipe
    for name, target in (
        ("ra-ngoai.xlsx", "/etc/passwd"),
        ("vong.xlsx", "vong.xlsx"),
        ("mat.xlsx", "khong-co.xlsx"),
    ):
        (folder / name).symlink_to(target)
        yield folder / name
    closed = folder / "khong-quyen.xlsx"
    closed.write_bytes(workbook + b"\0")
    closed.chmod(0)
    yield closed
    odd = os.path.join(os.fsencode(folder), b"\xff\xfe hong ten.xlsx")
    with open(odd, "wb") as stream:
        stream.write(workbook + b"\1")
    yield Path(os.fsdecode(odd))
    empty = folder / "trong.docx"
    empty.touch()
    yield empty
