"""CSV files: which encoding, which delimiter, then rows; no quotation mark swallows a line."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.inbox import limits
from pipelines.inbox.csv_records import Record, records, whole_records
from pipelines.inbox.document import CellValue, Document, Grid, Told, Unreadable
from pipelines.inbox.grids import check_size, trim
from pipelines.text.keys import nfc

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = ",;\t|"
_HINT = re.compile(r"sep=(.)", re.IGNORECASE)
"""The line by which Excel is told the delimiter; it is no text of the list."""
_FOREIGN = re.compile("[^\\s -\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u20cf\ufeff]")
"""Letters of other scripts: most binary data would be text of these, read as UTF-16."""
_MARK = '"'
_SAMPLE_LINES = 50
_SAMPLE_LETTERS = 4_000
_NAMED_ROWS = 5


def read_csv(name: str, data: bytes) -> Document:
    """Read a CSV file as one grid named like the file.

    Args:
        name: the file's name without folders.
        data: its bytes.

    Returns:
        A document of one grid. What could be read in two ways is told: RD-CSV-DONG for rows that were
        written over several lines, RD-CSV-COT for rows with more cells than others, RD-CSV-NHAY where
        quotation marks could have swallowed lines.

    Raises:
        Unreadable: RD-MA-CHU, RD-QUA-LON, RD-HONG.
    """
    if len(data) > limits.TEXT_BYTES:
        raise Unreadable("RD-QUA-LON")
    lines = _lines(decode(data))
    delimiter, width, usual = _delimiter(lines)
    rows: list[list[CellValue]] = []
    spanning: list[tuple[int, Record]] = []
    beyond: list[int] = []
    cells = 0
    for record in records(lines, delimiter, width):
        rows.append([*record.cells])
        cells += len(record.cells)
        if cells > limits.CELLS or len(record.cells) > limits.COLUMNS:
            raise Unreadable("RD-QUA-LON")
        if _is_beyond(record.cells, width, usual):
            beyond.append(len(rows))
        if record.lines > 1 or record.unpaired:
            spanning.append((len(rows), record))
    trim(rows)
    check_size(len(rows), 1)
    grid = Grid(name.rsplit(".", 1)[0], rows, shifted=frozenset(row - 1 for row in beyond))
    return Document("csv", [grid], told=_told(grid.name, spanning, beyond))


def _is_beyond(cells: list[str], width: int, usual: int) -> bool:
    """Whether a row has more cells than the table has columns.

    A stray mark may have parted a value in two where the last column is empty: then only the number tells.
    """
    if not 1 < width < len(cells):
        return False
    stray = len(cells) > usual and any(cell[:1] == _MARK or cell[-1:] == _MARK for cell in cells)
    return stray or any(cell.strip() for cell in cells[width:])


def looks_like_a_table(data: bytes) -> bool:
    """Whether bytes are text whose lines a delimiter cuts into the same number of cells, more than one."""
    return is_text(data) and _delimiter(_lines(decode(data)))[1] > 1


def is_text(data: bytes) -> bool:
    """Whether bytes are text in one of the encodings of CSV files, in letters such files are written in."""
    try:
        head = decode(data)[:_SAMPLE_LETTERS]
    except Unreadable:
        return False
    return len(_FOREIGN.findall(head)) * 10 < len(head)


def decode(data: bytes) -> str:
    """The text of a CSV file in NFC: UTF-8, UTF-16 or Windows-1258.

    Raises:
        Unreadable: RD-MA-CHU when it is none of them.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = _utf_16_without_mark(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise Unreadable("RD-MA-CHU") from error
        try:
            text = data.decode("cp1258")
        except UnicodeDecodeError as again:
            raise Unreadable("RD-MA-CHU") from again
    if _CONTROL.search(text):  # Windows-1258 gives nearly every byte a meaning: these tell binary data
        raise Unreadable("RD-MA-CHU")
    return nfc(text)


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 tells itself by the zero bytes of its commas, digits and line ends."""
    head = data[:4000]
    if not head.count(0):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    if any(len(line) > limits.CELL_CHARACTERS for line in lines):
        raise Unreadable("RD-HONG")
    return lines


def _delimiter(lines: list[str]) -> tuple[str, int, int]:
    """The delimiter that cuts most of the first lines into equally many cells.

    With it how wide the table is, and how many cells most of these lines have.
    """
    hint = _HINT.fullmatch(lines[0]) if lines else None
    if hint:
        lines[0] = ""
    sample = lines[:_SAMPLE_LINES]
    tried = [(one, list(whole_records(sample, one))) for one in (hint[1] if hint else _DELIMITERS)]
    delimiter, found = max(tried, key=lambda one: _alike(one[1]))
    times = Counter(map(len, found))
    usual = max(times, key=lambda width: (times[width], width), default=0)
    return delimiter, _width(found[1:] if hint else found), usual


def _alike(found: list[list[str]]) -> tuple[int, int]:
    """How many records have the same number of cells, more than one, and which number."""
    several = ((times, width) for width, times in Counter(map(len, found)).items() if width > 1)
    return max(several, default=(0, 0))


def _width(sample: list[list[str]]) -> int:
    """The table's width: rows that hold much make a table, not the blanks and signatures around it.

    A header with more columns than most rows fill counts where another row fills them too.
    """
    found: Counter[int] = Counter()
    ends: list[int] = []
    for cells in sample:
        held = max((number for number, cell in enumerate(cells, 1) if cell), default=0)
        much = sum(bool(cell) for cell in cells)
        found.update(dict.fromkeys({len(cells), held}, much))
        ends.append(held)
    width = max(found, key=lambda width: (width * found[width], width), default=0)
    header = next((held for held in ends if held >= width), width)
    return header if ends.count(header) > 1 else width


def _told(sheet: str, spanning: list[tuple[int, Record]], beyond: list[int]) -> list[Told]:
    """One finding each for rows over several lines, marks without a partner, rows with too many cells."""
    told = []
    over = [row for row, record in spanning if record.lines > 1]
    unpaired = [row for row, record in spanning if record.unpaired]
    for rule_id, found in (("RD-CSV-DONG", over), ("RD-CSV-NHAY", unpaired), ("RD-CSV-COT", beyond)):
        if found:
            named = ", ".join(map(str, found[:_NAMED_ROWS]))
            more = ", …" if len(found) > _NAMED_ROWS else ""
            params = {"so": str(len(found)), "dong": named + more}
            told.append(Told(rule_id, params, sheet, found[0]))
    return told
