"""What every page shares: the night, the programmes, the units, the words, and where each page lies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from dashboards.formats import slug
from dashboards.snapshot import Row, Snapshot
from pipelines.rules.book import Chapter
from pipelines.text.collation import SortKey, collation_key

SCOPES = ("own", "rollup")
UnitKey = tuple[int, SortKey | tuple[()]]
"""The place of a name among those of all units; what no unit is called stands between two places."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the unit list; ``has_awards`` says whether it has a page of mẫu 02."""

    code: str
    name: str
    unit_type: str
    programme_id: str
    parent: str | None
    has_awards: bool
    is_usual: bool = False
    """Only in the list such units usually make: nobody has confirmed it."""

    @property
    def page(self) -> str:
        """Its page, from the folder of the first page."""
        return f"don-vi/{slug(self.code)}.html"

    @property
    def why_page(self) -> str:
        """Its page that says why each finding is one."""
        return f"vi-sao/{slug(self.code)}.html"

    @property
    def awards_page(self) -> str:
        """Its page of mẫu 02."""
        return f"khen-thuong/{slug(self.code)}.html"

    @property
    def files(self) -> list[str]:
        """Everything that is made for the unit alone: pages, rows behind numbers, papers."""
        name = slug(self.code)
        lists = [f"data/m02-{name}-{scope}.js" for scope in SCOPES]
        papers = [f"mau-02/{name}-{scope}.{kind}" for scope in SCOPES for kind in ("xlsx", "docx")]
        return [self.page, self.why_page, self.awards_page, *lists, *papers]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme; its figures are never added to another's."""

    id: str
    short_name: str
    title: str
    files: int
    is_lead: bool

    @property
    def brief(self) -> str:
        """Where its one-page brief lies."""
        return f"{BRIEFS}/{slug(self.id)}.html"

    def page(self, kind: str, *more: object) -> str:
        """Where a page of this programme lies: ``kind`` is a key of ``KINDS``, ``more`` tells the part.

        No code has a dot in it (``slug``): the third part of a type «A» is not the page of a type «A-3».
        """
        if more:
            return f"{KINDS[kind]}-{'.'.join((slug(self.id), *map(str, more)))}.html"
        if kind == "overview" and self.is_lead:
            return "index.html"
        return f"{KINDS[kind]}-{slug(self.id)}.html" if kind != "method" else "cach-tinh.html"


BRIEFS = "tom-tat"
"""The folder of the one-page briefs."""
KINDS = {
    "overview": "tong-quan",
    "awards": "khen-thuong",
    "coverage": "phu-giai-doan",
    "quality": "chat-luong",
    "units": "don-vi",
    "comparison": "so-sanh",
    "method": "cach-tinh",
}


