"""What a form is: its title, the columns of its tables, the labels of its lines; all of it is data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pipelines.forms.recognise.labels import has_any, has_phrase, starts_with, words_key
from pipelines.forms.recognise.period import ANY_TIME, Period
from pipelines.forms.tables.header_text import plain_key

FormKind = Literal["table", "mau_02", "record", "document"]


def _keys(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(words_key(str(text)) for text in texts or [])


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table form."""

    id: str
    type: str
    label: str
    keys: tuple[str, ...]
    parts: frozenset[str]
    """The keys of single header cells: each label, or each step of a label that is a path."""
    required: bool = False
    day: str | None = None
    """The field of the day, where a cell of this column may tell it too: ``số …, ngày …``."""
    halves: frozenset[tuple[str, str]] = frozenset()
    """Labels of two columns side by side that hold its value together."""
    pieces: tuple[str, ...] = ()
    """What a composite value is made of, in the order of its label."""
    year_before: int | None = None
    """Of a rating: so many years before the year of the row."""

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Column:
        """Read a column of ``form.yml``; a label given as a list is a path through a many-row header."""
        labels = [" ".join(label) if isinstance(label, list) else str(label) for label in data["labels"]]
        steps = [step for label in data["labels"] for step in (label if isinstance(label, list) else [label])]
        return cls(
            id=data["id"],
            type=data["type"],
            label=labels[0],
            keys=_keys(labels),
            parts=frozenset(_keys(steps)),
            required=bool(data.get("required", False)),
            day=data.get("day"),
            halves=frozenset((words_key(one), words_key(other)) for one, other in data.get("halves", ())),
            pieces=tuple(data.get("pieces", [])),
            year_before=data.get("year_before"),
        )


