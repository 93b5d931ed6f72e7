"""The reference texts a cell may hold, ready for look-up: kinds, classes, ratings, fields, award names.

A small picture of the reference data that every reading process gets a copy of; it knows nothing of how the
reference data are read, so that such a process starts quickly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.forms.values.field_names import FieldNames
from pipelines.reference.award_names import AwardNames


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact the criteria ask for: its field, the type of its value, and what the value may be."""

    field: str
    """Id of the criteria's field vocabulary; ratings and awards with their subject: ``rating.party_org``."""
    type: str
    choices: dict[str, str]
    """Words key -> code."""


@dataclass(frozen=True, slots=True)
class Mau02Line:
    """A line of mẫu 02, as far as a filled table is read by it."""

    row_id: str
    order: int
    parent: str | None
    row_type: str
    labels: tuple[str, ...]
    award_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceValues:
    """Look-up tables by words key."""

    kinds: dict[str, str]
    sub_kinds: dict[str, str]
    subject_groups: dict[str, str]
    ratings: dict[str, str]
    object_classes: dict[tuple[str, str], str]
    """(recipient kind, text) -> code."""
    other_class: dict[str, str]
    """Recipient kind -> class of any other text."""
    fields: dict[str, FieldNames]
    """Programme -> its fields (lĩnh vực) by code and name."""
    field_vocabulary: tuple[str, ...]
    """Ids of the facts that criteria ask for."""
    award_names: AwardNames
    awards: dict[str, str]
    """Award key -> code of what a record names; rows of lists get theirs in ``int_listed_awards``."""
    award_phrases: dict[tuple[str, ...], str]
    """Award names as words, to be found in running text -> code."""
    rating_phrases: dict[tuple[str, ...], str]
    facts: dict[str, Fact]
    """Content of the annex PL-TC on the words key -> the fact of the criteria it gives."""
    mau_02_lines: tuple[Mau02Line, ...]
    award_years: dict[str, tuple[int, int]]
    """Programme -> first and last award year of its phase."""
    cities: frozenset[str]
    """Units of a city under central government: the reader of their files knows «Thành phố» for «tỉnh»."""
    city_awards: dict[str, str]
    """Award key -> code of names that only they write."""
    city_phrases: dict[tuple[str, ...], str]
    """The same, to be found in running text."""

    def of(self, unit_code: str | None) -> ReferenceValues:
        """The texts as a unit may write them."""
        if unit_code not in self.cities:
            return self
        return replace(
            self,
            awards={**self.city_awards, **self.awards},
            award_phrases={**self.city_phrases, **self.award_phrases},
        )

    @property
    def longest_award(self) -> int:
        """Words of the longest award name."""
        return max(map(len, self.award_phrases), default=0)

    @property
    def longest_rating(self) -> int:
        """Words of the longest rating."""
        return max(map(len, self.rating_phrases), default=0)
