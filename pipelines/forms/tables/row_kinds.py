"""What a row under a header is, when it is not plainly a full row of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.records.signature import NEAR_COLUMNS
from pipelines.forms.registry import Words
from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding, cell_key
from pipelines.forms.tables.headings import COUNTED, ROMAN_NUMBER, is_heading, kind_in, names_kind
from pipelines.forms.tables.merged import join
from pipelines.forms.tables.tells import Tells
from pipelines.inbox.document import CellValue, Grid

_NUMBERING = re.compile(r"[(\[]?\s*(\d{1,2}|[A-Za-zĐđ]|[IVX]{1,4})\s*[)\]]?[.:]?\s*(=.*)?")
_SECTION_NUMBER = re.compile(rf"(?:{ROMAN_NUMBER}|[A-ZĐ])\s*[.)/:-]?|[a-zđ]\s*[.)/]")
_UNFILLED = re.compile(r"[\s.…_\-–—/*,;|]+")
_FIGURE = re.compile(r"\s*-?\d[\d.,]*\s*%?\s*")
_ORDINAL = re.compile(r"\d{1,6}[.)]?")
_ENTRY = re.compile(r"\s*(\d{1,4})\s*[.)/:-]\s*\S")
_PAGE = re.compile(r"[-–\s]*trang\s*(?:số\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
"""The number of a page that a converter left amid the rows."""
_FOOTNOTE = re.compile(r"\s*\(?\*+\)?\s*\S")
_NUMBERS = (int, float)  # a union in the test would be made anew for every row
SEVERAL = 2
"""So many needed cells make a row full beyond doubt where it is numbered too."""
WIDE = 3
"""Columns a merged heading spans at least."""
FIRST_LETTERS = ("a", "i")
LEAST_BROKEN = 2
MANY = 4
"""Filled cells of a row that no signature block or note has side by side."""


def filled_columns(row: list[CellValue]) -> list[int]:
    """The columns of a row that hold something."""
    return [number for number, value in enumerate(row) if not is_blank(value)]


def is_numbering(row: list[CellValue]) -> bool:
    """Whether a row is the numbering under a header: ``1 2 3 … 7=(6:3)``."""
    texts = []
    for value in row:
        if not is_blank(value):
            whole = isinstance(value, float) and value.is_integer()
            texts.append(str(int(value)) if whole and isinstance(value, float) else str(value).strip())
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
        return False
    marks = [found[1] for text in texts if (found := _NUMBERING.fullmatch(text))]
    numbers = [int(mark) for mark in marks if mark.isdecimal()]
    letters = [mark.casefold() for mark in marks if not mark.isdecimal()]
    if len(set(letters)) < len(letters) or (letters and letters[0] not in FIRST_LETTERS):
        return False
    return len(marks) >= 2 and numbers == sorted(set(numbers)) and (not numbers or numbers[0] <= 2)


def is_ordinal(value: CellValue) -> bool:
    """Whether a cell holds the number of a row."""
    if type(value) is float:  # what Excel files hold, of every row: asked first
        return True
    if isinstance(value, str):
        return _ORDINAL.fullmatch(value.strip()) is not None
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def ordinal_of(value: CellValue) -> int | None:
    """The number of a row that a cell holds."""
    if type(value) is float:
        return int(value) if value.is_integer() else None
    if not is_ordinal(value):
        return None
    number = float(str(value).strip().rstrip(".)"))
    return int(number) if number.is_integer() else None


def is_nothing(text: str) -> bool:
    """Whether a text is only the dots and dashes of a blank on paper."""
    return _UNFILLED.fullmatch(text) is not None


def _holds(value: CellValue) -> bool:
    """Whether a cell holds more than the dots and dashes of a blank on paper."""
    if isinstance(value, str):
        return bool(value) and (value[0].isalnum() or not is_nothing(value))
    return value is not None


def _is_typed(value: CellValue) -> bool:
    """Whether a cell holds words, as nobody's formula leaves below a list."""
    return isinstance(value, str) and len(value.split()) > 1