def _plain(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Labels without diacritics -> their column, where only one has it."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        for key in dict.fromkeys(plain_key(key) for key in column.keys):
            found.setdefault(key, []).append(column)
    return {key: several[0] for key, several in found.items() if len(several) == 1}


@dataclass(frozen=True, slots=True, eq=False)
class TableLayout:
    """One table of a form and where its rows go; each is itself alone, and may be a key."""

    id: str
    target: str
    columns: tuple[Column, ...]
    row_needs: tuple[str, ...]
    recipient_kind: str | None
    name_column: str | None
    """The column of whom a row is about."""
    kind_column: str | None
    year_column: str | None
    """The column of the row's year, or ``title``."""
    fact_column: str | None
    """The column that says which fact of the criteria a row gives; ``fact_value`` holds its value."""
    fact_value: str | None
    evidence_column: str
    items_of: str | None
    """In a record form: the field whose items the rows are."""
    any_row: bool
    """A row that names someone is a row of the table, whatever else it lacks."""
    asks: tuple[str, ...]
    """Columns that a list with them is asked to fill in for every row."""
    heads: tuple[str, ...]
    """Fields that a heading above the rows may give them."""
    every_row: bool
    """Every row is one of the table, section and total rows too, until a note or a signature."""
    ordinals: frozenset[str]
    """The columns that only number the rows."""
    by_key: dict[str, Column]
    by_id: dict[str, Column]
    by_plain: dict[str, Column]
    """Labels without diacritics; those of two columns are not among them."""
    either: frozenset[str]
    """Columns that two headers of different words may share: a row holds a value in one, or in each."""
    weight: int
    """Sum of the column weights: a required column weighs three, another one."""

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> TableLayout:
        """Read a table of ``form.yml``.

        Raises:
            ValueError: two columns of the table share a label.
        """
        columns = tuple(Column.from_data(item) for item in data["columns"])
        by_key: dict[str, Column] = {}
        for column in columns:
            for key in dict.fromkeys(column.keys):
                if key in by_key:
                    raise ValueError(f"{data['id']}: label {key!r} names {by_key[key].id} and {column.id}")
                by_key[key] = column
        return cls(
            id=data["id"],
            target=data["target"],
            columns=columns,
            row_needs=tuple(data.get("row_needs", [])),
            recipient_kind=data.get("recipient_kind"),
            name_column=data.get("name"),
            kind_column=data.get("kind"),
            year_column=data.get("year"),
            fact_column=data.get("fact"),
            fact_value=data.get("fact_value"),
            evidence_column=data.get("evidence", ""),
            items_of=data.get("items_of"),
            any_row=bool(data.get("any_row", False)),
            asks=tuple(data.get("asks", ())),
            heads=tuple(data.get("heads", ())),
            every_row=bool(data.get("every_row", False)),
            ordinals=frozenset(column.id for column in columns if column.type == "ordinal"),
            by_key=by_key,
            by_id={column.id: column for column in columns},
            by_plain=_plain(columns),
            either=frozenset(data.get("either", [])),
            weight=sum(3 if column.required else 1 for column in columns),
        )


@dataclass(frozen=True, slots=True)
class TitleRule:
    """Which words the title of a form has: all of, one of, none of; and the words a file name starts with."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    required: bool = True
    words: str = ""
    """The words as a person writes them, for messages."""
    period: str | None = None
    """``year``: the title speaks of a whole year; ``part``: of less than one (``period.py``)."""
    not_periods: frozenset[str] = frozenset()
    """Periods that make it another report: a «tổng kết» of a year alone is the report of that year."""

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> TitleRule:
        """Read the ``title`` of ``form.yml``."""
        shown = [*data.get("starts", [])[:1], *data.get("all", []), *data.get("any", [])[:1]]
        return cls(
            all=_keys(data.get("all")),
            any=_keys(data.get("any")),
            none=_keys(data.get("none")),
            starts=_keys(data.get("starts")),
            required=bool(data.get("required", True)),
            words=" … ".join(dict.fromkeys(shown)),
            period=data.get("period"),
            not_periods=frozenset(data.get("not_periods", [])),
        )

    def __bool__(self) -> bool:
        return bool(self.all or self.any or self.starts)

    def forbids(self, key: str) -> bool:
        """Whether the title has a word the form must not have."""
        return has_any(key, self.none)

    def matches(self, key: str, period: Period) -> bool:
        """Whether the title (a words key), which speaks of a period, is one of this form."""
        return (
            bool(self)
            and not self.forbids(key)
            and self._is_of(period)
            and all(has_phrase(key, phrase) for phrase in self.all)
            and (not self.any or has_any(key, self.any))
            and (not self.starts or starts_with(key, self.starts))
        )

    def _is_of(self, period: Period) -> bool:
        alone = "part" if period.is_part else "year" if period.is_year and "phase" not in period.kinds else ""
        wanted = {None: True, "year": period.is_year, "part": period.is_part}[self.period]
        return wanted and alone not in self.not_periods

    @property
    def length(self) -> int:
        """How many words the rule asks for: the longer of two matching titles is the more exact one."""
        longest = max((len(phrase.split()) for phrase in (*self.any, *self.starts)), default=0)
        return sum(len(phrase.split()) for phrase in self.all) + longest


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the catalogue."""

    id: str
    official_label: str
    citation: str
    kind: FormKind
    programmes: frozenset[str] | None
    """Programmes that use it; ``None``: every programme."""
    part_key: str
    titles: tuple[TitleRule, ...]
    tables: tuple[TableLayout, ...]
    choices: dict[str, dict[str, str]]
    """Field -> words key -> code, for fields of the type ``choice``."""
    data: dict[str, Any] = field(compare=False)
    """The whole of ``form.yml``, for the reader of its kind."""

    @property
    def contents(self) -> str | None:
        """``awards``, ``proposals`` or ``revocations`` of a list; a document lists its contents instead."""
        said = self.data.get("contents")
        return said if isinstance(said, str) else None

    def label_of(self, field_id: str) -> str:
        """The label a person knows a field by; ``list.column`` is a column of a record's own table."""
        owner, _, name = field_id.rpartition(".")
        for layout in self.tables:
            if name in layout.by_id and owner in ("", layout.items_of):
                return layout.by_id[name].label
        for item in (*self.data.get("fields", []), *self.data.get("head", [])):
            if item["id"] == field_id and item.get("labels"):
                return str(item["labels"][0])
        return field_id

    def matching_title(self, key: str, period: Period = ANY_TIME) -> TitleRule | None:
        """The most exact title rule that ``key`` fulfils; ``period``: what the title says of its time."""
        found = [rule for rule in self.titles if rule.matches(key, period)]
        return max(found, key=lambda rule: rule.length) if found else None

    @property
    def is_list(self) -> bool:
        """Whether its rows are awards: given, proposed or taken back."""
        return self.contents in ("awards", "proposals", "revocations")

    @property
    def takes_back(self) -> bool:
        """Whether its rows take awards back: a remark that says so is none against its row."""
        return self.contents == "revocations"

    @property
    def own_words(self) -> frozenset[str]:
        """The words of which its title has one: they speak for the form, not against it."""
        return frozenset(phrase for rule in self.titles for phrase in rule.any)

    @property
    def needs_title(self) -> bool:
        """Whether the form is recognised only under its title."""
        return any(rule.required for rule in self.titles)

    def forbids_title(self, key: str) -> bool:
        """Whether every title rule of the form rules ``key`` out."""
        return bool(self.titles) and all(rule.forbids(key) for rule in self.titles)