@dataclass
class Site:
    """The whole set of pages of one snapshot."""

    snapshot: Snapshot
    now: datetime
    programmes: list[Programme] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    chapters: Sequence[Chapter] = ()
    """Of the book of rules."""
    downloads: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    """Downloadable files of mẫu 02 by unit and scope, from the folder of the first page."""
    stale: set[str] = field(default_factory=set)
    """Codes of the units whose pages are made anew; those of the others stand. Set with ``draw_only``."""

    heats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Heat maps of programmes, by pages that were made tonight for others that show a part of them."""
    figures: dict[str, Row] = field(default_factory=dict)
    """Of every unit, by its code, once ``units.unit_figures`` was asked for them."""
    prints: bool = False
    """Whether briefs are printed to PDF files beside their pages."""

    @cached_property
    def night(self) -> Row:
        """The row of ``meta.snapshot``."""
        return self.snapshot.row("SELECT * FROM snapshot")

    @property
    def as_of(self) -> date:
        """The date of the data."""
        value: date = self.night["as_of"]
        return value

    @property
    def night_id(self) -> str:
        """The short mark of the snapshot printed on every page."""
        return str(self.night["input_digest"] or self.night["run_id"])[:6]

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each published column means, by ``mart.column``: its comment in the published file."""
        rows = self.snapshot.rows(
            "SELECT table_name, column_name, comment FROM duckdb_columns() "
            "WHERE database_name = 'published' AND schema_name = 'marts' AND comment IS NOT NULL"
        )
        return {f"{row['table_name']}.{row['column_name']}": row["comment"] for row in rows}

    def meanings_of(self, columns: Sequence[str]) -> list[str]:
        """What these columns mean; those the file says nothing of are left out."""
        return [self.meanings[column] for column in columns if column in self.meanings]

    def draw_only(self, units: Collection[str]) -> None:
        """Say whose pages are made anew; questions to ``stale_units`` then give their codes."""
        self.stale = set(units)
        self.snapshot.list_units("stale_units", sorted(self.stale))

    def place_units(self, name: str, codes: Iterable[str]) -> None:
        """Make a temporary table of unit codes in the order of their names, for questions that sort by it."""
        self.snapshot.list_units(name, sorted(codes, key=lambda code: (self.unit_key(code), code)))

    @cached_property
    def words(self) -> dict[tuple[str, str], Row]:
        """The vocabulary: words and their dense forms by vocabulary and code."""
        found = self.snapshot.rows("SELECT * FROM ref.words")
        return {(row["vocabulary"], row["code"]): row for row in found}

    @cached_property
    def phases(self) -> dict[str, str]:
        """Names of phases by their codes."""
        return {row["phase_id"]: row["label"] for row in self.snapshot.rows("SELECT * FROM dim_phases")}

    def period(self, code: str) -> str:
        """A period in words: a phase by its name, a year or a span of years as it is."""
        return self.phases.get(code) or code

    def word(self, vocabulary: str, code: str | None) -> str:
        """The word for a code; a code without a word is shown as it is."""
        row = self.words.get((vocabulary, code or ""))
        return str(row["label"]) if row else (code or "")

    def dense(self, vocabulary: str, code: str) -> str:
        """The letter for a code in narrow cells."""
        row = self.words.get((vocabulary, code))
        return str(row["dense"] or "") if row else code

    def unit_name(self, code: str | None) -> str:
        """A unit's name; a code that is not in the list is shown as it is."""
        unit = self.units.get(code or "")
        return unit.name if unit else (code or "")

    def unit_key(self, code: str | None) -> UnitKey:
        """What lists of units are sorted by."""
        known = self._places.get(code or "")
        if known:
            return known
        key = collation_key(code or "")
        return 2 * bisect_left(self._names, key) - 1, key

    @cached_property
    def _names(self) -> list[SortKey]:
        """What all units are called, in order."""
        return sorted({collation_key(unit.name) for unit in self.units.values()})

    @cached_property
    def _places(self) -> dict[str, UnitKey]:
        """By code; numbers are compared a hundred thousand times, names only to number them."""
        place = {name: 2 * number for number, name in enumerate(self._names)}
        return {code: (place[collation_key(unit.name)], ()) for code, unit in self.units.items()}

    def units_of(self, programme: Programme) -> list[Unit]:
        """The units of a programme, by name."""
        return list(self._by_programme[programme.id])

    @cached_property
    def _by_programme(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=lambda unit: (self.unit_key(unit.code), unit.code)):
            found[unit.programme_id].append(unit)
        return found

    def roots(self, programme: Programme) -> list[Unit]:
        """The units above all others of a programme."""
        return [u for u in self.units_of(programme) if u.parent is None or u.parent not in self.units]


def make_site(snapshot: Snapshot, now: datetime) -> Site:
    """Read what all pages share; the programme with the newest file received comes first."""
    site = Site(snapshot, now)
    programmes = snapshot.rows(
        """
        SELECT p.programme_id, p.short_name, p.title, count(s.submission_id) AS files
        FROM dim_programmes AS p
        LEFT JOIN fct_submissions AS s ON s.programme_id = p.programme_id AND s.status = 'accepted'
        GROUP BY ALL
        ORDER BY max(s.received_on) DESC NULLS LAST, files DESC, p.programme_id
        """
    )
    site.programmes = [
        Programme(p["programme_id"], p["short_name"].replace("-", "–"), p["title"], p["files"], number == 0)
        for number, p in enumerate(programmes)
    ]
    # A unit may have several rows in time; the newest names it.
    for row in snapshot.rows(
        """
        SELECT u.unit_code, u.name, u.unit_type, u.programme_id, u.parent_code,
               coalesce(u.is_usual, false) AS is_usual,
               u.unit_code IN (SELECT unit_code FROM rpt_mau_02) AS has_awards
        FROM dim_units AS u
        QUALIFY row_number() OVER (PARTITION BY u.unit_code ORDER BY u.valid_from DESC NULLS LAST) = 1
        ORDER BY u.unit_code
        """
    ):
        site.units[row["unit_code"]] = Unit(
            row["unit_code"],
            row["name"],
            row["unit_type"],
            row["programme_id"],
            row["parent_code"],
            row["has_awards"],
            row["is_usual"],
        )
    names = Counter(slug(code) for code in site.units)
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        raise ValueError(f"unit codes that would share a page: {', '.join(twice)}")
    return site