class RowKinds:
    """Tells section, subtotal, signature and note rows from rows of the table."""

    def __init__(self, grid: Grid, binding: Binding, words: Words, tells: Tells) -> None:
        """Prepare for one table."""
        self._words, self._tells = words, tells
        self._formulas = grid.formulas
        layout = binding.layout
        header = grid.rows[binding.header.top : binding.header.body]
        texts = [value for row in (*header, *join(header, binding.joined)) for value in row]
        self._header_keys = {cell_key(text) for text in (*texts, *binding.header.texts) if text} - {""}
        self._any_row, self._every_row = layout.any_row, layout.every_row
        self._ordinals = {
            binding.columns[c.id] for c in layout.columns if c.type == "ordinal" and c.id in binding.columns
        }
        self._ordinal = next(iter(self._ordinals), None)
        seconds = {column for _, column in binding.seconds}
        self._known = (set(binding.columns.values()) | seconds) - self._ordinals
        titled = {column for row in header for column in filled_columns(row)}
        self._extra = (titled or set(binding.extras)) - self._known - self._ordinals
        self.needed = [binding.columns[name] for name in layout.row_needs if name in binding.columns]
        self._last_needed = max(self.needed, default=0)
        self._named = binding.columns.get(layout.name_column or "")
        self.required = [
            binding.columns[c.id] for c in layout.columns if c.required and c.id in binding.columns
        ]
        self._wide = {
            top for top, left, bottom, right in grid.merges if top == bottom and right - left >= WIDE - 1
        }
        self._subtotal_letters = {f(word[0]) for word in words.subtotal for f in (str, str.upper)}
        self._kind_ends = {phrase[-1] for phrases in words.kinds.values() for phrase in phrases} | {*"):. "}
        self._signature_words = {phrase.split()[0] for phrase in words.signature_starts}

    def is_full(self, row: list[CellValue]) -> bool:
        """Whether every needed cell is filled (of tables with one such cell: a second one too)."""
        if not self.needed or self._every_row or len(row) <= self._last_needed:
            return False
        if not all(_holds(row[column]) for column in self.needed):
            return False
        if not self._is_numbered(row):
            first = row[self.needed[0]]
            if cell_key(first) in self._header_keys or self._is_subtotal(first) or self._is_kind(first):
                return False
            if self._are_signatures(row):
                return False
        if len(self.needed) >= SEVERAL:
            return True
        return sum(column in self._known for column in filled_columns(row)) > 1

    def plainly_full(self, columns: list[tuple[CellValue, ...]], count: int) -> list[bool]:
        """Whether each row is numbered and has its several needed cells filled: then it is full and sure.

        Seen in the columns, where each value is looked at once; ``is_full`` must be asked about other rows.

        Args:
            columns: the columns of the rows.
            count: how many rows there are.
        """
        place = self._ordinal
        last = max(self._last_needed, place or 0)
        if place is None or len(self.needed) < SEVERAL or self._every_row or last >= len(columns):
            return [False] * count
        full = list(map(is_ordinal, columns[place]))
        for column in self.needed:
            cells = columns[column]
            wrong = {value for value in set(cells) if not _holds(value)}
            if wrong:
                full = [known and value not in wrong for known, value in zip(full, cells, strict=True)]
        return full

    def _is_subtotal(self, value: CellValue) -> bool:
        if not isinstance(value, str) or value.lstrip()[:1] not in self._subtotal_letters:
            return False
        return self._totals(words_key(value))

    def _totals(self, key: str) -> bool:
        """``Cộng`` and the like, alone or before a count or a section: ``Cộng: 05 tập thể``, ``Cộng II``."""
        words = key.split()
        for length in range(len(words), 0, -1):
            ends = length == len(words) or COUNTED.fullmatch(words[length])
            if ends and " ".join(words[:length]) in self._words.subtotal:
                return True
        return starts_with(key, self._words.subtotal_starts)

    def is_sure(self, row: list[CellValue]) -> bool:
        """Whether a row is one of the table even below a signature or a note: numbered, or complete."""
        known = [column for column in filled_columns(row) if column in self._known]
        if self._every_row:
            return sum(_FIGURE.fullmatch(str(row[column])) is not None for column in known) >= 2
        if len(self.needed) < SEVERAL:
            return self._is_numbered(row) and len(known) > 1 and self.needed[0] in known
        if self._is_numbered(row) or self._is_long(row, known):
            return True
        return all(c < len(row) and not is_blank(row[c]) for c in self.required)

    def _is_long(self, row: list[CellValue], known: list[int]) -> bool:
        return len(known) >= MANY and all(
            column in known and isinstance(row[column], str) for column in self.needed
        )

    def goes_on(self, row: list[CellValue], filled: list[int], last: list[CellValue] | None) -> bool:
        """Whether a row below a signature or a note looks like the list going on, though not as a full row.

        Args:
            row: its cells.
            filled: its columns that hold something.
            last: the last row of the table.
        """
        if len(filled) >= MANY:
            return True
        if len(filled) == 1 and self._speaks(str(row[filled[0]])):
            return True
        number = self._number(last) if last else None
        if number is None or len(filled) != 1:
            return False
        found = _ENTRY.match(str(row[filled[0]]))
        return found is not None and int(found[1]) == number + 1

    def broken(self, rows: list[list[CellValue]], data: list[int], full: Sequence[bool]) -> list[int]:
        """The rows whose texts a converter broke into two rows: numbered ones, and those below them.

        Args:
            rows: the rows of the table.
            data: which of them hold data.
            full: which of them are plainly full.
        """
        numbered = {number for number in data if full[number] or self._is_numbered(rows[number])}
        if len(numbered) == len(data):
            return []
        held = {*data}
        lower = {
            number
            for number in data
            if number - 1 in held
            and number not in numbered
            and self._goes_on_from(rows[number - 1], rows[number])
        }
        pairs = [number for number in numbered if number + 1 in lower]
        if len(pairs) < LEAST_BROKEN or 2 * len(pairs) < len(numbered):
            return []
        # where most are, so is what else stands in two rows, of which one may be moved besides
        pairs = [number for number in numbered if number + 1 in held - numbered]
        return sorted([*pairs, *(number + 1 for number in pairs)])

    def _goes_on_from(self, upper: list[CellValue], lower: list[CellValue]) -> bool:
        """Whether a row holds nothing but texts, in columns that the row above fills too."""
        filled = filled_columns(lower)
        return (
            self._is_numbered(upper)
            and (self._tells.holds_other(upper) or not self._tells.holds_value(lower))
            and set(filled) <= set(filled_columns(upper))
            and all(isinstance(lower[column], str) for column in filled)
        )

    def is_awarded(self, row: list[CellValue], filled: list[int]) -> bool:
        """Whether a row has a name beside an award, which no signature block and no note holds."""
        named = len(self.needed) > 1 and all(column in filled for column in self.needed)
        return named and self._tells.holds_value(row)

    def is_apart(self, filled: list[int], signed: set[int]) -> bool:
        """Whether a row below the signatures is a lone name in the list's own column, far from who signs."""
        lone = len(filled) == 1 and filled[0] == self._named
        return lone and all(abs(filled[0] - column) > NEAR_COLUMNS for column in signed)

    def heads(
        self,
        row: list[CellValue],
        filled: list[int],
        last: list[CellValue] | None,
        below: Iterable[list[CellValue]],
    ) -> bool:
        """Whether a lone text amid the rows heads those below: nothing of the list can stand in it.

        The numbers of the list go on over a text that stands where they do, or begin anew below it.

        Args:
            row: its cells.
            filled: its columns that hold something.
            last: the row of the table before it.
            below: the rows that follow.
        """
        if len(filled) != 1 or self._ordinal is None:
            return False
        text = str(row[filled[0]])
        if self._speaks(text):
            return False
        numbered: tuple[int | None, list[CellValue]] = next(
            ((n, each) for each in below if (n := self._number(each)) is not None), (None, [])
        )
        after, next_row = numbered
        before = self._number(last) if last else None
        if filled[0] == self._ordinal:
            return after == 1 or (after is not None and before is not None and after == before + 1)
        if filled[0] not in self.needed[:1]:
            return False
        goes_on = after is not None and before is not None and after == before + 1
        return after == 1 or (goes_on and self._is_office_over_persons(text, next_row))

    def _speaks(self, text: str) -> bool:
        """Whether a lone text adds someone to the list, or says that someone is not of it."""
        return self._tells.is_entry(text) or self._words.rows.says_change(text)

    def _is_office_over_persons(self, text: str, below: list[CellValue]) -> bool:
        """Whether a lone text is a collective's name, and the row below it is of a person."""
        kinds = [kind_in(cell_key(value), self._words) for value in below if self._is_kind(value)]
        return kinds == ["ca_nhan"] and starts_with(words_key(text), self._words.collective_heads)

    def _number(self, row: list[CellValue]) -> int | None:
        """The number that a row carries."""
        place = self._ordinal
        return ordinal_of(row[place]) if place is not None and place < len(row) else None

    def _is_numbered(self, row: list[CellValue]) -> bool:
        """Whether a row carries its own number, which headings, totals and signatures do not."""
        place = self._ordinal
        return place is not None and place < len(row) and is_ordinal(row[place])

    def _is_kind(self, value: CellValue) -> bool:
        """Whether a name is none but the heading of a section that stands in the column of names."""
        if not isinstance(value, str) or value[-1:].casefold() not in self._kind_ends:
            return False
        return names_kind(value, self._words)

    def _are_signatures(self, row: list[CellValue]) -> bool:
        """Whether a row holds only signature labels side by side, or one and other words in capitals."""
        found = False
        for value in row:
            if is_blank(value):
                continue
            if not isinstance(value, str):
                return False
            key = cell_key(value)
            if key.partition(" ")[0] in self._signature_words and self._begins_signature(key):
                found = True
            elif not value.isupper():
                return False
        return found

    def what(self, place: int, row: list[CellValue], filled: list[int]) -> str:
        """What a row is that is not full.

        Args:
            place: its row in the grid.
            row: its cells.
            filled: its columns that hold something.

        Returns:
            ``data``, ``section``, ``signature``, ``unclear``, or the reason its cells are passed over.
        """
        if self._extra.issuperset(filled):
            # look-up formulas in columns of the unit's own run on below the table; what was typed is told
            typed = any(_is_typed(row[c]) and (place, c) not in self._formulas for c in filled)
            return "unclear" if typed else "chi_co_cot_ngoai_bieu"
        words = self._words
        keys = {column: cell_key(row[column]) for column in filled}
        texts = [key for key in keys.values() if key]
        if all(_UNFILLED.fullmatch(str(row[column])) for column in filled):
            return "cho_trong_chua_dien"
        if len(texts) > 1 and self._header_keys.issuperset(texts):
            return "lap_tieu_de"
        values = [column for column in filled if column in self._known]
        ordinal = any(c in self._ordinals and is_ordinal(row[c]) for c in filled)
        signs = bool(texts) and not ordinal and self._begins_signature(texts[0])
        if self._every_row:
            if starts_with(texts[0] if texts else "", words.note_starts):
                return "note"
            return "signature" if signs and not self._has_number(row, values) else "data"
        if any(self._totals(key) for key in texts[:2]):
            return "dong_tong"
        lone = len(filled) == 1 or (len(filled) == 2 and filled[0] in self._ordinals and not ordinal)
        if lone:
            text = " ".join(str(row[column]).strip() for column in filled)
            if texts and self._begins_signature(texts[-1]):
                return "signature"
            if self._speaks(text):
                return "unclear"
            if starts_with(words_key(text), words.note_starts):
                return "ghi_chu"
            if _PAGE.fullmatch(text):
                return "so_trang"
            numbered = len(filled) == 2 and _SECTION_NUMBER.fullmatch(str(row[filled[0]]).strip())
            if numbered or is_heading(text, words) or place in self._wide:
                return "section"
            if _FOOTNOTE.match(text):
                return "ghi_chu"
        if signs:
            return "signature"
        if not ordinal and any(self._is_kind(row[column]) for column in self.needed if column in filled):
            return "section"
        if ordinal and not values:
            own = any(_is_typed(row[c]) and (place, c) not in self._formulas for c in filled[1:])
            return "unclear" if own else "dong_trong"
        if self._names_someone(filled, values) or (ordinal and values):
            return "data"
        return "unclear"

    def _begins_signature(self, key: str) -> bool:
        """A signature label, or the line of place and date above it."""
        words = self._words
        return starts_with(key, words.signature_starts) or all(
            has_phrase(key, word) for word in words.date_line
        )

    def _names_someone(self, filled: list[int], values: list[int]) -> bool:
        named = any(column in filled for column in self.needed)
        return named and (len(values) > 1 or self._any_row)

    @staticmethod
    def _has_number(row: list[CellValue], columns: list[int]) -> bool:
        return any(isinstance(row[column], int | float) for column in columns)
